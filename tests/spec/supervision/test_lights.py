"""When the light of an assignment is green, blue, yellow or red. The thresholds are lights.yaml's (self-designed).

分工何时亮绿灯、蓝灯、黄灯、红灯。天数和幅度见 lights.yaml（自拟），可由办公室修改；任何人不能手工设置亮灯。
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qualicity.errors import Text
from qualicity.methods.lights import Light, LightOf, Reason, Thresholds, light_of, words

TITLE = Text(zh="任务亮灯", en="The lights of assignments")
RULES = Thresholds(
    due_soon_days=15, behind_by=0.25, settling_days=30, silent_days=60, evidence_from=0.5, check_days=10
)
START, DUE = date(2014, 6, 1), date(2014, 12, 31)


def on(day: date, percent: int = 0, **given: Any) -> LightOf:
    return light_of(start=START, due=DUE, day=day, progress=percent / 100, thresholds=RULES, **given)


def test_work_that_keeps_pace_is_green() -> None:
    """On 15 September half of the time is gone; with 45 % reported and evidence the light is green.

    9 月 15 日时间过半，进度 45% 且不久前有报告：绿灯，进展正常。
    """
    found = on(date(2014, 9, 15), 45, reported=date(2014, 9, 1))
    assert (found.light, found.reason) == (Light.green, Reason.in_order)


def test_the_last_fifteen_days_are_blue() -> None:
    """Sixteen days before the deadline it is green, fifteen days before it blue, and on the day itself still blue.

    距时限 16 天为绿灯，15 天起为蓝灯（临期），到期当天仍是蓝灯。
    """
    given = {"percent": 95, "reported": date(2014, 12, 10), "evidence": 1}
    assert on(date(2014, 12, 15), **given).light is Light.green
    assert on(date(2014, 12, 16), **given).light is Light.blue
    found = on(DUE, **given)
    assert (found.light, found.words.zh) == (Light.blue, "距时限还有 0 天")


def test_work_that_falls_behind_is_yellow() -> None:
    """Half of the time gone and 20 % done is 30 points behind: yellow. Within the first 30 days nobody is behind.

    时间过半而进度 20%，落后 30 个百分点：黄灯（滞后）。开始 30 天之内不判滞后。
    """
    found = on(date(2014, 9, 15), 20, reported=date(2014, 9, 1))
    assert (found.light, found.reason, round(found.figure)) == (Light.yellow, Reason.behind, 30)
    short = light_of(start=START, due=date(2014, 6, 30), day=date(2014, 6, 14), progress=0.0, thresholds=RULES)
    assert short.reason is Reason.in_order


def test_silence_and_progress_without_evidence_are_yellow() -> None:
    """Sixty-one days without a report are yellow, and so is half of the work done with no file to show for it.

    61 天没有报告为黄灯；报了一半以上进度却没有佐证材料，也是黄灯。
    """
    assert on(date(2014, 8, 11), 33, reported=date(2014, 6, 11)).reason is Reason.silent
    assert on(date(2014, 9, 15), 60, reported=date(2014, 9, 1)).reason is Reason.no_evidence
    assert on(date(2014, 9, 15), 60, reported=date(2014, 9, 1), evidence=1).light is Light.green


def test_the_day_after_the_deadline_is_red() -> None:
    """One day past the deadline the light is red, however much was reported.

    时限次日即为红灯（逾期），不论报了多少进度。
    """
    found = on(date(2015, 1, 1), 99, reported=date(2014, 12, 30), evidence=3)
    assert found.light is Light.red
    assert found.words == Text("已超过时限 1 天，仍未办结", "1 day past the deadline and not closed")


def test_what_was_handed_in_in_time_waits_in_blue() -> None:
    """Handed in on the deadline it waits for the check in blue; a check of more than 10 days is yellow. Late is red.

    按期提交的亮蓝灯等待核验，核验超过 10 天亮黄灯；逾期才提交的仍是红灯。
    """
    assert on(date(2015, 1, 8), 100, handed_in=DUE, evidence=1).light is Light.blue
    assert on(date(2015, 1, 11), 100, handed_in=DUE, evidence=1).reason is Reason.check_slow
    assert on(date(2015, 1, 8), 100, handed_in=date(2015, 1, 2), evidence=1).light is Light.red


def test_what_is_closed_is_green_and_says_when_it_was_late() -> None:
    """Closed is green; closed three days late is green, too, and says so.

    办结即为绿灯；迟了 3 天办结也是绿灯，但注明迟于时限。
    """
    assert on(date(2015, 2, 1), 100, closed=date(2014, 12, 20)).reason is Reason.closed
    found = on(date(2015, 2, 1), 100, closed=date(2015, 1, 3))
    assert (found.light, found.words.zh) == (Light.green, "已办结，迟于时限 3 天")


def test_before_the_first_day_nothing_is_wrong() -> None:
    """What begins later is green.

    尚未开始的是绿灯。
    """
    assert on(date(2014, 5, 31)).words == Text("尚未开始，1 天后启动", "not begun; starts in 1 day")


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_a_sentence(reason: Reason) -> None:
    """Each reason reads well with one day and with many.

    每个原因都能读成一句话。
    """
    for figure in (0.0, 1.0, 12.4):
        said = words(reason, figure)
        assert said.zh
        assert said.en
        assert "{" not in said.zh + said.en
