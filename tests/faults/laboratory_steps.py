"""What the fault tests do to laboratories: let many samples wait, send in one file of their results, and look."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from tests.unit.evidence.inspections.laboratory_work import ZONE, waiting

from qualicity.commons.accounts import actions as people
from qualicity.commons.accounts import queries as accounts
from qualicity.commons.accounts.models import Organisation, Person
from qualicity.commons.audit import queries as audit
from qualicity.evidence.inspections import actions
from qualicity.evidence.inspections.models import ItemResult, LabFile, LabReport, Sample

MANY = 60
SAMPLED = datetime(2014, 4, 2, 10, tzinfo=ZONE)
HEAD = "抽样单编号,检验项目,检测结果,单位,报告编号,报告日期"


def wait_at_laboratory(turn: int) -> str:
    """Let many samples wait at the laboratory; return the file of their results."""
    operator = accounts.operator()
    if not Organisation.objects.filter(code="lab-one").exists():
        people.add_organisation(code="lab-one", title_zh="模拟检验所", title_en="One", kind="laboratory", by=operator)
        people.create_person(
            username="tester", name="检验员", organisation="lab-one", roles=["laboratory"], by=operator,
            password="quiet-river-under-stone",
        )  # fmt: skip
    rows = [HEAD]
    for number in range(MANY):
        sample = waiting(operator, f"L{turn}-{number}", sampled_at=SAMPLED, delivered_at=SAMPLED)
        for item, value, unit in (("甲醛含量", "80" if number % 3 else "12", "mg/kg"), ("pH值", "6.5", "")):
            rows.append(f"{sample.number},{item},{value},{unit},JB-{sample.number},2014-04-09")
    return "\n".join(rows)


def send_results(text: str, path: str) -> str:
    """Send the file in; say what became of it."""
    Path(path).write_text(text, encoding="utf-8")
    done = actions.record_file(file=Path(path), by=Person.objects.get(username="tester"))
    return "taken" if done.is_taken else "refused"


def look_at_laboratory() -> dict[str, Any]:
    """Return how much there is of everything, and what does not go together."""
    faults = []
    for one in Sample.objects.prefetch_related("reports__results"):
        reports = list(one.reports.all())
        if (one.state == "concluded") != bool(reports) or len(reports) > 1:
            faults.append(f"{one.number}: {one.state} with {len(reports)} reports")
        if reports and len(reports[0].results.all()) != 2:
            faults.append(f"{one.number}: half a report")
    for file in LabFile.objects.all():
        if file.is_taken != (file.reports.count() == MANY):
            faults.append(f"{file.name}: taken {file.is_taken} with {file.reports.count()} reports")
    return {
        "files": LabFile.objects.filter(is_taken=True).count(), "reports": LabReport.objects.count(),
        "results": ItemResult.objects.count(), "faults": faults, "audit": audit.verify().ok,
    }  # fmt: skip


STEPS = {
    "wait_at_laboratory": wait_at_laboratory, "send_results": send_results, "look_at_laboratory": look_at_laboratory,
}  # fmt: skip
