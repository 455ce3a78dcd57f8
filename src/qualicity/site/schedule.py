"""What the house does once a day by itself: the worker does it, no cron is needed.

Each chore is a background task of a desk. What was done on which day is remembered in the database, so that several
workers do it once between them, and a restart neither forgets nor repeats it. In a home whose day stands still, a
simulated one above all, nothing is done by itself: its past is written by who simulates it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import actions, queries
from qualicity.errors import QualicityError, Text

if TYPE_CHECKING:
    from datetime import date

RETRY_AFTER = timedelta(minutes=15)
"""How long after a failure a chore is tried again."""
GIVEN_UP_AFTER = timedelta(hours=1)
"""How long a chore may wait or run before its worker is taken for dead, and the chore is given out again."""
MOST_ATTEMPTS = 8
"""How often a chore is tried on one day."""
QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do once a day: the task that does it, and the time of day from which it is due."""

    code: str
    task: str
    at: time
    title: Text

    @property
    def key(self) -> str:
        """Return the key under which the home remembers it."""
        return f"{_PREFIX}{self.code}"


CHORES = (
    Chore("notices", "qualicity.evidence.inspections.tasks.keep_notices", time(0, 10),
          Text("抽查不合格立案，生成待公布信息，撤下公布期满的信息",
               "Open the cases of failed samples, make notices that are due, take down those that are over")),
    Chore("lights", "qualicity.goals.tasks.tasks.look_at_lights", time(0, 30),
          Text("查看任务亮灯，留存变化", "Look at the lights of the tasks and keep what changed")),
    Chore("opendata", "qualicity.publication.opendata.tasks.publish", time(0, 50),
          Text("发布开放数据新版本，公示期满的从文件中移除",
               "Let the open tables out anew, without what is over since yesterday")),
    Chore("climb", "qualicity.goals.supervision.tasks.climb", time(1, 0),
          Text("逾期未答复的提请追究责任", "Bring to accountability what was not answered in time")),
    Chore("credit", "qualicity.judgement.credit.tasks.score", time(3, 0),
          Text("有新证据时重新评定企业信用", "Score the credit of enterprises where something is newer")),
    Chore("penalties", "qualicity.judgement.enforcement.tasks.end_publicity", time(0, 10),
          Text("公示期满的处罚停止公示", "Take down the penalties whose period is over")),
    Chore("listings", "qualicity.judgement.credit.tasks.end_listings", time(0, 15),
          Text("期满或失去依据的移出名单", "End the listings whose time is over or whose penalty fell")),
    Chore("urge", "qualicity.commons.worklist.tasks.urge", time(6, 0),
          Text("催办逐级上报", "Let reminders climb")),
)  # fmt: skip
_PREFIX = "chore."


@dataclass(frozen=True, slots=True)
class Standing:
    """How a chore stands: when it was last tried and with what result, and when it was last done."""

    chore: Chore
    state: str
    day: date | None
    at: datetime | None
    attempts: int
    result: Any
    error: str
    done_on: date | None


def pause() -> Text | None:
    """Return why nothing is done by itself here, None where it is."""
    if queries.is_simulated():
        return Text("模拟数据目录，不自动执行", "the home is simulated: nothing is done by itself")
    if queries.today() != timezone.localdate():
        return Text("数据目录的日期已固定，不自动执行", "the home's day stands still: nothing is done by itself")
    return None


def give_out(*, moment: datetime | None = None) -> tuple[str, ...]:
    """Give to the workers what is due today and was not given out yet; return the codes."""
    if pause() is not None:
        return ()
    moment = timezone.localtime(moment)
    known = queries.remembered(_PREFIX)
    due = [one for one in CHORES if _is_due(one, known.get(one.key), moment)]
    return tuple(one.code for one in due if _claim(one, moment))


def standings() -> tuple[Standing, ...]:
    """Return how each chore stands."""
    known = queries.remembered(_PREFIX)
    return tuple(_standing(one, known.get(one.key) or {}) for one in CHORES)


@task()
def do_chore(code: str, day: str, attempt: int) -> Any:
    """Do a chore that was given out, unless it was given out again meanwhile, and remember how it went."""
    chore = next(one for one in CHORES if one.code == code)
    if not _begin(chore, day, attempt):
        return None
    try:
        with transaction.atomic():
            result = import_string(chore.task).call()
            _end(chore, day, attempt, {"state": DONE, "result": result, "error": "", "done_on": day})
    except Exception as error:
        words = str(error) if isinstance(error, QualicityError) else f"{type(error).__name__}: {error}"
        _end(chore, day, attempt, {"state": FAILED, "result": None, "error": words[:500]})
        raise
    return result


def _is_due(chore: Chore, known: dict[str, Any] | None, moment: datetime) -> bool:
    if moment.time() < chore.at:
        return False
    if not known or known["day"] < moment.date().isoformat():
        return True
    if known["day"] > moment.date().isoformat() or known["state"] == DONE or known["attempts"] >= MOST_ATTEMPTS:
        return False
    waited = moment - datetime.fromisoformat(known["at"])
    return waited >= (RETRY_AFTER if known["state"] == FAILED else GIVEN_UP_AFTER)


@transaction.atomic
def _claim(chore: Chore, moment: datetime) -> bool:
    """Take a chore for today and put it in the queue, both or neither; False where another worker was faster."""
    claimed: dict[str, Any] = {}

    def change(known: dict[str, Any]) -> dict[str, Any] | None:
        if not _is_due(chore, known, moment):
            return None
        day = moment.date().isoformat()
        before = known["attempts"] if known.get("day") == day else 0
        claimed.update(
            day=day, state=QUEUED, attempts=before + 1, at=moment.isoformat(), result=None, error="",
            done_on=known.get("done_on"),
        )  # fmt: skip
        return claimed

    actions.remember(key=chore.key, change=change, by=accounts.operator())
    if claimed:
        do_chore.enqueue(code=chore.code, day=claimed["day"], attempt=claimed["attempts"])
    return bool(claimed)


def _begin(chore: Chore, day: str, attempt: int) -> bool:
    begun = False

    def change(known: dict[str, Any]) -> dict[str, Any] | None:
        nonlocal begun
        begun = (known.get("day"), known.get("attempts"), known.get("state")) == (day, attempt, QUEUED)
        return {**known, "state": RUNNING, "at": _now()} if begun else None

    actions.remember(key=chore.key, change=change, by=accounts.operator())
    return begun


@transaction.atomic
def _end(chore: Chore, day: str, attempt: int, ended: dict[str, Any]) -> None:
    """Remember how it went, unless the chore was given out again meanwhile."""

    def change(known: dict[str, Any]) -> dict[str, Any] | None:
        is_ours = (known.get("day"), known.get("attempts")) == (day, attempt)
        return {**known, **ended, "at": _now()} if is_ours else None

    by = accounts.operator()
    actions.remember(key=chore.key, change=change, by=by)
    detail = {"day": day, "attempt": attempt, "state": ended["state"], "error": ended["error"]}
    audit.record(by=by, verb="home.chore", subject=f"chore:{chore.code}", detail=detail)


def _standing(chore: Chore, known: dict[str, Any]) -> Standing:
    on, done = known.get("day"), known.get("done_on")
    return Standing(
        chore=chore, state=known.get("state", ""), day=datetime.fromisoformat(on).date() if on else None,
        at=datetime.fromisoformat(known["at"]) if known else None, attempts=known.get("attempts", 0),
        result=known.get("result"), error=known.get("error", ""),
        done_on=datetime.fromisoformat(done).date() if done else None,
    )  # fmt: skip


def _now() -> str:
    return timezone.localtime().isoformat()
