"""Whether what the report says of key industries can be had: indicators, columns, a register of recognitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qualicity.definitions.crosschecks.measures import REGISTER
from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.plans import Plan
    from qualicity.definitions.registers import Register

COLUMN = Text("列", "column")


def check_industries(check: Check, plan: Plan, registers: Mapping[str, Register]) -> None:
    """Check the sources of a plan's key industries; ``check`` stands at them."""
    if plan.industries is None:
        return
    indicators = {one.code: one for one in plan.indicators}
    for number, source in enumerate(plan.industries.levels):
        here = check.at("levels", number)
        if here.at("indicator").known(source.indicator, indicators, Text("指标", "indicator")):
            here.at("column").known(source.column, indicators[source.indicator].breakdown, COLUMN)
    found = plan.industries.recognitions
    here = check.at("recognitions")
    if found is None or not here.at("register").known(found.register_code, registers, REGISTER):
        return
    names = registers[found.register_code].names
    for key in ("column", "start", "end"):
        here.at(key).known(getattr(found, key), names, COLUMN)
