"""Application forms (申报表): the fields of a definition with what was answered, on a form under a cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from qualicity.engines.documents.official.kinds.issue import Issue
from qualicity.engines.documents.official.kinds.supervision import Fact, facts_grid
from qualicity.engines.documents.official.layout import dated, width
from qualicity.engines.documents.official.model import (
    Attachment,
    Block,
    Cover,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Run,
)
from qualicity.errors import InputError, nearest

if TYPE_CHECKING:
    from qualicity.definitions.application_forms import ApplicationForm, FormField

Answer: TypeAlias = "str | tuple[Run, ...]"
"""Words, or runs with bound numbers; a choice is answered by its code."""

#: Signs that every Chinese typeface has; a line of choices has so many characters.
_CHOSEN, _NOT_CHOSEN, _BETWEEN = "■", "□", "　"
_CHOICES_A_LINE, _LABEL_A_LINE = 26, 6
_LONG_MM = 60.0


def application_form(
    form: ApplicationForm,
    answers: Mapping[str, Answer | Sequence[Answer]],
    *,
    first_year: int,
    issue: Issue,
    cover_lines: Sequence[str] = (),
    notes_title: str = "填表说明",
    attachments: Sequence[Attachment] = (),
) -> Document:
    """Return the form filled in; a yearly field has one answer a year, ``first_year`` first and then back.

    What is not answered stays free to write in. Raises InputError for an answer to no field or choice.
    """
    known = {field.code for field in form.fields}
    for code in answers:
        if code not in known:
            like = nearest(code, known)
            raise InputError(
                f"申报表没有“{code}”这一项" + (f"；是否指“{like}”？" if like else "。"),
                f"The form has no field “{code}”" + (f"; did you mean “{like}”?" if like else "."),
            )
    blocks: list[Block] = [Heading(1, (notes_title,)), Paragraph((form.note.zh,)), PageBreak()]
    for section in form.sections:
        facts = [_fact(field, answers.get(field.code), first_year) for field in section.fields]
        blocks += [Heading(1, (section.title.zh,)), facts_grid(facts)]
    day = (dated(issue.signed_on),) if issue.signed_on else ()
    return issue.document(
        "application_form",
        "plain",
        form.title.zh,
        letterhead="",
        number="",
        signers=(),
        blocks=tuple(blocks),
        cover=Cover((*(cover_lines or issue.signers), *day)),
        attachments=tuple(attachments),
    )


def unanswered(form: ApplicationForm, answers: Mapping[str, object]) -> tuple[FormField, ...]:
    """Return the required fields that have no answer."""
    return tuple(field for field in form.fields if field.required and not answers.get(field.code))


def _fact(field: FormField, answer: Answer | Sequence[Answer] | None, first_year: int) -> Fact:
    label, unit = field.title.zh, f"（{field.unit}）" if field.unit else ""
    label += ("\n" if unit and width(label + unit) > _LABEL_A_LINE else "") + unit
    wide = field.kind != "number" and (field.kind != "text" or field.max_length > 80)
    if field.kind == "choice":
        return Fact(label, (_choices(field, answer),), wide=True)
    if field.kind == "yearly":
        return Fact(label, _yearly(field, answer, first_year), wide=True)
    if field.kind == "long_text":
        return Fact(label, _runs(answer), wide=True, height_mm=_LONG_MM)
    return Fact(label, _runs(answer), wide=wide)


def _choices(field: FormField, answer: Answer | Sequence[Answer] | None) -> str:
    codes = [choice.code for choice in field.choices]
    if answer and answer not in codes:
        raise InputError(
            f"“{field.title.zh}”没有“{answer}”这个选项；可选：{'、'.join(codes)}。",
            f"“{field.title.en}” has no choice “{answer}”; there are: {', '.join(codes)}.",
        )
    lines = [""]
    for choice in field.choices:
        shown = (_CHOSEN if choice.code == answer else _NOT_CHOSEN) + choice.title.zh
        if width(lines[-1] + _BETWEEN + shown) > _CHOICES_A_LINE:
            lines.append("")
        lines[-1] += (_BETWEEN if lines[-1] else "") + shown
    return "\n".join(lines)


def _yearly(field: FormField, answer: Answer | Sequence[Answer] | None, first_year: int) -> tuple[Run, ...]:
    given = list(answer) if answer is not None and not isinstance(answer, str) else []
    found: list[Run] = []
    for back in range(field.years):
        found += [
            ("\n" if back else "") + f"{first_year - back}年：",
            *_runs(given[back] if back < len(given) else ""),
        ]
    return tuple(found)


def _runs(answer: object) -> tuple[Run, ...]:
    if not answer:
        return ()
    return (answer,) if isinstance(answer, str) else tuple(answer)  # type: ignore[arg-type]
