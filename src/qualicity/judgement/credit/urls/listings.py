"""Addresses of the list of the seriously dishonest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from qualicity.judgement.credit.views import listing_mine, listings

if TYPE_CHECKING:
    from django.urls import URLPattern

ADDRESSES: list[URLPattern] = [
    path("credit/list/", listings.home, name="listings"),
    path("credit/list/new/", listings.propose, name="propose"),
    path("credit/list/duties/", listings.duties, name="duties"),
    path("credit/list/duties/<int:number>/<slug:verb>/", listings.answer_duty, name="answer_duty"),
    path("credit/list/sealed/", listings.sealed, name="sealed"),
    path("credit/list/sealed/<int:number>/undo/", listings.undo, name="undo_repair"),
    path("credit/list/mine/", listing_mine.mine, name="my_listings"),
    path("credit/list/mine/<int:number>/", listing_mine.one, name="my_listing"),
    path("credit/list/mine/<int:number>/papers/<slug:code>.<slug:form>", listing_mine.paper, name="my_listing_paper"),
    path("credit/list/mine/<int:number>/<slug:verb>/", listing_mine.act, name="my_listing_act"),
    path("credit/list/<int:number>/", listings.one, name="listing"),
    path("credit/list/<int:number>/papers/<slug:code>.<slug:form>", listings.paper, name="listing_paper"),
    path("credit/list/<int:number>/<slug:verb>/", listings.act, name="listing_act"),
    path(
        "credit/list/<int:number>/repairs/<int:request_number>/<slug:verb>/",
        listings.act_repair,
        name="listing_repair",
    ),
    path(
        "credit/list/<int:number>/objections/<int:request_number>/<slug:verb>/",
        listings.act_objection,
        name="listing_objection",
    ),
]
