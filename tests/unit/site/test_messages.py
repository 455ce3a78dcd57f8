from __future__ import annotations

import gettext
import io
from pathlib import Path

from qualicity.site import messages

PART = r"""
msgid "Plan"
msgstr "方案"

#, python-format
msgid "%(n)s row"
msgid_plural "%(n)s rows"
msgstr[0] "%(n)s 行"

msgctxt "verb"
msgid "Plan"
msgstr "规划"

msgid ""
"two "
"lines\n"
msgstr "两\"行\"\n"

msgid "Untranslated"
msgstr ""
"""


def test_what_is_compiled_reads_back_through_gettext(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(PART, encoding="utf-8")
    merged, faults = messages.merge(tmp_path.glob("*.po"))
    assert not faults
    found = gettext.GNUTranslations(io.BytesIO(messages.as_mo(merged.values())))
    assert found.gettext("Plan") == "方案"
    assert found.pgettext("verb", "Plan") == "规划"
    assert found.ngettext("%(n)s row", "%(n)s rows", 5) == "%(n)s 行"
    assert found.gettext("two lines\n") == '两"行"\n'
    assert found.gettext("Untranslated") == "Untranslated"


def test_two_words_for_one_and_a_lost_placeholder_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text('msgid "Plan"\nmsgstr "方案"\n\nmsgid "%(n)s"\nmsgstr "没有"\n', encoding="utf-8")
    (tmp_path / "b.po").write_text('msgid "Plan"\nmsgstr "计划"\n', encoding="utf-8")
    _merged, faults = messages.merge(tmp_path.glob("*.po"))
    assert len(faults) == 2


def test_every_text_of_the_interface_has_its_chinese() -> None:
    merged, faults = messages.merge((messages.LOCALE / "parts").glob("*.po"))
    assert not faults, faults
    assert not messages.missing(merged)
