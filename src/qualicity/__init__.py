"""Qualicity 质城 runs a city's quality programme."""

__version__ = "0.1.0"
