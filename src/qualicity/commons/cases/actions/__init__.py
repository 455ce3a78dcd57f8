"""Writes of the desk: what other desks may do."""

from __future__ import annotations

from qualicity.commons.cases.actions.attaching import attach
from qualicity.commons.cases.actions.moving import move
from qualicity.commons.cases.actions.opening import NewCase, open_case, open_many
from qualicity.commons.cases.actions.steering import assign, extend, resume, seal, suspend

__all__ = [
    "NewCase",
    "assign",
    "attach",
    "extend",
    "move",
    "open_case",
    "open_many",
    "resume",
    "seal",
    "suspend",
]
