"""Seeing to it that the plan is kept: meetings, circulars, accountability, good practice, the fund, gates.

Serves the office and the units that it speaks to. Never states a fact that was not counted.
"""
