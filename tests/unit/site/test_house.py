from __future__ import annotations

import json
import logging.config
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from qualicity.commons.audit.models import AuditRecord

pytestmark = pytest.mark.django_db
HOW_TO = Path(__file__).resolve().parents[3] / "docs" / "how-to"
PASSWORD = "quiet-river-under-stone"


def sign_in(client: Any, username: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(reverse("account_login"), {"login": username, "password": password}, **extra)


def test_a_person_signs_in_by_user_name_and_it_is_audited(client: Any, make_person: Any) -> None:
    make_person("leader")
    assert sign_in(client, "leader").status_code == 302
    assert AuditRecord.objects.filter(verb="sign_in.ok", username="leader").count() == 1


def test_five_failures_lock_the_name_at_that_address_and_nobody_elses(client: Any, make_person: Any) -> None:
    make_person("leader")
    for _ in range(5):
        assert sign_in(client, "leader", "wrong", REMOTE_ADDR="192.0.2.1").status_code == 200
    answer = sign_in(client, "LEADER", PASSWORD, REMOTE_ADDR="192.0.2.1")
    assert "锁定 15 分钟" in answer.content.decode()
    assert AuditRecord.objects.filter(verb="sign_in.lock").count() == 1
    assert sign_in(client, "leader", PASSWORD, REMOTE_ADDR="192.0.2.2").status_code == 302


def test_the_deactivated_and_the_operator_do_not_sign_in(client: Any, make_person: Any, operator: Any) -> None:
    from qualicity.commons.accounts import actions

    person = make_person("leader")
    actions.set_active(person=person, active=False, by=operator)
    sign_in(client, "leader")
    sign_in(client, "operator", "")
    assert client.get(reverse("accounts:me")).status_code == 302


def test_a_first_password_must_be_changed_before_anything_else(client: Any, make_person: Any, operator: Any) -> None:
    from qualicity.commons.accounts import actions

    person = make_person("leader")
    password = actions.reset_password(person=person, by=operator)
    sign_in(client, "leader", password)
    assert client.get(reverse("accounts:me"))["Location"] == reverse("account_change_password")
    form = {"oldpassword": password, "password1": "another-long-road-home", "password2": "another-long-road-home"}
    client.post(reverse("account_change_password"), form)
    assert client.get(reverse("accounts:me")).status_code == 200
    assert AuditRecord.objects.filter(verb="people.change_password").exists()
    assert not mail.outbox


def test_the_page_is_chinese_unless_english_is_chosen(client: Any) -> None:
    page = client.get(reverse("account_login"), headers={"Accept-Language": "en"})
    assert 'lang="zh-Hans"' in page.content.decode()
    client.post(reverse("language"), {"language": "en", "next": "https://elsewhere.example/"})
    page = client.get(reverse("account_login"))
    assert 'lang="en"' in page.content.decode()
    answer = client.post(reverse("language"), {"language": "xx", "next": "//elsewhere.example/"})
    assert answer["Location"] == "/"


def test_pages_carry_a_strict_policy_and_no_inline_script_or_style(client: Any, make_person: Any) -> None:
    client.force_login(make_person("office"))
    for name in (
        "accounts:people",
        "accounts:new",
        "accounts:import",
        "accounts:me",
        "accounts:tokens",
        "audit:records",
    ):
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        policy = page["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "object-src 'none'" in policy
        html = page.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)", html), name
        assert not re.search(r"\son\w+=|\sstyle=|<style", html), name
        assert page["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("accounts:people", {"office", "auditor", "leader"}),
        ("accounts:new", {"office"}),
        ("accounts:import", {"office"}),
        ("accounts:me", {"office", "reporter", "reviewer", "county", "inspector", "expert", "auditor", "leader"}),
        ("accounts:tokens", {"office", "reporter", "reviewer", "county"}),
        ("audit:records", {"office", "auditor"}),
    ],
)
def test_every_page_of_the_house_opens_to_its_roles_only(
    client: Any, make_person: Any, name: str, allowed: set[str]
) -> None:
    assert client.get(reverse(name)).status_code == 302
    for role in ("office", "reporter", "reviewer", "county", "inspector", "expert", "auditor", "leader"):
        client.force_login(make_person(role, "environment"))
        assert client.get(reverse(name)).status_code == (200 if role in allowed else 403), role


@pytest.mark.parametrize("name", ["reset_password", "activity"])
def test_who_may_not_manage_people_changes_nobody(client: Any, make_person: Any, name: str) -> None:
    make_person("leader", username="somebody")
    client.force_login(make_person("auditor"))
    answer = client.post(reverse(f"accounts:{name}", args=["somebody"]), {"active": "0"})
    assert answer.status_code == 403


def test_people_are_made_changed_and_downloaded_by_page(client: Any, make_person: Any) -> None:
    client.force_login(make_person("office"))
    form = {"username": "zhangwu", "name": "填报岗", "organisation": "environment", "roles": ["reporter"]}
    page = client.post(reverse("accounts:new"), form)
    assert 'class="secret"' in page.content.decode()
    page = client.post(reverse("accounts:new"), form)
    assert "已被使用" in page.content.decode()
    form = {"name": "审核岗", "organisation": "environment", "roles": ["reviewer"]}
    assert client.post(reverse("accounts:person", args=["zhangwu"]), form).status_code == 302
    found = client.get(reverse("accounts:people"), {"search": "审核"})
    assert "zhangwu" in found.content.decode()
    assert "zhangwu" not in client.get(reverse("accounts:people"), {"search": "nobody"}).content.decode()
    download = client.get(reverse("accounts:people"), {"format": "csv"})
    assert "zhangwu" in download.content.decode("utf-8-sig")
    assert client.get(reverse("accounts:people"), {"format": "xlsx"}).content[:2] == b"PK"


def test_the_chain_is_verified_by_page(client: Any, make_person: Any) -> None:
    client.force_login(make_person("auditor"))
    page = client.post(reverse("audit:verify"), follow=True)
    assert "记录链完整" in page.content.decode()
    assert client.get(reverse("audit:records"), {"since": "x"}).status_code == 422
    assert client.get(reverse("audit:records"), {"format": "csv"}).status_code == 200


def test_an_address_that_leads_nowhere_says_so(client: Any, make_person: Any) -> None:
    client.force_login(make_person("leader"))
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "页面不存在" in page.content.decode()
    page = client.get(reverse("accounts:people"), {"plan": "zhengzhou-2015"})
    assert page.status_code == 200, "the standing of an administrative page falls back"


def test_the_api_takes_a_token_within_its_scopes_and_answers_errors_in_one_shape(
    client: Any, make_person: Any
) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from qualicity.commons.accounts import actions

    office = make_person("office")
    expires = timezone.localdate() + timedelta(days=1)
    _token, secret = actions.create_token(person=office, name="x", scopes=["plan.read"], expires=expires, by=office)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/plan", headers=bearer).json()["code"] == "zhengzhou-2014"
    assert client.get("/api/v1/plan").status_code == 401
    assert client.get("/api/v1/plan", headers={"Authorization": "Bearer x.y"}).status_code == 401
    answer = client.get("/api/v1/plan", {"plan": "zhengzhou-2015"}, headers=bearer)
    assert answer.status_code == 404
    assert "zhengzhou-2014" in answer.json()["error"]["en"]
    description = client.get("/api/v1/openapi.json").json()
    assert "FaultOut" in json.dumps(description["paths"]["/api/v1/plan"])


def test_health_answers_without_signing_in(client: Any) -> None:
    assert client.get(reverse("health")).json() == {"ok": True}


def test_djangos_deployment_check_finds_nothing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)  # the browser's tests set it
    for name, value in {
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
    }.items():
        setattr(settings, name, value)  # what the settings are where QUALICITY_HTTPS is not turned off
    call_command("check", deploy=True, fail_level="WARNING")


def test_every_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_strangers_host_name_is_refused_without_a_traceback_in_the_log(
    client: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    logging.config.dictConfig(settings.LOGGING)
    assert client.get("/health/", headers={"Host": "evil.example"}).status_code == 400
    assert "Traceback" not in capfd.readouterr().err


def test_the_models_of_production_run_on_what_offices_have() -> None:
    """nginx knows ``http2 on`` only from 1.25.1; the proxy names the client, for lock-outs and the trail."""
    for name in ("run-in-production.md", "run-in-production.zh-CN.md"):
        page = (HOW_TO / name).read_text(encoding="utf-8")
        assert "http2 on" not in page
        assert "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;" in page
        assert page.count("UMask=0077") == 2


def test_a_program_that_calls_what_is_not_there_is_answered_in_its_own_form(client: Any) -> None:
    answer = client.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.json()["error"]["kind"] == "NotFoundError"
    assert answer.json()["error"]["zh"].startswith("没有这个接口")
    assert client.get("/nowhere").headers["Content-Type"].startswith("text/html")
