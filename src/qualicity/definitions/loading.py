"""YAML as officials write it: the data, with the file and line of every key, so that a mistake is shown in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import yaml
from pydantic import ValidationError

from qualicity.definitions.mistakes import found_in
from qualicity.definitions.model import Model
from qualicity.errors import DefinitionError

if TYPE_CHECKING:
    from pathlib import Path

KeyPath = tuple[str | int, ...]
M = TypeVar("M", bound=Model)

_STRING = "tag:yaml.org,2002:str"
_SHOWN_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a definition: where it stands and what is wrong, in both languages."""

    where: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Source:
    """The data of one definition and the (file, line) of every key path in it."""

    data: dict[str, Any]
    lines: Mapping[KeyPath, tuple[str, int]]

    def reach(self, path: Iterable[str | int]) -> KeyPath:
        """Return the deepest part of a path that is really written; elements that are not keys are passed over."""
        reached: KeyPath = ()
        for element in path:
            if (*reached, element) in self.lines:
                reached = (*reached, element)
        return reached

    def where(self, *path: str | int) -> str:
        """Return ``file:line`` of the deepest written part of a path."""
        file, line = self.lines[self.reach(path)]
        return f"{file}:{line}"


def refuse(problems: Sequence[Problem]) -> NoReturn:
    """Raise one DefinitionError that lists the problems, the first twenty of them."""
    shown = problems[:_SHOWN_AT_MOST]
    more = len(problems) - len(shown)
    zh = [f"{one.where}：{one.zh}" for one in shown] + ([f"……另有 {more} 处问题。"] if more else [])
    en = [f"{one.where}: {one.en}" for one in shown] + ([f"… and {more} more."] if more else [])
    raise DefinitionError("\n".join(zh), "\n".join(en))


def read_yaml(path: Path, *, name: str = "") -> Source:
    """Read one YAML file whose top is a mapping; ``name`` is what messages call the file.

    Raises DefinitionError for broken YAML, a key written twice, or a file that is not UTF-8 or not a mapping.
    """
    name = name or str(path)
    lines: dict[KeyPath, tuple[str, int]] = {(): (name, 1)}
    try:
        loader = yaml.CSafeLoader(path.read_text(encoding="utf-8-sig"))
        try:
            node = loader.get_single_node()
            data = {} if node is None else _data(node, (), lines, name, loader)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        said = error.problem or error.context or "?"
        refuse([Problem(f"{name}:{line}", f"不是合法的 YAML：{said}", f"not valid YAML: {said}")])
    except (UnicodeDecodeError, yaml.reader.ReaderError) as error:
        refuse([Problem(f"{name}:1", f"文件必须是 UTF-8 文本（{error}）", f"the file must be UTF-8 text ({error})")])
    if not isinstance(data, dict):
        refuse([Problem(f"{name}:1", "文件最外层必须是“键: 值”", "the top of the file must be “key: value”")])
    return Source(data, lines)


def _data(
    node: yaml.Node, path: KeyPath, lines: dict[KeyPath, tuple[str, int]], name: str, loader: yaml.CSafeLoader
) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.tag == _STRING else loader.construct_object(node)
    if isinstance(node, yaml.SequenceNode):
        items = []
        for number, child in enumerate(node.value):
            lines[(*path, number)] = (name, child.start_mark.line + 1)
            items.append(_data(child, (*path, number), lines, name, loader))
        return items
    assert isinstance(node, yaml.MappingNode)
    data: dict[Any, Any] = {}
    for key_node, child in node.value:
        key = _data(key_node, path, lines, name, loader)
        line = key_node.start_mark.line + 1
        if isinstance(key, dict | list):
            refuse([Problem(f"{name}:{line}", "键必须是一个词或数字", "a key must be a word or a number")])
        if key in data:
            first = lines[(*path, key)][1]
            refuse(
                [
                    Problem(
                        f"{name}:{line}",
                        f"键“{key}”写了两次（第一次在第 {first} 行）",
                        f"the key “{key}” is written twice (first on line {first})",
                    )
                ]
            )
        lines[(*path, key)] = (name, line)
        data[key] = _data(child, (*path, key), lines, name, loader)
    return data


def merge(sources: Sequence[Source]) -> Source:
    """Return several files of one definition as one; a top-level key that stands in two files is refused."""
    data: dict[str, Any] = {}
    lines: dict[KeyPath, tuple[str, int]] = {}
    for source in sources:
        for key in source.data:
            if key in data:
                first = ":".join(str(part) for part in lines[(key,)])
                refuse(
                    [
                        Problem(
                            source.where(key),
                            f"键“{key}”已写在 {first}",
                            f"the key “{key}” already stands in {first}",
                        )
                    ]
                )
        data |= source.data
        lines = {**source.lines, **lines}
    return Source(data, lines)


def build(model: type[M], source: Source) -> M:
    """Make a definition of its data; DefinitionError with file, line, what was found and what is expected."""
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        mistakes = found_in(error, model, source.reach)
        refuse([Problem(source.where(*one.path), one.zh, one.en) for one in mistakes])
