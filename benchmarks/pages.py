"""How long the overview and the pages of the indicators take on the demonstration city.

A signed-in reader asks the real server on loopback over one kept connection: every page once to warm up, then at
least 200 times the overview and 200 times the indicators in turn. Reported is the 95th percentile of the worse kind
of page, in seconds; ``cold_s`` are the first requests after one more submission was accepted.

    .venv/bin/python benchmarks/pages.py [--home DIR] [--requests N] [--json]
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import parse
from qualicity.site.demonstration.city import city
from qualicity.site.demonstration.filing import write
from qualicity.site.demonstration.rows import rows

GOAL_S = 0.150
SEED = 2014
QUALICITY = (sys.executable, "-m", "qualicity")


class Reader:
    """A browser without a screen: one connection, cookies, no cache."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, float]:
        """Return the status, the page and the seconds until its last byte."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://127.0.0.1/"}
        started = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        page = response.read().decode()
        seconds = time.perf_counter() - started
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return response.status, page, seconds

    def sign_in(self, path: str, name: str, password: str) -> None:
        _, page, _ = self.ask("GET", path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, "the sign-in page has no form"
        fields = {"csrfmiddlewaretoken": token[1], "login": name, "password": password}
        status, _, _ = self.ask("POST", path, fields)
        assert status == 302, f"sign-in answered {status}"

    def seconds(self, path: str) -> float:
        status, page, seconds = self.ask("GET", path)
        assert status == 200, f"{path} answered {status}"
        assert len(page) > 2000, f"{path} is empty"
        return seconds


def p95(values: list[float]) -> float:
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(home: Path, *words: str) -> dict:
    ran = subprocess.run(
        [*QUALICITY, *words, "--json"],
        env=os.environ | {"QUALICITY_HOME": str(home)},
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(ran.stdout)


def wait_until_it_answers(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not begin to answer")


def one_more(home: Path) -> None:
    """File and accept the month of city air that is not due yet, so that what depends on it is computed anew."""
    register, month = catalogue().registers["air_quality_daily"], parse("2015-03")
    frame = rows(city(SEED), register, organisation="environment", period=month)
    file = write(frame, register, home / "benchmark.csv", form="csv")
    words = ("--organisation", "environment", "--period", "2015-03", "--accept", "--explain", "benchmark")
    command(home, "submit", "air_quality_daily", str(file), *words)


def measure(home: Path, requests: int) -> dict:
    demo = command(home, "demo", "--no-serve", "--home", str(home))
    port = free_port()
    server = subprocess.Popen(
        [*QUALICITY, "serve", "--host", "127.0.0.1", "--port", str(port)],
        env=os.environ | {"QUALICITY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_it_answers(port, server)
        reader = Reader(port)
        account = demo["sign_ins"][0]
        reader.sign_in(demo["sign_in_path"], account["username"], account["password"])
        pages = [f"/indicators/{target['code']}/" for target in demo["indicators"]]
        first = {"overview": reader.seconds("/"), "indicator": max(map(reader.seconds, pages))}
        times = {
            "overview": [reader.seconds("/") for _ in range(requests)],
            "indicator": [reader.seconds(pages[turn % len(pages)]) for turn in range(max(requests, len(pages)))],
        }
        one_more(home)
        cold = {"overview": reader.seconds("/"), "indicator": max(map(reader.seconds, pages))}
    finally:
        server.terminate()
        server.wait(20)
    found = {name: round(p95(values), 4) for name, values in times.items()}
    return {
        "name": "pages",
        "ours_s": max(found.values()),
        "peers": {},
        "pages": found,
        "first_s": {name: round(value, 4) for name, value in first.items()},
        "cold_s": {name: round(value, 4) for name, value in cold.items()},
        "goal_s": GOAL_S,
        "requests": {name: len(values) for name, values in times.items()},
        "rows": demo["rows"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a home with a demonstration, to be copied; else one is built")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if words.home:
            # One more submission is filed: not into somebody's own home.
            shutil.copytree(words.home, home)
        found = measure(home, words.requests)
    if words.json:
        print(json.dumps(found))
        return
    for name, seconds in found["pages"].items():
        print(f"{name:10} p95 {seconds * 1000:7.1f} ms   after a submission {found['cold_s'][name] * 1000:7.1f} ms")
    print(
        f"goal {GOAL_S * 1000:.0f} ms on {found['rows']:,} rows: {'met' if found['ours_s'] <= GOAL_S else 'missed'}"
    )


if __name__ == "__main__":
    main()
