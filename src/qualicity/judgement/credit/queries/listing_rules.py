"""What the definitions say of the list: grounds by text of the law, measures, and who is told of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotPossibleError, nearest

if TYPE_CHECKING:
    from qualicity.definitions.dishonesty import Ground, Grounds, Measures
    from qualicity.judgement.credit.models import Listing


def grounds() -> Grounds:
    """Return the grounds; NotPossibleError where none are defined."""
    known = catalogue().grounds
    if known is None:
        raise NotPossibleError("缺少定义 dishonesty/grounds.yaml。", "dishonesty/grounds.yaml is missing.")
    return known


def measures() -> Measures:
    """Return the measures; NotPossibleError where none are defined."""
    known = catalogue().measures
    if known is None:
        raise NotPossibleError("缺少定义 dishonesty/measures.yaml。", "dishonesty/measures.yaml is missing.")
    return known


def is_somebody_untold(listing: Listing) -> bool:
    """Say whether an organisation that the definition of a measure names was not told of a listing yet."""
    units = {one.code for one in accounts.organisations()}
    named = {(one.code, unit) for one in measures().measures for unit in one.organisations if unit in units}
    return not named <= set(listing.notified.values_list("measure", "organisation__code"))


def ground_of(text: str, code: str) -> Ground:
    """Return a ground of a text of the law; InputError names the nearest."""
    rules = grounds().of(text)
    try:
        return rules.ground(code)
    except KeyError:
        like = nearest(code, [one.code for one in rules.grounds])
        raise InputError(
            f"没有列入情形“{code}”。" + (f"是否指“{like}”？" if like else ""),
            f"There is no ground “{code}”." + (f" Did you mean “{like}”?" if like else ""),
        ) from None
