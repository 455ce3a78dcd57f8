"""Reads conditions out of Chinese sentences: quantity, operator, unit, scope, year."""
