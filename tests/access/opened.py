"""What anybody may see of the small city: a release of its open tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.access import city as cities

from qualicity.commons.accounts import queries as people
from qualicity.commons.registry import actions as registry
from qualicity.publication.opendata import actions

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person


def build(every: dict[str, Person]) -> dict[str, str]:
    """Register the two enterprises, let the tables out, and return what stands for them in an address."""
    names = {"enterprise": ("模拟食品有限公司", "410122"), "rival": ("模拟机械有限公司", "410181")}
    for actor, (name, place) in names.items():
        registry.register_enterprise(uscc=cities.ENTERPRISES[actor], name=name, place=place, by=people.operator())
    release = actions.publish(by=every["second-office"])
    return {"enterprise_code": cities.ENTERPRISES["enterprise"], "release": str(release.number)}
