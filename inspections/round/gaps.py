"""Traits that schools lack and that a rubric or the ranking turns on: each told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from inspections.round.headings import Section
from inspections.round.round import Ranking
from inspections.round.school import School, SchoolRow
from inspections.round.table import blank
from inspections.round.trait_cells import understood
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.conditions import Condition
from rubrics.values.traits import Trait

_FEW = 4
"""So many schools that lack a trait are told one by one."""
_LISTED = 3


def gaps(
    rows: Sequence[SchoolRow],
    sections: Sequence[Section],
    rubrics: Iterable[Rubric],
    ranking: Ranking | None,
    known: Mapping[str, Trait],
) -> Iterator[Problem]:
    """Yields what schools lack, apart from what was reported as no value of a trait.

    A column that is not there is told once, for all schools and with the headings that were not
    understood. Codes: roster-column-missing, roster-trait-missing.
    """
    conditions = [_conditions(rubric) for rubric in rubrics]
    lacking: dict[str, list[SchoolRow]] = {}
    users: dict[str, dict[str, None]] = {}
    for row in rows:
        for trait, user in _lacking(row, conditions, ranking, known):
            held = lacking.setdefault(trait, [])
            if not held or held[-1] is not row:
                held.append(row)
            users.setdefault(trait, {})[user] = None
    absent = [trait for trait in lacking if not any(trait in it.columns.at for it in sections)]
    if absent:
        yield _columns_missing(absent, lacking, users, sections, known)
    for trait, held in lacking.items():
        if trait not in absent:
            yield from _blank(trait, held, "、".join(users[trait]))


def open_traits(
    rubric: Rubric, groups: Iterable[str], school: School, known: Mapping[str, Trait]
) -> set[str]:
    """Returns the traits that a school lacks and that a rubric or the ranking turns on."""
    row = SchoolRow(school, {})
    ranking = Ranking(groups=tuple(groups))
    return {trait for trait, _ in _lacking(row, [_conditions(rubric)], ranking, known)}


def _columns_missing(
    absent: Sequence[str],
    lacking: dict[str, list[SchoolRow]],
    users: dict[str, dict[str, None]],
    sections: Sequence[Section],
    known: Mapping[str, Trait],
) -> Problem:
    first = sections[0]
    schools = {row.school.id for trait in absent for row in lacking[trait]}
    used = dict.fromkeys(user for trait in absent for user in users[trait])
    said = {
        "traits": "、".join(f"“{trait}”" for trait in absent),
        "rubric": "、".join(used),
        "count": len(schools),
        "seen": _like(sections, absent, known),
    }
    return problem("roster-column-missing", first.table.place(first.columns.row), **said)


def _like(sections: Sequence[Section], absent: Sequence[str], known: Mapping[str, Trait]) -> str:
    """The headings that were not understood, and which trait a column looks like."""
    seen: dict[str, str] = {}
    for section in sections:
        for item in section.unknown:
            cells = [section.table.raw(row, item.column) for row in section.rows]
            filled = [raw for raw in cells if not blank(raw)]
            like = [
                trait
                for trait in absent
                if known[trait].type == "choice"
                and filled
                and all(understood(known[trait], raw) for raw in filled)
            ]
            hint = f"（填的像是“{like[0]}”，是的请改表头）" if like else ""
            seen.setdefault(item.heading, hint)
    listed = "、".join(f"“{heading}”{hint}" for heading, hint in seen.items())
    return f"；没有认出的表头：{listed}" if listed else ""


def _blank(trait: str, rows: Sequence[SchoolRow], users: str) -> Iterator[Problem]:
    if len(rows) > _FEW:
        named = "、".join(row.school.name for row in rows[:_LISTED])
        rows, school = rows[:1], f"{named}等 {len(rows)} 所"
    else:
        school = ""
    for row in rows:
        place = row.places.get(trait, next(iter(row.places.values()), Place()))
        said = {"school": school or row.school.name, "trait": trait, "rubric": users}
        yield problem("roster-trait-missing", place, **said)


def _lacking(
    row: SchoolRow,
    conditions: Iterable[_Conditions],
    ranking: Ranking | None,
    known: Mapping[str, Trait],
) -> Iterator[tuple[str, str]]:
    """Yields (trait to fill in, who uses it) of what a school lacks."""
    school = row.school
    uses = [(held.user, trait) for held in conditions for trait in held.open_for(school)]
    groups = [trait for trait in (ranking.groups if ranking else ()) if trait in known]
    uses += [("排名分组", trait) for trait in groups if trait not in school.traits]
    for user, trait in uses:
        for source in _sources(trait, school, known):
            if source not in row.refused:
                yield source, user


@dataclass(frozen=True, slots=True)
class _Conditions:
    """What a rubric asks of schools' traits: on the whole, and for its items, each once."""

    user: str
    whole: Condition | None
    items: tuple[Condition, ...]

    def open_for(self, school: School) -> Iterator[str]:
        """The traits that a school lacks and that decide something."""
        if self.whole is not None:
            yield from _undecided(self.whole, school)
            if not self.whole.holds(school.traits):
                return
        for condition in self.items:
            yield from _undecided(condition, school)


def _conditions(rubric: Rubric) -> _Conditions:
    found: list[Condition | None] = []
    for indicator in rubric.indicators:
        found.append(indicator.when)
        found += [part.when for part in indicator.rule.simple_parts(indicator.points)]
    items = tuple(dict.fromkeys(item for item in found if item is not None))
    return _Conditions(f"《{rubric.title}》", rubric.when, items)


def _undecided(condition: Condition, school: School) -> Iterator[str]:
    """The traits that a school lacks, where the condition turns on them."""
    missing: list[str] = []
    for alternative in condition.alternatives:
        if not _alone(alternative).holds(school.traits):
            continue
        lacking = [trait for trait, _ in alternative if trait not in school.traits]
        if not lacking:
            return
        missing += lacking
    yield from missing


@cache
def _alone(alternative: tuple[tuple[str, tuple[str, ...]], ...]) -> Condition:
    return Condition(alternatives=(alternative,))


def _sources(trait: str, school: School, known: Mapping[str, Trait]) -> Iterator[str]:
    """What the clerk has to fill in: the trait, or those that it follows from."""
    about = known.get(trait)
    if about is None or about.derived is None:
        yield trait
        return
    for source, _ in about.derived.clauses():
        if source not in school.traits:
            yield source
