from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from qualicity.definitions.profiles import Profile
from qualicity.engines.tables.checking import check
from qualicity.errors import WrongFileError

from .conftest import YEAR, rows_of, words

FOREIGN: dict[str, Any] = {
    "code": "foreign",
    "register": "samples",
    "title": words("外来文件", "Foreign file"),
    "reads": {"missing": ["--", "*"]},
    "columns": {
        "number": {"digest": ["名", "日"]},
        "place": {"heading": ["县", "区"], "strip": "（.*）$", "values": {"外县": "110101"}},
        "taken_on": {"heading": "日", "formats": ["%d-%m-%Y"]},
        "at": {"join": ["日", "时"], "formats": ["%d-%m-%Y %H:%M"]},
        "lead": {"heading": "铅", "factor": 0.001},
        "limit": {"heading": "限", "extract": "([0-9.]+)", "optional": True},
        "key_food": {"heading": "名", "matching": {"面": True, ".": False}},
        "conclusion": {"heading": "判", "values": {"好": "qualified", "坏": "unqualified"}},
        "item": {"heading": "目", "default": "未写明"},
    },
    "leave_out": [
        {"when": {"源": "外国"}, "why": words("不是本国的", "foreign")},
        {"repeats": True, "ignoring": ["源"], "why": words("重复", "again")},
    ],
    "findings": [
        {
            "code": "masked",
            "matching": {"名": r"\*"},
            "expected": words("全名", "whole name"),
            "why": words("遮盖", "masked"),
            "mend": words("补全", "complete"),
        },
        {
            "code": "same-day",
            "severity": "error",
            "same": ["日", "产"],
            "expected": words("不同", "different"),
            "why": words("相同", "same"),
            "mend": words("核对", "check"),
        },
    ],
}
ROW = {"源": "甲", "名": "面包", "县": "甲县", "日": "08-05-2014", "时": "14:30", "铅": "500", "判": "好", "目": "--"}


@pytest.fixture
def profile(register) -> Profile:
    profile = Profile.model_validate(FOREIGN)
    assert list(profile.mistakes(register)) == []
    return profile


@pytest.fixture
def through(write, read, register, places, profile):
    """Return a function that reads and checks foreign rows; the key may begin with anything here."""
    loose = register.model_copy(
        update={
            "columns": tuple(
                column.model_copy(update={"pattern": None, "max_length": 20}) if column.name == "number" else column
                for column in register.columns
            )
        }
    )

    def passed(*rows: dict[str, str], headings: list[str] | None = None):
        table = read(
            write(*(ROW | {"产": "01-05-2014", "限": "≤200mg"} | row for row in rows), headings=headings),
            profile=profile,
        )
        return table, check(table, loose, places=places, period=YEAR)

    return passed


def test_foreign_cells_become_the_register_s_columns(through) -> None:
    _, result = through({})
    assert result.findings.rows() == []
    row = result.rows.row(0, named=True)
    assert len(row["number"]) == 16
    assert (row["place"], str(row["taken_on"]), str(row["at"])) == ("410122", "2014-05-08", "2014-05-08 14:30:00")
    assert (row["lead"], row["limit"], row["key_food"], row["item"]) == (0.5, 200.0, True, "未写明")


def test_a_digest_is_the_same_for_the_same_cells_only(through) -> None:
    _, result = through({}, {"名": "米"}, {"日": "09-05-2014"})
    assert result.rows.get_column("number").n_unique() == 3
    assert through({})[1].rows.get_column("number")[0] == result.rows.get_column("number")[0]


def test_rows_are_left_out_by_name_and_reason(through) -> None:
    table, result = through({}, {"源": "外国", "名": "米"}, {"源": "乙"}, {"名": "米"})
    assert [(one.row, one.why.zh) for one in table.left_out] == [(3, "不是本国的"), (4, "重复（第2行）")]
    assert result.rows.get_column("row_number").to_list() == [2, 5]
    assert result.total == 2


def test_what_is_known_dirty_is_found_row_by_row(through) -> None:
    _, result = through({"名": "面*"}, {"产": "08-05-2014"})
    assert rows_of(result.findings, "masked") == [2]
    assert rows_of(result.findings, "same-day") == [3]
    assert result.rows.get_column("row_number").to_list() == [2]


def test_what_cannot_be_understood_stays_to_be_named(through) -> None:
    _, result = through({"日": "2014.13.01", "判": "中"})
    found = result.findings.select("rule", "value").rows()
    assert ("date_wrong", "2014.13.01") in found
    assert ("code_wrong", "中") in found


def test_a_part_that_is_missing_makes_the_whole_missing(through) -> None:
    assert through({"时": "*"})[1].rows.get_column("at").to_list() == [None]


def test_headings_the_profile_needs_and_lacks_are_named(through) -> None:
    with pytest.raises(WrongFileError, match="县或区、判"):
        through({}, headings=["源", "名", "日", "时", "铅", "目", "产"])


def test_an_optional_heading_may_be_absent(through) -> None:
    _, result = through({}, headings=[*ROW, "产"])
    assert result.rows.get_column("limit").to_list() == [None]


def test_a_file_without_headings_must_have_the_expected_width(tmp_path, read) -> None:
    profile = Profile.model_validate(
        {
            "code": "bare",
            "register": "samples",
            "title": words("无表头", "bare"),
            "reads": {"header": False, "columns": ["a", "b", "c", "d"]},
            "columns": {
                "number": {"heading": "a"},
                "place": {"heading": "b"},
                "taken_on": {"heading": "c"},
                "conclusion": {"heading": "d"},
            },
        }
    )
    (tmp_path / "a.csv").write_text("\ufeffS1,甲县,2014-05-08,合格\nS2,甲县,2014-05-08,合格\n", encoding="utf-8")
    table = read(tmp_path / "a.csv", profile=profile)
    assert table.frame.select("number", "row_number").rows() == [("S1", 1), ("S2", 2)]
    (tmp_path / "b.csv").write_text("S1,甲县,2014-05-08\n", encoding="utf-8")
    with pytest.raises(WrongFileError, match="4 cells a row"):
        read(tmp_path / "b.csv", profile=profile)


def test_a_profile_names_columns_that_the_register_lacks_with_the_nearest(register) -> None:
    columns = FOREIGN["columns"] | {"plaec": {"heading": "县"}}
    del columns["conclusion"]
    told = [
        (path, text.en) for path, text in Profile.model_validate(FOREIGN | {"columns": columns}).mistakes(register)
    ]
    assert told[0][0] == ("columns", "plaec")
    assert "did you mean “place”?" in told[0][1]
    assert "required column “conclusion”" in told[1][1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"columns": {"number": {"heading": "a", "constant": "b"}}},
        {"columns": {"number": {}}},
        {"columns": {"number": {"heading": "a", "extract": "("}}},
        {"columns": {"number": {"heading": "a", "extrakt": "x"}}},
        {"leave_out": [{"why": words("a", "b")}]},
        {"reads": {"header": False}},
        {"reads": {"columns": ["a"]}},
    ],
)
def test_a_profile_that_cannot_be_meant_does_not_load(wrong) -> None:
    with pytest.raises(ValidationError):
        Profile.model_validate(FOREIGN | wrong)
