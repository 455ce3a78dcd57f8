"""Acceptance sampling: how often a plan accepts, the smallest plan for two risks, the plans of GB/T 2828.1."""

from qualicity.methods.acceptance_sampling.attributes import (
    AttributesPlan,
    Course,
    acceptance,
    course,
    double_plan,
    outgoing_limit,
    single_plan,
)
from qualicity.methods.acceptance_sampling.counts import Kind
from qualicity.methods.acceptance_sampling.finding import Risks, find_attributes_plan, find_variables_plan
from qualicity.methods.acceptance_sampling.lots import AQLS, LEVELS, LotPlan, code_letter, lot_plan, normal_single
from qualicity.methods.acceptance_sampling.variables import VariablesPlan, variables_acceptance

__all__ = [
    "AQLS",
    "LEVELS",
    "AttributesPlan",
    "Course",
    "Kind",
    "LotPlan",
    "Risks",
    "VariablesPlan",
    "acceptance",
    "code_letter",
    "course",
    "double_plan",
    "find_attributes_plan",
    "find_variables_plan",
    "lot_plan",
    "normal_single",
    "outgoing_limit",
    "single_plan",
    "variables_acceptance",
]
