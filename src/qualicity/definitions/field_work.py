"""The schema of field work: what may be sampled and by how many, clause by clause, for each text of the laws."""

from __future__ import annotations

from pydantic import Field

from qualicity.definitions.laws import Certainty
from qualicity.definitions.model import Code, Model, Words

FOR_SALE = "for_sale"
"""The state of goods that may be sampled under every law."""


class GoodsState(Model):
    """In what state goods are met: for sale, or one that may keep them from being sampled."""

    code: Code
    title: Words


class SamplingRules(Model):
    """What one text of a law asks of whoever takes a sample, each with its clause.

    ``barred`` names the states of goods that are not sampled. ``reserve`` is the clause by which a reserve sample is
    taken, ``signed`` the one by which both sides sign. ``deliver`` is the step of the law by which the sample must be
    at the laboratory; a law without such a step sets no day.
    """

    law: Code
    text: Code
    certainty: Certainty
    samplers: int = Field(ge=1)
    samplers_clause: str = ""
    barred: dict[Code, str] = {}
    short: str = ""
    reserve: str = ""
    signed: str = ""
    deliver: Code | None = None


class Photographs(Model):
    """How many photographs a sheet carries, and how large each may be."""

    fewest: int = Field(ge=0)
    most: int = Field(ge=1)
    megabytes: int = Field(gt=0)
    longest_side: int = Field(gt=0)
    """To how many pixels a phone makes a photograph smaller before it is sent."""


class FieldWork(Model):
    """The file ``field_work.yaml``."""

    goods: tuple[GoodsState, ...] = Field(min_length=1)
    photographs: Photographs
    rules: tuple[SamplingRules, ...] = Field(min_length=1)

    def of(self, law: str, text: str) -> SamplingRules | None:
        """Return what a text of a law asks of whoever takes a sample."""
        return next((one for one in self.rules if (one.law, one.text) == (law, text)), None)

    def goods_state(self, code: str) -> GoodsState | None:
        """Return a state of goods by its code."""
        return next((one for one in self.goods if one.code == code), None)


__all__ = ["FOR_SALE", "FieldWork", "GoodsState", "Photographs", "SamplingRules"]
