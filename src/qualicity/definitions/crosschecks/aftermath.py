"""Whether what follows a spot check speaks of laws, texts, steps and case types that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.definitions.crosschecks.cases import LAW, STEP, TEXT
from qualicity.errors import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualicity.definitions.aftermath import Aftermath, Bar, Family, PublicPart
    from qualicity.definitions.cases import CaseType
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.laws import Law

CASE = Text("事项类型", "case type")


def check_aftermath(check: Check, found: Aftermath, laws: Mapping[str, Law], cases: Mapping[str, CaseType]) -> None:
    """Check the families of one file against the laws and case types."""
    check.at("families").once([one.law for one in found.families], LAW, "law")
    for number, family in enumerate(found.families):
        here = check.at("families", number)
        here.at("case_type").known(family.case_type, cases, CASE)
        if here.at("law").known(family.law, laws, LAW):
            _check_texts(here, family, [one.code for one in laws[family.law].texts])
        here.at("bars").once([one.code for one in family.bars], Text("事由", "bar"), "code")
        here.at("public").once([one.kind for one in family.public], Text("公布类别", "kind of notice"), "kind")
        for at, part in enumerate(family.public):
            place = here.at("public", at, "due")
            if place.at("law").known(part.due.law, laws, LAW):
                place.at("step").known(part.due.step, laws[part.due.law].step_codes, STEP)


def _check_texts(check: Check, family: Family, texts: list[str]) -> None:
    named: tuple[tuple[str, Sequence[Bar | PublicPart]], ...] = (("bars", family.bars), ("public", family.public))
    for name, parts in named:
        for number, part in enumerate(parts):
            for text in part.clauses:
                check.at(name, number, "clauses", text).known(text, texts, TEXT)
