"""Machinery with no city in it and no Django."""
