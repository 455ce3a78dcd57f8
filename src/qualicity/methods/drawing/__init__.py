"""The draw: who is checked, and by whom, from a published seed that anybody can draw again."""

from qualicity.methods.drawing.allocation import proportional
from qualicity.methods.drawing.chances import WHOLE, chances, equal_chances
from qualicity.methods.drawing.draws import Draw, Drawn, Unit, simple, stratified, weighted
from qualicity.methods.drawing.inspectors import Pairing, assign_inspectors
from qualicity.methods.drawing.numbers import digest_of, frame_digest, order_of
from qualicity.methods.drawing.simulation import Trial, simulate_draws

__all__ = [
    "WHOLE",
    "Draw",
    "Drawn",
    "Pairing",
    "Trial",
    "Unit",
    "assign_inspectors",
    "chances",
    "digest_of",
    "equal_chances",
    "frame_digest",
    "order_of",
    "proportional",
    "simple",
    "simulate_draws",
    "stratified",
    "weighted",
]
