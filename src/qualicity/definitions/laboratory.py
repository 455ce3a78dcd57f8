"""The schema of ``laboratory.yaml``: what tables of results call their columns, what a bare limit may mean."""

from __future__ import annotations

from qualicity.definitions.model import Model


class Headings(Model):
    """What a table of results may call its columns; the first of each is what our own files call it."""

    item: tuple[str, ...]
    value: tuple[str, ...]
    unit: tuple[str, ...]
    limit: tuple[str, ...]
    stated: tuple[str, ...]

    def known(self) -> dict[str, str]:
        """Return every name with the column that it means."""
        return {name: column for column in type(self).model_fields for name in getattr(self, column)}


class StatedWords(Model):
    """How a table says what it concluded."""

    qualified: tuple[str, ...]
    unqualified: tuple[str, ...]


class Laboratory(Model):
    """The file ``laboratory.yaml``."""

    headings: Headings
    stated: StatedWords
    least: tuple[str, ...]
    """Items of which a certain least is asked: under 限量 a bare figure may be a least or a most for them."""

    def may_be_least(self, item: str) -> bool:
        """Say whether a bare limit of an item may be a least."""
        return any(word in item for word in self.least)


__all__ = ["Headings", "Laboratory", "StatedWords"]
