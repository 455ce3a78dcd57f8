"""What places, industries, stages and the features of the risk model are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.definitions.catalogue import catalogue
from qualicity.errors import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.definitions.plans import Plan

STAGES: Mapping[str, Text] = {
    "production": Text("生产环节", "at the maker's"),
    "circulation": Text("流通环节", "in shops"),
    "unknown": Text("环节不明", "stage not known"),
    "": Text("未填写", "not given"),
}


def titles_of(plan: Plan) -> dict[str, Mapping[str, Text]]:
    """Return for each way of grouping what its codes are called; a category is its own name."""
    industries = next(one for one in catalogue().registers["enterprises"].columns if one.name == "industry")
    nothing = {"": STAGES[""]}
    return {
        "place": nothing | {one.code: Text(one.title.zh, one.title.en) for one in plan.places},
        "industry": nothing | {one.code: Text(one.title.zh, one.title.en) for one in industries.codes},
        "category": nothing,
        "stage": STAGES,
    }
