"""The schema of what follows a spot check: cases after a failure, bars to a re-inspection, what is public."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from qualicity.definitions.cases import LawStep, PlainLength
from qualicity.definitions.laws import Certainty
from qualicity.definitions.model import Code, Model, Words

BarCode = Literal["microbes", "expired", "late", "unusable"]
"""``microbes``: only microbiological items failed · ``expired``: the reserve sample is past its shelf life ·
``late``: asked after the time to ask · ``unusable``: the reserve sample cannot serve, says somebody with a reason."""

NoticeKind = Literal["result", "follow_up"]

PublicField = Literal[
    "product", "brand", "specification", "batch", "produced_on", "conclusion", "failing_items", "maker",
    "sampled_unit", "sampled_address", "place", "stage", "sampled_on", "concluded_on", "authority", "outcome",
    "measures", "closed_on",
]  # fmt: skip
"""Everything that a notice can show. What is not in this list has no way out."""


class Bar(Model):
    """What keeps a re-inspection from being granted, with the clause by each text of the law that has such a bar."""

    code: BarCode
    title: Words
    clauses: dict[Code, str] = Field(min_length=1)


class Shown(PlainLength):
    """For how long a notice is shown, and how sure that is."""

    certainty: Certainty


class PublicPart(Model):
    """One kind of notice: by which step of a law it is due, what it shows of a pass and a failure, for how long.

    ``clauses`` names the clause that says what is published, by text of the law of the check.
    """

    kind: NoticeKind
    title: Words
    due: LawStep
    passed: tuple[PublicField, ...] = ()
    failed: tuple[PublicField, ...] = Field(min_length=1)
    clauses: dict[Code, str] = {}
    shown: Shown


class Family(Model):
    """One kind of spot check by its law: the case that follows a failure, bars to a re-inspection, notices."""

    law: Code
    title: Words
    case_type: Code
    bars: tuple[Bar, ...] = ()
    public: tuple[PublicPart, ...] = Field(min_length=1)

    def part(self, kind: str) -> PublicPart:
        """Return the notices of that kind; KeyError when there are none."""
        for one in self.public:
            if one.kind == kind:
                return one
        raise KeyError(kind)


class Aftermath(Model):
    """The file ``aftermath.yaml``."""

    families: tuple[Family, ...] = Field(min_length=1)

    def family(self, law: str) -> Family | None:
        """Return the family whose checks run under a law."""
        return next((one for one in self.families if one.law == law), None)


__all__ = ["Aftermath", "Bar", "BarCode", "Family", "NoticeKind", "PublicField", "PublicPart", "Shown"]
