"""Addresses of the public pages: the same in Chinese and, one step down, in English."""

from __future__ import annotations

from django.urls import include, path

from qualicity.publication.portal import views

PAGES = [
    path("", views.home, name="home"),
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/<str:code>/", views.indicator, name="indicator"),
    path("enterprises/", views.enterprises, name="enterprises"),
    path("enterprises/<str:uscc>/", views.enterprise, name="enterprise"),
    path("results/", views.results, name="results"),
    path("results/<str:token>/", views.result, name="result"),
    path("corrections/", views.listing, {"code": "corrections"}, name="corrections"),
    path("listed/", views.listing, {"code": "listings"}, name="listings"),
    path("penalties/", views.listing, {"code": "penalties"}, name="penalties"),
    path("draws/", views.draws, name="draws"),
    path("draws/<str:plan>/<int:number>/", views.draw, name="draw"),
    path("alerts/", views.listing, {"code": "alerts"}, name="alerts"),
    path("recalls/", views.listing, {"code": "recalls"}, name="recalls"),
    path("data/", views.data, name="data"),
    path("data/<str:code>/", views.table, name="table"),
    path("complain/", views.complain, name="complain"),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("feeds/enterprises/<str:uscc>.atom", views.enterprise_feed, name="enterprise_feed"),
    path("feeds/indicators/<str:code>.atom", views.indicator_feed, name="indicator_feed"),
    path("feeds/<str:code>.atom", views.feed, name="feed"),
]

urlpatterns = [
    path("public/en/", include((PAGES, "portal"), namespace="portal_en"), {"language": "en"}),
    path("public/", include((PAGES, "portal"), namespace="portal"), {"language": "zh-hans"}),
]
