"""Addresses of credit files, scores and weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from qualicity.judgement.credit.views import files, weights

if TYPE_CHECKING:
    from django.urls import URLPattern

ADDRESSES: list[URLPattern] = [
    path("credit/", files.home, name="home"),
    path("credit/score/", files.score, name="score"),
    path("credit/mine/", files.mine, name="mine"),
    path("credit/enterprises/", files.enterprises, name="enterprises"),
    path("credit/enterprises/<slug:uscc>/", files.file, name="file"),
    path("credit/enterprises/<slug:uscc>/dispute/", files.dispute, name="dispute"),
    path("credit/disputes/", files.disputes, name="disputes"),
    path("credit/disputes/<int:number>/", files.dispute_case, name="dispute_case"),
    path("credit/disputes/<int:number>/<slug:verb>/", files.dispute_move, name="dispute_move"),
    path("credit/lacking/", weights.lacking, name="lacking"),
    path("credit/lacking/open/", weights.open_files, name="open_files"),
    path("credit/weights/", weights.weights, name="weights"),
    path("credit/weights/<int:number>/<slug:verb>/", weights.decide, name="weights_decide"),
]
