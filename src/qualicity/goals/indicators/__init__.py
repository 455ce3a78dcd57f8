"""Indicators: every target of the plan gets a value that can be defended."""
