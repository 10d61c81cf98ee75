"""The rosters (学校名册, 督学名册) as the bureau keeps them -> schools and inspectors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from inspections.records.entries import shown
from inspections.records.typed_text import doubts
from inspections.round.asides import aside
from inspections.round.avoided import alike, listed, with_avoided
from inspections.round.codes import code_from_name, codes_of
from inspections.round.gaps import gaps
from inspections.round.headings import Section, find_sections
from inspections.round.replaced import with_replaced
from inspections.round.round import Ranking
from inspections.round.school import Inspector, Roster, School, SchoolRow
from inspections.round.table import blank, read_tables
from inspections.round.trait_cells import closed, read_trait, told_once
from rubrics.language.own_traits import traits_of
from rubrics.language.rubric import Rubric
from rubrics.language.spoken import spoken_of, subject_of
from rubrics.language.subject import SCHOOLS, Subject, Words
from rubrics.messages.plain_text import one_line, plain
from rubrics.messages.private_numbers import masked
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.conditions import TraitValue
from rubrics.values.traits import Trait, known_traits, with_derived

SCHOOL_HEADINGS: dict[str, Sequence[str]] = {
    "学校代码": ("代码", "学校编号", "学校标识码", "学校编码", "学校代码(标识码)", "标识码"),
    "学校名称": ("校名", "学校", "学校全称", "单位名称", "学校(园)名称", "学校名称(全称)"),
}
INSPECTOR_HEADINGS: dict[str, Sequence[str]] = {
    "督学代码": ("工号", "代码", "督学编号", "督学代码(工号)", "编号"),
    "姓名": ("督学姓名", "督学"),
    "单位": ("工作单位", "所在单位", "所在学校", "单位名称"),
    "检查组": ("组别", "小组", "分组", "督导组", "组"),
    "组长": ("是否组长", "检查组组长"),
    "离任": ("已离任", "是否离任"),
    "接替": ("接替谁", "接替督学", "接替人员"),
    "专长": ("专业", "专业特长", "擅长"),
    "回避": ("回避学校", "应回避学校", "回避单位"),
}
_INSPECTOR_CODE: Final = next(iter(INSPECTOR_HEADINGS))
_YES_NO: Final = Trait(type="yes_no")


def school_headings(subject: Subject) -> dict[str, Sequence[str]]:
    """Returns the headings of code and name, in this order, and of further columns of a roster."""
    if subject.is_school:
        return {**SCHOOL_HEADINGS, **subject.columns}
    (code, *codes), (name, *names) = subject.code_headings, subject.name_headings
    return {code: codes, name: names, **subject.columns}


def inspector_headings(words: Words) -> dict[str, Sequence[str]]:
    """Returns the headings of a roster of those who inspect: the code's first, then the name's."""
    return {
        words.said(name): tuple(dict.fromkeys((name, *map(words.said, spelled), *spelled)))
        for name, spelled in INSPECTOR_HEADINGS.items()
    }


def read_schools(
    path: Path,
    file: str = "",
    known: Mapping[str, Trait] | None = None,
    subject: Subject | None = None,
) -> tuple[list[SchoolRow], list[Problem]]:
    """Returns the schools of a roster in its order, over all of its sheets.

    ``known``: the traits that may be headed, those of all rubrics where it is not given;
    ``subject``: what stands in it instead of schools. Rows without a code of their own are left
    out. Codes: those of ``read_tables``, ``find_sections`` and ``codes_of``, roster-row-aside,
    roster-id-missing, roster-name-missing, roster-name-twice, roster-trait-value, private-number,
    text-cleaned.
    """
    rows, _, problems = _schools(path, file, known or known_traits(), subject or Subject())
    return rows, problems


def _schools(
    path: Path, file: str, known: Mapping[str, Trait], subject: Subject
) -> tuple[list[SchoolRow], list[Section], list[Problem]]:
    own = school_headings(subject)
    code, naming = tuple(own)[:2]
    headings = {**{name: trait.headings for name, trait in known.items()}, **own}
    tables, problems = read_tables(path, file)
    if not tables:
        return [], [], problems
    sections, more = find_sections(tables, headings, (code, naming))
    problems += more
    rows: list[SchoolRow] = []
    first: dict[str, Place] = {}
    for section, row, identity in entries(sections, code, naming, subject.name, problems):
        table, columns = section.table, section.columns
        at = table.place(row, columns.at[naming])
        name = _name(section, row, naming, problems)
        if not identity:
            place = table.place(row, columns.at[code])
            problems.append(problem("roster-id-missing", place, what=subject.name))
            continue
        if name is None:
            name = ""
        elif not name:
            problems.append(problem("roster-name-missing", at, what=subject.name, id=identity))
        elif first.setdefault(closed(name), at) != at:
            twice = first[closed(name)]
            said = {"name": name, "first": f"{twice.sheet} {twice.cell}".strip()}
            problems.append(problem("roster-name-twice", at, **said))
        traits: dict[str, TraitValue] = {}
        refused: list[str] = []
        for trait, column in columns.at.items():
            if trait not in known:
                continue
            value, wrong = read_trait(trait, known[trait], table, row, column)
            problems += wrong
            if value is not None:
                traits[trait] = value
            elif wrong:
                refused.append(trait)
        cells = {code: columns.at[code], **columns.at}
        places = {name: table.place(row, column) for name, column in cells.items()}
        details = {it: _text(section, row, it, problems) for it in subject.columns}
        school = School(identity, name or identity, with_derived(traits, known), details)
        rows.append(SchoolRow(school, places, frozenset(refused)))
    return rows, sections, list(told_once(problems))


def read_inspectors(
    path: Path,
    file: str = "",
    words: Words = SCHOOLS,
    schools: Mapping[str, School] | None = None,
    skills: Collection[str] = (),
) -> tuple[list[Inspector], list[Problem]]:
    """Returns the inspectors of a roster in its order, over all of its sheets.

    An inspector without a team is a team of their own; one without a code gets one, the same at
    every reading. ``schools``: among which those are found that an inspector avoids;
    ``skills``: those that teams have to have. Codes: those
    of ``read_tables``, ``find_sections`` and ``codes_of``, roster-row-aside, roster-id-given,
    roster-id-needed, roster-name-missing, roster-team-missing, roster-trait-value (离任, 组长),
    roster-leaders, roster-replaces-unknown, roster-replaces-present, roster-avoided-unknown,
    roster-avoided-taken,
    roster-skill-alike, private-number, text-cleaned.
    """
    tables, problems = read_tables(path, file)
    if not tables:
        return [], problems
    sections, more = find_sections(tables, inspector_headings(words), ("姓名",))
    problems += more
    code = words.said(_INSPECTOR_CODE)
    found: dict[str, Inspector] = {}
    leading: dict[str, list[Place]] = {}
    given: list[Place] = []
    alone: list[Place] = []
    in_teams = False
    replacing: dict[str, tuple[str, Place]] = {}
    avoiding: dict[str, Place] = {}
    knowing: dict[str, Place] = {}
    for section, row, identity in entries(sections, code, "姓名", words.people, problems):
        table, at = section.table, section.columns.at
        place = table.place(row, at["姓名"])
        name = _name(section, row, "姓名", problems)
        if name == "":
            said = {"what": words.people, "id": identity or "（没有代码）"}
            problems.append(problem("roster-name-missing", place, **said))
        if not identity and not name:
            continue
        if not identity:
            identity = code_from_name(name or "")
            if identity in found:
                problems.append(problem("roster-id-needed", place, name=name))
                continue
            given.append(place)
        office, team = (_text(section, row, heading, problems) for heading in ("单位", "检查组"))
        in_teams |= bool(team)
        if not team and "检查组" in at:
            alone.append(table.place(row, at["检查组"]))
        left = _yes(section, row, "离任", problems)
        leads = _yes(section, row, "组长", problems)
        if leads and not left:
            leading.setdefault(team or identity, []).append(table.place(row, at["组长"]))
        if before := _text(section, row, "接替", problems):
            replacing[identity] = before, table.place(row, at["接替"])
        skilled, avoids = (
            listed(_text(section, row, heading, problems)) for heading in ("专长", "回避")
        )
        if avoids:
            avoiding[identity] = table.place(row, at["回避"])
        if skilled:
            knowing[identity] = table.place(row, at["专长"])
        found[identity] = Inspector(
            identity, name or identity, office, team or identity, left,
            leads=leads, skills=skilled, avoids=avoids,
        )  # fmt: skip
    problems += with_replaced(found, replacing)
    problems += with_avoided(found, schools, avoiding)
    problems += alike(found, skills, knowing)
    for team, cells in leading.items():
        if len(cells) > 1:
            problems.append(problem("roster-leaders", cells[1], team=team, count=len(cells)))
    if given:
        problems.append(problem("roster-id-given", given[0], count=len(given)))
    if alone and in_teams:
        problems.append(problem("roster-team-missing", alone[0], count=len(alone)))
    return list(found.values()), problems


def read_roster(
    schools: Path,
    inspectors: Path,
    rubrics: Iterable[Rubric] = (),
    ranking: Ranking | None = None,
    names: tuple[str, str] = ("", ""),
    own: Mapping[str, Trait] | None = None,
    skills: Collection[str] = (),
) -> tuple[Roster, list[Problem]]:
    """Returns both rosters, and what is wrong with them.

    ``names`` is how problems name the two files; ``own``: a bureau's own traits, beside those of
    rubrics; ``skills``: those that teams have to have. Codes: those of :func:`read_schools` and
    :func:`read_inspectors`, and of ``gaps``, where schools lack a trait on which a rubric or the
    ranking groups turn.
    """
    rubrics = list(rubrics)
    known = traits_of(rubrics, own)
    rows, sections, problems = _schools(schools, names[0], known, subject_of(rubrics))
    known_schools = {row.school.id: row.school for row in rows}
    people, more = read_inspectors(inspectors, names[1], spoken_of(rubrics), known_schools, skills)
    more += gaps(rows, sections, rubrics, ranking, known)
    return (
        Roster(known_schools, {item.id: item for item in people}),
        problems + more,
    )


def entries(
    sections: list[Section], heading: str, naming: str, what: str, problems: list[Problem]
) -> Iterator[tuple[Section, int, str]]:
    """Yields (section, row, code) of what is a school or an inspector; the rest is named."""
    kept: list[Section] = []
    for section in sections:
        told = {row: aside(section, row, heading, naming) for row in section.rows}
        for row, said in told.items():
            if said:
                place = section.table.place(row)
                problems.append(problem("roster-row-aside", place, text=said, what=what))
        kept.append(section.without([row for row, said in told.items() if said is not None]))
    yield from codes_of(kept, heading, what, problems)


def _name(section: Section, row: int, heading: str, problems: list[Problem]) -> str | None:
    """A name; None where its cell is lost, which joins the problems."""
    table, column = section.table, section.columns.at[heading]
    if lost := list(table.lost_at(row, column)):
        problems += lost
        return None
    span = table.covered.get((row, column))
    if span is not None and span.top < row and not blank(table.raw(span.top, span.left)):
        problems.append(problem("cell-merged", table.place(row, column), range=span))
        return None
    return _text(section, row, heading, problems)


def _yes(section: Section, row: int, heading: str, problems: list[Problem]) -> bool:
    """Whether a column says yes; a cell that says neither yes nor no joins the problems."""
    if heading not in section.columns.at:
        return False
    value, wrong = read_trait(heading, _YES_NO, section.table, row, section.columns.at[heading])
    problems += wrong
    return value == "是"


def _text(section: Section, row: int, heading: str, problems: list[Problem]) -> str:
    """A text as it may be printed anywhere; what is amiss with it joins the problems."""
    table = section.table
    if heading not in section.columns.at:
        return ""
    column = section.columns.at[heading]
    problems += table.lost_at(row, column)
    raw = table.filled(row, column)
    if not isinstance(raw, str):
        return shown(raw)
    if raw is table.raw(row, column):
        problems += doubts(raw, table.place(row, column))
    return one_line(masked(plain(raw)))
