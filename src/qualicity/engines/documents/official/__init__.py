"""Writes official documents in the layout of GB/T 9704: composed as a model, set by a house style."""

from qualicity.engines.documents.official.docx import write_docx
from qualicity.engines.documents.official.folding import folded
from qualicity.engines.documents.official.model import Document, Figure, figures_of
from qualicity.engines.documents.official.pdf import write_pdf
from qualicity.engines.documents.official.rendered import Rendered, Substitution

__all__ = ["Document", "Figure", "Rendered", "Substitution", "figures_of", "folded", "write_docx", "write_pdf"]
