"""Addresses of people, tokens and one's own page."""

from __future__ import annotations

from django.urls import path

from qualicity.commons.accounts import views

app_name = "accounts"

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/new/", views.new, name="new"),
    path("people/import/", views.imported, name="import"),
    path("people/me/", views.me, name="me"),
    path("people/me/tokens/", views.tokens, name="tokens"),
    path("people/tokens/<slug:prefix>/revoke/", views.revoke, name="revoke"),
    path("people/<str:username>/", views.person, name="person"),
    path("people/<str:username>/password/", views.reset_password, name="reset_password"),
    path("people/<str:username>/activity/", views.activity, name="activity"),
]
