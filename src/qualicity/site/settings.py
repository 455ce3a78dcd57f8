"""Every setting, read from the environment; safe when nothing is set (see docs/how-to/settings.md)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _


def _flag(name: str, default: str) -> bool:
    return os.environ.get(name, default).strip().lower() in {"1", "true", "yes", "on"}


def _words(name: str, default: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def _secret_key(home: Path) -> str:
    """Return the key from the environment, else the home's own, made once and readable by its owner only."""
    if key := os.environ.get("QUALICITY_SECRET_KEY"):
        return key
    path = home / "secret.key"
    if not path.is_file():
        home.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process of the same home was faster
            return path.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii")


QUALICITY_HOME = Path(os.environ.get("QUALICITY_HOME", "var")).absolute()
if (QUALICITY_HOME / "definitions").is_dir():  # plans that this home loaded stand over the shipped ones
    os.environ.setdefault("QUALICITY_DEFINITIONS", str(QUALICITY_HOME / "definitions"))
QUALICITY_MAX_UPLOAD = int(os.environ.get("QUALICITY_MAX_UPLOAD", str(1024**3)))
QUALICITY_HTTPS = _flag("QUALICITY_HTTPS", "1")

SECRET_KEY = _secret_key(QUALICITY_HOME)
DEBUG = _flag("QUALICITY_DEBUG", "0")
ALLOWED_HOSTS = _words("QUALICITY_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _words("QUALICITY_ORIGINS", "")
#: Where the numbers of a document lead to: the address under which people reach the house.
QUALICITY_ADDRESS = os.environ.get("QUALICITY_ADDRESS", (CSRF_TRUSTED_ORIGINS or ["http://127.0.0.1:8000"])[0])

INSTALLED_APPS = [
    "qualicity.commons.theme",  # first: its templates win over those of the libraries
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "qualicity.commons.accounts",
    "qualicity.commons.audit",
    "qualicity.commons.registry",
    "qualicity.commons.cases",
    "qualicity.commons.worklist",
    "qualicity.evidence.submissions",
    "qualicity.evidence.inspections",
    "qualicity.goals.indicators",
    "qualicity.goals.plan",
    "qualicity.goals.supervision",
    "qualicity.goals.tasks",
    "qualicity.judgement.assessment",
    "qualicity.judgement.credit",
    "qualicity.judgement.enforcement",
    "qualicity.publication.opendata",
    "qualicity.publication.portal",
    "qualicity.publication.reports",
    "qualicity.site",
    "django.forms",  # last: its field templates, unless ours win
]
FORM_RENDERER = "qualicity.commons.theme.forms.Renderer"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "qualicity.site.front.FrontMiddleware",  # before anything that could know who asks
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "qualicity.site.middleware.LanguageMiddleware",
    "qualicity.site.middleware.PermissionMiddleware",
    "qualicity.site.middleware.ErrorMiddleware",
]

ROOT_URLCONF = "qualicity.site.urls"
WSGI_APPLICATION = "qualicity.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "qualicity.site.menu.surroundings",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{QUALICITY_HOME / 'qualicity.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # FULL: what the office was told is accepted survives a power cut, too
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "qualicity"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("QUALICITY_TIME_ZONE", "Asia/Shanghai")

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "qualicity.site.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
# our own lock-out counts in the database, not in one process; a whole office may share one address
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": "300/m/ip"}
CSRF_FAILURE_VIEW = "qualicity.site.views.csrf_failed"
MFA_ADAPTER = "qualicity.site.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Qualicity"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # the assets lie in the package: nothing to collect, nothing to forget
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 24 * 3600  # the address carries the version (theme.asset)
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024**2  # forms; files stream to disk
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024**2

SECURE_SSL_REDIRECT = QUALICITY_HTTPS
SESSION_COOKIE_SECURE = QUALICITY_HTTPS
CSRF_COOKIE_SECURE = QUALICITY_HTTPS
LANGUAGE_COOKIE_SECURE = QUALICITY_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if QUALICITY_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = QUALICITY_HTTPS
SECURE_HSTS_PRELOAD = QUALICITY_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if _flag("QUALICITY_BEHIND_PROXY", "0"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # lock-outs and the audit trail see the client, not the proxy
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    # a stranger's host name is answered with 400; a traceback for each would bury what matters
    "loggers": {"django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("QUALICITY_LOG_LEVEL", "WARNING")},
}
