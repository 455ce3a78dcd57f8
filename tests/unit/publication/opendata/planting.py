"""A scene in which every field of every object holds a mark of its own, so that whatever gets out can be told."""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import models

from qualicity.commons.accounts.models import Organisation, Person
from qualicity.commons.cases import actions as cases
from qualicity.commons.cases.models import Case
from qualicity.commons.registry.models import Enterprise
from qualicity.evidence.inspections.models import (
    CheckPlan,
    Commitment,
    Correction,
    Draw,
    Notice,
    PlanLine,
    Sample,
    Target,
)
from qualicity.evidence.submissions.queries.paths import file_path
from qualicity.judgement.credit.models import Listing
from qualicity.judgement.enforcement.models import Penalty

if TYPE_CHECKING:
    from collections.abc import Iterable

ZONE = ZoneInfo("Asia/Shanghai")
TODAY, BEFORE, LATER = date(2014, 4, 10), date(2014, 4, 1), date(2014, 5, 10)
AT = datetime(2014, 4, 1, 10, tzinfo=ZONE)
MAKER, SHOP = "91410122000000190J", "92410181000000270L"
MARK = re.compile(r"zq(\d{3})qz")


@dataclass
class Scene:
    """What was planted: the meaning of each mark, and the objects by name."""

    meanings: list[str] = field(default_factory=list)
    things: dict[str, Any] = field(default_factory=dict)

    def mark(self, meaning: str) -> str:
        """Return a new mark."""
        self.meanings.append(meaning)
        return f"zq{len(self.meanings) - 1:03d}qz"

    def found_in(self, texts: Iterable[str]) -> set[str]:
        """Return the meanings of all marks that occur in some texts."""
        return {self.meanings[int(number)] for text in texts for number in MARK.findall(text)}

    def plant(self, model: type[models.Model], **given: Any) -> Any:
        """Return a new object of which every text that was not given holds a mark."""
        values = dict(given)
        for one in model._meta.concrete_fields:
            if one.attname in values or one.name in values or one.primary_key or one.is_relation:
                continue
            if isinstance(one, models.UUIDField):
                continue
            if isinstance(one, models.CharField | models.TextField):
                values[one.name] = self.mark(f"{model.__name__}.{one.name}")
            elif isinstance(one, models.JSONField):
                values[one.name] = {"secret": self.mark(f"{model.__name__}.{one.name}")}
        return model.objects.create(**values)


def plant(person: Person) -> Scene:
    """Plant the scene; ``person`` did everything."""
    scene = Scene()
    Person.objects.filter(pk=person.pk).update(name=scene.mark("Person.name"))
    person.refresh_from_db()
    unit = Organisation.objects.get(code="quality-supervision")
    common = {"organisation": unit, "place": "410122"}
    scene.plant(Enterprise, uscc=MAKER, organisation_code=MAKER[8:17], place="410122", industry="C1439")
    scene.plant(Enterprise, uscc=SHOP, organisation_code=SHOP[8:17], name="甲乙丙", initials="jyb", place="410181")
    plan = scene.plant(
        CheckPlan, year=2014, organisation=unit, made_by=person, made_at=AT, state="approved", method="simple",
        code="plan-one",
    )  # fmt: skip
    line = scene.plant(PlanLine, plan=plan, number=1, count=1, product="cable", stage="production", places=[])
    said = scene.plant(Commitment, plan=plan, known_on=BEFORE, given_by=person, given_at=AT)
    done = scene.plant(
        Draw, plan=plan, number=1, commitment=said, frame_size=9, drawn_by=person, drawn_at=AT, method="simple",
        risk_release="", frame_digest=frame(f"1|{scene.mark('row of a frame')}|{MAKER}|1\n"),
    )  # fmt: skip
    pending = scene.plant(
        Draw, plan=plan, number=2, frame_size=9, drawn_by=person, drawn_at=AT, method="simple", risk_release="",
        frame_digest=frame(f"1|{scene.mark('row of a waiting frame')}|{MAKER}|1\n"),
    )  # fmt: skip
    for draw, state in ((done, "sampled"), (pending, "waiting")):
        scene.plant(
            Target, draw=draw, line=line, number=1, enterprise=MAKER, place="410122", organisation=unit,
            probability=0.5, state=state,
            **({} if draw is done else {"enterprise_name": scene.mark("waiting target")}),
        )  # fmt: skip
    sample = scene.plant(
        Sample, client_id=uuid.uuid4(), plan=plan, **common, sampled_at=AT, sent_by=person, received_at=AT,
        law="product_spot_checks", maker_code=MAKER, sampled_unit_code=SHOP, conclusion="unqualified",
        concluded_on=BEFORE, state="concluded", stage="production", sampling_kind="routine",
    )  # fmt: skip
    for kind in ("result", "follow_up"):
        named = ("product", "brand", "specification", "batch", "maker")
        fields = {name: scene.mark(f"notice {name}") for name in named}
        fields |= {"conclusion": "unqualified", "sampled_unit": "甲乙丙", "place": "410122", "stage": "production"}
        fields |= {"sample_number": scene.mark("unlisted notice field")}
        scene.things[kind] = scene.plant(
            Notice, sample=sample, kind=kind, state="published", settled_on=BEFORE, due_on=LATER, decided_by=person,
            published_by=person, published_at=AT, public_until=LATER, changed_at=AT, fields=fields,
        )  # fmt: skip
    scene.plant(
        Correction, notice=scene.things["result"], at=AT, by=person, what="changed",
        before={"product": scene.mark("Correction.before")}, after={"product": scene.mark("Correction.after")},
        reason=f"{scene.mark('Correction.reason')} 联系人：丁戊己 13800138000 410122199001011234",
    )  # fmt: skip
    scene.things["listing"] = _listing(scene, person, unit)
    penal = {
        "organisation": unit, "place": "410122", "kinds": [], "decided_on": BEFORE, "decided_by": person,
        "state": "public", "published_on": BEFORE, "published_by": person, "public_until": LATER,
    }  # fmt: skip
    scene.things["penalty"] = scene.plant(Penalty, **penal, enterprise=MAKER, party_kind="enterprise")
    scene.things["personal"] = scene.plant(
        Penalty, **penal, party_kind="person", party_name="甲" + scene.mark("name of a person"), enterprise=""
    )
    return scene


def frame(text: str) -> str:
    """Keep a frame among the files of the home, and return its digest."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    path = file_path(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return digest


def _listing(scene: Scene, person: Person, unit: Organisation) -> Listing:
    case = _case(scene, person, unit)
    return scene.plant(
        Listing, case=case, enterprise=MAKER, organisation=unit, place="410122", proposed_by=person,
        proposed_on=BEFORE, listed_on=BEFORE, until=LATER, published_on=BEFORE, published_by=person, ended_how="",
    )  # fmt: skip


def _case(scene: Scene, person: Person, unit: Organisation) -> Case:
    return cases.open_case(
        type="assignment", subject="task:1", title_zh=scene.mark("Case.title_zh"),
        title_en=scene.mark("Case.title_en"), organisation=unit.code, due=date(2014, 4, 20), by=person,
    )  # fmt: skip
