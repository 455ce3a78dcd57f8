"""The sampling sheet as it stands on paper: filled in, or blank for whoever goes without a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import qrcode
from qrcode.image.svg import SvgPathImage

from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents import official
from qualicity.engines.documents.official.kinds.supervision import Fact, facts_grid
from qualicity.engines.documents.official.model import Document, Grid
from qualicity.errors import InputError, Text
from qualicity.evidence.inspections.queries.samples import product, product_title

if TYPE_CHECKING:
    from datetime import datetime

    from qualicity.engines.documents.official import Rendered
    from qualicity.evidence.inspections.models import Sample, Target

PAPER_FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ROW_MM, SIGN_MM = 8.0, 15.0
"""Least heights, with which the sheet stands on one page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the sheet: what it asks, and what was filled in."""

    label: Text
    value: Text
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet on paper: its number (none while it is blank), its rows of cells, and the address it leads back to."""

    title: Text
    number: str
    law: Text
    rows: tuple[tuple[Cell, ...], ...]
    address: str

    @property
    def code_svg(self) -> str:
        """Return the address as a square code that a phone reads, drawn as SVG."""
        image = qrcode.make(self.address, image_factory=SvgPathImage, border=1, box_size=8)
        return str(image.to_string(encoding="unicode"))


def _cell(zh: str, en: str, value: str | Text = "", *, wide: bool = False) -> Cell:
    return Cell(Text(zh, en), value if isinstance(value, Text) else Text(value, value), wide)


def paper_of(sample: Sample, address: str) -> Paper:
    """Return the sheet of a sample as it was filled in."""
    goods = catalogue().field_work
    state = goods.goods_state(sample.goods) if goods else None
    kind = state.title.text if state else ""
    names = [str(one) for one in sample.samplers.all()]
    rows = (
        (_cell("抽查计划", "Plan", f"{sample.plan.title_zh}（{sample.plan.code}）", wide=True),),
        (_cell("被抽样单位", "Sampled unit", sample.sampled_unit),
         _cell("统一社会信用代码", "Social credit code", sample.sampled_unit_code)),
        (_cell("抽样地址", "Address", sample.address), _cell("抽样环节", "Stage", _stage(sample.stage))),
        (_cell("生产者", "Maker", sample.maker), _cell("生产者代码", "Maker's code", sample.maker_code)),
        (_cell("产品名称", "Goods", sample.product_name), _cell("产品类别", "Product", _product(sample.product))),
        (_cell("商标", "Brand", sample.brand), _cell("规格型号", "Specification", sample.specification)),
        (_cell("批号", "Batch", sample.batch_number),
         _cell("生产日期", "Made on", sample.produced_on.isoformat() if sample.produced_on else "")),
        (_cell("保质期", "Shelf life", sample.shelf_life), _cell("产品状态", "State", kind)),
        (_cell("抽样基数", "Goods on hand", sample.lot_size), _cell("单价", "Unit price", _money(sample.price_fen))),
        (_cell("检验样品数量", "Sample", sample.quantity), _cell("备用样品数量", "Reserve", sample.reserve_quantity)),
        (_cell("抽样时间", "Sampled at", _shown(sample.sampled_at)), _cell("定位", "Position", _position(sample))),
        (_cell("抽样人员", "Samplers", Text("、".join(names), ", ".join(names)), wide=True),),
        (_cell("备注", "Remark", sample.note, wide=True),),
    )  # fmt: skip
    return Paper(_TITLE, sample.number, _law(sample.law, sample.sampled_at), rows, address)


def blank_paper(target: Target, address: str) -> Paper:
    """Return the blank sheet of a target: what the draw settles is printed, the rest is left to the pen."""
    plan, names = target.draw.plan, [str(one) for one in target.inspectors.all()]
    found = product(target.line.product)
    wanted = Text("", "") if found is None else Text(
        f"检验用：{found.test_quantity.zh}；备用：{found.reserve.zh}",
        f"for tests: {found.test_quantity.en}; reserve: {found.reserve.en}",
    )  # fmt: skip
    rows = (
        (_cell("抽查计划", "Plan", f"{plan.title_zh}（{plan.code}）", wide=True),),
        (_cell("被抽样单位", "Sampled unit", target.enterprise_name),
         _cell("统一社会信用代码", "Social credit code", target.enterprise)),
        (_cell("抽样地址", "Address"), _cell("抽样环节", "Stage", _stage(target.line.stage))),
        (_cell("生产者", "Maker"), _cell("生产者代码", "Maker's code")),
        (_cell("产品名称", "Goods"), _cell("产品类别", "Product", _product(target.line.product))),
        (_cell("商标", "Brand"), _cell("规格型号", "Specification")),
        (_cell("批号", "Batch"), _cell("生产日期", "Made on")),
        (_cell("保质期", "Shelf life"), _cell("产品状态", "State")),
        (_cell("抽样基数", "Goods on hand"), _cell("单价", "Unit price")),
        (_cell("检验样品数量", "Sample"), _cell("备用样品数量", "Reserve")),
        (_cell("规定数量", "To be taken", wanted, wide=True),),
        (_cell("抽样时间", "Sampled at"), _cell("抽样人员", "Samplers", Text("、".join(names), ", ".join(names)))),
        (_cell("备注", "Remark", wide=True),),
    )  # fmt: skip
    return Paper(_TITLE, "", _law(plan.law, registry.moment()), rows, address)


def paper_file(paper: Paper, form: str) -> Rendered:
    """Return a sheet as ``pdf`` or ``docx``."""
    if form not in PAPER_FORMS:
        raise InputError(f"不支持“{form}”格式，可用 docx 或 pdf。", f"“{form}” is no format here: use docx or pdf.")
    document = Document(
        kind="application_form", form="plain", title=paper.title.zh, blocks=_blocks(paper), sealed=False,
        simulated=registry.is_simulated(),
    )  # fmt: skip
    style = next(iter(catalogue().styles.values()))
    return official.write_pdf(document, style) if form == "pdf" else official.write_docx(document, style)


def _blocks(paper: Paper) -> tuple[Grid, ...]:
    facts = [
        Fact("编号", (paper.number,) if paper.number else (), height_mm=ROW_MM),
        Fact("依据", (paper.law.zh,), height_mm=ROW_MM),
    ]
    facts += [
        Fact(one.label.zh, (one.value.zh,) if one.value.zh else (), wide=one.wide, height_mm=ROW_MM)
        for row in paper.rows
        for one in row
    ]
    facts += [Fact(sign, height_mm=SIGN_MM) for sign in ("抽样人员签名", "被抽样单位签名、盖章")]
    facts.append(Fact("网上填报、查询", (paper.address,), wide=True, height_mm=ROW_MM))
    return (facts_grid(facts),)


_TITLE = Text("监督抽查抽样单", "Sampling sheet")


def _product(code: str) -> Text:
    return Text(product_title(code, "zh-hans"), product_title(code, "en"))


def _stage(code: str) -> Text:
    found = next((one.title.text for one in catalogue().frames.stages if one.code == code), None)
    return found or Text(code, code)


def _law(code: str, at: datetime) -> Text:
    return catalogue().laws[code].on(at.astimezone(cases.zone()).date()).title.text


def _shown(moment: datetime) -> str:
    return moment.astimezone(cases.zone()).strftime("%Y-%m-%d %H:%M")


def _money(fen: int | None) -> Text:
    return Text("", "") if fen is None else Text(f"{fen / 100:.2f} 元", f"{fen / 100:.2f} yuan")


def _position(sample: Sample) -> str:
    if sample.latitude is None or sample.longitude is None:
        return ""
    about = "" if sample.accuracy_metres is None else f"（±{sample.accuracy_metres:.0f} m）"
    return f"{sample.latitude:.5f}, {sample.longitude:.5f}{about}"
