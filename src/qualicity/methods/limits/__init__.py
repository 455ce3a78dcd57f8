"""Limits and measured values: read as laboratories write them, compared by rule, never by a guess."""

from qualicity.methods.limits.figures import Figure, exact, read_figure
from qualicity.methods.limits.readings import Kind, Reading, Results, read_results
from qualicity.methods.limits.requirements import Bound, Form, Limit, Plan, read_limit
from qualicity.methods.limits.units import Unit, factor, read_unit
from qualicity.methods.limits.verdicts import Conclusion, Rule, Verdict, judge, judge_results

__all__ = [
    "Bound",
    "Conclusion",
    "Figure",
    "Form",
    "Kind",
    "Limit",
    "Plan",
    "Reading",
    "Results",
    "Rule",
    "Unit",
    "Verdict",
    "exact",
    "factor",
    "judge",
    "judge_results",
    "read_figure",
    "read_limit",
    "read_results",
    "read_unit",
]
