"""Everything that is defined, loaded whole and checked whole: what is shipped, and a folder of one's own on top."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from qualicity.definitions.aftermath import Aftermath
from qualicity.definitions.analysis import Analysis
from qualicity.definitions.application_forms import ApplicationForm
from qualicity.definitions.calendars import YearCalendar
from qualicity.definitions.cases import CaseType, Urging
from qualicity.definitions.credit import Codes, CreditScheme
from qualicity.definitions.crosschecks import Running, Sources, crosscheck, crosscheck_cases
from qualicity.definitions.crosschecks.aftermath import check_aftermath
from qualicity.definitions.crosschecks.asking import Check
from qualicity.definitions.crosschecks.credit import check_codes, check_scheme
from qualicity.definitions.crosschecks.enforcement import check_enforcement, check_grounds, check_measures
from qualicity.definitions.crosschecks.field_work import check_field_work
from qualicity.definitions.crosschecks.frames import check_frames
from qualicity.definitions.crosschecks.products import check_product
from qualicity.definitions.dishonesty import Grounds, Measures
from qualicity.definitions.enforcement import Enforcement
from qualicity.definitions.field_work import FieldWork
from qualicity.definitions.frames import Frames
from qualicity.definitions.laboratory import Laboratory
from qualicity.definitions.laws import Law
from qualicity.definitions.lights import Lights
from qualicity.definitions.loading import Problem, Source, build, merge, read_yaml, refuse
from qualicity.definitions.model import Model
from qualicity.definitions.open_tables import Mask, Masking, OpenTable
from qualicity.definitions.plans import Plan
from qualicity.definitions.products import Product
from qualicity.definitions.profiles import Profile
from qualicity.definitions.registers import Register
from qualicity.definitions.roles import Role, Roles
from qualicity.definitions.rubrics import Rubric
from qualicity.definitions.sentences import Sentences
from qualicity.definitions.styles import Style
from qualicity.definitions.units import Unit, Units
from qualicity.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: The definitions that come with the package.
SHIPPED = Path(__file__).resolve().parent
#: The environment variable that names a folder of one's own, of the same layout.
FOLDER_VARIABLE = "QUALICITY_DEFINITIONS"

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All definitions by code; plans in the order in which they were found, shipped ones first."""

    plans: Mapping[str, Plan]
    registers: Mapping[str, Register]
    profiles: Mapping[str, Profile]
    roles: Mapping[str, Role]
    units: Mapping[str, Unit]
    styles: Mapping[str, Style]
    rubrics: Mapping[str, Rubric]
    application_forms: Mapping[str, ApplicationForm]
    laws: Mapping[str, Law]
    calendars: Mapping[str, YearCalendar]
    cases: Mapping[str, CaseType]
    urging: Urging
    annexes: Mapping[str, Register]
    lights: Lights
    frames: Frames
    analysis: Analysis | None = None
    sentences: Mapping[str, Sentences] = field(default_factory=dict)
    aftermath: Aftermath | None = None
    products: Mapping[str, Product] = field(default_factory=dict)
    """What is spot-checked, and what is tested of it."""
    laboratory: Laboratory | None = None
    """How tables of laboratory results are read."""
    credit: Mapping[str, CreditScheme] = field(default_factory=dict)
    codes: Codes | None = None
    field_work: FieldWork | None = None
    enforcement: Enforcement | None = None
    grounds: Grounds | None = None
    measures: Measures | None = None
    open_tables: Mapping[str, OpenTable] = field(default_factory=dict)
    masks: Mapping[str, Mask] = field(default_factory=dict)


def catalogue() -> Catalogue:
    """Return the definitions of this installation, loaded and checked once per process.

    Raises DefinitionError with file and line when a definition cannot be used.
    """
    own = os.environ.get(FOLDER_VARIABLE)
    return _loaded((SHIPPED, Path(own)) if own else (SHIPPED,))


@lru_cache(maxsize=4)
def _loaded(folders: tuple[Path, ...]) -> Catalogue:
    return load_catalogue(*folders)


def forget() -> None:
    """Load the definitions anew when they are next asked for: a plan was added."""
    _loaded.cache_clear()


def load_plan(folder: Path) -> Plan:
    """Load one plan from a folder of its own (plan.yaml and its companions), checked against the installation.

    Raises DefinitionError naming every mistake by file and line.
    """
    source = read_yaml(folder / "plan.yaml", name="plan.yaml")
    code = str(source.data.get("code", folder.name)) if isinstance(source.data, dict) else folder.name
    own = os.environ.get(FOLDER_VARIABLE)
    with TemporaryDirectory() as name:
        (Path(name) / "plans").mkdir()
        link = Path(name) / "plans" / code
        link.symlink_to(folder.resolve())
        try:
            return load_catalogue(SHIPPED, *([Path(own)] if own else []), Path(name)).plans[code]
        except DefinitionError as error:  # mistakes are named by the folder that was given
            zh, en = (text.replace(str(link), str(folder)) for text in (error.text.zh, error.text.en))
            raise DefinitionError(zh, en) from error


def load_catalogue(*folders: Path) -> Catalogue:
    """Load folders one over the other (a later one adds, or replaces by code) and check the whole.

    Raises DefinitionError naming every mistake by file and line.
    """
    for folder in folders:
        if not folder.is_dir():
            refuse([Problem(str(folder), "没有这个定义文件夹", "there is no such folder of definitions")])
    sources = Sources({}, {}, {}, {}, {})
    registers: dict[str, Register] = {}
    profiles: dict[str, Profile] = {}
    plans: dict[str, Plan] = {}
    roles: dict[str, Role] = {}
    units: dict[str, Unit] = {}
    styles: dict[str, Style] = {}
    rubrics: dict[str, Rubric] = {}
    forms: dict[str, ApplicationForm] = {}
    annexes: dict[str, Register] = {}
    sentences: dict[str, Sentences] = {}
    for folder in folders:
        _read_each(folder, "registers", Register, registers, sources.registers)
        _read_each(folder, "profiles", Profile, profiles, sources.profiles)
        _read_each(folder, "styles", Style, styles, sources.styles)
        _read_each(folder, "sentences", Sentences, sentences, {})
        _read_plans(folder, plans, sources.plans)
        _read_each(folder, "rubrics", Rubric, rubrics, sources.rubrics)
        _read_each(folder, "application_forms", ApplicationForm, forms, sources.application_forms)
        _read_each(folder, "annexes", Register, annexes, {})
        for source in _optional(folder, "roles.yaml"):
            for number, role in enumerate(build(Roles, source).roles):
                _once(role.code, roles, sources.roles, source, ("roles", number, "code"))
                roles[role.code] = role
        for source in _optional(folder, "units.yaml"):
            for number, unit in enumerate(build(Units, source).units):
                _once(unit.symbol, units, sources.units, source, ("units", number, "symbol"))
                units[unit.symbol] = unit
    open_tables, masks = _read_open(folders)
    running = _read_running(folders, roles, sources)
    problems = crosscheck(
        plans=plans,
        registers=registers,
        profiles=profiles,
        units=tuple(units.values()),
        sources=sources,
        styles=styles,
        rubrics=rubrics,
        application_forms=forms,
    )
    problems += crosscheck_cases(running, sources)
    overseeing = _read_overseeing(folders, running, registers, problems)
    if problems:
        refuse(problems)
    return Catalogue(
        plans=MappingProxyType(plans),
        registers=MappingProxyType(registers),
        profiles=MappingProxyType(profiles),
        roles=MappingProxyType(roles),
        units=MappingProxyType(units),
        styles=MappingProxyType(styles),
        rubrics=MappingProxyType(rubrics),
        application_forms=MappingProxyType(forms),
        laws=MappingProxyType(running.laws),
        calendars=MappingProxyType(running.calendars),
        cases=MappingProxyType(running.cases),
        urging=running.urging.get("urging", Urging(due_soon_days=0)),
        annexes=MappingProxyType(annexes),
        lights=_there(
            _read_last(folders, "lights.yaml", Lights),
            folders,
            "lights.yaml",
            "缺少亮灯规则",
            "the rules of lights are missing",
        ),
        analysis=_read_last(folders, "analysis.yaml", Analysis),
        sentences=MappingProxyType(sentences),
        **overseeing,
        open_tables=MappingProxyType(open_tables),
        masks=MappingProxyType(masks),
    )


def _read_overseeing(
    folders: tuple[Path, ...], running: Running, registers: Mapping[str, Register], problems: list[Problem]
) -> dict[str, Any]:
    """Read what spot checks, credit and enforcement go by, as fields of the catalogue."""
    laws, products = running.laws, _read_products(folders, running, problems)

    def last(name: str, model: type[M], check: Callable[[Check, M], None] | None = None) -> M | None:
        return _read_last(folders, name, model, check, problems)

    frames = last("frames.yaml", Frames, lambda check, one: check_frames(check, one, laws, products))
    return {
        "products": MappingProxyType(products),
        "frames": _there(frames, folders, "frames.yaml", "缺少抽查名单口径", "the frames of spot checks are missing"),
        "field_work": last("field_work.yaml", FieldWork, lambda check, one: check_field_work(check, one, laws)),
        "laboratory": last("laboratory.yaml", Laboratory),
        "aftermath": last(
            "aftermath.yaml", Aftermath, lambda check, one: check_aftermath(check, one, laws, running.cases)
        ),
        "credit": MappingProxyType(_read_credit(folders, registers, problems)),
        "codes": last("codes.yaml", Codes, check_codes),
        "enforcement": last("enforcement.yaml", Enforcement, lambda check, one: check_enforcement(check, one, laws)),
        "grounds": last("dishonesty/grounds.yaml", Grounds, lambda check, one: check_grounds(check, one, laws)),
        "measures": last("dishonesty/measures.yaml", Measures, check_measures),
    }


def _read_running(folders: tuple[Path, ...], roles: dict[str, Role], sources: Sources) -> Running:
    """Read what cases run on: laws, calendars, case types and the ladder of reminders."""
    laws: dict[str, Law] = {}
    calendars: dict[str, YearCalendar] = {}
    cases: dict[str, CaseType] = {}
    urging: dict[str, Urging] = {}
    for folder in folders:
        _read_each(folder, "laws", Law, laws, sources.laws)
        _read_each(folder, "calendars", YearCalendar, calendars, sources.calendars)
        _read_each(folder, "cases", CaseType, cases, sources.cases)
        for source in _optional(folder, "urging.yaml"):
            urging["urging"], sources.urging["urging"] = build(Urging, source), source
    return Running(laws, calendars, cases, urging, roles)


def _read_products(folders: tuple[Path, ...], running: Running, problems: list[Problem]) -> dict[str, Product]:
    """Return the products by code, every mistake in them added to the problems."""
    found: dict[str, Product] = {}
    sources: dict[str, Source] = {}
    for folder in folders:
        _read_each(folder, "products", Product, found, sources)
    for code, product in found.items():
        check_product(Check(sources[code], problems), product, running.laws)
    return found


def _read_credit(
    folders: tuple[Path, ...], registers: Mapping[str, Register], problems: list[Problem]
) -> dict[str, CreditScheme]:
    """Return the credit schemes, every mistake in them added to the problems."""
    schemes: dict[str, CreditScheme] = {}
    sources: dict[str, Source] = {}
    for folder in folders:
        _read_each(folder, "credit", CreditScheme, schemes, sources)
    for code, scheme in schemes.items():
        check_scheme(Check(sources[code], problems), scheme, registers)
    return schemes


def _read_last(
    folders: tuple[Path, ...],
    name: str,
    model: type[M],
    check: Callable[[Check, M], None] | None = None,
    problems: list[Problem] | None = None,
) -> M | None:
    """Return what the last folder with such a file says; what its check finds is added to the problems."""
    sources = [source for folder in folders for source in _optional(folder, name)]
    if not sources:
        return None
    found = build(model, sources[-1])
    if check is not None and problems is not None:
        check(Check(sources[-1], problems), found)
    return found


def _there(found: M | None, folders: tuple[Path, ...], name: str, zh: str, en: str) -> M:
    """Return what was found; refuse to start without it."""
    if found is None:
        refuse([Problem(str(folders[0]), f"{zh} {name}", f"{en}: {name}")])
    return found


def _read_open(folders: tuple[Path, ...]) -> tuple[dict[str, OpenTable], dict[str, Mask]]:
    """Return the tables that may leave the house, and the masks that their fields name."""
    tables: dict[str, OpenTable] = {}
    masks: dict[str, Mask] = {}
    sources: dict[str, Source] = {}
    for folder in folders:
        _read_each(folder, "open_tables", OpenTable, tables, sources)
        for source in _optional(folder, "masking.yaml"):
            masks |= {mask.code: mask for mask in build(Masking, source).masks}
    problems = []
    for table in tables.values():
        for number, one in enumerate(table.fields):
            at = sources[table.code].where("fields", number)
            if one.mask is not None and one.mask not in masks:
                problems.append(Problem(at, f"没有遮盖规则“{one.mask}”", f"there is no mask “{one.mask}”"))
            if one.joins is not None and one.joins not in tables:
                problems.append(Problem(at, f"没有开放数据表“{one.joins}”", f"there is no open table “{one.joins}”"))
    if problems:
        refuse(problems)
    return tables, masks


def _read_each(folder: Path, kind: str, model: type[M], found: dict[str, M], sources: dict[str, Source]) -> None:
    for path in sorted((folder / kind).glob("*.yaml")):
        source = read_yaml(path, name=_name(folder, path))
        definition = build(model, source)
        code = str(source.data["code"])
        if code != path.stem:
            refuse([_misnamed(source, code, path.name)])
        found[code], sources[code] = definition, source


def _read_plans(folder: Path, found: dict[str, Plan], sources: dict[str, Source]) -> None:
    for home in sorted(path for path in (folder / "plans").glob("*") if path.is_dir()):
        files = sorted(home.glob("*.yaml"), key=lambda path: (path.name != "plan.yaml", path.name))
        if not files:
            continue
        source = merge([read_yaml(path, name=_name(folder, path)) for path in files])
        plan = build(Plan, source)
        if plan.code != home.name:
            refuse([_misnamed(source, plan.code, home.name)])
        found[plan.code], sources[plan.code] = plan, source


def _optional(folder: Path, name: str) -> Iterator[Source]:
    path = folder / name
    if path.is_file():
        yield read_yaml(path, name=_name(folder, path))


def _once(
    code: str, found: Mapping[str, Model], sources: dict[str, Source], source: Source, at: tuple[str | int, ...]
) -> None:
    if code in found and sources.get(code) is source:
        refuse([Problem(source.where(*at), f"“{code}”写了两次", f"“{code}” is written twice")])
    sources[code] = source


def _misnamed(source: Source, code: str, name: str) -> Problem:
    return Problem(
        source.where("code"),
        f"代码“{code}”应与文件名“{name}”一致",
        f"the code “{code}” and the name “{name}” must be the same",
    )


def _name(folder: Path, path: Path) -> str:
    """Return what messages call a file: shipped ones from ``definitions/``, others by their path as given."""
    if folder == SHIPPED:
        return f"definitions/{path.relative_to(folder).as_posix()}"
    # a plan that is being checked is linked to from a folder of ours: its own place is what its author knows
    return str(path.parent.readlink() / path.name if path.parent.is_symlink() else path)
