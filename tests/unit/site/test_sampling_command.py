import json

import pytest

from qualicity.__main__ import main


def answered(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> object:
    """Return the JSON value that a command of sampling prints."""
    assert main(["sampling", *words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_a_plan_has_exactly_four_keys_where_no_arrow_is_followed(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, "plan", "--lot", "5000", "--level", "II", "--aql", "1.0")
    assert found == {"code_letter": "L", "n": 200, "ac": 5, "re": 6}


def test_an_arrow_names_the_letter_that_it_leads_to(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, "plan", "--lot", "150", "--aql", "1.5")
    assert found == {"code_letter": "F", "n": 32, "ac": 1, "re": 2, "plan_letter": "G"}


def test_a_small_lot_is_inspected_whole(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, "plan", "--lot", "5", "--aql", "1")
    assert found == {
        "code_letter": "A", "n": 5, "ac": 0, "re": 1, "plan_letter": "E", "inspect_all": True, "table_n": 13,
    }  # fmt: skip
    assert main(["sampling", "plan", "--lot", "5", "--aql", "1"]) == 0
    assert "全数检验" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), {"n": 132, "c": 3, "r": 4}),
        (("--distribution", "poisson"), {"n": 134, "c": 3, "r": 4}),
        (("--distribution", "hypergeometric", "--lot", "1000"), {"n": 128, "c": 3, "r": 4}),
    ],
)
def test_the_smallest_plan_is_found(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], expected: dict[str, int]
) -> None:
    points = ("--p1", "0.01", "--alpha", "0.05", "--p2", "5%", "--beta", "0.1")
    assert answered(capsys, "find", *points, *words) == expected


def test_a_plan_by_variables_has_a_constant(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, "find", "--p1", "0.01", "--p2", "0.05", "--distribution", "normal")
    assert found == {"n": 19, "k": pytest.approx(1.94899257210411), "sigma": "known"}
    found = answered(capsys, "oc", "--n", "14", "--k", "1.205", "--quality", "0.05,0.1")
    assert found == [
        {"quality": 0.05, "accept": pytest.approx(0.950096, abs=1e-6)},
        {"quality": 0.1, "accept": pytest.approx(0.612725, abs=1e-6)},
    ]


def test_the_curve_of_a_plan_from_the_tables_knows_the_lot(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, "oc", "--lot", "5000", "--aql", "1", "--quality", "0.01")
    assert found == [
        {
            "quality": 0.01,
            "accept": pytest.approx(0.983977, abs=1e-6),
            "asn": 200.0,
            "aoq": pytest.approx(0.00944618, abs=1e-8),
            "ati": pytest.approx(276.91, abs=1e-2),
        }
    ]


def test_a_sample_size_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(capsys, "size", "--margin", "0.05") == {"n": 385}
    assert answered(capsys, "size", "--margin", "5%", "--population", "1000") == {"n": 278}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan", "--lot", "x", "--aql", "1"), "--lot must be a whole number of 2 or more, and it is “x”"),
        (("plan", "--lot", "100", "--aql", "1.2"), "the nearest is 1"),
        (("plan", "--lot", "100", "--aql", "1", "--level", "V"), "no inspection level “V”"),
        (("find", "--p1", "0.05", "--p2", "0.01"), "p1 < p2"),
        (("find", "--p1", "0.01", "--p2", "0.05", "--distribution", "hyper"), "did you mean hypergeom"),
        (("find", "--p1", "0.01", "--p2", "0.05", "--distribution", "hypergeom"), "add --lot N"),
        (("oc", "--n", "10"), "every stage needs one"),
        (("oc",), "Give the plan by"),
        (("size", "--margin", "0"), "margin must lie between 0 and 1"),
    ],
)
def test_a_wrong_argument_is_named_with_what_was_expected(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    found = answered(capsys, *words, code=2)
    assert isinstance(found, dict)
    assert said in found["error"]["en"]
