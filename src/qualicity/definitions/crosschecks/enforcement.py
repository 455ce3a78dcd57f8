"""Whether penalties, rewards, grounds and measures speak of laws, texts, steps and kinds that are there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qualicity.definitions.crosschecks.cases import LAW, STEP, TEXT
from qualicity.errors import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.dishonesty import Grounds, Measures
    from qualicity.definitions.enforcement import Enforcement
    from qualicity.definitions.laws import Law

KIND, CLASS = Text("处罚种类", "kind of penalty"), Text("公示等级", "class")
GROUND, FIELD, MEASURE = Text("列入情形", "ground"), Text("领域", "field"), Text("管理措施", "measure")


def check_enforcement(check: Check, found: Enforcement, laws: Mapping[str, Law]) -> None:
    """Check the kinds, the classes of each text of the law on publicity, and the texts on rewards."""
    kinds = [one.code for one in found.kinds]
    check.at("kinds").once(kinds, KIND, "code")
    check.at("sectors").once([one.code for one in found.sectors], FIELD, "code")
    for number, sector in enumerate(found.sectors):
        for at, law in enumerate(sector.laws):
            check.at("sectors", number, "laws", at).known(law, laws, LAW)
    check.at("publicity").once([one.text for one in found.publicity], TEXT, "text")
    if check.at("law").known(found.law, laws, LAW):
        _check_publicity(check, found, kinds, laws)
    for number, text in enumerate(found.rewards):
        before = found.rewards[number - 1].until if number else None
        if number and (before is None or before + timedelta(days=1) > text.since):
            check.at("rewards", number, "from").say(
                "各文本须按时间先后排列，且不得重叠", "texts stand in order of time and do not overlap"
            )


def _check_publicity(check: Check, found: Enforcement, kinds: list[str], laws: Mapping[str, Law]) -> None:
    texts = [one.code for one in laws[found.law].texts]
    for missing in sorted(set(texts) - {one.text for one in found.publicity}):
        check.at("publicity").say(f"缺少文本“{missing}”的公示等级", f"there are no classes for the text “{missing}”")
    for number, one in enumerate(found.publicity):
        here = check.at("publicity", number)
        here.at("text").known(one.text, texts, TEXT)
        here.at("classes").once([each.code for each in one.classes], CLASS, "code")
        for at, each in enumerate(one.classes):
            place = here.at("classes", at)
            for name, codes in (("only", each.only), ("any_of", each.any_of)):
                for position, code in enumerate(codes):
                    place.at(name, position).known(code, kinds, KIND)
            if each.published and each.most is None:
                place.say("公示的处罚须有公示期 most", "a penalty that is published needs its period, most")
            for name, step in (("least", each.least), ("most", each.most)):
                if step is not None and place.at(name, "law").known(step.law, laws, LAW):
                    place.at(name, "step").known(step.step, laws[step.law].step_codes, STEP)
        last = one.classes[-1]
        if last.only or last.any_of or last.vital is not None or last.light is not None:
            here.at("classes").say("最后一级不得有条件", "the last class has no conditions")


def check_grounds(check: Check, found: Grounds, laws: Mapping[str, Law]) -> None:
    """Check the grounds against the texts of their law."""
    check.at("texts").once([one.text for one in found.texts], TEXT, "text")
    if not check.at("law").known(found.law, laws, LAW):
        return
    texts = [one.code for one in laws[found.law].texts]
    for number, one in enumerate(found.texts):
        here = check.at("texts", number)
        here.at("text").known(one.text, texts, TEXT)
        here.at("grounds").once([each.code for each in one.grounds], GROUND, "code")
        for at, each in enumerate(one.grounds):
            here.at("grounds", at, "field").known(each.field, found.fields, FIELD)


def check_measures(check: Check, found: Measures) -> None:
    """Check that each measure is there once."""
    check.at("measures").once([one.code for one in found.measures], MEASURE, "code")
