"""The desk on the command line: one JSON value, exit codes, what a person reads."""

from __future__ import annotations

import argparse
import json

import polars as pl
import pytest

from qualicity.commons.audit import queries as audit
from qualicity.errors import InputError, NotFoundError
from qualicity.evidence.submissions import queries
from qualicity.site.commands import lake, register, submit

from .conftest import BAD, GOOD


@pytest.fixture
def run(house, capsys):
    """Return a runner of one command; gives the exit code and what was printed."""

    def call(command, *words):
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        code = command.run(parser.parse_args([str(word) for word in words]))
        return code, capsys.readouterr().out

    return call


def filed(path, *more):
    return ("waste", path, "--organisation", "zhongmu", "--period", "2014Q1", *more)


def test_a_clean_file_is_filed_as_a_draft(run, csv_file):
    code, out = run(submit, *filed(csv_file(*GOOD), "--json"))
    said = json.loads(out)
    assert code == 0
    assert said["state"] == "draft"
    assert (said["rows"], said["accepted_rows"], said["errors"], said["warnings"]) == (3, 0, 0, 0)
    assert said["findings"] == []


def test_accepting_ends_in_the_register(run, csv_file):
    code, out = run(submit, *filed(csv_file(*GOOD), "--accept", "--json"))
    assert code == 0
    assert json.loads(out)["accepted_rows"] == 3
    assert queries.versions()["waste"]


def test_a_faulty_file_is_returned_with_every_finding_in_both_languages(run, csv_file):
    code, out = run(submit, *filed(csv_file(*GOOD[:2], BAD), "--json"))
    said = json.loads(out)
    assert code == 1
    assert said["state"] == "returned"
    assert said["findings_total"] == len(said["findings"]) >= 1
    first = said["findings"][0]
    assert (first["severity"], first["row"], first["column"], first["value"]) == ("error", 4, "collected", "-5")
    names = ("rule", "key", "expected", "expected_en", "why", "why_en", "mend", "mend_en")
    assert all(first[name] for name in names)


def test_accepting_a_faulty_file_takes_its_good_rows_and_the_audit_says_so(run, csv_file):
    code, out = run(submit, *filed(csv_file(*GOOD[:2], BAD), "--accept", "--json"))
    said = json.loads(out)
    assert code == 0
    assert (said["state"], said["accepted_rows"], said["refused_rows"]) == ("accepted", 2, 1)
    assert "without an explanation" in audit.records(verb="submissions.accept_good_rows").get().detail["reason"]


def test_accepting_a_file_without_a_good_row_returns_it(run, csv_file):
    code, out = run(submit, *filed(csv_file(BAD), "--accept", "--json"))
    assert (code, json.loads(out)["state"]) == (1, "returned")


def test_an_explanation_is_kept(run, csv_file):
    run(submit, *filed(csv_file(*GOOD), "--accept"))
    again = csv_file(GOOD[0].replace("1031.7", "1131.7"), name="again.csv")
    code, out = run(submit, *filed(again, "--accept", "--explain", "两次清运", "--json"))
    said = json.loads(out)
    assert (code, said["warnings"], said["explanation"]) == (0, 1, "两次清运")


def test_a_correction_is_filed_by_number(run, csv_file):
    _code, out = run(submit, *filed(csv_file(*GOOD), "--accept", "--json"))
    first = json.loads(out)["submission"]
    second = csv_file(*GOOD[:2], name="again.csv")
    run(submit, *filed(second, "--accept", "--corrects", first, "--json"))
    assert queries.scan("waste").collect().height == 2


def test_a_person_reads_what_was_found(run, csv_file):
    _code, out = run(submit, *filed(csv_file(*GOOD[:2], BAD)))
    assert "第 4 行 / row 4 [collected=-5]" in out


def test_a_file_that_is_not_there_is_named(run, tmp_path):
    with pytest.raises(InputError, match=r"nothing\.csv"):
        run(submit, *filed(tmp_path / "nothing.csv"))


def test_registers_are_listed_shown_and_described(run):
    assert "waste" in run(register, "list")[1]
    assert {one["code"] for one in json.loads(run(register, "list", "--json")[1])} >= {"waste", "sewage"}
    assert "collected" in run(register, "show", "waste")[1]
    assert json.loads(run(register, "show", "waste", "--json")[1])["code"] == "waste"
    assert json.loads(run(register, "schema", "waste")[1])
    with pytest.raises(NotFoundError):
        run(register, "show", "wast")


def test_a_template_is_written(run, tmp_path):
    run(register, "template", "waste", tmp_path / "t.xlsx")
    assert (tmp_path / "t.xlsx").stat().st_size > 1000


def test_rows_are_printed_and_written_as_known_on_a_day(run, accepted, tmp_path):
    accepted()
    assert json.loads(run(register, "rows", "waste", "--json")[1])["total"] == 3
    assert json.loads(run(register, "rows", "waste", "--as-known", "2014-04-01", "--json")[1])["total"] == 0
    for name in ("rows.csv", "rows.xlsx", "rows.parquet"):
        run(register, "rows", "waste", "--out", tmp_path / name)
        assert (tmp_path / name).is_file()
    assert pl.read_parquet(tmp_path / "rows.parquet").height == 3
    with pytest.raises(InputError):
        run(register, "rows", "waste", "--out", tmp_path / "rows.txt")


def test_the_lake_is_looked_at_compacted_vacuumed_and_verified(run, accepted):
    assert json.loads(run(lake, "status", "--json")[1]) == []
    accepted()
    assert json.loads(run(lake, "status", "--json")[1])[0]["rows"] == 3
    assert json.loads(run(lake, "compact", "--json")[1])[0]["register"] == "waste"
    assert json.loads(run(lake, "vacuum", "waste", "--json")[1])[0]["files"] == 0
    assert run(lake, "verify", "--json")[0] == 0


def test_a_lake_that_lost_a_file_fails_its_verification(run, accepted):
    accepted()
    (path,) = queries.lake_files("waste", queries.versions()["waste"])
    pl.DataFrame({"x": [1]}).write_parquet(path)
    code, out = run(lake, "verify", "--json")
    assert code == 1
    assert json.loads(out)["faults"]
