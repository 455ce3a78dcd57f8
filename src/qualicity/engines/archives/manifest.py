"""The list of what an evidence archive holds, and its own hash."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualicity.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "manifest.json"
SUMS = "SHA256SUMS"
FORMAT = 1
KIND = "qualicity-evidence"
#: What an archive may hold at most, so that a file made by a stranger ends somewhere.
MOST_FILES = 200_000
LONGEST_MANIFEST = 128 << 20
_DIGEST = re.compile(r"^[0-9a-f]{64}$")


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of the archive: its size in bytes and its SHA-256."""

    size: int
    sha256: str


def written(files: Mapping[str, Listed], about: Mapping[str, Any]) -> bytes:
    """Return the manifest as canonical JSON: sorted, so that the same content gives the same bytes."""
    content = {
        "kind": KIND,
        "format": FORMAT,
        "about": dict(about),
        "files": {name: {"size": one.size, "sha256": one.sha256} for name, one in sorted(files.items())},
    }
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def sums(files: Mapping[str, Listed]) -> bytes:
    """Return the hashes as ``sha256sum -c`` reads them, for a machine that has nothing else."""
    return "".join(f"{one.sha256}  {name}\n" for name, one in sorted(files.items())).encode()


def read(content: bytes) -> tuple[dict[str, Listed], dict[str, Any]]:
    """Return the files and the head of a manifest; FileError when it is none."""
    try:
        data = json.loads(content)
        files = {str(name): Listed(int(one["size"]), str(one["sha256"])) for name, one in data["files"].items()}
        about = dict(data["about"])
        if (data["kind"], data["format"]) != (KIND, FORMAT):
            raise ValueError("another kind or format")
        if not all(_DIGEST.match(one.sha256) and one.size >= 0 for one in files.values()):
            raise ValueError("a hash or a size that is none")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FileError(
            f"压缩包中的 {NAME} 不是本系统的证据清单（格式 {FORMAT}）。",
            f"{NAME} in the archive is no list of evidence of this system (format {FORMAT}).",
        ) from error
    return files, about


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()
