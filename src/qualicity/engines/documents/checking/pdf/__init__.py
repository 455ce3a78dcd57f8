"""Measures a PDF by the places of its characters and lines."""
