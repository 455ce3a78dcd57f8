"""The page of the catalogue of products: what is tested of each, by which standard and method, within which limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chapters.rubrics import CERTAINTIES
from chapters.wording import say
from qualicity.methods.limits import judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.definitions.products import Item, Product

FULL = ("见原文", "read in the standard")
#: Results as laboratories write them, against a limit: shown with what the rule says of each.
EXAMPLES = (
    ("0.19", "g/kg", "≤200 mg/kg"),
    ("未检出(<0.05mg/kg)", "", "≤0.02 mg/kg"),
    ("＜10；20；30；＜10；40", "CFU/g", "n=5,c=2,m=10,M=100 CFU/g"),
    ("0.05", "mg/L", "≤0.05 mg/kg"),
)


def products_page(products: Mapping[str, Product], number: int) -> str:
    """Return the page of all products."""
    lines = [
        ("# 监督抽查产品目录", "# Catalogue of products that are spot-checked")[number],
        "",
        (
            "每种产品检验哪些项目、按哪个标准和方法、限量多少。“未核实”的限量凭一般知识写成，使用前须与标准原文核对；"
            "“自拟”的由本系统拟定。增加产品：在 `definitions/products/` 写一个 YAML 文件。",
            "Which items are tested of each product, by which standard and method, within which limit. Limits marked "
            "“unverified” were written from general knowledge, to be checked against the standard before use; "
            "“self-designed” ones are our own. To add a product, write a YAML file into `definitions/products/`.",
        )[number],
        "",
        ("## 怎样判定", "## How a result is judged")[number],
        "",
        (
            "限量没有特别规定时用全数值比较法（GB/T 8170）；写明“修约值比较法”时先修约再比较。"
            "读不懂的、单位不是同一个量的，不猜，列为“未决”并说明原因。",
            "Whole values are compared (GB/T 8170) unless the limit says that rounded ones are. What cannot be read, "
            "or is in a unit of another quantity, is not guessed at: it stays undecided, with the reason.",
        )[number],
        "",
        ("| 检测结果 | 限量 | 结论和理由 |", "| Result | Limit | Conclusion and reason |")[number],
        "|---|---|---|",
        *[_example(each, number) for each in EXAMPLES],
    ]
    for product in products.values():
        lines += _product(product, number)
    return "\n".join(lines) + "\n"


def _example(example: tuple[str, str, str], number: int) -> str:
    value, unit, limit = example
    verdict = judge(value=value, unit=unit, limit=limit)
    words = {"qualified": ("合格", "qualified"), "unqualified": ("不合格", "unqualified")}
    conclusion = words.get(verdict.conclusion.value, ("未决", "undecided"))[number]
    reason = verdict.reason.in_language(("zh-hans", "en")[number])
    return f"| {value} {unit} | {limit} | {conclusion}: {reason} |"


def _product(product: Product, number: int) -> list[str]:
    marks = [(("重点食品", "key food")[number]) if product.key_food else "", "CCC" if product.certified else ""]
    return [
        "",
        f"## {say(product.title, number)} `{product.code}`",
        "",
        " · ".join(filter(None, [product.category, *marks, f"`{product.law}`"])),
        "",
        (
            f"取样：{say(product.test_quantity, number)}。备用样品：{say(product.reserve, number)}。",
            f"Taken: {say(product.test_quantity, number)}. Kept for a re-inspection: {say(product.reserve, number)}.",
        )[number],
        "",
        (
            "| 项目 | 限量 | 判定标准 | 检验方法 | 条款 |",
            "| Item | Limit | Standard | Method | Clause |",
        )[number],
        "|---|---|---|---|---|",
        *[_item(each, number) for each in product.items],
    ]


def _item(item: Item, number: int) -> str:
    limit = say(item.limit.words, number) if item.limit.words is not None else item.limit_text
    certainty = FULL if item.certainty == "full" else CERTAINTIES[item.certainty]
    clause = f"{item.clause} ({certainty[number]})".strip()
    return f"| {say(item.title, number)} `{item.code}` | {limit} | {item.standard} | {item.method} | {clause} |"
