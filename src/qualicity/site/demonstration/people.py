"""Who signs in to the demonstration, and in whose name the other organisations report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.accounts import queries as known
from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Plan


@dataclass(frozen=True, slots=True)
class SignIn:
    """One account that a visitor may use."""

    username: str
    title: Text
    organisation: str | None
    roles: tuple[str, ...]


LATE = (
    SignIn("laboratory", Text("检验机构报告岗位", "staff of a laboratory"), "city-laboratory", ("laboratory",)),
    SignIn("enterprise", Text("被抽查企业", "an enterprise that was checked"), None, ("enterprise",)),
)
"""Who can sign in once there are laboratories and enterprises."""


def sign_ins(plan: Plan) -> tuple[SignIn, ...]:
    """Return the accounts of the demonstration, one for each role."""
    office = plan.office
    return (
        SignIn("office", Text("领导小组办公室", "office of the leading group"), office, ("office",)),
        SignIn(
            "environment", Text("市环保局填报员", "reporter of the environment bureau"), "environment", ("reporter",)
        ),
        SignIn(
            "reviewer", Text("市环保局审核员", "reviewer of the environment bureau"), "environment", ("reviewer",)
        ),
        SignIn("zhongmu", Text("中牟县联络员", "county officer of Zhongmu"), "zhongmu", ("county",)),
        SignIn("inspector", Text("中牟县抽样人员", "inspector of Zhongmu"), "zhongmu", ("inspector",)),
        SignIn("expert", Text("专家", "expert"), None, ("expert",)),
        SignIn("auditor", Text("审计人员", "auditor"), None, ("auditor",)),
        SignIn("leader", Text("市领导", "leader of the city"), None, ("leader",)),
        SignIn("director", Text("市环保局负责人", "head of the environment bureau"), "environment", ("director",)),
        SignIn("deputy", Text("人大代表", "people's-congress deputy"), None, ("deputy",)),
        *LATE,
    )


def invite(plan: Plan, *, password: str, by: Person) -> None:
    """Make the accounts of the sign-ins, all with one password."""
    for one in sign_ins(plan):
        if one not in LATE:
            _invite(one, password=password, by=by)


def invite_late(*, enterprise: str, password: str, by: Person) -> None:
    """Make the accounts of a laboratory and of somebody who speaks for an enterprise, with the same password."""
    for one in LATE:
        _invite(one, password=password, by=by, enterprise=enterprise if "enterprise" in one.roles else "")


def _invite(one: SignIn, *, password: str, by: Person, enterprise: str = "") -> None:
    accounts.create_person(
        username=one.username, name=f"{one.title.zh}（模拟）", organisation=one.organisation, roles=one.roles,
        by=by, password=password, enterprise=enterprise,
    )  # fmt: skip


def reporters(plan: Plan, organisations: set[str], *, by: Person) -> dict[str, Person]:
    """Make somebody in each organisation in whose name its files are sent; nobody can sign in as them."""
    titles = {unit.code: unit for unit in plan.organisations}
    return {
        code: accounts.create_person(
            username=f"{code}-files",
            name=f"{titles[code].title.zh}填报岗位（模拟）",
            organisation=code,
            roles=("county",) if titles[code].kind in {"county", "zone"} else ("reporter", "reviewer"),
            by=by,
            can_sign_in=False,
        )[0]
        for code in sorted(organisations)
    }


def jury(plan: Plan, names: list[str], role: str, *, by: Person) -> dict[str, Person]:
    """Make those of a jury who are not there yet; nobody can sign in as them."""
    there = {one.username: one for one in known.people(by=by, inactive=True) if one.username in names}
    titles = {one.roles[0]: one.title.zh for one in sign_ins(plan)}
    return there | {
        name: accounts.create_person(
            username=name,
            name=f"{titles[role]} {place}（模拟）",
            organisation=None,
            roles=(role,),
            by=by,
            can_sign_in=False,
        )[0]
        for place, name in enumerate(names, start=1)
        if name not in there
    }


def section_head(organisation: str, *, by: Person) -> Person:
    """Make somebody who reads the office's drafts before they go on."""
    return accounts.create_person(
        username="section-head", name="科室负责人（模拟）", organisation=organisation, roles=("reviewer",), by=by,
        can_sign_in=False,
    )[0]  # fmt: skip
