"""A register may gain a column that may be empty; nothing else of a filled table changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.evidence.submissions.conftest import GOOD, HEADINGS

from qualicity.__main__ import main
from qualicity.definitions.catalogue import FOLDER_VARIABLE, SHIPPED
from qualicity.definitions.periods import parse
from qualicity.errors import DefinitionError
from qualicity.evidence.submissions import actions, queries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.django_db
WASTE = (SHIPPED / "registers" / "waste.yaml").read_text(encoding="utf-8")
SORTED = "  - {name: sorted, title: {zh: 分类收集量, en: Sorted}, type: number, unit: 吨, required: false}\n"


@pytest.fixture
def define(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that puts another definition of the register in the place of the shipped one."""

    def define(text: str) -> None:
        assert text != WASTE
        folder = tmp_path / "definitions"
        (folder / "registers").mkdir(parents=True)
        (folder / "registers" / "waste.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setenv(FOLDER_VARIABLE, str(folder))

    return define


def test_a_new_column_is_empty_in_older_rows_and_filled_in_newer_ones(accepted, house, csv_file, define) -> None:
    accepted()
    define(WASTE.replace("rules:\n", SORTED + "rules:\n"))
    queries.check_tables()
    assert queries.rows("waste", by=house["office"]).frame["sorted"].to_list() == [None, None, None]
    path = csv_file("中牟县,2014-04-30,1102.9,1068.4,731.6,336.8,55.5", headings=f"{HEADINGS},分类收集量")
    filed = actions.receive(
        register="waste", organisation="zhongmu", period=parse("2014Q2"), file=path, name="2.csv", by=house["county"]
    )
    filed = actions.submit(submission=filed, explanation="核对无误", by=house["reviewer"])
    actions.accept(submission=filed, by=house["office"], reason="已核对")
    assert queries.rows("waste", by=house["office"]).frame["sorted"].to_list() == [None, None, None, 55.5]
    assert all(one.ok for one in actions.verify_lake(by=house.operator))
    actions.compact(register="waste", by=house.operator)
    assert queries.rows("waste", by=house["office"]).frame["sorted"].to_list() == [None, None, None, 55.5]


def test_rows_read_before_the_column_came_are_accepted_and_corrected_after_it(
    accepted, file_in, house, define
) -> None:
    draft = file_in()
    define(WASTE.replace("rules:\n", SORTED + "rules:\n"))
    filed = actions.submit(submission=draft, explanation="核对无误", by=house["reviewer"])
    filed = actions.accept(submission=filed, by=house["office"], reason="已核对")
    mended = accepted(*(row.replace("1031.7", "1031.8") for row in GOOD), corrects=filed, name="mended.csv")
    assert mended.state == "accepted"
    rows = queries.rows("waste", by=house["office"]).frame
    assert rows["sorted"].null_count() == 3
    assert rows["collected"].to_list()[0] == 1031.8


REFUSED = {
    "renamed": (WASTE.replace("burnt", "burned"), "was it renamed to “burned”?"),
    "removed": ("".join(line for line in WASTE.splitlines(True) if "name: burnt" not in line), "put the column back"),
    "required": (WASTE.replace("rules:\n", SORTED.replace("false", "true") + "rules:\n"), "Write required: false"),
    "retyped": (WASTE.replace("en: of which burnt}, type: number, unit: 吨, required: false, minimum: 0",
                              "en: of which burnt}, type: text, required: false"), "accepted rows hold Float64"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_a_filled_table_cannot_follow_is_refused_with_words(accepted, file_in, house, define, kind) -> None:
    accepted()
    older = file_in(*(row.replace("2014", "2013") for row in GOOD), period=parse("2013Q1"), name="older.csv")
    waiting = actions.submit(submission=older, explanation="核对无误", by=house["reviewer"])
    text, said = REFUSED[kind]
    define(text)
    with pytest.raises(DefinitionError) as caught:
        queries.check_tables()
    assert "registers/waste.yaml" in caught.value.text.zh
    assert said in caught.value.text.en
    with pytest.raises(DefinitionError):
        actions.accept(submission=waiting, by=house["office"], reason="已核对")


def test_the_start_refuses_such_a_definition(accepted, define, capsys: pytest.CaptureFixture[str]) -> None:
    accepted()
    define(REFUSED["removed"][0])
    for command in (["init"], ["serve", "--port", "1"], ["worker", "--once"]):
        assert main(command) == DefinitionError.exit_code, command
        assert "registers/waste.yaml" in capsys.readouterr().err
