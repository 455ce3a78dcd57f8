"""Measures a Word document: effective values of sections, paragraphs, runs and footers."""
