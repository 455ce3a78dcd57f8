"""How long a report of 20 pages with 10 charts takes, from the composed document to DOCX and PDF.

Ours: house style, cover, contents with page numbers, bound figures with links, tagged PDF/A. Beside it, in the same
run and with charts of their own to draw: the same words, tables and pictures by bare python-docx, and by bare typst,
neither of which has any of that. ``ours_s`` is the first report of the process (typefaces and chart engine start),
``cpu_s`` what of it was work and not waiting for others, ``warm_s`` a later report of other figures.

    .venv/bin/python benchmarks/report.py [--chapters N] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import typst
import vl_convert
from docx.shared import Mm, Pt

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.charts.drawing import VEGA_LITE, written
from qualicity.engines.charts.specifications import Point, places, trend
from qualicity.engines.documents.official import Document, Figure, figures_of, write_docx, write_pdf
from qualicity.engines.documents.official.kinds import Issue, Section, quality_report
from qualicity.engines.documents.official.model import Column, Heading, Paragraph, Picture, Table, plain

GOAL_S = 5.0
REPEATS = 3
WORDS = "全市以提高质量和效益为中心，健全质量工作机制，落实企业主体责任，加强监督抽查和风险监测，"


def composed(seed: int, chapters: int) -> Document:
    """Return a report whose figures and charts differ with the seed, so that nothing is drawn from memory."""
    dice = random.Random(seed)
    return quality_report(
        title="质量分析报告",
        subtitle="（2014年度）",
        sections=[chapter(dice, number) for number in range(chapters)],
        issue=Issue(signers=("市人民政府",), signed_on=date(2015, 3, 31), simulated=True),
    )


def chapter(dice: random.Random, number: int) -> Section:
    def figure() -> Figure:
        value = round(dice.uniform(90, 99), 2)
        return Figure(
            f"c{number}", "410100", "2014", f"{value}%", value, "%", (("batches", 7),), f"/figures/{number}"
        )

    def prose() -> Paragraph:
        return Paragraph((WORDS, "合格率为", figure(), "，比上年提高", figure(), "；", WORDS * 3, "。"))

    years = [Point(str(year), dice.uniform(90, 99), aim=95) for year in range(2005, 2015)]
    rates = [dice.uniform(88, 99) for _ in range(12)]
    counties = [Point(f"第{n}县", rate, rate - 3, rate + 2, 95) for n, rate in enumerate(rates)]
    table = Table(
        (Column("县（市、区）", share=1.5), Column("批次", "批", "right"), Column("合格率", "%", "right")),
        tuple(((f"第{n}县",), (str(dice.randrange(50, 500)),), (figure(),)) for n in range(12)),
        caption="各县合格率",
    )
    return Section(
        f"第{number}领域质量状况",
        (prose(), Picture("逐年", "逐年合格率", trend(years, unit="%", aim_label="目标"))),
        (
            Section("总体", (prose(), prose())),
            Section("各县", (prose(), table, Picture("各县", "各县", places(counties, unit="%", aim_label="目标")))),
            Section("原因", (prose(), prose())),
        ),
    )


def ours(document: Document) -> tuple[bytes, bytes, int]:
    style = catalogue().styles["gbt-9704-2012"]
    pdf = write_pdf(document, style, link_base="https://quality.example")
    return write_docx(document, style, link_base="https://quality.example").data, pdf.data, pdf.pages or 0


def bare_docx(document: Document) -> bytes:
    """Return the same words, tables and pictures by python-docx, without any layout."""
    found = docx.Document()
    for block in document.blocks:
        match block:
            case Heading():
                found.add_heading(plain(block.runs), block.level)
            case Paragraph():
                found.add_paragraph(plain(block.runs)).runs[0].font.size = Pt(16)
            case Table():
                table = found.add_table(0, len(block.columns))
                for row in [tuple((one.title,) for one in block.columns), *block.rows]:
                    for cell, runs in zip(table.add_row().cells, row, strict=True):
                        cell.text = plain(runs)
            case Picture():
                png = vl_convert.vegalite_to_png(written(block.specification or {}), vl_version=VEGA_LITE, scale=3)
                found.add_picture(BytesIO(png), width=Mm(150))
    kept = BytesIO()
    found.save(kept)
    return kept.getvalue()


def bare_typst(document: Document) -> bytes:
    """Return the same words, tables and pictures by typst, without any layout."""
    with tempfile.TemporaryDirectory() as name:
        parts = ['#set text(font: "Noto Serif CJK SC", size: 16pt)']
        for number, block in enumerate(document.blocks):
            match block:
                case Heading():
                    parts.append("=" * block.level + " " + plain(block.runs))
                case Paragraph():
                    parts.append(plain(block.runs))
                case Table():
                    cells = [one.title for one in block.columns] + [plain(cell) for row in block.rows for cell in row]
                    parts.append(f"#table(columns: {len(block.columns)}, {', '.join(f'[{cell}]' for cell in cells)})")
                case Picture():
                    svg = vl_convert.vegalite_to_svg(written(block.specification or {}), vl_version=VEGA_LITE)
                    (Path(name) / f"{number}.svg").write_text(svg)
                    parts.append(f'#image("{number}.svg", width: 100%)')
        source = Path(name) / "report.typ"
        source.write_text("\n\n".join(parts))
        return typst.compile(str(source), root=name)


def clocked(work: Callable[[Document], Any], seeds: range, chapters: int) -> tuple[float, Any]:
    """Return the best time over documents of other figures, and the last result."""
    best = float("inf")
    for seed in seeds:
        document = composed(seed, chapters)
        started = time.perf_counter()
        result = work(document)
        best = min(best, time.perf_counter() - started)
    return best, result


def measure(chapters: int) -> dict[str, Any]:
    worked = time.process_time()
    first, (_, _, pages) = clocked(ours, range(1), chapters)
    worked = time.process_time() - worked
    document = composed(0, chapters)
    warm, (office, pdf, _) = clocked(ours, range(1, 1 + REPEATS), chapters)
    by_docx, _ = clocked(bare_docx, range(100, 100 + REPEATS), chapters)
    by_typst, _ = clocked(bare_typst, range(200, 200 + REPEATS), chapters)
    return {
        "name": "report",
        "ours_s": round(first, 3),
        "cpu_s": round(worked, 3),
        "warm_s": round(warm, 3),
        "goal_s": GOAL_S,
        "peers": {"python-docx bare": round(by_docx, 3), "typst bare": round(by_typst, 3)},
        "ratio_to_both": round(warm / (by_docx + by_typst), 3),
        "pages": pages,
        "charts": sum(isinstance(block, Picture) for block in document.blocks),
        "figures": len(figures_of(document)),
        "docx_bytes": len(office),
        "pdf_bytes": len(pdf),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chapters", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    found = measure(words.chapters)
    if words.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    print(f"report: {found['pages']} pages, {found['charts']} charts, {found['figures']} bound figures")
    print(
        f"  ours, DOCX and PDF {found['ours_s']:6.2f} s at first, {found['warm_s']:.2f} s later (goal {GOAL_S:.0f} s)"
    )
    for name, seconds in found["peers"].items():
        print(f"  {name:18} {seconds:6.2f} s")
    print(f"  ratio to both together {found['ratio_to_both']}")


if __name__ == "__main__":
    main()
