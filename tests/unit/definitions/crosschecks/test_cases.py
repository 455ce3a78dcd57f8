"""Case types, laws, calendars and ladders that do not hold together are refused: one change to a shipped one each."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualicity.definitions.catalogue import SHIPPED, load_catalogue
from qualicity.errors import DefinitionError

R = "cases/rectification.yaml"
D = "cases/document_approval.yaml"
C = "laws/complaints.yaml"
LETTER = "cases/supervision_letter.yaml"
CLEARED = "title: {zh: 已销号, en: Cleared}, owner: opener, is_end: true}"

HOURS = "laws/special_equipment_accidents.yaml"
TO_WITHDRAWN = "[ordered]\n    to: withdrawn"

CHANGES = {
    "unknown start": (R, "start: ordered", "start: order", "did you mean “ordered”"),
    "state twice": (R, "code: reported, title", "code: ordered, title", "the state “ordered” is there twice"),
    "state without a way out": (R, CLEARED, CLEARED.replace(", is_end: true", ""), "has no way out"),
    "state that nothing leads to": (R, "to: withdrawn", "to: cleared", "nothing leads to the state “withdrawn”"),
    "move to nowhere": (R, "to: cleared", "to: clear", "did you mean “cleared”"),
    "move out of an end": (R, f"from: {TO_WITHDRAWN}", f"from: [cleared, {TO_WITHDRAWN[1:]}", "nothing leaves it"),
    "move twice": (R, "code: clear\n", "code: report\n", "the move “report” is there twice"),
    "reserved move": (R, "code: report\n", "code: assign\n", "is reserved"),
    "role without party": (D, "owner: role, role: leader", "owner: office, role: leader", "a role is named with"),
    "party without role": (D, "owner: role, role: leader", "owner: role", "a role is named with"),
    "unknown role": (D, "owner: role, role: leader", "owner: role, role: leeder", "did you mean “leader”"),
    "unknown second": (
        "cases/assignment.yaml", "second_to: [submit]", "second_to: [submitt]", "did you mean “submit”",
    ),
    "unknown need": (R, "needs: [evidence]", "needs: [evidense]", "did you mean “evidence”"),
    "clock in no state": (R, "pauses: [reported]", "pauses: [report]", "did you mean “reported”"),
    "clock of two kinds": (D, "length: {number: 3,", "agreed: true\n    length: {number: 3,", "exactly one of law"),
    "unknown law": (LETTER, "agreed: true", "law: {law: complaint, step: accept}", "did you mean “complaints”"),
    "unknown step": (LETTER, "agreed: true", "law: {law: complaints, step: acept}", "did you mean “accept”"),
    "deadline that nobody gives": (R, "needs_due: true", "needs_due: false", "come together"),
    "texts that overlap": (C, "until: 2026-04-14", "until: 2026-04-15", "do not overlap"),
    "text that ends before it begins": (C, "until: 2026-04-14", "until: 2019-04-14", "ends before it begins"),
    "step twice": (C, "code: terminate", "code: accept", "the step “accept” is there twice"),
    "hours that roll": (HOURS, "unit: hours", "unit: hours\n        rolls: true", "hours do not move"),
    "ladder that does not climb": ("urging.yaml", "days: 4", "days: 1", "later than the one before"),
    "ladder to no role": ("urging.yaml", "role: director", "role: directer", "did you mean “director”"),
    "rung without role": ("urging.yaml", "to: person", "to: role", "a role is named with"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), CHANGES.values(), ids=CHANGES.keys())
def test_what_does_not_hold_together_is_refused_in_its_place(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    text = (SHIPPED / file).read_text(encoding="utf-8")
    assert old in text, f"the shipped file no longer says: {old}"
    target = tmp_path / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=said.replace("?", r"\?")) as refused:
        load_catalogue(SHIPPED, tmp_path)
    assert f"{target}:" in str(refused.value)


def test_a_state_from_which_no_end_can_be_reached_is_refused(tmp_path: Path) -> None:
    text = (SHIPPED / R).read_text(encoding="utf-8")
    (tmp_path / "cases").mkdir()
    round_and_round = text.replace("to: cleared", "to: ordered").replace("to: withdrawn", "to: ordered")
    (tmp_path / R).write_text(round_and_round, encoding="utf-8")
    with pytest.raises(DefinitionError, match="no end can be reached from the state “ordered”"):
        load_catalogue(SHIPPED, tmp_path)


CALENDAR = """
code: "2027"
source: {zh: 通知, en: notice}
holidays:
  - {title: {zh: 元旦, en: New Year}, from: 2027-01-01, until: 2027-01-03}
workdays: [2027-02-06]
"""
CALENDARS = {
    "workday in the week": ("[2027-02-06]", "[2027-02-05]", "is a working day anyway"),
    "free and worked": ("[2027-02-06]", "[2027-01-03]", "both free and worked"),
    "another year": ("[2027-02-06]", "[2028-02-06]", "of another year"),
    "end before start": ("until: 2027-01-03", "until: 2026-12-31", "the end is before the start"),
}


@pytest.mark.parametrize(("old", "new", "said"), CALENDARS.values(), ids=CALENDARS.keys())
def test_a_year_that_cannot_be_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "2027.yaml").write_text(CALENDAR.replace(old, new), encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        load_catalogue(SHIPPED, tmp_path)


def test_a_year_that_is_given_is_known(tmp_path: Path) -> None:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "2027.yaml").write_text(CALENDAR, encoding="utf-8")
    (year,) = load_catalogue(SHIPPED, tmp_path).calendars.values()
    assert (year.year, len(year.holidays[0].days)) == (2027, 3)
