"""Sentences hold no figure, say the same in both languages, and are all said by somebody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import qualicity.publication.reports
from qualicity.definitions.catalogue import SHIPPED, catalogue
from qualicity.definitions.loading import build, read_yaml
from qualicity.definitions.sentences import Sentences
from qualicity.errors import DefinitionError

DESK = Path(qualicity.publication.reports.__file__).parent


@pytest.mark.parametrize(
    ("zh", "en", "says"),
    [
        ("合格率为{value}。", "The rate is {other}.", "same slots"),
        ("合格率为97%。", "The rate is high.", "no figure of its own"),
        ("合格率为{value}。", "The rate is {value} of 10.", "no figure of its own"),
    ],
)
def test_a_sentence_that_could_mislead_is_refused(tmp_path: Path, zh: str, en: str, says: str) -> None:
    file = tmp_path / "made.yaml"
    file.write_text(f'code: made\nsentences:\n  one: {{zh: "{zh}", en: "{en}"}}\n', encoding="utf-8")
    with pytest.raises(DefinitionError, match=says):
        build(Sentences, read_yaml(file, name="made.yaml"))


@pytest.mark.parametrize("document", ["quality", "papers"])
def test_every_sentence_is_said_and_none_is_missing(document: str) -> None:
    written = set(catalogue().sentences[document].sentences)
    code = "".join(path.read_text(encoding="utf-8") for path in DESK.rglob("*.py"))
    said = set(re.findall(r'"([a-z_]+\.[a-z_0-9]+)"', code))
    made = set(re.findall(r'f"([a-z_]+)\.\{', code))
    groups = {key.split(".")[0] for key in written}
    assert {key for key in written if key not in said and key.split(".")[0] not in made} == set()
    assert {key for key in said if key.split(".")[0] in groups and key not in written} == set()


def test_the_bounds_of_the_report_are_those_of_its_definition() -> None:
    found = catalogue().analysis
    assert found is not None
    assert found.confidence == 0.95
    assert (SHIPPED / "analysis.yaml").is_file()
