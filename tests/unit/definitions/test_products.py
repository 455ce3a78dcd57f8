"""The catalogue of products: every limit can be compared with, and a mistake names its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from qualicity.definitions.catalogue import SHIPPED, catalogue, load_catalogue
from qualicity.definitions.products import ItemLimit
from qualicity.errors import DefinitionError
from qualicity.methods.limits import Conclusion, Form, judge_results, read_results, read_unit

SHIPPED_TEXT = (SHIPPED / "products" / "pastry.yaml").read_text(encoding="utf-8")
SCENARIO = SHIPPED.parent / "site" / "demonstration" / "scenario.yaml"
#: Units that are compared as they stand, because nothing is converted into them.
NO_CONVERSION = {"", "°T", "级"}


def own(tmp_path: Path, before: str, after: str) -> str:
    assert before in SHIPPED_TEXT
    (tmp_path / "products").mkdir()
    (tmp_path / "products" / "pastry.yaml").write_text(SHIPPED_TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_catalogue(SHIPPED, tmp_path)
    return caught.value.text.en


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("law: food_sampling", "law: food_samplings", "pastry.yaml:7: there is no law “food_samplings”"),
        ("limit: {at_most: 5}", "limit: {at_mst: 5}", "pastry.yaml:17: items.0.limit.at_mst: unknown key"),
        ("limit: {at_most: 5}", "limit: {at_most: 5, not_allowed: used}", "one kind of limit"),
        ("limit: {at_most: 5}", "limit: {at_most: five}", "pastry.yaml:17: items.0.limit.at_most: expected a number"),
        ("limit: {at_most: 5}", "limit: {at_least: 6, at_most: 5}", "the upper bound is below the lower"),
        ("c: 2, m: 10000, M: 100000", "c: 5, m: 10000, M: 100000", "c must be below n"),
        ("c: 2, m: 10000, M: 100000", "c: 2, m: 10000, M: 10000", "M must be above m"),
        ("code: peroxide-value", "code: acid-value", "the item “acid-value” is there twice"),
        ("kind: composition", "kind: compositions", "pastry.yaml:13"),
        ("certainty: unverified", "certainty: sure", "pastry.yaml:19"),
        ("kind: food", "kind: product", "only food is key food"),
    ],
)
def test_a_mistake_is_refused_with_its_place(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert said in own(tmp_path, before, after)


def test_every_limit_can_be_compared_with_in_its_unit() -> None:
    for product in catalogue().products.values():
        for item in product.items:
            here = f"{product.code}/{item.code}"
            assert item.unit in NO_CONVERSION or read_unit(item.unit) is not None, here
            assert item.asked.form in {Form.bounds, Form.plan, Form.nothing, Form.words}, here
            assert item.asked.signed, f"{here}: a bare figure would have to be guessed at"
            assert item.certainty in {"excerpt", "unverified", "self_designed"}, (
                f"{here}: nobody has read the standard"
            )


def test_every_item_can_be_kept_and_can_be_missed() -> None:
    """Nothing found (or much of it) gives another verdict for every item that is not in words."""
    for product in catalogue().products.values():
        for item in product.items:
            if item.limit.words is not None:
                continue
            verdicts = set()
            for value in ("0", "0.000001", "6", "15", "70", "1000000000"):
                found = read_results(";".join([value] * item.results), item.unit, several=item.results > 1)
                verdicts.add(judge_results(found, item.asked).conclusion)
            assert {Conclusion.qualified, Conclusion.unqualified} <= verdicts, f"{product.code}/{item.code}"


def test_the_products_of_the_demonstration_are_in_the_catalogue_with_the_same_item_unit_and_limit() -> None:
    by_title = {product.title.zh: product for product in catalogue().products.values()}
    lines = yaml.safe_load(SCENARIO.read_text(encoding="utf-8"))["product_lines"]
    assert len(lines) >= 16
    for line in lines:
        product = by_title[line["product"]]
        item = product.item_titled(line["item"])
        assert item is not None, line["product"]
        assert (item.unit, float(item.limit.at_most or -1)) == (line["unit"], float(line["limit"])), line["product"]
        assert (product.category, product.key_food, product.certified) == (
            line["category"], line["key_food"], line["certified"],
        ), line["product"]  # fmt: skip


def test_a_food_runs_under_the_law_of_food_and_its_microbes_are_marked() -> None:
    for product in catalogue().products.values():
        assert product.law == ("food_sampling" if product.kind == "food" else "product_spot_checks"), product.code
        for item in product.items:
            assert (item.kind == "microbiology") == item.method.startswith(
                ("GB 4789",)
            ) or "假单胞菌" in item.title.zh


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        ({"at_most": "1.0"}, "≤1.0"),
        ({"below": 3}, "<3"),
        ({"at_least": 4, "at_most": "8.5"}, "4~8.5"),
        ({"above": 1, "at_most": 2}, ">1,≤2"),
        ({"not_allowed": "used"}, "不得使用"),
        ({"plan": {"n": 5, "c": 0, "m": 0, "per": "25g"}}, "n=5,c=0,m=0/25g"),
        ({"plan": {"n": 5, "c": 2, "m": 10, "M": 100}}, "n=5,c=2,m=10,M=100"),
        ({"at_most": "0.5", "rounded": True}, "≤0.5（修约值比较法）"),
    ],
)
def test_a_limit_is_written_as_reports_write_it(limit: dict[str, object], text: str) -> None:
    assert ItemLimit.model_validate(limit).text == text
