"""Notices as the house sees them: what is due, what is public, what was corrected, and what of it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import Text
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import WORDS, Conclusion, NoticeState
from qualicity.evidence.inspections.models import Correction, Notice
from qualicity.evidence.inspections.queries.public import BOTH, FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.evidence.inspections.models import Sample

LARGEST = 2**53
LABELS: dict[str, Text] = {
    "product": Text("产品名称", "Product"),
    "brand": Text("商标", "Brand"),
    "specification": Text("规格型号", "Specification"),
    "batch": Text("生产日期或批号", "Batch"),
    "produced_on": Text("生产日期", "Produced on"),
    "conclusion": Text("结论", "Conclusion"),
    "failing_items": Text("不合格项目", "Failed items"),
    "maker": Text("标称生产者", "Maker"),
    "sampled_unit": Text("被抽样单位", "Sampled unit"),
    "sampled_address": Text("被抽样单位地址", "Its address"),
    "place": Text("地区", "Place"),
    "stage": Text("环节", "Stage"),
    "sampled_on": Text("抽样日期", "Sampled on"),
    "concluded_on": Text("结论日期", "Concluded on"),
    "authority": Text("组织抽查的部门", "Authority"),
    "outcome": Text("处理结果", "Outcome"),
    "measures": Text("处理措施", "Measures"),
    "closed_on": Text("办结日期", "Closed on"),
}
"""What the fields of notices are called."""
STAGES = {
    "production": Text("生产", "production"),
    "circulation": Text("流通", "circulation"),
    "catering": Text("餐饮", "catering"),
    "online": Text("网络", "online"),
}


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice in a list: its state in words, and by how many days it is or was late."""

    notice: Notice
    state: Text
    status: str
    late_days: int
    latency_days: int | None
    may_publish: bool
    """Whether the reader may publish it: of their organisation, and not the one who decided."""


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field of a notice as the public sees it: its label, and one text or several."""

    label: Text
    values: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How many notices there are in each state, and how many that are due are late."""

    due: int
    late: int
    published: int
    ended: int
    withdrawn: int


def notices(*, by: Person, state: str = "", kind: str = "", words: str = "") -> QuerySet[Notice]:
    """Return the notices that ``by`` may see: due ones by their legal day, the others the latest first."""
    found = _visible(by)
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(
            Q(sample__number__icontains=words) | Q(sample__product_name__icontains=words)
            | Q(sample__sampled_unit__icontains=words)
        )  # fmt: skip
    if state:
        found = found.filter(state=state)
    return found.order_by("due_on", "id") if state == NoticeState.DUE else found.order_by("-changed_at", "-id")


def notice_rows(found: Sequence[Notice], *, by: Person) -> tuple[NoticeRow, ...]:
    """Return notices as a list shows them."""
    today = registry.today()
    return tuple(_row(one, by, today) for one in found)


def notice(number: int, *, by: Person) -> Notice:
    """Return one notice; NotFoundError where it is not there or not for ``by``."""
    found = _visible(by).filter(pk=number).first() if 0 < number < LARGEST else None
    if found is None:
        raise permissions.not_there(str(number))
    return found


def corrections_of(found: Notice) -> tuple[Correction, ...]:
    """Return the log of one notice, the latest first."""
    return tuple(found.corrections.select_related("by").order_by("-id"))


def shown_fields(found: Notice) -> tuple[ShownField, ...]:
    """Return what a notice shows, field by field with its words, in the order of the house."""
    return tuple(
        ShownField(LABELS[name], _value(name, found.fields[name])) for name in FIELDS if name in found.fields
    )


def conclusion_words(sample: Sample) -> Text:
    """Return what a sample was found to be, or that nothing is known yet."""
    return WORDS[Conclusion(sample.conclusion)] if sample.conclusion else Text("尚无结论", "no conclusion yet")


def log(*, by: Person) -> QuerySet[Correction]:
    """Return the log of the notices that ``by`` may see, the latest first."""
    found = Correction.objects.select_related("notice__sample", "by").order_by("-id")
    accounts.check(by, permissions.READ)
    if accounts.sees_all(by, permissions.READ):
        return found
    return found.filter(notice__sample__organisation=by.organisation_id or -1)


def publication_standing(*, by: Person) -> Standing:
    """Return how the notices that ``by`` may see stand."""
    today = registry.today()
    found = _visible(by).aggregate(
        late=Count("id", filter=Q(state=NoticeState.DUE, due_on__lt=today)),
        **{str(one): Count("id", filter=Q(state=one)) for one in NoticeState},
    )
    return Standing(found["due"], found["late"], found["published"], found["ended"], found["withdrawn"])


def _visible(by: Person) -> QuerySet[Notice]:
    accounts.check(by, permissions.READ)
    found = Notice.objects.select_related("sample__organisation", "decided_by", "published_by")
    if accounts.sees_all(by, permissions.READ):
        return found
    return found.filter(sample__organisation=by.organisation_id or -1)


def _row(one: Notice, by: Person, today: date) -> NoticeRow:
    published = timezone.localdate(one.published_at) if one.published_at else None
    late = max(0, ((published or today) - one.due_on) // timedelta(days=1))
    if one.state in (NoticeState.WITHDRAWN, NoticeState.ENDED) and published is None:
        late = 0
    may = accounts.can(by, permissions.PUBLISH, organisation=one.sample.organisation)
    return NoticeRow(
        notice=one, state=WORDS[NoticeState(one.state)], status=_status(one, late), late_days=late,
        latency_days=(published - one.settled_on) // timedelta(days=1) if published else None,
        may_publish=may and one.state == NoticeState.DUE and (one.decided_by_id != by.pk or by.is_operator),
    )  # fmt: skip


def _status(one: Notice, late: int) -> str:
    if one.state == NoticeState.DUE:
        return "notice_late" if late else "notice_due"
    return f"notice_{one.state}"


def _value(name: str, value: Any) -> tuple[Text, ...]:
    if name == "conclusion":
        return (WORDS[Conclusion(value)],)
    if name == "stage":
        return (STAGES.get(value, Text(value, value)),)
    if name in BOTH:
        return (Text(value["zh"], value["en"]),)
    if name == "place":
        place = next((one for one in registry.plan().places if one.code == value), None)
        return (place.title.text if place else Text(value, value),)
    if name == "failing_items":
        return tuple(_item(one) for one in value)
    if name == "measures":
        return tuple(Text(f"{one['on']} {one['what']['zh']}", f"{one['on']} {one['what']['en']}") for one in value)
    return (Text(str(value), str(value)),)


def _item(one: dict[str, Any]) -> Text:
    found = "，".join(one["values"])
    return Text(
        f"{one['title']}：实测 {found} {one['unit']}，标准要求 {one['limit']}（{one['standard']}）",
        f"{one['title']}: found {found} {one['unit']}, limit {one['limit']} ({one['standard']})",
    )
