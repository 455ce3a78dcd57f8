"""The evidence archive of an assessment: the same bytes again, verified without a home, refusing what changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.unit.judgement.assessment.conftest import DAY, House

from qualicity.__main__ import main
from qualicity.commons.audit.models import AuditRecord
from qualicity.engines.archives.verifying import verify
from qualicity.errors import InputError, NotAllowedError
from qualicity.judgement.assessment import actions, queries
from qualicity.judgement.assessment.models import Package


def pack(house: House, **given: Any) -> Package:
    return actions.make_package(
        assessment=house.city, purpose="pre_acceptance", as_of=DAY, by=house["office"], **given
    )


def test_an_archive_holds_scores_documents_and_an_index(house: House, filed: Any, tmp_path: Path) -> None:
    filed()
    made = pack(house, out=tmp_path / "e.zip")
    found = verify(tmp_path / "e.zip", expect=made.manifest_sha256)
    assert found.ok
    assert found.about["purpose"] == "pre_acceptance"
    with zipfile.ZipFile(tmp_path / "e.zip") as archive:
        names = archive.namelist()
        assert "criteria/mechanisms/joint-meetings/documents/minutes-纪要.pdf" in names
        score = json.loads(archive.read("criteria/mechanisms/joint-meetings/score.json"))
        assert (score["points"], score["documents"][0]["stand"]) == (1.0, "filed")
        index = archive.read("index.csv").decode("utf-8-sig")
        assert "joint-meetings" in index
        assert "纪要.pdf" in archive.read("index.html").decode()


def test_the_same_content_gives_the_same_bytes(house: House, filed: Any, tmp_path: Path) -> None:
    filed()
    first, second = pack(house, out=tmp_path / "1.zip"), pack(house, out=tmp_path / "2.zip")
    assert first.sha256 == second.sha256
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_the_trail_holds_the_hash_of_the_manifest(house: House) -> None:
    made = pack(house)
    record = AuditRecord.objects.filter(verb="assessment.package").get()
    assert record.detail["manifest_sha256"] == made.manifest_sha256
    _, path = queries.package_file(made.pk, by=house["office"])
    assert verify(path, expect=record.detail["manifest_sha256"]).ok
    for name in ("auditor", "environment", "expert1"):
        with pytest.raises(NotAllowedError):
            queries.package_file(made.pk, by=house[name])


def test_a_document_that_changed_in_the_store_stops_the_packing(house: House, filed: Any, tmp_path: Path) -> None:
    one = filed()
    path = queries.evidence_path(one)
    path.write_bytes(b"%PDF-1.4 another")
    with pytest.raises(InputError, match="minutes"):
        pack(house, out=tmp_path / "e.zip")
    path.unlink()
    with pytest.raises(InputError, match="minutes"):
        pack(house, out=tmp_path / "e.zip")
    assert not list(tmp_path.glob("*.zip*"))
    assert not Package.objects.exists()


def test_nothing_is_overwritten_and_only_the_office_packs(house: House, tmp_path: Path) -> None:
    out = tmp_path / "e.zip"
    out.write_bytes(b"mine")
    with pytest.raises(InputError):
        pack(house, out=out)
    assert out.read_bytes() == b"mine"
    with pytest.raises(InputError):
        pack(house, out=tmp_path / "nowhere" / "e.zip")
    with pytest.raises(NotAllowedError):
        actions.make_package(assessment=house.city, purpose="acceptance", as_of=DAY, by=house["auditor"])
    with pytest.raises(InputError):
        actions.make_package(assessment=house.city, purpose="other", as_of=DAY, by=house["office"])


def test_verify_needs_no_home_and_no_database(house: House, tmp_path: Path) -> None:
    pack(house, out=tmp_path / "e.zip")
    bare = tmp_path / "bare"
    bare.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("QUALICITY_", "DJANGO_", "DATABASE"))}
    environment["QUALICITY_HOME"] = str(bare / "never")
    ran = subprocess.run(
        [sys.executable, "-m", "qualicity", "evidence", "verify", str(tmp_path / "e.zip"), "--json"],
        cwd=bare, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr.decode()
    assert json.loads(ran.stdout)["ok"] is True
    assert list(bare.iterdir()) == [], "nothing was made on a machine that only verifies"


@pytest.mark.django_db
def test_the_commands_say_the_score_and_what_gains_most(house: House, capsys: Any) -> None:
    assert main(["assessment", "self", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["score"] == pytest.approx(sum(one["points"] for one in found["criteria"]))
    assert found["self_designed"] is True
    assert main(["assessment", "self"]) == 0
    assert "自拟" in capsys.readouterr().out
    assert main(["assessment", "sensitivity", "--limit", "3", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3
    assert main(["assessment", "missing"]) == 0
    assert "请提交" in capsys.readouterr().out
    assert main(["assessment", "self", "--rubric", "no-such"]) == 7


def test_a_changed_archive_has_an_exit_code_of_its_own(house: House, tmp_path: Path, capsys: Any) -> None:
    pack(house, out=tmp_path / "e.zip")
    content = (tmp_path / "e.zip").read_bytes()
    path = tmp_path / "changed.zip"
    path.write_bytes(content.replace("本压缩包是".encode(), "本压缩包非".encode()))
    assert main(["evidence", "verify", str(path)]) == 8
    assert "已改动 / changed: README.txt" in capsys.readouterr().out
    path.write_bytes(content.replace(b'"kind": "qualicity-evidence"', b'"kind": "qualicity-Evidence"'))
    assert main(["evidence", "verify", str(path)]) == 8
    assert "manifest.json" in capsys.readouterr().err
    assert main(["evidence", "verify", str(tmp_path / "e.zip"), "--expect", "0" * 64]) == 8
    assert "清单本身被改动" in capsys.readouterr().out
