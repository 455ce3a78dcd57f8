"""Every address of the house; each desk brings its own."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path

from qualicity.site import api, search, views

# of allauth only what fits a house where nobody signs up and nobody has an e-mail address
ACCOUNT = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]

urlpatterns = [
    path("", include("qualicity.publication.portal.urls")),  # first: asked for most when it matters
    path("open/v1/", api.open_api.urls),
    path("", include("qualicity.goals.indicators.urls")),
    path("", include("qualicity.goals.plan.urls")),
    path("", include("qualicity.goals.tasks.urls")),
    path("", include("qualicity.goals.supervision.urls")),
    path("", include("qualicity.publication.reports.urls")),
    path("", include("qualicity.evidence.submissions.urls")),
    path("", include("qualicity.evidence.inspections.urls")),
    path("", include("qualicity.commons.worklist.urls")),
    path("", include("qualicity.commons.cases.urls")),
    path("", include("qualicity.judgement.assessment.urls")),
    path("", include("qualicity.judgement.credit.urls")),
    path("", include("qualicity.judgement.enforcement.urls")),
    path("", include("qualicity.publication.opendata.urls")),
    path("", include("qualicity.commons.accounts.urls")),
    path("", include("qualicity.commons.audit.urls")),
    path("account/", include(ACCOUNT)),
    path("language/", views.language, name="language"),
    path("appearance/", views.appearance, name="appearance"),
    path("search/", search.page, name="search"),
    path("health/", views.health, name="health"),
    path("api/v1/", api.api.urls),
]

handler400 = "qualicity.site.views.bad_request"
handler403 = "qualicity.site.views.not_allowed"
handler404 = "qualicity.site.views.not_found"
handler500 = "qualicity.site.views.broken"
