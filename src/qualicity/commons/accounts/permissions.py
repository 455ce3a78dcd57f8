"""What permissions are called: the subject, and what may be done with it."""

from __future__ import annotations

from django.utils.translation import gettext as __
from django.utils.translation import gettext_noop as _

SUBJECTS = {
    "assessment": _("Assessment"),
    "audit": _("Audit trail"),
    "cases": _("Cases"),
    "indicators": _("Indicators"),
    "lake": _("Data lake"),
    "obligations": _("Obligations"),
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
    "create": _("file"),
    "draft": _("draft"),
    "issue": _("issue"),
    "manage": _("manage"),
    "read": _("read"),
    "report": _("report progress"),
    "review": _("review"),
    "score": _("score"),
    "submit": _("submit to the office"),
}


def in_words(permission: str) -> str:
    """Return a permission as the reader calls it, such as ``Submissions: read``; a part without words as it is."""
    subject, _point, deed = permission.partition(".")
    named, done = __(SUBJECTS.get(subject, subject)), __(DEEDS.get(deed, deed))
    return __("%(subject)s: %(deed)s") % {"subject": named, "deed": done}
