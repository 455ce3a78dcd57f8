"""Credit files, runs and simulations as plain values, for the API, the command line and downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualicity.errors import Text
    from qualicity.judgement.credit.models import ScoreRun
    from qualicity.judgement.credit.queries.files import CreditFile, Event, Point
    from qualicity.judgement.credit.queries.runs import Standing
    from qualicity.judgement.credit.queries.simulating import Group, Moved, Simulation
    from qualicity.methods.code_mapping import Mapped


def file_as_plain(one: CreditFile) -> dict[str, Any]:
    """Return a credit file as plain values: the standing, every part of the score, every event, what is disputed."""
    return {
        "uscc": one.enterprise.uscc,
        "organisation_code": one.enterprise.organisation_code,
        "name": one.enterprise.name,
        "place": one.enterprise.place,
        "industry": one.enterprise.industry,
        "as_of": one.as_of.isoformat(),
        "run": one.run.pk if one.run else None,
        "scheme": one.scheme.code,
        "certainty": one.scheme.certainty,
        "score": one.score,
        "class": one.credit_class,
        "grade": one.grade or None,
        "veto": one.veto.code if one.veto else None,
        "file_number": one.number or None,
        "file_opened_on": one.opened_on.isoformat() if one.opened_on else None,
        "families": [
            {"code": each.family.code, "title": _words(each.family.title.text), "weight": each.family.weight,
             "points": each.points, "parts": [_part(part) for part in each.parts]}
            for each in one.families
        ],
        "events": [_event(each) for each in one.events],
        "disputes": [
            {"dispute": each.pk, "source": each.source, "number": each.number, "state": each.state}
            for each in one.disputes
        ],
        "changes": [
            {"as_of": each.run.as_of.isoformat(), "class_before": each.class_before, "class": each.class_after,
             "grade_before": each.grade_before, "grade": each.grade_after}
            for each in one.changes
        ],
    }  # fmt: skip


def standing_as_plain(one: Standing, run: ScoreRun) -> dict[str, Any]:
    """Return how one enterprise stands in a run as plain values."""
    return {
        "uscc": one.uscc, "place": one.place, "industry": one.industry, "score": one.score,
        "families": dict(one.families), "class": one.credit_class, "grade": one.grade, "veto": one.veto or None,
        "events": one.events, "run": run.pk, "as_of": run.as_of.isoformat(),
    }  # fmt: skip


def run_as_plain(one: ScoreRun) -> dict[str, Any]:
    """Return a run of scoring as plain values."""
    return {
        "run": one.pk, "scheme": one.scheme, "as_of": one.as_of.isoformat(), "enterprises": one.enterprises,
        "events": one.events, "unplaced": one.unplaced, "weighting": one.weighting_id,
        "rubric_digest": one.rubric_digest, "versions": one.versions, "made_at": one.made_at.isoformat(),
    }  # fmt: skip


def simulation_as_plain(one: Simulation) -> dict[str, Any]:
    """Return a simulation as plain values."""
    codes = [each.code for each in one.scheme.classes]
    return {
        "as_of": one.as_of.isoformat(), "scheme": one.scheme.code, "weights": one.weights.plain,
        "enterprises": one.enterprises, "changed": one.changed, "better": one.better, "worse": one.worse,
        "matrix": {code: dict(zip(codes, row, strict=True)) for code, row in one.matrix},
        "places": [_group(each) for each in one.places], "industries": [_group(each) for each in one.industries],
        "gain": [_moved(each) for each in one.gain], "lose": [_moved(each) for each in one.lose],
    }  # fmt: skip


def mapped_as_plain(one: Mapped) -> dict[str, Any]:
    """Return what a code means as plain values."""
    return {
        "code": one.code, "uscc": one.uscc or None, "certainty": one.sureness, "candidates": list(one.candidates),
    }  # fmt: skip


def _part(one: Point) -> dict[str, Any]:
    return {
        "kind": one.kind, "points": one.points, "why": _words(one.why),
        "item": one.item.code if one.item else None,
        "event": {"source": one.event.source.code, "number": one.event.number} if one.event else None,
        "share": None if one.share is None else round(one.share, 6),
    }  # fmt: skip


def _event(one: Event) -> dict[str, Any]:
    return {
        "source": one.source.code, "title": _words(one.source.title.text), "number": one.number,
        "day": one.day.isoformat(), "until": one.until.isoformat() if one.until else None, "about": one.about,
        "issuer": one.issuer, "document": one.document, "submission": one.submission, "wrong": one.is_wrong,
    }  # fmt: skip


def _group(one: Group) -> dict[str, Any]:
    return {
        "code": one.code, "enterprises": one.enterprises, "better": one.better, "worse": one.worse,
        "change": round(one.change, 4),
    }  # fmt: skip


def _moved(one: Moved) -> dict[str, Any]:
    return {
        "uscc": one.uscc, "name": one.name, "place": one.place, "before": one.before, "after": one.after,
        "class_before": one.class_before, "class": one.class_after,
    }  # fmt: skip


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
