"""Reads official documents (plans of other offices as they really look) into drafts of definitions."""
