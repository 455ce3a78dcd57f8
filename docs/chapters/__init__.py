"""The chapters of the handbook, one file per kind of page."""
