"""Every address of the house; each desk brings its own."""

from __future__ import annotations

from django.urls import include, path

from qualicity.site import api, views

urlpatterns = [
    path("", include("qualicity.goals.indicators.urls")),
    path("", include("qualicity.goals.plan.urls")),
    path("", include("qualicity.evidence.submissions.urls")),
    path("", include("qualicity.commons.accounts.urls")),
    path("", include("qualicity.commons.audit.urls")),
    path("account/", include("allauth.urls")),
    path("language/", views.language, name="language"),
    path("appearance/", views.appearance, name="appearance"),
    path("health/", views.health, name="health"),
    path("api/v1/", api.api.urls),
]

handler400 = "qualicity.site.views.bad_request"
handler403 = "qualicity.site.views.not_allowed"
handler404 = "qualicity.site.views.not_found"
handler500 = "qualicity.site.views.broken"
