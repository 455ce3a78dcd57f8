from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.site.demonstration.filing import SUFFIX, write

FRAME = pl.DataFrame({"place": ["410122"], "date": [date(2014, 1, 31)], "discharged": [95.31], "treated": [82.07]})


@pytest.fixture
def register():
    return catalogue().registers["sewage"]


def test_a_csv_has_the_headings_of_the_register_and_opens_in_a_spreadsheet(register, tmp_path):
    target = write(FRAME, register, tmp_path / "a.csv", form="csv")
    assert target.read_bytes().startswith("\ufeff地区".encode())


def test_an_older_csv_is_in_the_national_encoding(register, tmp_path):
    target = write(FRAME, register, tmp_path / "a.csv", form="gb18030")
    assert target.read_bytes().decode("gb18030").startswith("地区")


def test_parquet_keeps_the_machine_names_and_types(register, tmp_path):
    target = write(FRAME, register, tmp_path / "a.parquet", form="parquet")
    assert pl.read_parquet(target).equals(FRAME)


def test_a_workbook_has_one_sheet_named_after_the_register(register, tmp_path):
    target = write(FRAME, register, tmp_path / "a.xlsx", form="xlsx")
    assert pl.read_excel(target, sheet_name=register.title.zh)["地区"].to_list() == ["410122"]


def test_every_form_has_its_ending():
    assert set(SUFFIX.values()) == {".csv", ".parquet", ".xlsx"}
