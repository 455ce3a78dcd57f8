"""A real browser for the tests of pages; where the machine has none they are skipped by name."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

# the browser's driver runs an event loop in this thread, which Django would otherwise take for its own
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the machine's Chromium (or Playwright's own)."""
    executable = os.environ.get("QUALICITY_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        except Error as error:
            pytest.skip(f"browser: no Chromium on this machine ({str(error).splitlines()[0]})")
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, live_server: Any, home: Any) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page as a person: desktop or phone, Chinese or English, light or dark.

    Whatever the page complains about in its console fails the test at its end, save for what holds a word of
    ``forgive``: a page that works without a network is told so by its browser.
    """
    contexts, complaints = [], []

    def start(
        person: Any = None, *, phone: bool = False, language: str = "zh-hans", dark: bool = False,
        forgive: tuple[str, ...] = (),
    ) -> Page:  # fmt: skip
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": 390, "height": 844} if phone else {"width": 1280, "height": 900},
            locale="zh-CN",
            color_scheme="dark" if dark else "light",
        )
        cookies = {django_settings.LANGUAGE_COOKIE_NAME: language}
        if person is not None:
            client = Client()
            client.force_login(person)
            cookies[django_settings.SESSION_COOKIE_NAME] = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": k, "value": v, "url": live_server.url} for k, v in cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and not any(word in said.text for word in ("status of 4", *forgive))
                else None
            ),
        )
        contexts.append(context)
        return page

    yield start
    for context in contexts:
        context.close()
    assert not complaints, complaints
