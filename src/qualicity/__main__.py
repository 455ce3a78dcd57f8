"""The command line: ``qualicity COMMAND …``, in both languages, with one JSON value where ``--json`` asks for it."""

from __future__ import annotations

import argparse
import ast
import fcntl
import importlib
import json
import os
import pkgutil
import secrets
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from qualicity import __version__
from qualicity.errors import InputError, QualicityError, Text, nearest
from qualicity.site import commands
from qualicity.site.answering import language

if TYPE_CHECKING:
    from collections.abc import Sequence

ABOUT = "质城：运行一座城市的质量工作方案 / Qualicity runs a city's quality programme"
WITHOUT_HOME = frozenset({"restore"})
"""Commands that must find the home as it is, not made ready for them."""
BARE = frozenset(
    {("evidence", "verify"), ("laboratory", "judge")}
    | {("sampling", verb) for verb in ("plan", "find", "oc", "size")}
)
"""Commands with their sub-command that run on any machine, without a home and its database."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; our own errors become a sentence, never a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    _choose_home(words)
    try:
        chosen = _chosen(words)
        if chosen is None:  # help for all, or the version: nothing needs to be ready, and each import takes time
            _parser_of_all().parse_args(words)
            return 2  # a command is wanted, so the parser has spoken already
        if bare := _needs_no_home(words):
            # a machine that only verifies gets no home: the key that settings would make there is for this run only
            os.environ.setdefault("QUALICITY_SECRET_KEY", secrets.token_urlsafe(64))
        _set_up_django()
        arguments = _parser(chosen).parse_args(words)
        if arguments.command not in WITHOUT_HOME and not bare:
            make_ready()
        code: int = arguments.run(arguments)
    except QualicityError as error:
        _say(error, as_json="--json" in words)
        return error.exit_code
    except BrokenPipeError:  # the reader of our output had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _needs_no_home(words: list[str]) -> bool:
    """Return whether the words ask for a command that runs without a home."""
    return any(pair in BARE for pair in pairwise(words))


def make_ready() -> None:
    """Make the home and bring its database up to date; two commands at once wait for each other."""
    home: Path = settings.QUALICITY_HOME
    home.mkdir(parents=True, exist_ok=True)
    if not MigrationExecutor(connection).migration_plan(_leaves()):
        return
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        call_command("migrate", interactive=False, verbosity=0)
        after = importlib.import_module("qualicity.site.first_use")
        after.fill()


def _leaves() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = MigrationExecutor(connection).loader.graph.leaf_nodes()
    return found


def _choose_home(words: list[str]) -> None:
    """Settings are read once, so ``--home`` must be known before anything else is."""
    for place, word in enumerate(words):
        if word == "--home" and place + 1 < len(words):
            os.environ["QUALICITY_HOME"] = words[place + 1]
        elif word.startswith("--home="):
            os.environ["QUALICITY_HOME"] = word.removeprefix("--home=")


def _set_up_django() -> None:
    if not settings.configured:
        os.environ["DJANGO_SETTINGS_MODULE"] = "qualicity.site.settings"
    if not apps.ready:
        django.setup()


def names() -> tuple[str, ...]:
    """Return the commands that there are: the files of ``site/commands``."""
    return tuple(sorted(one.name for one in pkgutil.iter_modules(commands.__path__) if not one.name.startswith("_")))


def _parser_of_all() -> argparse.ArgumentParser:
    """Return a parser that knows what every command is for and has imported none."""
    parser, subparsers = _trunk()
    for name in names():
        subparsers.add_parser(name, help=str(_help_of(name)))
    return parser


def _help_of(name: str) -> Text:
    """Return the HELP of a command as its file writes it."""
    path = Path(commands.__path__[0]) / f"{name}.py"
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
            targets = [one.id for one in statement.targets if isinstance(one, ast.Name)]
            if targets == ["HELP"]:
                return Text(**{str(one.arg): ast.literal_eval(one.value) for one in statement.value.keywords})
    raise AssertionError(f"{path} has no HELP")


def _parser(chosen: str) -> argparse.ArgumentParser:
    """Return a parser of one command: the others, with all that they import, stay unread."""
    parser, subparsers = _trunk()
    module = importlib.import_module(f"qualicity.site.commands.{chosen}")
    subparser = subparsers.add_parser(chosen, help=str(module.HELP), description=str(module.HELP))
    module.add_arguments(subparser)
    subparser.set_defaults(run=module.run, command=chosen)
    return parser


def _trunk() -> tuple[argparse.ArgumentParser, Any]:
    parser = argparse.ArgumentParser(prog="qualicity", description=ABOUT)
    parser.add_argument("--version", action="version", version=f"qualicity {__version__}")
    parser.add_argument("--home", metavar="DIR", help="数据目录（默认 var/）/ folder of the data (default var/)")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    return parser, subparsers


def _chosen(words: list[str]) -> str | None:
    """Return the command asked for, None for the general help; InputError names the nearest right word."""
    rest = list(words)
    while rest and rest[0].startswith("-"):
        rest = rest[2:] if rest[0] == "--home" else rest[1:]
    if not rest:
        return None
    if rest[0] in names():
        return rest[0]
    like = nearest(rest[0], names())
    raise InputError(
        f"没有命令“{rest[0]}”。" + (f"是否指“{like}”？" if like else f"可用：{' '.join(names())}"),
        f"There is no command “{rest[0]}”."
        + (f" Did you mean “{like}”?" if like else f" There are: {' '.join(names())}"),
    )


def _say(error: QualicityError, *, as_json: bool) -> None:
    if as_json:
        fault: dict[str, Any] = {"kind": type(error).__name__, "zh": error.text.zh, "en": error.text.en}
        sys.stdout.write(json.dumps({"error": fault | {"exit_code": error.exit_code}}, ensure_ascii=False) + "\n")
        return
    spoken = language()
    sys.stderr.write((error.text.in_language(spoken) if spoken else str(error.text)) + "\n")


if __name__ == "__main__":
    sys.exit(main())
