"""The window to the street: what anybody may see is answered from memory, by version, before anything else is asked.

A public answer depends on the edition (release, day, what has ended), its address and nothing else: no cookie reaches
the page behind, no session is touched. So it is kept under just that, compressed once, and found again by its tag.
Whoever comes while an answer is being made waits for that one instead of making another.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from django.http import FileResponse, HttpResponse, HttpResponseNotModified

from qualicity.publication.opendata import queries

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from qualicity.publication.opendata.queries import Edition

PAGES, OPEN = "/public/", "/open/"
"""Where pages for everybody and calls for everybody begin."""
ROOM = 96 * 1024**2
"""Bytes that one process keeps."""
LARGEST = 2 * 1024**2
"""Bytes of an answer that is still kept."""
LONGEST_PATH, LONGEST_QUERY = 300, 1000
COMPRESS_FROM = 400
PATIENCE = 15.0
"""Seconds for which one waits for somebody else's answer before making one's own."""
ANYBODY = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Content-Disposition",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_NOT_KEPT = {"content-length", "set-cookie", "vary", "etag", "connection", "date"}

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer as it goes out: headers, bytes (compressed where that pays, or in a file), and its tag."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    is_packed: bool
    file: Path | None
    tag: str

    @property
    def size(self) -> int:
        """Return how much room it takes."""
        return len(self.body) + 900


class Shelf:
    """Answers by key, the ones longest unasked for making room; each is made once at a time."""

    def __init__(self, room: int) -> None:
        self._room, self._used = room, 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._making: dict[Key, threading.Event] = {}
        self._lock = threading.Lock()

    def get(self, key: Key) -> Kept | None:
        """Return what is kept under a key."""
        with self._lock:
            found = self._kept.get(key)
            if found:
                self._kept.move_to_end(key)
            return found

    def begin(self, key: Key) -> threading.Event | None:
        """Return what to wait for where somebody is making this answer; None: it is now ours to make."""
        with self._lock:
            making = self._making.get(key)
            if making is None:
                self._making[key] = threading.Event()
            return making

    def end(self, key: Key, made: Kept | None) -> None:
        """Keep an answer (where there is one) and wake whoever waits for it."""
        with self._lock:
            if made and key not in self._kept:
                self._kept[key] = made
                self._used += made.size
            while self._used > self._room:
                _, gone = self._kept.popitem(last=False)
                self._used -= gone.size
            event = self._making.pop(key, None)
        if event:
            event.set()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._used = 0


SHELF = Shelf(ROOM)


class FrontMiddleware:
    """Answer public addresses from memory; let everything else through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        path = request.path_info
        if not path.startswith((PAGES, OPEN)):
            return self.get_response(request)
        response = self._answer(request, path)
        if path.startswith(OPEN):
            for name, value in ANYBODY.items():
                response.headers[name] = value
        return response

    def _answer(self, request: HttpRequest, path: str) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})
        if request.method not in ("GET", "HEAD"):
            return _refused(405, "只可读取。", "This can only be read.", Allow="GET, HEAD, OPTIONS")
        if len(path) > LONGEST_PATH or len(query) > LONGEST_QUERY:
            return _refused(414, "地址过长。", "The address is too long.")
        request.META.pop("HTTP_COOKIE", None)  # nobody behind the window may know who asks
        is_head = request.method == "HEAD"
        now = queries.edition()
        try:
            query = normalised(path, query)
        except ValueError:
            return _refused(422, "地址中的参数过多。", "The address asks for too many things at once.")
        key = (now.stamp, path, query)
        answer = SHELF.get(key) or self._made(request, key, now)
        return _sent(request, answer, is_head=is_head) if isinstance(answer, Kept) else answer

    def _made(self, request: HttpRequest, key: Key, now: Edition) -> Kept | HttpResponseBase:
        waiting = SHELF.begin(key)
        if waiting is not None:
            waiting.wait(PATIENCE)
            if kept := SHELF.get(key):
                return kept
            return self._behind(request, key, now)  # what was made could not be kept: a refusal, or something large
        kept = None
        try:
            response = self._behind(request, key, now)
            kept = _keep(response)
            return kept or response
        finally:
            SHELF.end(key, kept)

    def _behind(self, request: HttpRequest, key: Key, now: Edition) -> HttpResponseBase:
        """Ask the page behind as somebody of whom nothing is known: no cookie, no token, GET."""
        for name in ("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_REFERER", "HTTP_RANGE"):
            request.META.pop(name, None)
        request.META["QUERY_STRING"] = key[2]
        request.method = request.META["REQUEST_METHOD"] = "GET"
        request.edition = now  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.cookies.clear()
        response.headers.setdefault(
            "Cache-Control", "public, no-cache" if response.status_code == 200 else "no-store"
        )
        del response.headers["Vary"]
        return response


def normalised(path: str, query: str) -> str:
    """Return a query in one order, each name once (the last counts), empty ones left out.

    Pages pass over what they do not know (a newspaper's own marks), calls are told of it.
    """
    if not query:
        return ""
    given = {name: value.strip() for name, value in parse_qsl(query, max_num_fields=40) if value.strip()}
    if path.startswith(PAGES):
        known = queries.askable()
        given = {name: value for name, value in given.items() if name in known}
    return urlencode(sorted(given.items()))


def _keep(response: HttpResponseBase) -> Kept | None:
    if response.status_code != 200:
        return None
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in _NOT_KEPT)
    if isinstance(response, FileResponse) and response.file_to_stream is not None:
        path = Path(response.file_to_stream.name)
        tag = response.headers.get("ETag") or f'"{path.parent.name}-{path.name}"'
        response.file_to_stream.close()  # the file alone: to close the answer would say that the request is over
        return Kept(headers, b"", is_packed=False, file=path, tag=tag)
    if not isinstance(response, HttpResponse) or len(response.content) > LARGEST:
        return None
    body = response.content
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    packed = gzip.compress(body, 6, mtime=0) if len(body) >= COMPRESS_FROM else body
    is_packed = len(packed) < len(body)
    return Kept(headers, packed if is_packed else body, is_packed, None, tag)


def _sent(request: HttpRequest, kept: Kept, *, is_head: bool) -> HttpResponseBase:
    is_packed = kept.is_packed and _takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    tag = f'{kept.tag[:-1]}-gz"' if is_packed else kept.tag
    if _knows(request.META.get("HTTP_IF_NONE_MATCH", ""), kept.tag):
        response: HttpResponseBase = HttpResponseNotModified()
        for name, value in kept.headers:
            if name in ("Cache-Control", "Last-Modified", "Content-Location"):
                response.headers[name] = value
        response.headers["ETag"] = tag
        response.headers["Vary"] = "Accept-Encoding"
        return response
    # few readers do not take it compressed: for them it is unpacked again
    body = gzip.decompress(kept.body) if kept.is_packed and not is_packed else kept.body
    size = kept.file.stat().st_size if kept.file else len(body)
    if is_head:
        response = HttpResponse(b"")
    elif kept.file:
        response = FileResponse(kept.file.open("rb"))
    else:
        response = HttpResponse(body)
    for name, value in kept.headers:
        response.headers[name] = value
    response.headers["Content-Length"] = str(size)
    response.headers["ETag"] = tag
    response.headers["Vary"] = "Accept-Encoding"
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _knows(given: str, tag: str) -> bool:
    """Say whether the reader has this answer, in whichever encoding."""
    if not given:
        return False
    bare = tag.strip('"')
    return any(one.strip().removeprefix("W/").strip('"').removesuffix("-gz") == bare for one in given.split(","))


def _refused(status: int, zh: str, en: str, **headers: str) -> HttpResponse:
    body = json.dumps({"error": {"kind": "InputError", "zh": zh, "en": en}}, ensure_ascii=False)
    return HttpResponse(
        body, status=status, content_type="application/json", headers={"Cache-Control": "no-store", **headers}
    )
