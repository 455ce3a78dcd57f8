"""Judgement is passed: what we conclude from evidence and goals."""
