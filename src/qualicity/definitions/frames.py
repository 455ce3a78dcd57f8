"""The schema of the frames of spot checks: which enterprises may be drawn for a product, and when not again."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from qualicity.definitions.model import Code, Model, Words

StageCode = Literal["production", "circulation", "catering", "online"]
"""Where a sample is taken."""

Level = Literal["national", "province", "city", "county"]
"""Whose check it is, the highest first, in the words of the register of batches."""

Industry = Annotated[str, StringConstraints(pattern=r"^[A-T]\d{0,4}$")]
"""A section, division, group or class of GB/T 4754; a short one stands for everything within it."""


class Stage(Model):
    """One stage: what it is called, and in which industries enterprises are checked there."""

    code: StageCode
    title: Words
    industries: tuple[Industry, ...] = Field(min_length=1)


class Narrowing(Model):
    """A product whose enterprises are told better than by the stage: by industries, or by what they are licensed for.

    ``licensed`` names products of the register of licences: whoever has to hold one is in the frame.
    """

    product: Code
    stage: StageCode
    industries: tuple[Industry, ...] = ()
    licensed: tuple[str, ...] = ()


class NoRepeat(Model):
    """When an enterprise is left out because its product was checked: the step that sets the time, and whose checks.

    ``checks_of`` is ``same_authority`` or ``higher_levels``; ``only_qualified`` looks at checks that passed only.
    """

    law: Code
    text: Code
    step: Code
    checks_of: Literal["same_authority", "higher_levels"]
    only_qualified: bool = False
    except_kinds: tuple[str, ...] = ()
    why: Words


class Frames(Model):
    """The file ``frames.yaml``: stages, narrower frames of some products, and the rules against checking twice."""

    title: Words
    certainty: Literal["self-designed", "stated"]
    laws: tuple[Code, ...] = Field(min_length=1)
    """The laws under which a plan may be made."""
    inspectors: int = Field(ge=1)
    """How many inspectors go to a target."""
    stages: tuple[Stage, ...] = Field(min_length=1)
    products: tuple[Narrowing, ...] = ()
    no_repeat: tuple[NoRepeat, ...] = ()

    def stage(self, code: str) -> Stage:
        """Return the stage of that code; KeyError when there is none."""
        for one in self.stages:
            if one.code == code:
                return one
        raise KeyError(code)

    def narrowing(self, product: str, stage: str) -> Narrowing | None:
        """Return the narrower frame of a product at a stage, or None where the stage's own serves."""
        return next((one for one in self.products if (one.product, one.stage) == (product, stage)), None)

    def industries(self, product: str, stage: str) -> tuple[str, ...]:
        """Return the industries in which a product is checked at a stage."""
        narrower = self.narrowing(product, stage)
        return narrower.industries if narrower and narrower.industries else self.stage(stage).industries
