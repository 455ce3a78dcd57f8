"""The demonstration city as a newcomer builds it: one command, the whole city, nothing but the public commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qualicity.definitions.catalogue import catalogue


class House:
    """The command line on a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def command(self, *words: str) -> Any:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUALICITY_", "DATABASE_"))}
        environment = kept | {"QUALICITY_HOME": str(self.home)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        ran = subprocess.run(
            [sys.executable, "-m", "qualicity", *words, "--json"],
            env=environment,
            capture_output=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr.decode()[-3000:]
        return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("demonstration") / "home")


@pytest.fixture(scope="module")
def demonstration(house: House) -> dict[str, Any]:
    found: dict[str, Any] = house.command("demo", "--no-serve")
    return found


def test_it_is_of_a_real_citys_size(demonstration: dict[str, Any]) -> None:
    assert demonstration["built_now"]
    assert demonstration["rows"] >= 1_000_000
    assert 550 <= demonstration["submissions"] <= 700
    assert demonstration["returned"] >= 10
    assert demonstration["waiting"] >= 2


def test_every_target_has_its_judgement_and_they_differ(demonstration: dict[str, Any]) -> None:
    targets = {one["code"]: one for one in demonstration["indicators"]}
    assert len(targets) == 36
    statuses = [one["status"] for one in targets.values()]
    assert {"met", "not_met", "not_due", "no_target"} <= set(statuses)
    assert "no_data" not in statuses
    assert sum(one["certainty"] == "uncertain" for one in targets.values()) >= 3
    assert targets["environment-6b"]["pace"] == "on_track"
    assert targets["environment-6b"]["value"] == pytest.approx(101.6, abs=1.5)


def test_the_plans_own_base_year_is_found_again(house: House, demonstration: dict[str, Any]) -> None:
    at_the_end_of_2013 = {one["code"]: one for one in house.command("indicators", "--as-of", "2014-01-31")}
    assert round(at_the_end_of_2013["environment-6b"]["value"]) == 108


def test_less_was_known_in_the_middle_of_2014(house: House, demonstration: dict[str, Any]) -> None:
    then = {one["code"]: one for one in house.command("indicators", "--known-on", "2014-06-30")}
    now = {one["code"]: one for one in demonstration["indicators"]}
    assert all(
        then["product-4"]["versions"][register] < version
        for register, version in now["product-4"]["versions"].items()
        if register == "spot_check_batches"
    )


def test_the_trail_of_the_audit_is_whole(house: House, demonstration: dict[str, Any]) -> None:
    assert house.command("audit", "verify")["ok"]


def test_a_second_time_nothing_is_built(house: House, demonstration: dict[str, Any]) -> None:
    again = house.command("demo", "--no-serve")
    assert not again["built_now"]
    assert again["sign_ins"] == demonstration["sign_ins"]
    assert again["indicators"] == demonstration["indicators"]


def test_somebody_who_copied_is_asked(house: House, demonstration: dict[str, Any]) -> None:
    records = house.command("audit", "list", "--search", "submissions.return")
    assert any("逐行相同" in record["detail"]["reason"] for record in records)


def test_the_plan_runs_with_its_lights_its_chasing_and_its_reasons(
    house: House, demonstration: dict[str, Any]
) -> None:
    assert demonstration["happenings"] > 1_000
    rows = house.command("tasks", "list")
    lights = {light: sum(row["light"] == light for row in rows) for light in ("green", "blue", "yellow", "red")}
    assert sum(lights.values()) == len(rows) > 250
    assert min(lights.values()) >= 3
    assert all(row["reason"] for row in rows)
    kinds = {one["kind"] for one in house.command("supervision", "circulars")}
    assert kinds == {"praise", "criticism", "letter"}
    gates = house.command("supervision", "gates")
    assert len(gates) == 4


def test_the_self_assessment_is_explained_to_the_last_point(house: House, demonstration: dict[str, Any]) -> None:
    found = house.command("assessment", "self")
    scored = found["criteria"]
    assert sum(one["points"] for one in scored) == pytest.approx(found["score"], abs=0.005)
    assert sum(one["full"] for one in scored) == pytest.approx(100)
    assert 60 <= found["score"] <= 95


@pytest.mark.parametrize("kind", ["product_failure", "food_failure", "penalty", "dishonesty_listing"])
def test_three_years_of_checks_leave_a_case_in_every_state(
    kind: str, house: House, demonstration: dict[str, Any]
) -> None:
    found = house.command("cases", "list", "--type", kind, "--limit", "500")
    assert {one["state"] for one in found} == {one.code for one in catalogue().cases[kind].states}


def test_anybody_draws_again_what_was_drawn_and_something_else_from_another_seed(
    house: House, demonstration: dict[str, Any]
) -> None:
    plans = {one["code"]: one for one in house.command("inspections", "plans")}
    assert {one["year"] for one in plans.values()} == {2013, 2014, 2015}
    drawn = [one for one in plans.values() if one["drawn"]]
    assert sum(one["concluded"] for one in drawn) > 300
    assert sum(one["failed"] for one in drawn) > 40
    first = house.command("inspections", "draw", "--plan", "2014-food", "--seed", "7")
    assert house.command("inspections", "draw", "--plan", "2014-food", "--seed", "7") == first
    assert house.command("inspections", "draw", "--plan", "2014-food", "--seed", "8")["targets"] != first["targets"]
    assert all(0 < one["probability"] <= 1 for one in first["targets"])


def test_the_public_reads_what_was_approved(house: House, demonstration: dict[str, Any]) -> None:
    assert house.command("opendata", "check") == {"agrees": True, "differences": []}
    tables = house.command("opendata", "releases")[0]
    assert tables["release"] == 1


def test_an_enterprises_score_adds_up_from_its_points(house: House, demonstration: dict[str, Any]) -> None:
    drawn = house.command("inspections", "draw", "--plan", "2014-food", "--seed", "7")["targets"][0]
    found = house.command("credit", "file", drawn["enterprise"])
    points = [part["points"] for family in found["families"] for part in family["parts"]]
    assert len(points) > 4
    assert sum(points) == pytest.approx(found["score"], abs=1e-9)
