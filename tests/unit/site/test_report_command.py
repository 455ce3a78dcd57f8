"""``qualicity report``: a paper by its number or the latest, and refusals that say what is wanted."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import actions as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotPossibleError, QualicityError
from qualicity.judgement.assessment import actions as assessing
from qualicity.judgement.assessment import queries as assessments
from qualicity.site.commands import report

if TYPE_CHECKING:
    from pathlib import Path

PLAN = catalogue().plans["zhengzhou-2014"]


def asked(*words: str) -> int:
    parser = argparse.ArgumentParser()
    report.add_arguments(parser)
    return report.run(parser.parse_args(words))


@pytest.mark.django_db
def test_the_latest_form_is_written_and_its_numbers_with_it(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2015-03-31")
    by, out, numbers = accounts.operator(), home / "form.docx", home / "form.json"
    registry.sync(by=by)
    with pytest.raises(NotPossibleError, match="申报表"):
        asked("application", "--out", str(out))
    opened = assessing.open_assessment(rubric=assessments.rubric_of(PLAN), since=date(2014, 3, 1), by=by)
    assessing.answer_form(assessment=opened, form=assessments.form_of(), answers={"population": "937.8"}, by=by)
    assert asked("application", "--out", str(out), "--figures", str(numbers), "--json") == 0
    assert json.loads(capsys.readouterr().out)["figures"] == 1
    assert out.read_bytes().startswith(b"PK")
    assert [one["value"] for one in json.loads(numbers.read_text("utf-8"))] == [937.8]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("quality", "--out", "a.docx"), "--period"),
        (("quality", "--period", "2014", "--number", "1", "--out", "a.docx"), "--number"),
        (("minutes", "--period", "2014", "--out", "a.docx"), "--period"),
        (("minutes", "--language", "en", "--out", "a.docx"), "Chinese only"),
        (("minutes", "--out", "a.odt"), "a.odt|.odt"),
    ],
)
def test_what_does_not_go_together_is_refused(words: tuple[str, ...], says: str) -> None:
    with pytest.raises(InputError) as caught:
        asked(*words)
    assert isinstance(caught.value, QualicityError)
    assert any(part in str(caught.value) for part in says.split("|"))
