"""The rules of the house that import-linter cannot say."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import warnings
from pathlib import Path

import grimp
import pytest

from qualicity import __main__ as command_line
from qualicity.errors import Text

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "qualicity"
FLOORS_OF_DESKS = ("commons", "evidence", "goals", "judgement")
DOORS = {"actions", "queries", "lifecycle"}
ROOF_DOORS = DOORS | {"urls", "api", "apps"}
ONLY_ENGINES = {"duckdb", "ibis", "deltalake"}
STRAY = {"utils", "helpers", "common", "base", "core", "misc", "lib", "tools"}
LONGEST_FILE, LONGEST_FUNCTION = 500, 40


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("qualicity", include_external_packages=True, exclude_type_checking_imports=True)


def sources() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def desk_of(module: str) -> str | None:
    parts = module.split(".")
    return ".".join(parts[:3]) if len(parts) > 2 and parts[1] in FLOORS_OF_DESKS else None


def test_a_desk_is_entered_only_through_its_doors(graph: grimp.ImportGraph) -> None:
    trespasses = []
    for module in graph.modules:
        desk = desk_of(module)
        if desk is None:
            continue
        room = module.removeprefix(desk).strip(".").split(".")[0]
        for importer in graph.find_modules_that_directly_import(module):
            if not importer.startswith("qualicity.") or desk_of(importer) == desk:
                continue
            doors = ROOF_DOORS if importer.startswith("qualicity.site") else DOORS
            if room not in doors and not desk.endswith(".theme"):
                trespasses.append(f"{importer} → {module}")
    assert not trespasses, "\n".join(sorted(trespasses))


def test_only_the_engines_open_the_lake_and_the_database_engines(graph: grimp.ImportGraph) -> None:
    trespasses = [
        f"{importer} → {package}"
        for package in ONLY_ENGINES & graph.modules
        for importer in graph.find_modules_that_directly_import(package)
        if importer.startswith("qualicity.") and not importer.startswith("qualicity.engines.")
    ]
    assert not trespasses, trespasses


def test_the_lake_has_one_door(graph: grimp.ImportGraph) -> None:
    allowed = ("qualicity.engines.tables", "qualicity.evidence.submissions")
    trespasses = [
        importer
        for importer in graph.find_modules_that_directly_import("qualicity.engines.tables.lake")
        if not importer.startswith(allowed)
    ]
    assert not trespasses, trespasses


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    drawers = [path for path in sources() if path.stem in STRAY or path.parent.name in STRAY]
    assert not drawers, drawers


def test_no_file_is_longer_than_five_hundred_lines() -> None:
    long = {str(path.relative_to(ROOT)): count for path in sources() if (count := _lines(path)) > LONGEST_FILE}
    assert not long, long


@pytest.mark.filterwarnings("default")
def test_long_functions_are_named() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION + 10
    ]
    if long:
        warnings.warn("longer than they should be:\n" + "\n".join(long), stacklevel=1)


def test_imports_stand_at_the_top_of_their_file() -> None:
    """Save for extras (Spark), heavy renderers and makers of models, which most processes should not load."""
    allowed = {"pyspark", "vl_convert", "altair", "ibis", "sklearn"}
    hidden = []
    for path in sources():
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Import):
                    names = {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    names = {(node.module or "").split(".")[0]}
                else:
                    continue
                if not names <= allowed:
                    hidden.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not hidden, hidden


def test_no_error_is_swallowed_unseen() -> None:
    swallowed = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
        and all(isinstance(statement, ast.Pass) for statement in node.body)
    ]
    assert not swallowed, swallowed


def test_writes_take_keywords_and_say_who_writes() -> None:
    """An action is a verb with keyword arguments and ``by=``; what runs before anybody is known is excepted."""
    nobody_yet = {"person_of_token", "count_failure", "signed_in", "password_changed", "set_language",
                  "second_factor_changed", "new_password", "at", "clock_at", "process", "waiting_once"}  # fmt: skip
    faults = []
    for room in sorted([*SOURCE.glob("*/*/actions.py"), *SOURCE.glob("*/*/actions")]):
        module = importlib.import_module(".".join(room.with_suffix("").relative_to(ROOT / "src").parts))
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__.startswith(module.__name__)
            if name.startswith("_") or name in nobody_yet or not own:
                continue
            kinds = {one.name: one.kind for one in inspect.signature(function).parameters.values()}
            if "by" not in kinds or any(kind is not inspect.Parameter.KEYWORD_ONLY for kind in kinds.values()):
                faults.append(f"{module.__name__}.{name}")
    assert not faults, faults


def test_every_command_has_help_in_both_languages_and_stands_in_the_how_to() -> None:
    page = (ROOT / "docs" / "how-to" / "commands.md").read_text(encoding="utf-8")
    for name in command_line.names():
        module = importlib.import_module(f"qualicity.site.commands.{name}")
        assert isinstance(module.HELP, Text), name
        assert re.search(r"[\u4e00-\u9fff]", module.HELP.zh), name
        assert module.HELP.en.isascii(), name
        assert f"`qualicity {name}" in page, f"docs/how-to/commands.md does not name {name}"


def test_every_setting_stands_in_the_how_to() -> None:
    page = (ROOT / "docs" / "how-to" / "settings.md").read_text(encoding="utf-8")
    used = {
        name
        for path in sources()
        for name in re.findall(r'"((?:QUALICITY_[A-Z_]+|DATABASE_URL))"', path.read_text("utf-8"))
    }
    undocumented = sorted(name for name in used if f"`{name}`" not in page)
    assert not undocumented, undocumented


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    listed = set((SOURCE / "commons" / "theme" / "icons.txt").read_text(encoding="utf-8").split())
    used = {
        name
        for path in SOURCE.rglob("*.html")
        for name in re.findall(r'{%\s*icon\s+"([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    }
    used |= set(
        re.findall(r'Look\("([a-z0-9-]+)"', (SOURCE / "commons/theme/templatetags/theme.py").read_text("utf-8"))
    )
    missing = sorted(used - listed)
    assert not missing, missing


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_template_lists_things_in_one_language_only() -> None:
    """``{% comma %}`` and ``|listed`` write what the reader's language puts between things."""
    faults = [
        str(path.relative_to(ROOT)) for path in SOURCE.rglob("*.html") if "、" in path.read_text(encoding="utf-8")
    ]
    assert not faults, faults
