"""The charts of an indicator as pictures: one specification for page, PDF and office file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language

from qualicity.commons.registry import queries as registry
from qualicity.engines.charts import drawing, specifications
from qualicity.engines.charts.specifications import Point
from qualicity.errors import NotFoundError
from qualicity.goals.indicators import queries
from qualicity.goals.indicators.views.standing import asked

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.engines.charts.specifications import Specification

TYPES = {"svg": "image/svg+xml", "png": "image/png", "json": "application/json"}
NARROW = 260
TONES = {"met": "met", "not_met": "not_met"}


@login_required
def trend_chart(request: SignedIn, code: str, form: str) -> HttpResponse:
    """Draw an indicator over time, in the periods that the page beside it shows."""
    standing = registry.standing(request.GET)
    common = asked(request, standing)
    one = queries.indicator_of(standing.plan, code)
    grain = request.GET.get("grain")
    chosen = grain if grain in (one.period, queries.finest(one)) else None
    found = queries.history(code, place=standing.place, grain=chosen, **common)
    points = [
        Point(
            period.period.label,
            period.estimate.value,
            period.estimate.low,
            period.estimate.high,
            period.aim if period.path is None else period.path,
        )
        for period in found
    ]
    words = queries.target_words(one.target, one.unit, found[-1].aim if found else None)
    label = words.in_language(get_language() or "zh-hans")
    return _answer(request, specifications.trend(points, unit=one.unit, aim_label=label, **_size(request, 640)), form)


@login_required
def places_chart(request: SignedIn, code: str, form: str) -> HttpResponse:
    """Draw an indicator's latest period for every place."""
    standing = registry.standing(request.GET)
    language = get_language() or "zh-hans"
    names = {place.code: place.title.in_language(language) for place in standing.plan.places}
    found = queries.by_place(
        code, plan=standing.plan, as_of=standing.as_of, known_on=standing.known_on, by=request.user
    )
    one = queries.indicator_of(standing.plan, code)
    points = [
        Point(
            names[value.place], value.value, value.low, value.high, value.aim, TONES.get(str(value.status), "other")
        )
        for value in found
        if value.value is not None
    ]
    label = queries.target_words(one.target, one.unit).in_language(language)
    return _answer(
        request, specifications.places(points, unit=one.unit, aim_label=label, **_size(request, 520)), form
    )


def _size(request: SignedIn, wide: int) -> dict[str, int]:
    """Return how wide a chart is drawn: on a phone (``narrow=1``) so that its words stay as large as the page's."""
    return {"width": NARROW if request.GET.get("narrow") == "1" else wide}


def _answer(request: SignedIn, specification: Specification, form: str) -> HttpResponse:
    """Answer with the picture, or say that the browser has it already."""
    if form not in TYPES:
        raise NotFoundError(f"没有“{form}”格式的图。", f"There is no chart as “{form}”.")
    text = drawing.written(specification)
    stamp = f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'
    if request.headers.get("If-None-Match") == stamp:
        return HttpResponseNotModified()
    if form == "json":
        body: str | bytes = text
    else:
        body = drawing.svg(specification) if form == "svg" else drawing.png(specification)
    response = HttpResponse(body, content_type=TYPES[form])
    response["ETag"] = stamp
    response["Cache-Control"] = "private, max-age=60"
    return response
