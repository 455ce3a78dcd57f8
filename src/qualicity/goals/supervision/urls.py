"""Addresses of supervision's pages."""

from __future__ import annotations

from django.urls import path

from qualicity.goals.supervision.views import circulars, fund, home, meetings, practice

app_name = "supervision"

urlpatterns = [
    path("supervision/", home.home, name="home"),
    path("supervision/gates/", home.gates, name="gates"),
    path("supervision/meetings/", meetings.meetings, name="meetings"),
    path("supervision/meetings/new/", meetings.new, name="new_meeting"),
    path("supervision/meetings/<int:number>/", meetings.meeting, name="meeting"),
    path("supervision/meetings/<int:number>/hold/", meetings.hold, name="hold"),
    path("supervision/meetings/<int:number>/decide/", meetings.decide, name="decide"),
    path("supervision/meetings/<int:number>/minutes/", meetings.minutes, name="minutes"),
    path("supervision/circulars/", circulars.circulars, name="circulars"),
    path("supervision/circulars/new/", circulars.new, name="new_circular"),
    path("supervision/circulars/climb/", circulars.climb, name="climb"),
    path("supervision/circulars/<int:number>/", circulars.circular, name="circular"),
    path("supervision/circulars/<int:number>/issue/", circulars.issue, name="issue"),
    path("supervision/circulars/<int:number>/drop/", circulars.drop, name="drop"),
    path("supervision/fund/", fund.fund, name="fund"),
    path("supervision/fund/budget/", fund.budget, name="budget"),
    path("supervision/fund/allocate/", fund.allocate, name="allocate"),
    path("supervision/fund/spend/", fund.spend, name="spend"),
    path("supervision/practice/", practice.practices, name="practices"),
    path("supervision/practice/<int:number>/share/", practice.share, name="share"),
]
