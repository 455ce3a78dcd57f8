"""What pydantic found wrong with a definition, said so that an official can mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from qualicity.errors import Text, nearest

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

KeyPath = tuple[str | int, ...]

#: What a type of pydantic's errors expects, for the types that say no more than that.
EXPECTED: dict[str, Text] = {
    "string_type": Text("文本（数字代码要加引号）", "text (a code of digits needs quotes)"),
    "int_type": Text("整数", "a whole number"),
    "int_parsing": Text("整数", "a whole number"),
    "int_from_float": Text("整数", "a whole number"),
    "float_type": Text("数值", "a number"),
    "float_parsing": Text("数值", "a number"),
    "decimal_type": Text("数值", "a number"),
    "decimal_parsing": Text("数值", "a number"),
    "bool_type": Text("true 或 false", "true or false"),
    "bool_parsing": Text("true 或 false", "true or false"),
    "date_type": Text("日期，如 2014-05-08", "a date such as 2014-05-08"),
    "date_parsing": Text("日期，如 2014-05-08", "a date such as 2014-05-08"),
    "date_from_datetime_parsing": Text("日期，如 2014-05-08", "a date such as 2014-05-08"),
    "date_from_datetime_inexact": Text("日期，如 2014-05-08", "a date such as 2014-05-08"),
    "tuple_type": Text("列表", "a list"),
    "dict_type": Text("“键: 值”", "“key: value”"),
    "model_type": Text("“键: 值”", "“key: value”"),
    "model_attributes_type": Text("“键: 值”", "“key: value”"),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake and the key path at which it stands."""

    path: KeyPath
    zh: str
    en: str


def found_in(
    error: ValidationError, model: type[BaseModel], reach: Callable[[Iterable[str | int]], KeyPath]
) -> tuple[Mistake, ...]:
    """Return what is wrong, one mistake per place; ``reach`` keeps what is really written of a path."""
    by_place: dict[KeyPath, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        by_place.setdefault(reach(detail["loc"]), []).append(detail)
    return tuple(
        _misspelt_kind(detail, place) or Mistake(place, *_sentence(detail, place, model))
        for place, details in by_place.items()
        for detail in _of_interest(details, deeper=any(_is_within(other, place) for other in by_place))
    )


def _misspelt_kind(detail: ErrorDetails, place: KeyPath) -> Mistake | None:
    """Without its kind nothing else of a measure is looked at, so a key that was meant to be it is named here."""
    if detail["type"] != "union_tag_not_found":
        return None
    like = nearest("kind", [str(key) for key in detail["input"]])
    if like is None:
        return None
    at = ".".join(str(part) for part in (*place, like))
    return Mistake(
        (*place, like),
        f"{at}：不认识的键“{like}”；是否指“kind”？",
        f"{at}: unknown key “{like}”; did you mean “kind”?",
    )


def _is_within(inner: KeyPath, outer: KeyPath) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _of_interest(details: list[ErrorDetails], *, deeper: bool) -> list[ErrorDetails]:
    """Drop what a union says about the alternatives that were plainly not meant."""
    own = [one for one in details if one["type"] in {"missing", "extra_forbidden"}]
    if own or deeper:
        return own
    return details[:1]


def _sentence(detail: ErrorDetails, place: KeyPath, model: type[BaseModel]) -> tuple[str, str]:
    kind, context, found = detail["type"], detail.get("ctx", {}), _short(detail["input"])
    at = ".".join(str(part) for part in place)
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "missing":
        return f"{at}：缺少“{key}”", f"{at}: “{key}” is missing"
    if kind == "extra_forbidden":
        known = fields_at(model, detail["loc"][:-1])
        return f"{at}：不认识的键“{key}”{_hint_zh(key, known)}", f"{at}: unknown key “{key}”{_hint_en(key, known)}"
    if kind in {"literal_error", "union_tag_invalid"}:
        return _not_one_of(at, detail)
    if kind == "union_tag_not_found":
        return f"{at}：缺少“kind”", f"{at}: “kind” is missing"
    if kind == "string_pattern_mismatch":
        pattern = context["pattern"]
        return f"{at}：“{found}”的写法不对，应合 {pattern}", f"{at}: “{found}” is not written as {pattern}"
    if kind in EXPECTED:
        want = EXPECTED[kind]
        return f"{at}：应为{want.zh}，现为“{found}”", f"{at}: expected {want.en}, found “{found}”"
    said = detail["msg"].removeprefix("Value error, ")
    if not detail["loc"]:  # the whole does not fit together: to repeat it would bury what is said of it
        return f"整体不可用（{said}）", f"it does not fit together: {said}"
    return f"{at}：“{found}”不可用（{said}）", f"{at}: “{found}” cannot be used ({said})"


def _not_one_of(at: str, detail: ErrorDetails) -> tuple[str, str]:
    context = detail.get("ctx", {})
    listed = context.get("expected_tags") or context.get("expected") or ""
    known = [word.strip(" '") for word in str(listed).replace(" or ", ", ").split(",")]
    found = str(context.get("tag", detail["input"]))
    words = ", ".join(known)
    return (
        f"{at}：“{found}”不在可用的值之内（{words}）{_hint_zh(found, known)}",
        f"{at}: “{found}” is none of the values allowed ({words}){_hint_en(found, known)}",
    )


def hint(word: str, known: Iterable[str]) -> Text:
    """Return “did you mean …?” in both languages, or two empty strings when nothing is alike."""
    known = tuple(known)
    return Text(_hint_zh(word, known), _hint_en(word, known))


def _hint_zh(word: str, known: Iterable[str]) -> str:
    like = nearest(word, known)
    return f"；是否指“{like}”？" if like else ""


def _hint_en(word: str, known: Iterable[str]) -> str:
    like = nearest(word, known)
    return f"; did you mean “{like}”?" if like else ""


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def fields_at(model: type[BaseModel], path: Iterable[str | int]) -> tuple[str, ...]:
    """Return the keys that may be written at a key path of a model, as YAML spells them."""
    kinds: list[Any] = [model]
    for element in path:
        stepped = [inner for kind in kinds for inner in _step(kind, element)]
        # An element that leads nowhere is pydantic's name of a union's alternative, not a key.
        kinds = stepped or [kind for kind in kinds if _is_named(kind, element)] or kinds
    return tuple(name for kind in kinds if _is_model(kind) for name in _fields(kind))


def _step(kind: Any, element: str | int) -> list[Any]:
    if _is_model(kind):
        return _open(_fields(kind)[element]) if element in _fields(kind) else []
    arguments = get_args(kind)
    if get_origin(kind) is tuple and isinstance(element, int):
        return _open(arguments[0])
    return _open(arguments[1]) if get_origin(kind) is dict and not isinstance(element, int) else []


def _open(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Annotated:
        return _open(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return [inner for one in get_args(annotation) for inner in _open(one)]
    return [annotation]


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _fields(kind: type[BaseModel]) -> dict[Any, Any]:
    return {info.alias or name: info.annotation for name, info in kind.model_fields.items()}


def _is_named(kind: Any, element: str | int) -> bool:
    if not _is_model(kind):
        return False
    tag = _fields(kind).get("kind")
    return kind.__name__ == element or (get_origin(tag) is Literal and element in get_args(tag))
