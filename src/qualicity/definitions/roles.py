"""The schema of a role: which permissions a person has, and over whose things."""

from __future__ import annotations

from typing import Literal

from qualicity.definitions.model import Code, Model, Words

Permission = Literal[
    "plan.read",
    "indicators.read",
    "registers.read",
    "submissions.read",
    "submissions.create",
    "submissions.submit",
    "submissions.review",
    "submissions.accept",
    "obligations.read",
    "obligations.close",
    "people.read",
    "people.manage",
    "audit.read",
    "lake.manage",
    "tokens.manage",
    "cases.read",
    "cases.act",
    "tasks.read",
    "tasks.assign",
    "tasks.report",
    "tasks.check",
    "supervision.read",
    "supervision.manage",
    "assessment.read",
    "assessment.manage",
    "assessment.answer",
    "assessment.score",
    "assessment.review",
    "reports.read",
    "reports.draft",
    "reports.approve",
    "reports.issue",
]


class Role(Model):
    """One role; scope ``own`` narrows what belongs to organisations to the person's own organisation."""

    code: Code
    title: Words
    text: Words
    scope: Literal["all", "own"]
    permissions: tuple[Permission, ...]


class Roles(Model):
    """The file ``roles.yaml``."""

    roles: tuple[Role, ...]
