"""Whatever a document is set in, the checker measures it or says why not: it never breaks."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engines.documents.checking import specimen

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.checking.checking import check_document
from qualicity.errors import FileError

STYLE = "gbt-9704-2012"
words = st.text(alphabet="一二（）(1).、，“”\"'：:附件抄送印发2014年5月8日号〔〕[]质量Ab \t\u3000。", max_size=40)
values = st.sampled_from(["", "0", "-1", "1", "24", "480", "99999999", "abc", "12pt", "1.5", "auto", "true"])
attributes = st.fixed_dictionaries(
    {},
    optional={
        "jc": st.sampled_from(["left", "both", "center", "right", "distribute", "weird"]),
        "sz": values, "b": values, "color": st.sampled_from(["FF0000", "auto", "red", "12"]),
        "ind.firstLine": values, "ind.firstLineChars": values, "ind.hanging": values, "ind.left": values,
        "spacing.line": values, "spacing.lineRule": st.sampled_from(["exact", "atLeast", "auto", "x"]),
        "spacing.before": values, "rFonts.eastAsia": st.sampled_from(["仿宋", "Arial", ""]),
        "rFonts.eastAsiaTheme": st.sampled_from(["minorEastAsia", "nothing"]), "rFonts.hint": values,
        "snapToGrid": values, "pageBreakBefore": values, "pStyle": st.sampled_from(["Normal", "Title", "none"]),
    },
)  # fmt: skip
IN_RUN = {"sz", "b", "color", "rFonts"}


def put(parent: Any, name: str, text: str) -> None:
    tag, _, attribute = name.partition(".")
    element = parent.find(qn(f"w:{tag}"))
    if element is None:
        element = OxmlElement(f"w:{tag}")
        parent.append(element)
    element.set(qn(f"w:{attribute or 'val'}"), text)


def build(paragraphs: list[tuple[str, dict[str, str]]], page: dict[str, str]) -> Any:
    document = docx.Document()
    for text, setting in paragraphs:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(text)
        for name, value in setting.items():
            in_run = name.partition(".")[0] in IN_RUN
            put(run._element.get_or_add_rPr() if in_run else paragraph._element.get_or_add_pPr(), name, value)
    for name, value in page.items():
        put(document.sections[0]._sectPr, name, value)
    return document


pages = st.fixed_dictionaries(
    {},
    optional={
        "pgSz.w": values, "pgSz.h": values, "pgMar.left": values, "pgMar.right": values, "pgMar.top": values,
        "docGrid.type": st.sampled_from(["lines", "linesAndChars", "snapToChars", "x"]), "docGrid.linePitch": values,
        "docGrid.charSpace": values, "titlePg": values, "pgNumType.fmt": values,
    },
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(words, attributes), max_size=12), pages)
def test_a_document_of_random_settings_is_measured(
    paragraphs: list[tuple[str, dict[str, str]]], page: dict[str, str]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "random.docx"
        build(paragraphs, page).save(path)
        checked = check_document(path, catalogue().styles[STYLE])
        assert all(one.where.zh and one.found.zh and one.expected.zh for one in checked.deviations)
        assert all(one.where.en and one.found.en and one.expected.en for one in checked.deviations)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_a_damaged_part_is_measured_or_refused(data: st.DataObject) -> None:
    whole = BytesIO()
    specimen.clean().save(whole)
    with TemporaryDirectory() as folder, zipfile.ZipFile(whole) as archive:
        name = data.draw(st.sampled_from([one for one in archive.namelist() if one.endswith((".xml", ".rels"))]))
        content = archive.read(name)
        cut = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 60))
        path = Path(folder) / "damaged.docx"
        with zipfile.ZipFile(path, "w") as damaged:
            for one in archive.namelist():
                kept = archive.read(one) if one != name else content[:cut] + content[cut + length :]
                damaged.writestr(one, kept)
        with suppress(FileError):
            check_document(path, catalogue().styles[STYLE])


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from([".pdf", ".docx"]), st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b""])
)
def test_bytes_of_any_kind_are_refused_with_a_sentence(content: bytes, ending: str, start: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"bytes{ending}"
        path.write_bytes(start + content)
        with suppress(FileError):
            check_document(path, catalogue().styles[STYLE])
