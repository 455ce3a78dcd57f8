"""The readers of a sudden news story: requests at a fixed rate over kept connections, in a process of their own.

Open loop: request n is due at n / rate whether or not earlier ones were answered, and its time counts from when it
was due, so that a server that stalls is not spared what piled up meanwhile. Prints one JSON object.

    .venv/bin/python benchmarks/portal_driver.py PORT RATE SECONDS CODES_FILE
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

CONNECTIONS = 64
SEED = 2014
HEAD = "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nUser-Agent: reader\r\n{more}\r\n"


def mix(dice: random.Random, codes: list[str], tags: dict[str, str]) -> tuple[str, str, str, str]:
    """Return kind, method, path and further headers of one request."""
    lot = dice.random()
    root = "/public/" if dice.random() < 0.85 else "/public/en/"
    if lot < 0.25:
        return "home", "GET", root, ""
    if lot < 0.40:
        return "indicator", "GET", f"{root}indicators/{dice.choice(['', 'service-1/', 'environment-7/'])}", ""
    if lot < 0.55:
        return "results", "GET", f"{root}results/{dice.choice(['', '?conclusion=unqualified'])}", ""
    if lot < 0.70:
        return "enterprise", "GET", f"/public/enterprises/{dice.choice(codes)}/", ""
    if lot < 0.80:
        table = dice.choice(["indicators", "spot_check_results", "enterprises"])
        return "api", "GET", f"/open/v1/tables/{table}/rows?limit={dice.choice([20, 50])}", ""
    if lot < 0.83:
        return "search", "GET", f"/public/enterprises/?q={dice.choice(codes)[8:13]}", ""
    if lot < 0.90:
        return "download", "HEAD", f"/open/v1/tables/{dice.choice(['enterprises', 'indicators'])}.csv", ""
    tag = tags.get(root)
    return "unchanged", "GET", root, f"If-None-Match: {tag}\r\n" if tag else ""


class Reader:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, more: str) -> tuple[int, str]:
        """Return status and tag; the body is read and thrown away."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(HEAD.format(method=method, path=path, more=more).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status, size, tag = int(head[9:12]), 0, ""
        for line in head.split("\r\n")[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "content-length":
                size = int(value)
            elif name.lower() == "etag":
                tag = value
        if size and method != "HEAD" and status != 304:
            await reader.readexactly(size)
        return status, tag


async def drive(port: int, rate: float, seconds: float, codes: list[str]) -> dict[str, object]:
    """Send what is due when it is due; return how it went."""
    dice, tags = random.Random(SEED), {}
    free: asyncio.Queue[Reader] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(Reader(port))
    for root in ("/public/", "/public/en/"):
        reader = await free.get()
        tags[root] = (await reader.ask("GET", root, ""))[1]
        free.put_nowait(reader)
    took: dict[str, list[float]] = defaultdict(list)
    statuses: Counter[int] = Counter()

    async def one(due: float) -> None:
        kind, method, path, more = mix(dice, codes, tags)
        reader = await free.get()
        try:
            status, _tag = await reader.ask(method, path, more)
        except (OSError, asyncio.IncompleteReadError):
            reader.streams, status = None, 0
        free.put_nowait(reader)
        statuses[status] += 1
        took[kind].append(time.perf_counter() - due)

    began = time.perf_counter()
    going = []
    for number in range(int(rate * seconds)):
        due = began + number / rate
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        going.append(asyncio.create_task(one(due)))
    await asyncio.gather(*going)
    spent = time.perf_counter() - began
    usage = resource.getrusage(resource.RUSAGE_SELF)
    every = [value for values in took.values() for value in values]
    return {
        "requests": len(every),
        "per_s": round(len(every) / spent, 1),
        "p50_ms": ms(every, 50),
        "p95_ms": ms(every, 95),
        "p99_ms": ms(every, 99),
        "statuses": {str(code): count for code, count in sorted(statuses.items())},
        "kinds_p95_ms": {kind: ms(values, 95) for kind, values in sorted(took.items())},
        "driver_cores": round((usage.ru_utime + usage.ru_stime) / spent, 2),
    }


def ms(values: list[float], percent: int) -> float:
    """Return a percentile in milliseconds."""
    return round(sorted(values)[max(0, -(-percent * len(values) // 100) - 1)] * 1000, 1)


if __name__ == "__main__":
    port, rate, seconds, file = sys.argv[1:]
    known = Path(file).read_text(encoding="utf-8").split()
    print(json.dumps(asyncio.run(drive(int(port), float(rate), float(seconds), known))))
