"""``qualicity demo``: build the demonstration city, show its indicators, serve it."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import Text
from qualicity.goals.indicators import queries
from qualicity.site.commands import indicators, serve
from qualicity.site.demonstration import build
from qualicity.site.demonstration.progress import Progress

if TYPE_CHECKING:
    from qualicity.site.demonstration.build import Demonstration

HELP = Text(
    zh="演示：生成一座模拟城市，列出全部指标并启动服务",
    en="the demonstration: build a simulated city, list its indicators, serve it",
)
SEED = 2014


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help="数据目录 / folder of the data")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="随机种子 / seed of the simulation")
    parser.add_argument("--no-serve", action="store_true", help="只生成，不启动服务 / build only, do not serve")
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS")
    parser.add_argument("--port", type=int, default=8000, metavar="PORT")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Build what is missing, print, serve."""
    demonstration = build.ready(seed=arguments.seed, progress=Progress())
    if arguments.json:
        sys.stdout.write(json.dumps(_as_json(demonstration), ensure_ascii=False) + "\n")
    else:
        indicators.run(argparse.Namespace(plan=None, place=None, as_of=None, known_on=None, json=False))
        sys.stdout.write("\n" + _as_text(demonstration) + "\n")
    sys.stdout.flush()
    if not arguments.no_serve:
        _serve(arguments)
    return 0


def _serve(arguments: argparse.Namespace) -> None:
    """Serve with the worker beside it: what a visitor uploads is read in the background."""
    worker = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "qualicity", "--home", str(settings.QUALICITY_HOME), "worker"]
    )
    try:
        serve.serve(host=arguments.host, port=arguments.port)
    finally:
        worker.terminate()
        worker.wait()


def _as_json(demonstration: Demonstration) -> dict[str, Any]:
    values = queries.values(plan=registry.plan(), as_of=registry.today(), by=accounts.operator())
    return {
        "home": str(settings.QUALICITY_HOME),
        "seed": demonstration.seed,
        "rows": demonstration.rows,
        "submissions": demonstration.submissions,
        "returned": demonstration.returned,
        "waiting": demonstration.waiting,
        "happenings": demonstration.happenings,
        "built_now": demonstration.built_now,
        "seconds": demonstration.seconds,
        "phases": demonstration.phases,
        "indicators": [queries.as_plain(one) for one in values],
        "sign_in_path": reverse("account_login"),
        "sign_ins": [
            {"username": one.username, "password": demonstration.password, "zh": one.title.zh, "en": one.title.en}
            for one in demonstration.sign_ins
        ],
    }


def _as_text(demonstration: Demonstration) -> str:
    width = max(len(one.username) for one in demonstration.sign_ins)
    lines = [
        f"模拟数据 / simulated data: {demonstration.submissions} 件报送 / submissions, "
        f"{demonstration.happenings:,} 次办理 / steps of running the plan, "
        f"{demonstration.rows:,} 行 / rows ({demonstration.seconds:.0f} s)",
        f"登录账号 / sign-ins (密码 / password: {demonstration.password}):",
    ]
    lines += [f"  {one.username:<{width}}  {one.title}" for one in demonstration.sign_ins]
    return "\n".join(lines)
