"""How a value was computed, in a sentence that stands beside it."""

from __future__ import annotations

from qualicity.definitions.measures import Cut, Index, Mean, Measure, Per10k, Share
from qualicity.errors import Text
from qualicity.methods.intervals import FEW_EVENTS, SMALL_SAMPLE

_WILSON = Text("，Wilson 95% 区间", ", Wilson 95 % interval")
_EXACT = Text("，精确二项 95% 区间", ", exact binomial 95 % interval")
_DESIGN = Text("，按设计权数，线性化 95% 区间", ", design weights, linearised 95 % interval")
_STUDENT = Text("，t 分布 95% 区间", ", Student 95 % interval")

_WORDS = {
    "share": Text("合格数之和÷总数之和", "Σ that pass ÷ Σ all"),
    "ratio": Text("分子之和÷分母之和", "Σ numerator ÷ Σ denominator"),
    "count": Text("不重复计数", "number of different things"),
    "coverage": Text("已覆盖数÷应覆盖数（逐个核对）", "covered ÷ due, thing by thing"),
    "worst_class": Text(
        "断面期均值修约后按 GB 3838 单因子评价，计劣Ⅴ类断面数",
        "sections worse than class V by GB 3838, on rounded period means",
    ),
}


def method_words(measure: Measure, *, sample: bool, n: float = 0.0, k: float = 0.0) -> Text:
    """Return how a measure gives its value; of a sample also which interval stands beside it."""
    words = _plain(measure)
    if not sample:
        return words
    if isinstance(measure, Share) and measure.weight is None and measure.stratum is None:
        exact = n < SMALL_SAMPLE or k < FEW_EVENTS or n - k < FEW_EVENTS
        return _join(words, _EXACT if exact else _WILSON)
    if isinstance(measure, Share | Index) and (measure.weight or measure.stratum):
        return _join(words, _DESIGN)
    if isinstance(measure, Mean):
        return _join(words, _DESIGN if measure.method == "weighted" else _STUDENT)
    return _join(words, _STUDENT) if isinstance(measure, Index) else words


def weighted_words(*, effect: float) -> Text:
    """Return how a share by design weights gives its value, with its design effect."""
    return _join(
        _WORDS["share"],
        Text(
            f"，按设计权数（Hájek 估计），设计效应 {effect:.2f}，95% 区间",
            f", by design weights (Hájek), design effect {effect:.2f}, 95 % interval",
        ),
    )


def unweighted_words(words: Text) -> Text:
    """Return the words of a share that is not weighted because some of its rows have no weight."""
    return _join(
        words, Text("；部分批次没有抽样权数，未加权", "; some rows have no design weight, so none is weighted")
    )


def _plain(measure: Measure) -> Text:
    if isinstance(measure, Mean):
        return {
            "plain": Text("算术平均", "arithmetic mean"),
            "weighted": Text(f"按 {measure.weight} 加权平均", f"mean weighted by {measure.weight}"),
            "annual_air": Text("HJ 663 年均值（日均值的算术平均）", "annual mean of daily values by HJ 663"),
        }[measure.method]
    if isinstance(measure, Index):
        low, high = measure.scale
        return Text(
            f"满意度指数（{low:g}–{high:g} 分量表折算为 0–100）",
            f"index, answers of {low:g} to {high:g} stretched to 0..100",
        )
    if isinstance(measure, Cut):
        return Text(
            f"（{measure.base_year} 年值－本期值）÷{measure.base_year} 年值",
            f"(value of {measure.base_year} less value now) ÷ value of {measure.base_year}",
        )
    if isinstance(measure, Per10k):
        return Text("分子之和÷（分母之和÷10 000）", "Σ numerator ÷ (Σ denominator ÷ 10 000)")
    return _WORDS[measure.kind]


def _join(first: Text, second: Text) -> Text:
    return Text(first.zh + second.zh, first.en + second.en)
