from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest

from qualicity.engines.tables.checking import FINDING_COLUMNS
from qualicity.engines.tables.schemas import dataframely_schema, rows_schema

from .conftest import broken, rows_of


def test_a_good_row_has_no_findings_and_the_lake_s_types(checked, register) -> None:
    result = checked({"铅": "1.25", "件数": "3", "重点食品": "是", "时刻": "2014-05-08 14:30"})
    assert broken(result) == []
    assert (result.refused, result.total) == (0, 1)
    assert result.rows.schema == rows_schema(register)
    row = result.rows.row(0, named=True)
    assert row["place"] == "410122"
    assert row["taken_on"] == date(2014, 5, 8)
    assert row["at"] == datetime(2014, 5, 8, 14, 30)  # noqa: DTZ001
    assert (row["lead"], row["pieces"], row["key_food"], row["conclusion"]) == (1.25, 3, True, "qualified")
    assert row["row_number"] == 2


def test_findings_have_the_agreed_columns_and_both_languages(checked) -> None:
    findings = checked({"铅": "十二"}).findings
    assert tuple(findings.columns) == FINDING_COLUMNS
    row = findings.row(0, named=True)
    assert (row["rule"], row["severity"], row["row"], row["key"]) == ("number_wrong", "error", 2, "S1")
    assert (row["column"], row["value"]) == ("lead", "十二")
    assert all(row[name] for name in FINDING_COLUMNS)


@pytest.mark.parametrize(
    ("cell", "rule", "column"),
    [
        ({"编号": ""}, "required", "number"),
        ({"结论": "　"}, "required", "conclusion"),
        ({"编号": "X1"}, "wrong_form", "number"),
        ({"编号": "S1234567890"}, "too_long", "number"),
        ({"地区": "丙县"}, "place_wrong", "place"),
        ({"地区": "410199"}, "place_wrong", "place"),
        ({"地区": "990000"}, "place_wrong", "place"),
        ({"抽样日期": "2014-02-30"}, "date_wrong", "taken_on"),
        ({"抽样日期": "41640"}, "date_wrong", "taken_on"),
        ({"抽样日期": "2013-12-31"}, "outside_period", "taken_on"),
        ({"抽样日期": "2015-01-01"}, "outside_period", "taken_on"),
        ({"时刻": "2014-05-08 25:00"}, "datetime_wrong", "at"),
        ({"铅": "NaN"}, "number_wrong", "lead"),
        ({"铅": "inf"}, "number_wrong", "lead"),
        ({"铅": "—"}, "number_wrong", "lead"),
        ({"铅": "-0.1"}, "out_of_bounds", "lead"),
        ({"铅": "100.5"}, "out_of_bounds", "lead"),
        ({"件数": "2.5"}, "integer_wrong", "pieces"),
        ({"件数": "0"}, "out_of_bounds", "pieces"),
        ({"重点食品": "也许"}, "boolean_wrong", "key_food"),
        ({"结论": "合各"}, "code_wrong", "conclusion"),
        ({"企业代码": "91350100M000100Y44"}, "enterprise_wrong", "maker"),
        ({"商品条码": "6901234567893"}, "gtin_wrong", "gtin"),
        ({"结论": "不合格"}, "item-of-failure", "item"),
    ],
)
def test_a_wrong_cell_is_one_error_and_the_row_is_refused(checked, cell, rule, column) -> None:
    result = checked({}, cell)
    assert broken(result) == [(rule, 3, column)]
    assert result.findings.get_column("severity").to_list() == ["error"]
    assert (result.refused, result.rows.height) == (1, 1)


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ({"地区": "甲"}, "place", "410122"),
        ({"地区": "某某市甲县"}, "place", "410122"),
        ({"地区": " 乙水 "}, "place", "410102"),
        ({"地区": "Airport Zone"}, "place", "airport-zone"),
        ({"地区": "110101"}, "place", "110101"),
        ({"抽样日期": "2014/5/8"}, "taken_on", date(2014, 5, 8)),
        ({"抽样日期": "2014年5月8日"}, "taken_on", date(2014, 5, 8)),
        ({"抽样日期": "20140508"}, "taken_on", date(2014, 5, 8)),
        ({"抽样日期": "2014-05-08 00:00:00"}, "taken_on", date(2014, 5, 8)),
        ({"时刻": "2014/5/8 8:05"}, "at", datetime(2014, 5, 8, 8, 5)),  # noqa: DTZ001
        ({"时刻": "2014-05-08T08:05:09"}, "at", datetime(2014, 5, 8, 8, 5, 9)),  # noqa: DTZ001
        ({"铅": "１２．５"}, "lead", 12.5),
        ({"铅": "12.5 mg/kg"}, "lead", 12.5),
        ({"限值": '"1,234.5"'}, "limit", 1234.5),
        ({"件数": "12.0"}, "pieces", 12),
        ({"重点食品": "NO"}, "key_food", False),
        ({"结论": "QUALIFIED"}, "conclusion", "qualified"),
        ({"结论": "Qualified"}, "conclusion", "qualified"),
        ({"企业代码": "91350100m000100y43"}, "maker", "91350100M000100Y43"),
        ({"企业代码": "00000000-0"}, "maker", None),
        ({"商品条码": "6901234567892"}, "gtin", "6901234567892"),
        ({"不合格项目": "'=1+1"}, "item", "=1+1"),
    ],
)
def test_a_cell_is_understood_as_people_write_it(checked, cell, column, value) -> None:
    result = checked(cell)
    if value is None:
        return
    assert result.rows.get_column(column).to_list() == [value], result.findings


def test_the_nearest_code_is_named(checked) -> None:
    expected = checked({"结论": "不合各"}).findings.get_column("expected_zh")[0]
    assert expected.startswith("是否指“不合格”？")


def test_warnings_leave_the_row_in(checked) -> None:
    result = checked({"铅": "2.5", "限值": "2"}, {"铅": "1.234"})
    assert broken(result) == [("lead-within-limit", 2, "lead"), ("too_many_decimals", 3, "lead")]
    assert set(result.findings.get_column("severity")) == {"warning"}
    assert result.rows.height == 2


def test_a_row_that_stands_twice_is_refused_the_second_time_only(checked) -> None:
    result = checked({"编号": "S7"}, {"编号": "S7"}, {})
    assert broken(result) == [("repeated_row", 3, "number")]
    assert result.findings.get_column("expected_en").to_list() == ["already on row 2"]
    assert result.rows.height == 2


def test_rows_that_contradict_each_other_are_all_refused(checked) -> None:
    result = checked({"编号": "S7", "铅": "1"}, {"编号": "S7", "铅": "2"}, {})
    assert rows_of(result.findings, "duplicate_key") == [2, 3]
    assert result.rows.get_column("row_number").to_list() == [4]


def test_failures_are_counted_once_for_a_rule_not_for_each_of_its_columns(checked) -> None:
    assert checked({"铅": "3", "限值": "1"}).findings.height == 1


def test_a_missing_required_column_refuses_every_row_with_one_finding(read, write, register, places) -> None:
    from qualicity.engines.tables.checking import check

    from .conftest import GOOD, YEAR

    rows = [{name: value for name, value in GOOD.items() if name != "结论"} | {"编号": f"S{n}"} for n in range(3)]
    result = check(read(write(*rows)), register, places=places, period=YEAR)
    assert broken(result) == [("missing_heading", 1, "conclusion")]
    assert (result.refused, result.rows.height) == (3, 0)


def test_a_stock_may_have_begun_before_its_period_but_not_after(read, write, places, register) -> None:
    from qualicity.engines.tables.checking import check

    from .conftest import GOOD, YEAR

    stock = register.model_copy(update={"grain": "stock"})
    rows = [GOOD | {"抽样日期": "2009-01-01"}, GOOD | {"编号": "S2", "抽样日期": "2015-01-01"}]
    result = check(read(write(*rows)), stock, places=places, period=YEAR)
    assert broken(result) == [("outside_period", 3, "taken_on")]


def test_checked_rows_satisfy_the_dataframely_schema(checked, register) -> None:
    result = checked({"铅": "1"}, {"铅": "-1"}, {"结论": "不合格"}, {"结论": "不合格", "不合格项目": "铅"})
    schema = dataframely_schema(register)
    assert schema.is_valid(result.rows)
    assert not schema.is_valid(result.rows.with_columns(lead=pl.lit(-1.0)))
    assert not schema.is_valid(
        result.rows.with_columns(conclusion=pl.lit("unqualified"), item=pl.lit(None, pl.String))
    )
