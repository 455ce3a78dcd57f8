"""Counts and coverage of stocks whose things are known one by one: changes added up instead of states compared.

Where the key of a register tells the counted things apart, at most one record of each counts on any day. Then what
came and what went can be summed by period, which takes one pass over the rows however many periods there are.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

import ibis

from qualicity.definitions.measures import Count, Coverage, Total
from qualicity.definitions.model import Condition, Filter
from qualicity.definitions.registers import Register
from qualicity.engines.measures.flows import Frame
from qualicity.engines.measures.sources import Column, Table, own, period_of, predicate
from qualicity.engines.measures.stocks import bounds, change_cells, is_stock, records, state_key


def counts_singly(measure: Count, register: Register) -> bool:
    """Return whether no two records that count on one day can be the same thing."""
    return is_stock(register, measure.valid) and _tells_apart(register, measure.distinct, measure.where)


def covers_singly(measure: Coverage, register: Register) -> bool:
    """Return whether a thing that is due and what covers it are always one and the same record."""
    due, covered = measure.due, measure.covered
    same = due.register_code == covered.register_code and due.key == covered.key
    return (
        same
        and is_stock(register, due.valid)
        and is_stock(register, covered.valid)
        and state_key(register) == (due.key,)
    )


def count_changes(measure: Count, register: Register, frame: Frame) -> Table:
    """Return what came into and went out of a count in each period."""
    total = Total.model_validate({"register": register.code, "where": measure.where, "valid": measure.valid})
    return change_cells({"k": total}, register, frame).drop("k_n").rename(n="k_hits")


def coverage_changes(measure: Coverage, register: Register, frame: Frame) -> Table:
    """Return by how much the things due (n) and those of them covered (k) changed in each period."""
    table = records(register)
    due = bounds(table, measure.due.valid)
    covered = bounds(table, measure.covered.valid)
    wanted = predicate(table, measure.due.where) & table[own(measure.due.key)].notnull()
    having = wanted & predicate(table, measure.covered.where) & due[0].notnull() & covered[0].notnull()
    both = (ibis.greatest(due[0], covered[0]), ibis.least(due[1], covered[1]))
    changes = [
        _change(table, register, frame, ends, kept, sign, name)
        for ends, kept, name in ((due, wanted, "n"), (both, having, "k"))
        for sign in (1, -1)
    ]
    every = functools.reduce(lambda one, other: one.union(other), changes)
    return every.group_by(frame.keys).aggregate(rows=every.rows.sum(), n=every.n.sum(), k=every.k.sum())


def _change(  # noqa: PLR0917 -- one call, in the order of its sentence
    table: Table, register: Register, frame: Frame, ends: tuple[Column, Column], kept: Column, sign: int, name: str
) -> Table:
    """Return one row for each thing that comes (1) or goes (-1) within the periods; both where it came before."""
    first, until = ibis.date(frame.first.isoformat()), ibis.date(frame.until.isoformat())
    start, end = ends
    counts = kept & start.notnull() & (end > start) & (start <= until) & (end > first)
    moment = ibis.greatest(start, first) if sign > 0 else end
    if sign < 0:
        counts &= end <= until
    amounts = {"n": 0, "k": 0} | {name: sign}
    return table.filter(counts).select(
        place=table[own(register.place)],
        period=period_of(moment, frame.grain),
        rows=ibis.literal(int(name == "n" and sign > 0)),
        n=ibis.literal(amounts["n"]),
        k=ibis.literal(amounts["k"]),
        **frame.part_of(table),
    )


def _tells_apart(register: Register, names: Iterable[str], where: Filter) -> bool:
    """Return whether these columns, with those that a filter holds to one value, contain the key of a register."""
    fixed = {name for name, asked in where.items() if not isinstance(asked, tuple | Condition)}
    given = set(names)
    required = all(register.column(name).required for name in given)
    return required and set(state_key(register)) <= given | fixed
