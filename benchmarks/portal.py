"""Whether a sudden news story takes the public pages down: 1 000 mixed reads a second while the staff site works.

A city of 60 000 enterprises and some thousand published results is let out, served by two processes of granian, and
read by ``portal_driver.py`` in a process of its own: home, indicators, results, random enterprises, calls, searches,
heads of downloads, and readers who have the page already. Meanwhile somebody who is signed in opens the overview
twice a second. Beside it in the same run the peer: the same Django pages without the memory before them, at a rate
that it can be asked at (``--bare-rate``). The driver takes its share of the same two cores (``driver_cores``), and so
does whatever else runs there (``load_1m``); ``server_ms`` is the processor time of one answer, which others do not
change much, and ``capacity_per_s`` what two cores could answer by it.

    .venv/bin/python benchmarks/portal.py [--rate N] [--seconds S] [--enterprises N] [--home DIR] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

GOAL_MS, GOAL_PER_S = 100.0, 1000.0
HERE = Path(__file__).resolve().parent
DAY = "2014-09-30"
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def prepare(home: Path, enterprises: int, results: int) -> None:
    """Fill a home with a city and let its tables out; write the codes and a session beside it."""
    import django

    os.environ |= {"QUALICITY_HOME": str(home), "QUALICITY_HTTPS": "0", "QUALICITY_TODAY": DAY,
                   "DJANGO_SETTINGS_MODULE": "qualicity.site.settings"}  # fmt: skip
    django.setup()
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from qualicity.commons.accounts import actions as accounts
    from qualicity.commons.accounts import queries as people
    from qualicity.commons.registry import actions as registry
    from qualicity.commons.registry.actions import NewEnterprise
    from qualicity.publication.opendata import actions

    call_command("migrate", verbosity=0)
    operator = people.operator()
    registry.sync(by=operator)
    dice = random.Random(2014)
    codes = [f"9141{dice.randrange(10**4):04d}" + "".join(dice.choices(LETTERS, k=10)) for _ in range(enterprises)]
    codes = sorted(set(codes))
    places = ["410122", "410181", "410102", "410103"]
    registry.register_enterprises(
        enterprises=[
            NewEnterprise(uscc=code, name=f"模拟{number}号食品有限公司", place=places[number % 4], industry="C1439")
            for number, code in enumerate(codes)
        ],
        by=operator,
    )
    person, _ = accounts.create_person(
        username="reader", name="reader", organisation="quality-supervision", roles=["office"], by=operator,
        password="quiet-river-under-stone",
    )  # fmt: skip
    publish_results(person, codes, results)
    began = time.perf_counter()
    actions.publish(by=operator)
    (home / "published_s").write_text(f"{time.perf_counter() - began:.1f}", encoding="utf-8")
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.save()
    (home / "session").write_text(session.session_key, encoding="utf-8")
    (home / "codes").write_text("\n".join(codes), encoding="utf-8")


def publish_results(person: Any, codes: list[str], count: int) -> None:
    """Write published results of spot checks straight into the database: what is measured is reading."""
    from django.utils import timezone

    from qualicity.commons.accounts.models import Organisation
    from qualicity.evidence.inspections.models import CheckPlan, Notice, Sample

    dice, now = random.Random(1), timezone.now()
    unit = Organisation.objects.get(code="quality-supervision")
    plan = CheckPlan.objects.create(
        code="benchmark", title_zh="模拟", year=2014, organisation=unit, law="product_spot_checks",
        authority_level="city", sampling_kind="routine", method="simple", made_by=person, made_at=now,
    )  # fmt: skip
    samples = Sample.objects.bulk_create(
        Sample(
            number=f"B{number}",
            client_id=uuid.uuid4(), plan=plan, law="product_spot_checks", sampling_kind="routine",
            stage="production", product="cable", product_name="模拟电线", quantity="3", organisation=unit,
            place="410122", sampled_unit="模拟厂", maker="模拟厂", maker_code=dice.choice(codes), sampled_at=now,
            sent_by=person, received_at=now, state="concluded", conclusion="unqualified",
            concluded_on=date(2014, 6, 1),
        )
        for number in range(count)
    )  # fmt: skip
    Notice.objects.bulk_create(
        Notice(
            sample=one, kind="result", state="published", settled_on=date(2014, 6, 1), due_on=date(2014, 7, 1),
            decided_by=person, published_by=person, public_until=date(2016, 6, 1), changed_at=now,
            published_at=datetime(2014, 6, 3, tzinfo=now.tzinfo) + timedelta(minutes=number),
            fields={"product": "模拟电线", "maker": "模拟厂", "place": "410122",
                    "conclusion": "unqualified" if number % 12 == 0 else "qualified"},
        )
        for number, one in enumerate(samples)
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The house, served by two processes."""

    def __init__(self, home: Path, settings: str) -> None:
        self.port = free_port()
        environment = os.environ | {
            "QUALICITY_HOME": str(home), "QUALICITY_HTTPS": "0", "QUALICITY_TODAY": DAY,
            "QUALICITY_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": f"{HERE}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--workers", "2",
             "--blocking-threads", "4", "--no-log", "qualicity.site.wsgi:application"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=5)
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.25)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(30)


def processor_s(pid: int) -> float:
    """Return the processor seconds of a process and its children so far."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], check=False, capture_output=True, text=True)
    ticks = 0
    for one in [str(pid), *listed.stdout.split()]:
        fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def staff(port: int, session: str, stop: threading.Event, took: list[float]) -> None:
    """Open the overview twice a second as somebody who is signed in."""
    while not stop.is_set():
        began = time.perf_counter()
        request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Cookie": f"sessionid={session}"})
        with urllib.request.urlopen(request, timeout=60) as response:
            page = response.read()
        assert b"account/logout" in page, "the overview is not that of somebody signed in"
        took.append(time.perf_counter() - began)
        stop.wait(0.5)


def story(server: Server, home: Path, rate: float, seconds: float) -> dict[str, Any]:
    """Tell the story and return how the readers fared, and the staff."""
    session = (home / "session").read_text(encoding="utf-8")
    took: list[float] = []
    stop = threading.Event()
    for path in ("/", "/"):
        address, cookie = f"http://127.0.0.1:{server.port}{path}", {"Cookie": f"sessionid={session}"}
        request = urllib.request.Request(address, headers=cookie)
        urllib.request.urlopen(request, timeout=120).read()
    worker = threading.Thread(target=staff, args=(server.port, session, stop, took))
    worker.start()
    numbers = (str(server.port), str(rate), str(seconds), str(home / "codes"))
    command = [sys.executable, str(HERE / "portal_driver.py"), *numbers]
    before = processor_s(server.process.pid)
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    spent = processor_s(server.process.pid) - before
    stop.set()
    worker.join()
    ordered = sorted(took)
    found: dict[str, Any] = json.loads(answer.stdout)
    found["staff_p95_ms"] = round(ordered[max(0, -(-95 * len(ordered) // 100) - 1)] * 1000, 1) if ordered else None
    found["staff_pages"] = len(ordered)
    found["server_ms"] = round(spent / found["requests"] * 1000, 3)
    found["capacity_per_s"] = round(2 * found["requests"] / spent)
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=1000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--bare-rate", type=float, default=100)
    parser.add_argument("--enterprises", type=int, default=60_000)
    parser.add_argument("--results", type=int, default=6_000)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    home = given.home or Path(tempfile.mkdtemp(prefix="qualicity-portal-"))
    if not (home / "codes").is_file():
        home.mkdir(parents=True, exist_ok=True)
        call = [sys.executable, __file__, "--prepare", str(home), str(given.enterprises), str(given.results)]
        subprocess.run(call, check=True)
    with Server(home, "qualicity.site.settings") as server:
        story(server, home, 200, 5)
        ours = story(server, home, given.rate, given.seconds)
    with Server(home, "portal_bare") as server:
        story(server, home, 20, 3)
        bare = story(server, home, given.bare_rate, min(given.seconds, 10))
    value = {
        "goal_ms": GOAL_MS,
        "goal_per_s": GOAL_PER_S,
        "load_1m": round(os.getloadavg()[0], 1),
        "published_s": float((home / "published_s").read_text(encoding="utf-8")),
        "ours": ours,
        "bare": bare,
        "ratio": round(bare["server_ms"] / ours["server_ms"], 1),
        "met": ours["p95_ms"] <= GOAL_MS and ours["per_s"] >= 0.97 * given.rate,
    }
    print(json.dumps(value, ensure_ascii=False, indent=None if given.json else 1))
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--prepare"]:
        prepare(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
        sys.exit(0)
    sys.exit(main())
