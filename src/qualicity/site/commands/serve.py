"""``qualicity serve``: serve the pages and the API."""

from __future__ import annotations

import ipaddress
import multiprocessing
import os
import sys
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces

from qualicity.errors import InputError, Text
from qualicity.evidence.submissions import queries

if TYPE_CHECKING:
    import argparse

HELP = Text(zh="启动网页与接口服务", en="serve the pages and the API")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS")
    parser.add_argument("--port", type=int, default=8000, metavar="PORT")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="进程数 / processes")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; on this machine alone plain HTTP is enough, anywhere else HTTPS is expected."""
    if not 0 < arguments.port < 65536:
        raise InputError(f"端口 {arguments.port} 不可用。", f"There is no port {arguments.port}.")
    queries.check_tables()
    serve(host=arguments.host, port=arguments.port, workers=arguments.workers)
    return 0


def serve(*, host: str, port: int, workers: int = 1) -> None:
    """Serve on an address until stopped; the processes that serve read their settings from the environment."""
    if _is_loopback(host):
        os.environ.setdefault("QUALICITY_HTTPS", "0")
        if not os.environ.get("QUALICITY_ORIGINS"):  # else feeds and documents would lead to another port
            os.environ.setdefault("QUALICITY_ADDRESS", f"http://{f'[{host}]' if ':' in host else host}:{port}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "qualicity.site.settings"
    # A forked worker would keep the settings read here, and may not use threads that began before the fork.
    multiprocessing.set_start_method("spawn", force=True)
    sys.stderr.write(f"质城 / Qualicity: http://{'localhost' if _is_loopback(host) else host}:{port}/\n")
    sys.stderr.flush()
    server = Granian(
        "qualicity.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        websockets=False,
        log_enabled=False,
        # a worker that does not heed the request to stop would keep the whole service from stopping
        workers_kill_timeout=20,
    )
    server.serve()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
