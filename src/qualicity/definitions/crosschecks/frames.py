"""Whether the frames of spot checks hold together: stages once, laws and their steps known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.errors import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.frames import Frames
    from qualicity.definitions.laws import Law

LAW, STEP, TEXT, STAGE = Text("规则", "law"), Text("步骤", "step"), Text("文本", "text"), Text("环节", "stage")
PRODUCT = Text("产品", "product")


def check_frames(check: Check, frames: Frames, laws: Mapping[str, Law], products: Collection[str]) -> None:
    """Check the frames against themselves, the laws and the catalogue of products."""
    stages = [one.code for one in frames.stages]
    check.at("stages").once(stages, STAGE, "code")
    for number, law in enumerate(frames.laws):
        check.at("laws", number).known(law, laws, LAW)
    for number, one in enumerate(frames.products):
        here = check.at("products", number)
        here.at("product").known(one.product, products, PRODUCT)
        here.at("stage").known(one.stage, stages, STAGE)
        if bool(one.industries) == bool(one.licensed):
            here.say(
                "industries 与 licensed 必须写且只写一个", "one of industries and licensed must be given, not both"
            )
    for number, rule in enumerate(frames.no_repeat):
        here = check.at("no_repeat", number)
        if here.at("law").known(rule.law, frames.laws, LAW) and rule.law in laws:
            texts = {one.code: one for one in laws[rule.law].texts}
            if here.at("text").known(rule.text, texts, TEXT):
                here.at("step").known(rule.step, [one.code for one in texts[rule.text].steps], STEP)
