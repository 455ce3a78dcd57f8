from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from tests.unit.evidence.inspections.batches import batches, city_with_checks, filed, makers

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.registry import actions as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.evidence.inspections.actions import risk as actions
from qualicity.evidence.inspections.models import RiskRelease
from qualicity.evidence.inspections.queries import risk as queries
from qualicity.evidence.inspections.queries import risk_features, risk_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person

pytestmark = pytest.mark.django_db

DAY = date(2014, 1, 1)
WHO_CHECKED = {"publisher", "authority_level", "sampling_kind", "result", "tested_item"}
"""Columns of the register that tell who checked, how it was chosen, or what came out."""


@pytest.fixture
def office(home: Path, make_person: Callable[..., Person], monkeypatch: pytest.MonkeyPatch) -> Person:
    """Return the office of a city with two years of checks in its register, on New Year's Day 2014."""
    monkeypatch.setenv("QUALICITY_TODAY", DAY.isoformat())
    found = make_person("office", "quality-supervision")
    registry.register_enterprises(enterprises=makers(), by=found)
    rows = pl.concat([batches(2012), batches(2013)])
    monkeypatch.setattr(risk_features.submissions, "scan", lambda register: rows.lazy())
    return found


@pytest.fixture
def filing_office(
    home: Path, make_person: Callable[..., Person], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Person:
    """Return the office of the same city after its register was filed and accepted."""
    monkeypatch.setenv("QUALICITY_TODAY", DAY.isoformat())
    found = make_person("office", "quality-supervision")
    city_with_checks(tmp_path, by=found, accepted_by=accounts.operator())
    return found


def test_a_release_is_held_to_account_on_checks_that_it_never_saw(office: Person) -> None:
    new = actions.make_risk_release(by=office)
    found = queries.risk_release(new.code, by=office)
    report = found.report
    assert (report.fitted + report.later, report.later_failures + report.fitted_failures) == (2400, 238)
    assert report.since < report.split < report.until
    # One maker in five fails in 30 of 100, the others in 4: history alone tells some of them.
    assert report.plain.auc > 0.65
    assert report.plain.precision > 2 * report.base_rate
    assert report.plain.order.days_earlier > 20 > abs(report.random.days_earlier)
    assert report.plain.draw_gain > 1.3
    assert report.actual.days_earlier == 0.0
    assert {name: sum(one.n for one in groups) for name, groups in report.groups.items()} == dict.fromkeys(
        ("place", "category", "stage"), report.later
    )
    assert not new.in_use


def test_the_same_register_and_seed_give_the_same_release(filing_office: Person) -> None:
    first, second = (actions.make_risk_release(by=filing_office) for _ in range(2))
    assert first.table_version > 0
    assert first.digest == second.digest
    assert [first.code, second.code] == ["risk-20140101-1", "risk-20140101-2"]


def test_a_stored_release_reads_back_as_it_was_made(office: Person) -> None:
    frame = risk_features.checks(until=DAY)
    model, report = risk_report.make(frame, seed=actions.SEED)
    new = actions.make_risk_release(by=office)
    found = queries.risk_release(new.code, by=office)
    assert found.model == model
    assert found.report.split == report.split
    assert found.report.plain.auc == pytest.approx(report.plain.auc)
    empty = risk_report.report_of(risk_report.as_json(report) | {"plain": new.report["plain"] | {"auc": None}})
    assert math.isnan(empty.plain.auc)


def test_who_inspected_cannot_enter(office: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = {one.name for one in catalogue().registers["spot_check_batches"].columns}
    assert columns >= WHO_CHECKED
    assert not WHO_CHECKED & set(risk_features.READ)
    first = actions.make_risk_release(by=office)
    names = set(queries.risk_release(first.code, by=office).model.names)
    assert {name.partition("=")[0] for name in names} <= set(risk_features.FEATURES)
    rows = risk_features.submissions.scan("spot_check_batches")
    assert rows is not None
    # The same register in which everything about who checked is set to tell the result itself.
    told = rows.with_columns(
        publisher=pl.col("conclusion"), authority_level=pl.col("conclusion"), sampling_kind=pl.col("conclusion"),
        result=pl.col("conclusion"), tested_item=pl.col("conclusion"), inspector=pl.col("conclusion"),
    )  # fmt: skip
    monkeypatch.setattr(risk_features.submissions, "scan", lambda register: told)
    assert actions.make_risk_release(by=office).digest == first.digest


def test_nothing_of_a_check_or_later_is_known_before_it(office: Person) -> None:
    whole = risk_features.checks(until=DAY)
    early = risk_features.checks(until=date(2012, 6, 30))
    known = [*risk_features.NUMBERS, "failed_last", "never_checked"]
    again = whole.filter(pl.col("concluded_on") <= date(2012, 6, 30))
    assert again.select("batch", *known).equals(early.select("batch", *known))
    first = whole.filter(pl.col("uscc").is_first_distinct())
    assert first["never_checked"].all()
    assert first["failures_before"].sum() == 0


def test_the_history_of_an_enterprise_is_counted_by_hand(office: Person) -> None:
    maker = makers()[4]
    rows = batches(2012).vstack(batches(2013)).filter(pl.col("enterprise") == maker.uscc).sort("concluded_on")
    (found,) = risk_features.enterprises_on(DAY).filter(pl.col("uscc") == maker.uscc).to_dicts()
    aged = [(0.5 ** ((DAY - one["concluded_on"]).days / 365), one["conclusion"]) for one in rows.to_dicts()]
    assert math.expm1(found["checks_before"]) == pytest.approx(sum(weight for weight, _ in aged))
    assert math.expm1(found["failures_before"]) == pytest.approx(
        sum(weight for weight, what in aged if what == "unqualified")
    )
    assert found["years_since"] == pytest.approx((DAY - rows["concluded_on"][-1]).days / 365)
    assert found["failed_last"] == (rows["conclusion"][-1] == "unqualified")
    assert (found["place"], found["industry"]) == (maker.place, "C")


def test_an_older_organisation_code_finds_its_enterprise(filing_office: Person, tmp_path: Path) -> None:
    maker = makers()[0]
    old = batches(2011, 1).with_columns(enterprise=pl.lit(maker.uscc[8:17]), conclusion=pl.lit("unqualified"))
    filed(tmp_path, old, 2011, by=filing_office, accepted_by=accounts.operator())
    earliest = risk_features.checks(until=DAY)[0].to_dicts()[0]
    assert (earliest["uscc"], earliest["failed"]) == (maker.uscc, 1.0)


def test_without_a_release_in_use_a_draw_is_not_weighted(office: Person) -> None:
    new = actions.make_risk_release(by=office)
    assert queries.risk_weights(on=DAY) is None
    actions.switch_risk_on(code=new.code, reason="试用一季度", by=office)
    found = queries.risk_weights(on=DAY)
    assert found is not None
    assert found.release == new.code
    assert len(found.by_enterprise) == 240
    assert all(0 < one < 1 for one in found.by_enterprise.values())
    risky = [one.uscc for place, one in enumerate(makers()) if (place + 1) % 5 == 0]
    mean = sum(found.by_enterprise[one] for one in risky) / len(risky)
    assert mean > 1.5 * sum(found.by_enterprise.values()) / 240
    actions.switch_risk_off(code=new.code, reason="到期复核", by=office)
    assert queries.risk_weights(on=DAY) is None


def test_one_release_replaces_another_and_the_trail_tells_who_and_why(office: Person) -> None:
    first, second = (actions.make_risk_release(by=office) for _ in range(2))
    actions.switch_risk_on(code=first.code, reason="试用一季度", by=office)
    actions.switch_risk_on(code=second.code, reason="换用新版", by=office)
    assert list(RiskRelease.objects.filter(in_use=True).values_list("code", flat=True)) == [second.code]
    verbs = [(one.verb, one.subject, one.detail.get("reason")) for one in audit.records()[:3]][::-1]
    assert verbs == [
        ("inspections.risk_on", f"risk_release:{first.code}", "试用一季度"),
        ("inspections.risk_off", f"risk_release:{first.code}", "换用新版"),
        ("inspections.risk_on", f"risk_release:{second.code}", "换用新版"),
    ]


def test_what_cannot_be_switched_says_why(office: Person) -> None:
    new = actions.make_risk_release(by=office)
    with pytest.raises(InputError, match="reason"):
        actions.switch_risk_on(code=new.code, reason=" ", by=office)
    with pytest.raises(NotPossibleError, match="not in use"):
        actions.switch_risk_off(code=new.code, reason="停用", by=office)
    with pytest.raises(NotFoundError):
        actions.switch_risk_on(code="risk-none", reason="试用", by=office)
    new.report["plain"]["draw_gain"] = 0.98
    new.save()
    with pytest.raises(NotPossibleError, match="no more failures than a plain one"):
        actions.switch_risk_on(code=new.code, reason="试用", by=office)


def test_only_who_plans_for_the_whole_city_makes_and_switches(
    office: Person, make_person: Callable[..., Person]
) -> None:
    new = actions.make_risk_release(by=office)
    for role, unit in (("county", "zhongmu"), ("inspector", "zhongmu"), ("expert", None), ("leader", None)):
        person = make_person(role, unit)
        with pytest.raises(NotAllowedError):
            actions.make_risk_release(by=person)
        with pytest.raises(NotAllowedError):
            actions.switch_risk_on(code=new.code, reason="试用", by=person)
        assert queries.risk_release(new.code, by=person).code == new.code
    with pytest.raises(NotAllowedError):
        queries.risk_releases(by=make_person("deputy"))


def test_an_enterprise_is_told_what_raises_its_score(office: Person) -> None:
    new = actions.make_risk_release(by=office)
    release = queries.risk_release(new.code, by=office)
    actions.switch_risk_on(code=new.code, reason="试用", by=office)
    weights = queries.risk_weights(on=DAY)
    assert weights is not None
    worst = max(weights.by_enterprise, key=lambda one: weights.by_enterprise[one])
    found = queries.risk_explanation(worst, release=release, on=DAY, by=office)
    assert found.score == weights.by_enterprise[worst]
    assert found.rank > 0.99
    assert found.parts[0].title.en.startswith("failures in recent years")
    odds = found.average / (1 - found.average) * math.prod(one.factor for one in found.parts)
    assert odds / (1 + odds) == pytest.approx(found.score)
    registry.register_enterprise(uscc="91410122000000190J", name="模拟新设企业", place="410122", by=office)
    fresh = queries.risk_explanation("91410122000000190J", release=release, on=DAY, by=office)
    assert 0 < fresh.score < found.score
    (age,) = [one.factor for one in fresh.parts if one.title.en == "years in business"]
    assert age == 1.0  # when it was registered is not known


def test_among_very_many_an_enterprise_is_ranked_beside_some_of_them(
    office: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = queries.risk_release(actions.make_risk_release(by=office).code, by=office)
    whole = {one.uscc: queries.risk_explanation(one.uscc, release=release, on=DAY, by=office) for one in makers()[:6]}
    monkeypatch.setattr(queries, "RANKED", 60)
    for uscc, one in whole.items():
        among = queries.risk_explanation(uscc, release=release, on=DAY, by=office)
        assert (among.score, among.parts) == (one.score, one.parts)
        assert abs(among.rank - one.rank) < 0.2


def test_too_few_checks_make_no_model(home: Path, make_person: Callable[..., Person]) -> None:
    office = make_person("office", "quality-supervision")
    with pytest.raises(NotPossibleError, match="too few checks"):
        actions.make_risk_release(by=office)
