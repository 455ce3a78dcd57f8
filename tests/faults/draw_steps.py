"""A machine of its own that knows the same enterprises, in another order, and draws: ``python -m … ORDER SEED…``."""

from __future__ import annotations

import os
import random
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from qualicity import __main__ as command_line  # noqa: E402
from qualicity.commons.accounts import actions as accounts  # noqa: E402
from qualicity.commons.accounts import queries as people  # noqa: E402
from qualicity.commons.registry import actions as registry  # noqa: E402
from qualicity.evidence.inspections import actions  # noqa: E402

UNITS = {"zhongmu": "410122", "gongyi": "410181", "jinshui": "410105"}
MANY = 600


def build(order: int) -> None:
    """Make a home with a plan, enterprises, inspectors and a conflict of interest, entered in an order of its own."""
    call_command("migrate", interactive=False, verbosity=0)
    shuffled, by = random.Random(order), people.operator()
    registry.sync(by=by)
    names = [(f"{unit}-{n}", unit) for unit in UNITS for n in range(1, 4)]
    shuffled.shuffle(names)
    for name, unit in names:
        accounts.create_person(
            username=name, name=name, organisation=unit, roles=["inspector"], by=by, password="quiet-river-stone"
        )
    places = list(UNITS.values())
    new = [
        registry.NewEnterprise(
            uscc=f"91{places[n % 3]}{n:09d}X", name=f"模拟企业{n}", place=places[n % 3], industry="CFH"[n % 7 % 3]
        )
        for n in range(MANY)
    ]
    shuffled.shuffle(new)
    registry.register_enterprises(enterprises=new, by=by)
    plan = actions.make_plan(
        code="2014", title_zh="模拟计划", year=2014, law="product_spot_checks", sampling_kind="routine",
        organisation=people.organisation("quality-supervision"), by=by,
    )  # fmt: skip
    for product, stage, count in (("cement", "production", 40), ("womens-wear", "circulation", 30)):
        actions.add_line(plan=plan, product=product, stage=stage, count=count, by=by)
    actions.declare_conflict(person=people.person("zhongmu-1"), enterprise="91410122000000000X", reason="亲属", by=by)


if __name__ == "__main__":
    build(int(sys.argv[1]))
    for seed in sys.argv[2:]:
        command_line.main(["inspections", "draw", "--plan", "2014", "--seed", seed, "--json"])
