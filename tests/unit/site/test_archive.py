from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest


def qualicity(home: Path, *words: str) -> tuple[int, Any]:
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("QUALICITY", "DJANGO", "DATABASE"))
    }
    environment["QUALICITY_HOME"] = str(home)
    done = subprocess.run(
        [sys.executable, "-m", "qualicity", *words, "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backup")
    home = folder / "home"
    assert qualicity(home, "init", "--office", "office")[0] == 0
    (home / "files" / "2c").mkdir(parents=True)
    content = b"hello"
    name = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    (home / "files" / "2c" / name).write_bytes(content)
    (home / "packages").mkdir()
    (home / "packages" / "ab.zip").write_bytes(b"packed")
    (home / "packages" / f".archive.{'a' * 32}.part").write_bytes(b"half")
    code, value = qualicity(home, "backup", str(folder / "home.tar"))
    assert code == 0, value
    return folder / "home.tar"


def changed(backup: Path, target: Path, change: Any) -> Path:
    with tarfile.open(backup) as source, tarfile.open(target, "w") as copy:
        for member in source:
            content = source.extractfile(member).read()
            for info, piece in change(member, content):
                info.size = len(piece)
                copy.addfile(info, io.BytesIO(piece))
    return target


def test_a_restored_home_is_whole_and_verified(backup: Path, tmp_path: Path) -> None:
    code, value = qualicity(tmp_path / "copy", "restore", str(backup))
    assert code == 0, value
    assert value["verified"]
    assert value["files"] == 1
    assert [one.name for one in (tmp_path / "copy" / "packages").iterdir()] == ["ab.zip"]
    assert (tmp_path / "copy" / "packages" / "ab.zip").read_bytes() == b"packed"
    code, people = qualicity(tmp_path / "copy", "users", "list")
    assert [one["username"] for one in people] == ["office"]
    assert not (tmp_path / "copy" / "qualicity.sqlite3-journal").exists()


def test_a_home_in_use_is_not_overwritten(backup: Path, tmp_path: Path) -> None:
    qualicity(tmp_path / "used", "init")
    code, value = qualicity(tmp_path / "used", "restore", str(backup))
    assert code == 6
    assert "not empty" in value["error"]["en"]


def test_a_backup_holds_no_secret_and_no_session(backup: Path) -> None:
    with tarfile.open(backup) as archive:
        names = archive.getnames()
    assert "qualicity.sqlite3" in names
    assert names[-1] == "manifest.json"
    assert not any("secret" in name for name in names)


def test_a_damaged_backup_is_refused_before_anything_is_in_place(backup: Path, tmp_path: Path) -> None:
    def damage(member: tarfile.TarInfo, content: bytes) -> Any:
        yield member, content.replace(b"hello", b"hullo") if "files/" in member.name else content

    damaged = changed(backup, tmp_path / "damaged.tar", damage)
    code, value = qualicity(tmp_path / "copy", "restore", str(damaged))
    assert code == 8
    assert "damaged" in value["error"]["en"]
    assert not (tmp_path / "copy" / "files").exists()


def test_a_backup_cut_short_is_refused(backup: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.tar"
    cut.write_bytes(backup.read_bytes()[:-12000])
    code, value = qualicity(tmp_path / "copy", "restore", str(cut))
    assert code == 4, value


@pytest.mark.parametrize("name", ["../outside", "lake/../../outside", "/etc/passwd", "strange.txt"])
def test_an_entry_that_would_leave_the_home_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    def add(member: tarfile.TarInfo, content: bytes) -> Any:
        yield tarfile.TarInfo(name), b"x"
        yield member, content

    code, value = qualicity(tmp_path / "copy", "restore", str(changed(backup, tmp_path / "evil.tar", add)))
    assert code == 4, value
    assert not (tmp_path / "outside").exists()
