"""What permissions are called: the subject, and what may be done with it."""

from __future__ import annotations

from django.utils.translation import gettext as __
from django.utils.translation import gettext_noop as _

SUBJECTS = {
    "assessment": _("Assessment"),
    "audit": _("Audit trail"),
    "cases": _("Cases"),
    "credit": _("Quality credit"),
    "enforcement": _("Enforcement"),
    "indicators": _("Indicators"),
    "inspections": _("Spot checks"),
    "lake": _("Data lake"),
    "obligations": _("Obligations"),
    "opendata": _("Open data"),
    "people": _("People"),
    "plan": _("Plan"),
    "registers": _("Registers"),
    "reports": _("Reports and documents"),
    "submissions": _("Submissions"),
    "supervision": _("Supervision"),
    "tasks": _("Tasks of the plan"),
    "tokens": _("Tokens for programs"),
}
DEEDS = {
    "accept": _("accept"),
    "act": _("act"),
    "answer": _("answer"),
    "approve": _("approve"),
    "assign": _("assign"),
    "check": _("check"),
    "close": _("close"),
    "consent": _("consent"),
    "create": _("file"),
    "decide": _("decide"),
    "draft": _("draft"),
    "issue": _("issue"),
    "manage": _("manage"),
    "object": _("object for one's own enterprise"),
    "pay": _("pay rewards, and see to whom"),
    "plan": _("plan and draw"),
    "publish": _("publish"),
    "read": _("read"),
    "report": _("report progress"),
    "review": _("review"),
    "sample": _("take samples"),
    "score": _("score"),
    "submit": _("submit to the office"),
    "test": _("send in test results"),
    "weigh": _("adopt weights"),
}


def in_words(permission: str) -> str:
    """Return a permission as the reader calls it, such as ``Submissions: read``; a part without words as it is."""
    subject, _point, deed = permission.partition(".")
    named, done = __(SUBJECTS.get(subject, subject)), __(DEEDS.get(deed, deed))
    return __("%(subject)s: %(deed)s") % {"subject": named, "deed": done}
