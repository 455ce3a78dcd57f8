"""What goes into an evidence archive: scores explained, documents, the submissions behind each value, an index."""

from __future__ import annotations

import csv
import html
import io
import json
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.definitions.periods import periods
from qualicity.engines.archives.names import safe_part
from qualicity.engines.archives.writing import Entry
from qualicity.engines.measures.trail import parts
from qualicity.evidence.submissions import queries as submissions
from qualicity.evidence.submissions.queries.paths import file_path
from qualicity.goals.indicators import queries as indicators
from qualicity.judgement.assessment.models import EvidenceFile, Finding, Objection, Score
from qualicity.judgement.assessment.queries.applications import filled, form_of
from qualicity.judgement.assessment.queries.plain import scored_as_plain, whole_as_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.commons.accounts.models import Person
    from qualicity.goals.indicators.queries import IndicatorValue
    from qualicity.judgement.assessment.models import Assessment
    from qualicity.judgement.assessment.queries.marking import Scored
    from qualicity.judgement.assessment.queries.whole import Whole


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the index: which file proves which criterion."""

    criterion: str
    title: str
    kind: str
    words: str
    file: str
    sha256: str


@dataclass(slots=True)
class _Gathering:
    """Entries by name and the lines of the index, while they are gathered."""

    entries: dict[str, Entry] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        self.entries.setdefault(entry.name, entry)


def entries(found: Whole, *, by: Person) -> tuple[list[Entry], dict[str, Any]]:
    """Return the files of an archive and the head of its manifest; nothing in them says when they were packed."""
    assert found.assessment is not None, "only an opened assessment is packed"
    gathering = _Gathering()
    gathering.add(_json("assessment.json", whole_as_plain(found)))
    for one in found.scored:
        _criterion(gathering, one, found)
    _records(gathering, found.assessment, by)
    gathering.add(Entry("index.csv", _index_csv(gathering.lines)))
    gathering.add(Entry("index.html", _index_html(found, gathering.lines)))
    gathering.add(Entry("README.txt", _README.encode()))
    about = {
        "assessment": found.assessment.pk,
        "rubric": found.rubric.code,
        "plan": found.plan.code,
        "organisation": found.organisation.code if found.organisation is not None else None,
        "as_of": found.as_of.isoformat(),
        "score": found.score,
        "band": found.final_band.code,
    }
    return list(gathering.entries.values()), about


def _criterion(gathering: _Gathering, one: Scored, found: Whole) -> None:
    folder = f"criteria/{one.category.code}/{one.code}"
    explained = _json(f"{folder}/score.json", scored_as_plain(one))
    gathering.add(explained)
    title = one.criterion.title.zh
    gathering.lines.append(
        Line(one.code, title, "score", f"{one.points:g}/{one.criterion.points:g}", explained.name, "")
    )
    for document in one.documents:
        if document.file is None:
            continue
        name = f"{folder}/documents/{document.code}-{safe_part(document.file.name)}"
        gathering.add(Entry(name, file_path(document.file.sha256), document.file.sha256))
        words = f"{document.title.zh}（{document.stand}）"
        gathering.lines.append(Line(one.code, title, "document", words, name, document.file.sha256))
    if one.value is not None and one.value.source in ("rows", "mixed", "reported"):
        for number in _submissions_behind(one.value, found):
            origin = submissions.row_origin(number)
            name = (
                f"submissions/{origin.register}/{safe_part(origin.period.label)}/"
                f"{origin.organisation.code}-{number}-{safe_part(origin.file_name)}"
            )
            gathering.add(Entry(name, file_path(origin.sha256), origin.sha256))
            words = f"{origin.organisation.title_zh} {origin.period.label}"
            gathering.lines.append(Line(one.code, title, "submission", words, name, origin.sha256))


def _submissions_behind(value: IndicatorValue, found: Whole) -> list[int]:
    """Return the submissions whose rows the value was computed from, of the numerator and the denominator."""
    if value.period is None:
        return []
    spans = [value.period]
    if value.target.every == "period":
        # a target for every period stands on all of them since the plan began
        first = date(found.plan.start.year, 1, 1)
        every = periods(value.indicator.period, first, value.period.end)
        spans = [one for one in every if one.end >= found.plan.start]
    numbers: set[int] = set()
    for part in parts(value.indicator.measure):
        for span in spans:
            page = indicators.rows(
                value.code, plan=found.plan, as_of=found.as_of, place=value.place, period=span, part=part,
                limit=indicators.MOST, by=accounts.operator(),
            )  # fmt: skip
            numbers |= set(page.origins)
    return sorted(numbers)


def _records(gathering: _Gathering, assessment: Assessment, by: Person) -> None:
    form = filled(assessment, form_of(), by=by)
    answers = {one.field.code: one.value for _, fields in form.sections for one in fields}
    gathering.add(_json(f"application/{form.form.code}.json", answers))
    scores = Score.objects.filter(assessment=assessment).select_related("by").order_by("pk")
    gathering.add(_json("records/scores.json", [_score(one) for one in scores]))
    objections = Objection.objects.filter(assessment=assessment).select_related("organisation", "case").order_by("pk")
    gathering.add(_json("records/objections.json", [_objection(one) for one in objections]))
    findings = Finding.objects.filter(assessment=assessment).select_related("organisation", "case").order_by("pk")
    gathering.add(_json("records/rectifications.json", [_finding(one) for one in findings]))
    filed = EvidenceFile.objects.filter(assessment=assessment).order_by("pk")
    gathering.add(_json("records/documents.json", [_document(one) for one in filed]))
    for case in [*(one.case for one in objections), *(one.case for one in findings)]:
        for attachment in cases.attachments_of(case):
            name = f"cases/{case.pk}/{attachment.pk}-{safe_part(attachment.name)}"
            gathering.add(Entry(name, cases.file_of(attachment.sha256), attachment.sha256))
            gathering.lines.append(Line("", case.title_zh, "case", attachment.name, name, attachment.sha256))


def _score(one: Score) -> dict[str, Any]:
    return {
        "criterion": one.criterion, "points": one.points, "full": one.full, "origin": one.origin,
        "reason": one.reason, "by": one.by.username, "at": one.at.isoformat(),
    }  # fmt: skip


def _objection(one: Objection) -> dict[str, Any]:
    return {
        "organisation": one.organisation.code, "criterion": one.criterion, "reason": one.reason, "state": one.state,
        "answer": one.answer, "before": one.points_before, "after": one.points_after, "case": one.case_id,
    }  # fmt: skip


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "organisation": one.organisation.code, "criterion": one.criterion, "text": one.text,
        "due": one.due.isoformat(), "case": one.case_id, "state": one.case.state,
    }  # fmt: skip


def _document(one: EvidenceFile) -> dict[str, Any]:
    return {
        "criterion": one.criterion, "item": one.item, "name": one.name, "sha256": one.sha256, "stand": one.stand,
        "filed_at": one.filed_at.isoformat(), "reason": one.reason,
    }  # fmt: skip


def _json(name: str, value: object) -> Entry:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)
    return Entry(name, (text + "\n").encode())


def _index_csv(lines: Iterable[Line]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["评分点 criterion", "名称 title", "类别 kind", "说明 words", "文件 file", "sha256"])
    for one in lines:
        row = (one.criterion, one.title, one.kind, one.words, one.file, one.sha256)
        # a cell that a spreadsheet would take for a formula is kept as text
        writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _index_html(found: Whole, lines: Iterable[Line]) -> bytes:
    title = html.escape(found.rubric.title.zh)
    rows = "\n".join(
        f"<tr><td>{html.escape(one.criterion)}</td><td>{html.escape(one.title)}</td><td>{html.escape(one.kind)}</td>"
        f"<td>{html.escape(one.words)}</td>"
        f'<td><a href="{html.escape(one.file, quote=True)}">{html.escape(one.file)}</a></td></tr>'
        for one in lines
    )
    band = html.escape(found.final_band.title.zh)
    return (
        f'<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{title}</title>'
        "<style>body{font-family:sans-serif;margin:2rem}table{border-collapse:collapse}"
        "td,th{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top}</style></head><body>"
        f"<h1>{title}</h1><p>数据时点 as of {found.as_of} · "
        f"得分 score {found.score:g}/{found.rubric.total:g} · {band}</p>"
        "<table><thead><tr><th>评分点 criterion</th><th>名称 title</th><th>类别 kind</th><th>说明 words</th>"
        f"<th>文件 file</th></tr></thead><tbody>\n{rows}\n</tbody></table></body></html>\n"
    ).encode()


_README = """本压缩包是一次考核的证据档案。
index.html、index.csv 是目录；assessment.json 是得分及其由来；criteria/ 下每个评分点一个文件夹；
submissions/ 是指标数值所依据的原始报送文件；manifest.json 列出每个文件的大小和 SHA-256。
核验：qualicity evidence verify 文件.zip --expect 清单哈希；没有本系统时，解压后运行 sha256sum -c SHA256SUMS。

This archive holds the evidence of one assessment.
index.html and index.csv are its index; assessment.json holds the scores and how they came about; criteria/ has a
folder for each criterion; submissions/ holds the files that values were computed from; manifest.json lists the size
and SHA-256 of every file.
To verify: qualicity evidence verify FILE.zip --expect HASH; without this system: unpack, then sha256sum -c SHA256SUMS
"""
