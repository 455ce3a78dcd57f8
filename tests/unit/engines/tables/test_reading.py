from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from qualicity.definitions.registers import Register
from qualicity.engines.tables.checking import check
from qualicity.errors import FileError, WrongFileError

from .conftest import GOOD, SAMPLES, YEAR, rows_of

HEADINGS = ["编号", "地区", "抽样日期", "结论"]
CELLS = ["S1", "甲县", "2014-05-08", "合格"]


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def workbook(path: Path, *rows: list[object], sheet: str = "Sheet1", epoch: datetime | None = None) -> Path:
    book = openpyxl.Workbook()
    if epoch is not None:
        book.epoch = epoch
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_comes_in_every_usual_encoding_and_delimiter(tmp_path, read, encoding, delimiter) -> None:
    lines = [delimiter.join(HEADINGS), delimiter.join(CELLS)]
    table = read(text(tmp_path / "a.csv", "\r\n".join(lines), encoding))
    assert table.frame.select("number", "place", "row_number").rows() == [("S1", "甲县", 2)]


def test_an_unknown_encoding_names_line_and_byte(tmp_path, read) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(",".join(HEADINGS).encode() + b"\nS1,\xff\xff,2014-05-08,x\n")
    with pytest.raises(FileError, match=r"第2行.*line 2, byte 38 \(FF FF\)"):
        read(path)


def test_headings_are_found_below_title_lines_and_rows_keep_the_number_a_person_sees(tmp_path, read) -> None:
    above = '"某某\n报表",,,\n\n编号*,地区,抽样日期（年月日）,结论\n'
    content = above + 'S1,甲县,2014-05-08,合格\n\n"S\n2",甲县,2014-05-08,合格\n,,,\n'
    table = read(text(tmp_path / "a.csv", content))
    assert table.header_row == 3
    assert table.frame.get_column("row_number").to_list() == [4, 6]


def test_headings_match_whatever_their_width_spaces_units_or_language(tmp_path, read) -> None:
    table = read(
        text(tmp_path / "a.csv", "Ｎumber, PLACE ,taken_on,结 论 *,铅（ mg/kg ）\nS1,甲县,2014-05-08,合格,1\n")
    )
    assert set(table.frame.columns) == {"number", "place", "taken_on", "conclusion", "lead", "row_number"}


def test_an_unknown_heading_is_a_warning_and_our_own_export_s_columns_are_not(tmp_path, read) -> None:
    table = read(
        text(
            tmp_path / "a.csv",
            "编号,地区,抽样日期,结论,备注,submission_id,row_number\nS1,甲县,2014-05-08,合格,x,1,2\n",
        )
    )
    assert table.notes.select("rule", "row", "value").rows() == [("unknown_heading", 1, "备注")]


def test_a_file_of_another_register_is_refused_and_named(tmp_path, read) -> None:
    other = Register.model_validate(
        SAMPLES
        | {
            "code": "noise",
            "title": {"zh": "噪声台账", "en": "Noise"},
            "key": ["point"],
            "columns": [
                *SAMPLES["columns"][1:3],
                {"name": "point", "title": {"zh": "测点", "en": "Point"}, "type": "text"},
                {"name": "leq", "title": {"zh": "声级", "en": "Level"}, "type": "number"},
            ],
            "rules": [],
        }
    )
    path = text(tmp_path / "a.csv", "测点,地区,抽样日期,声级\nP1,甲县,2014-05-08,55\n")
    with pytest.raises(WrongFileError, match="看起来像“噪声台账”"):
        read(path, registers=(other,))
    with pytest.raises(WrongFileError, match="缺少必填列编号、抽样日期、结论"):
        read(text(tmp_path / "b.csv", "地区,甲,乙\n1,2,3\n"))


def test_a_row_with_too_many_cells_is_named_and_refused(tmp_path, read, register, places) -> None:
    table = read(
        text(tmp_path / "a.csv", "编号,地区,抽样日期,结论\nS1,甲县,2014-05-08,合格,多,余\nS2,甲县,2014-05-08,合格\n")
    )
    result = check(table, register, places=places, period=YEAR)
    assert rows_of(result.findings, "too_many_cells") == [2]
    assert result.rows.get_column("number").to_list() == ["S2"]


def test_doubled_headings_are_refused(tmp_path, read) -> None:
    with pytest.raises(FileError, match="重复的列：编号"):
        read(text(tmp_path / "a.csv", "编号,编号,地区,抽样日期,结论\nS1,S2,甲县,2014-05-08,合格\n"))


@pytest.mark.parametrize("content", ["", "\n\n", ",,,\n,,\n"])
def test_an_empty_file_is_refused(tmp_path, read, content) -> None:
    with pytest.raises(FileError):
        read(text(tmp_path / "a.csv", content))


def test_headings_alone_are_refused(tmp_path, read) -> None:
    with pytest.raises(FileError, match="只有表头"):
        read(text(tmp_path / "a.csv", ",".join(HEADINGS) + "\n"))
    with pytest.raises(FileError, match="只有表头"):
        read(workbook(tmp_path / "a.xlsx", HEADINGS))


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_a_workbook_s_dates_are_right_in_the_1900_and_the_1904_system(
    tmp_path, read, register, places, epoch
) -> None:
    rows = [[*HEADINGS, "时刻"], ["S1", "甲县", date(2014, 5, 8), "合格", datetime(2014, 5, 8, 14, 30)]]  # noqa: DTZ001
    result = check(read(workbook(tmp_path / "a.xlsx", *rows, epoch=epoch)), register, places=places, period=YEAR)
    assert result.rows.select("taken_on", "at").row(0) == (date(2014, 5, 8), datetime(2014, 5, 8, 14, 30))  # noqa: DTZ001


@pytest.mark.parametrize("mode_1904", [False, True])
def test_an_old_workbook_is_read_with_its_dates(tmp_path, read, register, places, mode_1904) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = mode_1904
    page = book.add_sheet("表")
    style = xlwt.XFStyle()
    style.num_format_str = "yyyy-mm-dd"
    for position, heading in enumerate(HEADINGS):
        page.write(0, position, heading)
    for position, cell in enumerate(["S1", 410122, date(2014, 5, 8), "合格"]):
        page.write(1, position, cell, style if position == 2 else xlwt.XFStyle())
    book.save(str(tmp_path / "a.xls"))
    result = check(read(tmp_path / "a.xls"), register, places=places, period=YEAR)
    assert result.rows.select("place", "taken_on").row(0) == ("410122", date(2014, 5, 8))


def test_the_register_s_sheet_is_chosen_among_several_and_doubt_is_refused(tmp_path, read) -> None:
    book = openpyxl.Workbook()
    book.active.append(["说明"])
    for name in ("甲", "乙"):
        page = book.create_sheet(name)
        page.append(HEADINGS)
        page.append(CELLS)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(FileError, match="有几张工作表"):
        read(tmp_path / "a.xlsx")
    book["乙"].title = "样品台账"
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").sheet == "样品台账"


def test_a_sheet_may_begin_anywhere_and_numbers_keep_all_their_digits(tmp_path, read, register, places) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for position, heading in enumerate([*HEADINGS, "限值", "企业代码"]):
        page.cell(4, position + 3, heading)
    for position, cell in enumerate([*CELLS, 0.123456789012345, None]):
        page.cell(6, position + 3, cell)
    book.save(tmp_path / "a.xlsx")
    result = check(read(tmp_path / "a.xlsx"), register, places=places, period=YEAR)
    assert result.rows.select("limit", "row_number").row(0) == (0.123456789012345, 6)


def test_merged_cells_in_the_data_are_named_by_range_on_each_row(tmp_path, read, register, places) -> None:
    path = workbook(tmp_path / "a.xlsx", ["总表"], HEADINGS, CELLS, ["S2", None, "2014-05-08", "合格"])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A1:D1")
    book.active.merge_cells("B3:B4")
    book.save(path)
    result = check(read(path), register, places=places, period=YEAR)
    merged = result.findings.filter(pl.col("rule") == "merged_cells")
    assert merged.select("row", "value").rows() == [(3, "B3:B4"), (4, "B3:B4")]
    assert result.rows.height == 0


def test_error_values_and_formulas_without_a_result_are_named(tmp_path, read, register, places) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [*HEADINGS, "铅"], [*CELLS, "#N/A"], ["S2", *CELLS[1:], "=1+1"], ["S3", *CELLS[1:], 1]
    )
    result = check(read(path), register, places=places, period=YEAR)
    found = result.findings.filter(pl.col("rule") == "cell_error")
    assert found.select("row", "column", "value").rows() == [(2, "铅", "#N/A"), (3, "铅", "=")]
    assert result.rows.get_column("number").to_list() == ["S3"]


def test_parquet_comes_typed(tmp_path, read, register, places) -> None:
    frame = pl.DataFrame(
        {
            "number": ["S1", "S2"],
            "place": [410122, 410102],
            "taken_on": [datetime(2014, 5, 8), datetime(2014, 5, 9)],  # noqa: DTZ001
            "conclusion": ["qualified", "合格"],
            "lead": [float("nan"), 1.5],
        }
    )
    frame.write_parquet(tmp_path / "a.parquet")
    result = check(read(tmp_path / "a.parquet"), register, places=places, period=YEAR)
    assert result.findings.height == 0
    assert result.rows.select("place", "taken_on", "lead", "row_number").rows() == [
        ("410122", date(2014, 5, 8), None, 2),
        ("410102", date(2014, 5, 9), 1.5, 3),
    ]


def test_a_file_without_an_ending_is_read_by_the_name_it_was_sent_under(tmp_path, read) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADINGS, CELLS).rename(tmp_path / "0123abcd")
    assert read(path, original_name="报表.xlsx").kind == "xlsx"


def test_a_csv_error_in_the_slow_reader_is_a_sentence(tmp_path, read) -> None:
    huge = '"' + "x" * 10_000_001
    with pytest.raises(FileError):
        read(text(tmp_path / "a.csv", ",".join(HEADINGS) + f"\nS1,{huge},a,b,c,d\n"))


def test_reading_a_good_row_from_every_kind_gives_the_same(tmp_path, read, register, places) -> None:
    frame = pl.DataFrame({name: [value] for name, value in GOOD.items()})
    frame.write_csv(tmp_path / "a.csv")
    frame.write_parquet(tmp_path / "a.parquet")
    workbook(tmp_path / "a.xlsx", list(GOOD), list(GOOD.values()))
    rows = [
        check(read(tmp_path / f"a.{end}"), register, places=places, period=YEAR).rows
        for end in ("csv", "parquet", "xlsx")
    ]
    assert rows[0].equals(rows[1])
    assert rows[0].equals(rows[2])
