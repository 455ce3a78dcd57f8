"""The API: every desk's router under one address, one way to sign in, one shape of error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer, SessionAuth

from qualicity import __version__
from qualicity.commons.accounts import actions as accounts
from qualicity.commons.cases import api as cases
from qualicity.commons.worklist import api as worklist
from qualicity.errors import InputError, QualicityError
from qualicity.evidence.inspections import api as inspections
from qualicity.evidence.submissions import api as submissions
from qualicity.goals.indicators import api as indicators
from qualicity.goals.plan import api as plan
from qualicity.goals.supervision import api as supervision
from qualicity.goals.tasks import api as tasks
from qualicity.judgement.assessment import api as assessment
from qualicity.judgement.credit import api as credit
from qualicity.judgement.enforcement import api as enforcement
from qualicity.publication.opendata import api as opendata
from qualicity.publication.reports import api as reports

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from qualicity.commons.accounts.models import Person


class Fault(Schema):
    """What went wrong, in both languages."""

    kind: str
    zh: str
    en: str


class FaultOut(Schema):
    """The one shape of every error."""

    error: Fault


class Token(HttpBearer):
    """``Authorization: Bearer …`` with a token of the accounts desk."""

    def authenticate(self, request: HttpRequest, token: str) -> Person:
        """Return the token's person, limited to the token's scopes.

        A token that is not good is an error: whoever shows one does not mean to come by a session.
        """
        person = accounts.person_of_token(token)
        if person is None:
            raise AuthenticationError
        request.user = person
        return person


class Session(SessionAuth):
    """The browser's session, with the forms' own token against forged requests."""

    def __call__(self, request: HttpRequest) -> Any:
        """Return who is signed in; nobody is nobody before anything else is asked."""
        return super().__call__(request) if request.user.is_authenticated else None


class QualicityAPI(NinjaAPI):
    """NinjaAPI whose description says what errors look like, for every call."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """Return the OpenAPI description with the error answer added to each operation."""
        schema = super().get_openapi_schema(**kwargs)
        fault = FaultOut.model_json_schema(ref_template="#/components/schemas/{model}")
        definitions = fault.pop("$defs", {})
        schema["components"].setdefault("schemas", {}).update({**definitions, "FaultOut": fault})
        answer = {
            "description": "Error",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/FaultOut"}}},
        }
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"].setdefault("default", answer)
        return schema


api = QualicityAPI(
    title="Qualicity",
    version=__version__,
    auth=[Token(), Session()],
    description="质量强市平台接口 / the API of a city's quality programme",
    urls_namespace="api",
)
api.add_router("", indicators.router)
api.add_router("", plan.router)
api.add_router("", tasks.router)
api.add_router("", supervision.router)
api.add_router("", submissions.router)
api.add_router("", inspections.router)
api.add_router("", cases.router)
api.add_router("", worklist.router)
api.add_router("", assessment.router)
api.add_router("", credit.router)
api.add_router("", enforcement.router)
api.add_router("", reports.router)

open_api = QualicityAPI(
    title="Qualicity open data",
    version="1",
    auth=None,
    description="开放数据接口，无需登录 / open data for anybody, without sign-in",
    urls_namespace="open",
    docs_url=None,  # the page on open data says how to call it
)
open_api.add_router("", opendata.router)


def _answer(request: HttpRequest, error: QualicityError) -> HttpResponse:
    body = {"error": {"kind": type(error).__name__, "zh": error.text.zh, "en": error.text.en}}
    return api.create_response(request, body, status=error.http_status)


_WORDS = {
    400: ("请求无法读取。", "The request cannot be read."),
    401: (
        "请先登录，或在请求头中提供有效的令牌（Authorization: Bearer …）。",
        "Sign in, or send a valid token (Authorization: Bearer …).",
    ),
    403: (
        "请求未带页面的校验码（X-CSRFToken）。程序请改用令牌。",
        "The request lacks the page's token (X-CSRFToken). Programs use a token of their own.",
    ),
}


@open_api.exception_handler(HttpError)
@api.exception_handler(HttpError)
def on_refusal(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the framework itself refuses, in the shape of every error."""
    zh, en = _WORDS.get(error.status_code, (str(error), str(error)))
    body = {"error": {"kind": type(error).__name__, "zh": zh, "en": en}}
    return api.create_response(request, body, status=error.status_code)


@open_api.exception_handler(QualicityError)
@api.exception_handler(QualicityError)
def on_our_error(request: HttpRequest, error: QualicityError) -> HttpResponse:
    """Answer with the error's own sentence."""
    return _answer(request, error)


@open_api.exception_handler(ValidationError)
@api.exception_handler(ValidationError)
def on_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which value could not be used."""
    where = "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors[:5])
    return _answer(request, InputError(f"请求中的值无法使用：{where}", f"The request cannot be used: {where}"))
