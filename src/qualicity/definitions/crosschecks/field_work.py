"""Whether what is asked of field work speaks of laws, texts, steps and states of goods that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.definitions.crosschecks.cases import LAW, STEP, TEXT
from qualicity.definitions.field_work import FOR_SALE
from qualicity.errors import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.field_work import FieldWork
    from qualicity.definitions.laws import Law

GOODS = Text("产品状态", "state of goods")


def check_field_work(check: Check, found: FieldWork, laws: Mapping[str, Law]) -> None:
    """Check the rules of one file against the laws."""
    goods = [one.code for one in found.goods]
    check.at("goods").once(goods, GOODS, "code")
    check.at("goods").known(FOR_SALE, goods, GOODS)
    check.at("rules").once([(one.law, one.text) for one in found.rules], TEXT, "text")
    for number, rules in enumerate(found.rules):
        here = check.at("rules", number)
        for state in rules.barred:
            here.at("barred", state).known(state, goods, GOODS)
        if not here.at("law").known(rules.law, laws, LAW):
            continue
        texts = {one.code: one for one in laws[rules.law].texts}
        if here.at("text").known(rules.text, texts, TEXT) and rules.deliver is not None:
            here.at("deliver").known(rules.deliver, [one.code for one in texts[rules.text].steps], STEP)
