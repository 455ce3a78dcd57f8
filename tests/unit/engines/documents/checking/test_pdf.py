"""The same in a PDF, measured by the places of characters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.engines.documents.checking.papers import Paper, typeset

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.checking.checking import check_document
from qualicity.engines.documents.checking.results import Checked

STYLE = "gbt-9704-2012"
RIGHT = Paper()
FAULTS: dict[str, tuple[Paper, list[str]]] = {
    "paper": (replace(RIGHT, width=216, right=32), ["5.1", "5.2.1"]),
    "top margin": (replace(RIGHT, top=25.4), ["5.2.1"]),
    "bottom margin": (replace(RIGHT, bottom=25.4, number_below=-2.6), ["5.2.1"]),
    "left margin": (replace(RIGHT, left=31.7, right=22.3, number_in=1), ["5.2.1"]),
    "pitch": (replace(RIGHT, pitch=24), ["5.2.3"]),
    "characters a line": (replace(RIGHT, body_tracking=0.4), ["5.2.3"]),
    "size": (replace(RIGHT, body_size=15, body_tracking=0.79), ["5.2.2", "7.3.3"]),
    "blue text": (replace(RIGHT, colour="#0000ff"), ["5.2.4"]),
    "black letterhead": (replace(RIGHT, head_colour="#000000"), ["7.2.4", "7.2.7"]),
    "round brackets": (replace(RIGHT, number="郑政（2014）17号"), ["7.2.5"]),
    "number at the left": (replace(RIGHT, number_align="left"), ["7.2.5"]),
    "no red line": (replace(RIGHT, red_line=False), ["7.2.7"]),
    "small title": (replace(RIGHT, title_size=18), ["7.3.1"]),
    "title at the left": (replace(RIGHT, title_align="left"), ["7.3.1"]),
    "no colon": (replace(RIGHT, addressees="各县（市、区）人民政府，市人民政府各部门"), ["7.3.2"]),
    "no indent": (replace(RIGHT, indent=0), ["7.3.3"]),
    "heading out of order": (replace(RIGHT, heading="三、工作任务"), ["7.3.3"]),
    "date at the edge": (replace(RIGHT, date_right=0), ["7.3.5.1"]),
    "leading zeros": (replace(RIGHT, date="2014年05月08日"), ["7.3.5.4"]),
    "no text on the first page": (replace(RIGHT, text_on_first_page=False), ["7.3.3"]),
    "imprint in the middle": (replace(RIGHT, imprint_up=12), ["7.4.1"]),
    "imprint without lines": (replace(RIGHT, imprint_lines=False), ["7.4.1"]),
    "copies without a stop": (replace(RIGHT, copies="抄送：市委各部门"), ["7.4.2"]),
    "printed with zeros": (replace(RIGHT, printed="2014年05月08日印发"), ["7.4.3"]),
    "no page numbers": (replace(RIGHT, numbered=False), ["7.5"]),
    "hyphens": (replace(RIGHT, number_form="- {} -"), ["7.5"]),
    "numbers on the wrong side": (replace(RIGHT, odd="left", even="right"), ["7.5"]),
    "numbers in the middle": (replace(RIGHT, odd="center", even="center"), ["7.5"]),
    "small numbers": (replace(RIGHT, number_size=9), ["7.5"]),
    "numbers far below": (replace(RIGHT, number_below=20), ["7.5"]),
    "straight quotation marks": (replace(RIGHT, sentence="推进#\"\\\"质量强市\\\"\"建设" + RIGHT.sentence), ["9"]),
}  # fmt: skip


def check(path: Path, paper: Paper) -> Checked:
    return check_document(typeset(path, paper), catalogue().styles[STYLE])


def told(checked: Checked) -> str:
    return "\n".join(f"{one.clause} {one.where} {one.found} ≠ {one.expected}" for one in checked.deviations)


def test_a_right_pdf_deviates_in_nothing_and_says_which_fonts_stand_in(tmp_path: Path) -> None:
    checked = check(tmp_path / "right.pdf", RIGHT)
    assert checked.deviations == (), told(checked)
    assert any("NotoSerifCJK" in one.text.zh for one in checked.notices)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_pdf_is_found_and_nothing_else(name: str, tmp_path: Path) -> None:
    paper, clauses = FAULTS[name]
    checked = check(tmp_path / "paper.pdf", paper)
    assert sorted({one.clause for one in checked.deviations}) == sorted(clauses), told(checked)
