"""The page of a profile: from which foreign heading each column comes, and what is left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chapters.registers import SEVERITIES
from chapters.wording import BOUNDS, OR, link, say
from qualicity.definitions.model import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.definitions.model import Scalar
    from qualicity.definitions.profiles import Derived, Doubt, Profile, Test
    from qualicity.definitions.registers import Register

ALSO = ("，且 ", " and ")
COLON = ("：", ": ")


def profile_page(profile: Profile, register: Register, number: int) -> str:
    """Return the page of a profile."""
    parts = [
        f"# {say(profile.title, number)}",
        *([say(profile.text, number)] if profile.text else []),
        f"`{profile.code}` → {link(register, number)} `{register.code}`",
        f"`qualicity submit {register.code} FILE --profile {profile.code} --organisation CODE --period 2014`",
        _mapping(profile, register, number),
    ]
    if profile.leave_out:
        parts.append(("## 略去的行", "## Rows that are left out")[number])
        parts.append(
            "\n".join(f"- {_test(one, number)}{COLON[number]}{say(one.why, number)}" for one in profile.leave_out)
        )
    if profile.findings:
        parts.append(("## 已知的问题", "## Known faults")[number])
        parts.append("\n".join(_doubt(one, number) for one in profile.findings))
    return "\n\n".join(parts) + "\n"


def _doubt(one: Doubt, number: int) -> str:
    head = f"- `{one.code}` ({SEVERITIES[one.severity][number]}) {_test(one, number)}{COLON[number]}"
    return head + ("。", ". ")[number].join((say(one.why, number), say(one.mend, number))) + ("。", ".")[number]


def _mapping(profile: Profile, register: Register, number: int) -> str:
    head = (("列", "取自", "处理"), ("Column", "From", "Done to it"))[number]
    lines = [f"| {' | '.join(head)} |", "|---|---|---|"]
    for name, derived in profile.columns.items():
        title = f"{say(register.column(name).title, number)} `{name}`"
        lines.append(f"| {title} | {_source(derived, number)} | {OR[number].join(_steps(derived, number))} |")
    return "\n".join(lines)


def _source(derived: Derived, number: int) -> str:
    if derived.constant is not None:
        return (f"常数 {derived.constant}", f"always {derived.constant}")[number]
    names = OR[number].join(f"`{one}`" for one in derived.headings)
    if derived.join:
        return (f"{names} 合并", f"{names} put together")[number]
    if derived.digest:
        return (f"由 {names} 生成的固定键", f"a stable key made of {names}")[number]
    return names


def _steps(derived: Derived, number: int) -> Iterator[str]:
    if derived.strip:
        yield (f"去掉 `{derived.strip}`", f"without `{derived.strip}`")[number].replace("|", "\\|")
    if derived.extract:
        yield (f"取出 `{derived.extract}`", f"takes out `{derived.extract}`")[number].replace("|", "\\|")
    if derived.values or derived.matching:
        count = len(derived.values) + len(derived.matching)
        yield (f"按 {count} 条对照改写", f"translated by {count} entries")[number]
    if derived.formats:
        yield ("日期格式 ", "dates as ")[number] + " ".join(f"`{one}`" for one in derived.formats)
    if derived.factor is not None:
        yield f"× {derived.factor:g}"
    if derived.default is not None:
        yield (f"空时为 {derived.default}", f"{derived.default} where empty")[number]


def _test(test: Test, number: int) -> str:
    parts = [f"`{name}` {_wanted(wanted, number)}" for name, wanted in test.when.items()]
    parts += [f"`{name}` ~ `{pattern}`" for name, pattern in test.matching.items()]
    if test.same:
        parts.append(f"`{test.same[0]}` = `{test.same[1]}`")
    if test.repeats:
        parts.append(("与前面一行相同", "the same as an earlier row")[number])
    return ALSO[number].join(parts)


def _wanted(wanted: Scalar | tuple[Scalar, ...] | Condition, number: int) -> str:
    if not isinstance(wanted, Condition):
        values = wanted if isinstance(wanted, tuple) else (wanted,)
        return "= " + OR[number].join(f"`{one}`" for one in values)
    if wanted.is_empty is not None:
        return (("为空", "is empty") if wanted.is_empty else ("已填", "is given"))[number]
    parts = [
        words[number].format(f"{bound:g}")
        for key, words in BOUNDS.items()
        if (bound := getattr(wanted, key)) is not None
    ]
    return OR[number].join([*parts, *(f"≠ `{one}`" for one in wanted.not_in)])
