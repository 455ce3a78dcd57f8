"""What would show a change."""

from __future__ import annotations

from typing import Any

from qualicity.commons.accounts.models import ApiToken, Person
from qualicity.commons.audit.models import AuditRecord
from qualicity.commons.cases.models import Attachment, Case, CaseClock, CaseMove
from qualicity.commons.worklist.models import CalendarFeed, Urge
from qualicity.evidence.inspections.models import (
    CheckPlan,
    Commitment,
    Draw,
    PlanLine,
    Sample,
    SampleFile,
    Target,
    Visit,
)
from qualicity.evidence.inspections.models import Conflict as ConflictOfInterest
from qualicity.evidence.submissions.models import ObligationClosure, RegisterTable, Reminder, Submission, Upload
from qualicity.goals.supervision.models import (
    Addressee,
    Allocation,
    Budget,
    Circular,
    Decision,
    Meeting,
    Practice,
    Spending,
)
from qualicity.goals.tasks.models import Assignment, ImplementationPlan, LightChange, LocalTarget, Progress
from qualicity.judgement.assessment.models import (
    Assessment,
    Conflict,
    EvidenceFile,
    ExpertScore,
    Finding,
    FormAnswer,
    Objection,
    Opinion,
    Package,
    Round,
    Score,
)

RUNNING = (
    Assignment, ImplementationPlan, LightChange, LocalTarget, Progress, Addressee, Allocation, Budget,
    Circular, Decision, Meeting, Practice, Spending,
)  # fmt: skip

ASSESSED = (Assessment, Conflict, EvidenceFile, ExpertScore, Finding, FormAnswer, Objection, Opinion,
            Package, Round, Score)  # fmt: skip
CHECKED = (CheckPlan, Commitment, ConflictOfInterest, Draw, PlanLine, Sample, SampleFile, Target, Visit)
SUBMISSION = ("pk", "state", "warnings", "explanation", "reason", "examined_version", "accepted_rows")


def state() -> tuple[Any, ...]:
    """Return the length of every table that a request could add to, and what every submission and register is."""
    counted = (AuditRecord, Person, ApiToken, ObligationClosure, Reminder, Upload, Case)
    counted += (CaseMove, CaseClock, Attachment, Urge, CalendarFeed, *RUNNING, *ASSESSED, *CHECKED)
    return (
        *(model.objects.count() for model in counted),
        tuple(Submission.objects.order_by("pk").values_list(*SUBMISSION)),
        tuple(Case.objects.order_by("pk").values_list("pk", "state", "version", "entries", "due", "person")),
        tuple(CheckPlan.objects.order_by("pk").values_list("pk", "state")),
        tuple(ConflictOfInterest.objects.order_by("pk").values_list("pk", "ended_at")),
        tuple(RegisterTable.objects.order_by("pk").values_list("code", "version", "rows")),
    )
