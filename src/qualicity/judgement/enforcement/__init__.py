"""Enforcement (执法): penalties with their publicity, transfers to criminal justice, rewards, campaigns."""
