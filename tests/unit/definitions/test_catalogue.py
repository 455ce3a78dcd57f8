"""The catalogue: what is shipped, and a folder of one's own on top."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualicity.definitions.catalogue import FOLDER_VARIABLE, SHIPPED, catalogue, load_catalogue
from qualicity.errors import DefinitionError

SEWAGE = (SHIPPED / "registers" / "sewage.yaml").read_text(encoding="utf-8")


def own(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_catalogue_is_loaded_once() -> None:
    assert catalogue() is catalogue()


def test_a_folder_of_ones_own_adds_and_replaces_by_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(tmp_path, "registers/sewage.yaml", SEWAGE.replace("Sewage treated", "Our sewage"))
    own(tmp_path, "registers/wells.yaml", SEWAGE.replace("code: sewage", "code: wells"))
    own(tmp_path, "units.yaml", "units:\n  - {symbol: 桶, title: {zh: 桶, en: barrels}}\n")
    own(
        tmp_path,
        "roles.yaml",
        "roles:\n  - {code: guest, title: {zh: 访客, en: Guest}, "
        "text: {zh: 看, en: Look}, scope: all, permissions: []}\n",
    )
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    known = catalogue()
    assert known.registers["sewage"].title.en == "Our sewage"
    assert {"wells", "waste"} <= set(known.registers)
    assert {"guest", "office"} <= set(known.roles)
    assert {"桶", "%"} <= set(known.units)


def test_a_plan_of_ones_own_may_be_a_single_file(tmp_path: Path) -> None:
    shipped = SHIPPED / "plans" / "zhengzhou-2014"
    files = sorted(shipped.glob("*.yaml"), key=lambda path: path.name != "plan.yaml")
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    own(tmp_path, "plans/elsewhere/all.yaml", text.replace("code: zhengzhou-2014", "code: elsewhere", 1))
    assert list(load_catalogue(SHIPPED, tmp_path).plans) == ["zhengzhou-2014", "elsewhere"]


def test_a_mistake_in_ones_own_folder_is_shown_by_its_path(tmp_path: Path) -> None:
    folder = own(tmp_path, "registers/sewage.yaml", SEWAGE.replace("right: discharged", "right: discharge"))
    with pytest.raises(DefinitionError) as caught:
        load_catalogue(SHIPPED, folder)
    assert f"{folder / 'registers' / 'sewage.yaml'}:23: there is no column" in caught.value.text.en
    assert caught.value.exit_code == 3


def test_a_replaced_register_that_no_longer_serves_a_plan_is_refused(tmp_path: Path) -> None:
    folder = own(tmp_path, "registers/sewage.yaml", SEWAGE.replace("treated", "purified"))
    with pytest.raises(
        DefinitionError, match=r"definitions/plans/zhengzhou-2014/indicators\.yaml:\d+: there is no column"
    ):
        load_catalogue(SHIPPED, folder)


def test_a_profile_that_does_not_fit_its_register_is_refused(tmp_path: Path) -> None:
    text = (
        "code: ours\nregister: sewage\ntitle: {zh: 甲, en: A}\ncolumns:\n  place: {constant: '410100'}\n"
        "  date: {heading: 日期}\n  discharged: {heading: 排放}\n  treatd: {heading: 处理}\n"
    )
    with pytest.raises(DefinitionError, match="treatd"):
        load_catalogue(SHIPPED, own(tmp_path, "profiles/ours.yaml", text))
    with pytest.raises(DefinitionError, match="did you mean “sewage”"):
        load_catalogue(
            SHIPPED, own(tmp_path, "profiles/ours.yaml", text.replace("register: sewage", "register: sewag"))
        )


def test_a_code_that_is_not_the_files_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="must be the same"):
        load_catalogue(SHIPPED, own(tmp_path, "registers/sewers.yaml", SEWAGE))
    for path in (SHIPPED / "plans" / "zhengzhou-2014").glob("*.yaml"):
        own(tmp_path / "x", f"plans/other/{path.name}", path.read_text(encoding="utf-8"))
    with pytest.raises(DefinitionError, match="must be the same"):
        load_catalogue(SHIPPED, tmp_path / "x")


def test_a_role_or_unit_written_twice_is_refused(tmp_path: Path) -> None:
    unit = "  - {symbol: 桶, title: {zh: 桶, en: barrels}}\n"
    with pytest.raises(DefinitionError, match=r"units\.yaml:3: “桶” is written twice"):
        load_catalogue(SHIPPED, own(tmp_path, "units.yaml", f"units:\n{unit}{unit}"))


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="no such folder"):
        load_catalogue(tmp_path / "nowhere")


def test_the_catalogue_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        catalogue().plans["x"] = None  # type: ignore[index]
