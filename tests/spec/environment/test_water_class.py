"""The class of surface water by GB 3838-2002 and the words for sections and rivers.

按 GB 3838-2002 判定地表水水质类别及断面、河流的水质状况。
"""

import numpy as np

from qualicity.errors import Text
from qualicity.methods.water import CLASS_NAMES, classify, item_classes, river_grade, round_items, section_grade

TITLE = Text(zh="地表水水质类别", en="The class of surface water")


def test_the_worst_item_gives_the_class() -> None:
    """Oxygen of class Ⅱ, permanganate of class Ⅰ and ammonia of class Ⅳ make water of class Ⅳ: lightly polluted.

    溶解氧Ⅱ类、高锰酸盐指数Ⅰ类、氨氮Ⅳ类，水质为Ⅳ类，轻度污染。
    """
    water = {
        "dissolved_oxygen": np.array([6.8]),
        "permanganate_index": np.array([1.9]),
        "ammonia_nitrogen": np.array([1.32]),
    }
    assert [CLASS_NAMES[number] for number in classify(water)] == ["Ⅳ"]
    assert section_grade(4).zh == "轻度污染"


def test_a_lake_has_limits_of_its_own_for_phosphorus() -> None:
    """Phosphorus of 0.08 mg/L is class Ⅱ in a river and class Ⅳ in a lake.

    总磷 0.08 mg/L 在河流为Ⅱ类，在湖库为Ⅳ类。
    """
    phosphorus = np.array([0.08, 0.08])
    classes = item_classes("total_phosphorus", phosphorus, np.array([False, True]))
    assert [CLASS_NAMES[number] for number in classes] == ["Ⅱ", "Ⅳ"]


def test_figures_are_rounded_before_they_are_classified() -> None:
    """A permanganate index of 4.04 mg/L is published as 4.0 and is class Ⅱ, not Ⅲ.

    高锰酸盐指数 4.04 mg/L 修约为 4.0，属Ⅱ类而不是Ⅲ类。
    """
    water = {"permanganate_index": np.array([4.04])}
    assert classify(water).tolist() == [3]
    assert classify(round_items(water)).tolist() == [2]


def test_a_river_with_two_fifths_of_its_sections_worse_than_five_is_heavily_polluted() -> None:
    """Of five sections two are worse than class Ⅴ and two at class Ⅲ or better: heavily polluted.

    五个断面中两个劣Ⅴ类、两个不劣于Ⅲ类，该河流为重度污染。
    """
    assert river_grade(np.array([2, 3, 5, 6, 6])).zh == "重度污染"
