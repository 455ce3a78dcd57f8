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
    "inspections.read",
    "inspections.plan",
    "inspections.sample",
    "inspections.test",
    "inspections.decide",
    "inspections.publish",
    "inspections.object",
    "credit.read",
    "credit.manage",
    "credit.decide",
    "credit.consent",
    "credit.weigh",
    "credit.object",
    "enforcement.read",
    "enforcement.act",
    "enforcement.decide",
    "enforcement.pay",
    "assessment.read",
    "assessment.manage",
    "assessment.answer",
    "assessment.score",
    "assessment.review",
    "reports.read",
    "reports.draft",
    "reports.approve",
    "reports.issue",
    "opendata.publish",
]


class Role(Model):
    """One role; scope ``own`` narrows to the person's own organisation, ``enterprise`` to their own enterprise."""

    code: Code
    title: Words
    text: Words
    scope: Literal["all", "own", "enterprise"]
    permissions: tuple[Permission, ...]


class Roles(Model):
    """The file ``roles.yaml``."""

    roles: tuple[Role, ...]
