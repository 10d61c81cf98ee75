"""A round as everything works with it: its settings, and all that they name, read and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from inspections.round.drawing_settings import Drawing
from inspections.round.drawn_teams import read_teams
from inspections.round.elapsed import elapsed_periods
from inspections.round.folder import SETTINGS, Folder
from inspections.round.key_file import with_key
from inspections.round.plan import make_plan, read_plan
from inspections.round.roster import read_roster
from inspections.round.round import Round
from inspections.round.school import Assignment, Roster
from inspections.round.settings import read_settings
from inspections.round.small_teams import small_teams
from inspections.round.voiced import can_be_voiced, target_of, weighs
from rubrics.files.shipped import load_named
from rubrics.files.trait_file import TRAITS, read_traits
from rubrics.files.yaml_text import read_yaml
from rubrics.language.digest import digest
from rubrics.language.own_traits import traits_of
from rubrics.language.places import Keys, readable
from rubrics.language.repeating import asks_for_repeats
from rubrics.language.rubric import Rubric
from rubrics.language.spoken import words_of
from rubrics.language.subject import Words
from rubrics.messages.problems import Place, Problem, problem, speak_of
from rubrics.rules import Quota
from rubrics.values.traits import Trait

SHARED_LEDGER: Final = "共用台账"

HOW_READ: Final = frozenset(
    {"roster-heading-unknown", "roster-heading-again", "roster-row-aside", "roster-id-given"}
)
"""How the rosters were read: rows and columns that nobody has to do anything about."""

TOLD_AT_START: Final = HOW_READ | {
    "roster-avoided-unknown",
    "roster-avoided-taken",
    "roster-skill-alike",
    "quota-not-due",
    "teams-few",
    "drawn-teams-few",
    "repeat-unlinked",
}
"""How the rosters were read, and what follows from the settings: nobody needs it at every command.
"""


@dataclass(frozen=True)
class OpenRound:
    """A round with all that its settings name. Rubrics go by id, in the order of the settings.

    ``shared``: the address of a ledger that several computers share; empty where the folder has a
    ledger of its own. ``own``: the traits that stand beside the settings.
    """

    folder: Folder
    round: Round
    rubrics: Mapping[str, Rubric]
    roster: Roster
    plan: tuple[Assignment, ...]
    shared: str = ""
    own: Mapping[str, Trait] = field(default_factory=dict)

    @property
    def ledger_name(self) -> str:
        """How problems name the ledger."""
        return self.folder.name(self.folder.ledger) if not self.shared else SHARED_LEDGER

    @property
    def traits(self) -> Mapping[str, Trait]:
        """Every trait that a roster may hold."""
        return traits_of(self.rubrics.values(), self.own)

    @cached_property
    def words(self) -> Words:
        """How one speaks of what is inspected."""
        said = (self.round.title, self.round.bureau, self.round.note)
        names = (school.name for school in self.roster.schools.values())
        return words_of(self.rubrics.values(), (*said, *names))

    @cached_property
    def basis(self) -> str:
        """Returns the SHA-256 (hex) of everything that workbooks are read against.

        It changes when rubrics, schools, inspectors, or what the reader asks of a visit change.
        """
        parts = [
            repr((self.round.id, self.round.window, self.round.occasions, self.round.raters)),
            self.round.key,
            *(digest(rubric) for rubric in self.rubrics.values()),
            *(f"{s.id}|{s.name}|{sorted(s.traits.items())}" for s in self.roster.schools.values()),
            *(f"{i.id}|{i.name}|{i.team}" for i in self.roster.inspectors.values()),
            *(f"{name}|{team.members}" for name, team in self.roster.drawn.items()),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def read_round(root: Path, ledger: str = "") -> tuple[OpenRound | None, list[Problem]]:
    """Returns the round in a folder; None where there is none, or one that cannot be worked with.

    ``ledger``: the address of a shared ledger, in place of what the settings say. A roster or
    plan with mistakes is no obstacle: what is right in it is used. What is only to be noted in
    them, and :func:`standing`, was told when the round was started; ``round check`` tells it
    again. Codes:
    round-missing, round-value, those of ``with_key``, ``load_rubrics``, ``read_roster`` and
    ``read_plan``.
    """
    opened, problems = read_with_notes(root, ledger)
    return opened, [item for item in problems if item.code not in TOLD_AT_START]


def read_with_notes(root: Path, ledger: str = "") -> tuple[OpenRound | None, list[Problem]]:
    """Returns the same as :func:`read_round`, with the notes."""
    folder = Folder(root)
    speak_of(None)
    if not folder.settings.is_file():
        return None, [problem("round-missing", Place(str(root)), name=str(root))]
    made, problems = read_settings(folder.settings, SETTINGS)
    if made is None:
        return None, problems
    made, more = with_key(made, folder)
    problems += more
    if made is None:
        return None, problems
    rubrics, more = load_rubrics(made, root)
    problems += more
    if rubrics is None:
        return None, problems
    own, more = round_traits(root)
    problems += more
    if own is None:
        return None, problems
    problems += doubts(made, rubrics, own, folder.settings)
    names = (folder.name(folder.schools), folder.name(folder.inspectors))
    roster, more = read_roster(
        folder.schools, folder.inspectors, rubrics.values(), made.ranking, names, own,
        made.drawing.team.asked if made.drawing else (),
    )  # fmt: skip
    problems += more
    if folder.drawn_teams.is_file():
        drawn, more = read_teams(
            folder.drawn_teams, roster.inspectors, folder.name(folder.drawn_teams)
        )
        problems += more
        roster = replace(roster, drawn=drawn)
    problems += unknown_inspectors(made, roster, folder.settings)
    if folder.plan.is_file():
        plan, more = read_plan(folder.plan, made, rubrics, roster, folder.name(folder.plan))
        problems += more
    else:
        plan = make_plan(made, rubrics, roster)
    problems += small_teams(made, rubrics, roster, plan, names[1])
    return OpenRound(folder, made, rubrics, roster, plan, ledger or made.ledger, own), problems


def standing(opened: OpenRound) -> list[Problem]:
    """Returns what stays as it is until settings or rosters change, and is told now and then.

    Codes: quota-not-due, teams-few, drawn-teams-few.
    """
    file = opened.folder.name(opened.folder.inspectors)
    few = small_teams(opened.round, opened.rubrics, opened.roster, opened.plan, file)
    return [*_not_due(opened.round, opened.rubrics), *few]


def load_rubrics(settings: Round, root: Path) -> tuple[dict[str, Rubric] | None, list[Problem]]:
    """Returns the rubrics of a round by id; None where one cannot be loaded or comes twice.

    Codes: those of ``load_named``, round-value, round-subjects.
    """
    rubrics: dict[str, Rubric] = {}
    problems: list[Problem] = []
    complete = True
    for name in settings.rubrics:
        rubric, wrong = load_named(name, root)
        problems += wrong
        if rubric is None:
            complete = False
        elif rubric.id in rubrics:
            complete = False
            detail = f"细则 {rubric.id} 写了两次"
            problems.append(problem("round-value", Place(SETTINGS, "", "rubrics"), detail=detail))
        else:
            rubrics[rubric.id] = rubric
    subjects = {rubric.subject.name: rubric for rubric in rubrics.values()}
    if len(subjects) > 1:
        complete = False
        listed = "；".join(f"《{held.title}》查{name}" for name, held in subjects.items())
        problems.append(problem("round-subjects", Place(SETTINGS, "", "rubrics"), listed=listed))
    speak_of(words_of(rubrics.values()).said if len(subjects) == 1 else None)
    return rubrics if complete else None, problems


def round_traits(root: Path) -> tuple[Mapping[str, Trait] | None, list[Problem]]:
    """Returns the bureau's own traits beside a round's settings; None where they have a mistake.

    Codes: those of ``read_traits``.
    """
    path = root / TRAITS
    return read_traits(path, TRAITS) if path.is_file() else ({}, [])


def doubts(
    settings: Round,
    rubrics: Mapping[str, Rubric],
    own: Mapping[str, Trait] | None = None,
    written: Path | None = None,
) -> list[Problem]:
    """Returns what the settings name and is not there, and quotas of which nothing is due yet.

    ``own``: a bureau's own traits, beside those of rubrics; ``written``: the file that the settings
    stand in, for the lines.

    Codes: round-value, quota-not-due, repeat-unlinked.
    """
    wrong = _placed(_doubts(settings, rubrics, own or {}), written)
    asking = [rubric.title for rubric in rubrics.values() if asks_for_repeats(rubric)]
    if asking and not settings.follows:
        place = Place(SETTINGS, "", "follows")
        wrong.append(problem("repeat-unlinked", place, rubric="》《".join(asking)))
    return wrong + list(_not_due(settings, rubrics))


def unknown_inspectors(
    settings: Round, roster: Roster, written: Path | None = None
) -> list[Problem]:
    """Returns the weights of inspectors that are not there; ``written`` as in :func:`doubts`.

    Code: round-value.
    """
    known = "、".join(f"{one.id}（{one.name}）" for one in roster.inspectors.values())
    strange = (
        (
            ("combining", "inspector_weights", name),
            f"inspector_weights 里的“{name}”不是督学代码，可以写：{known}",
        )
        for name in settings.combining.inspector_weights
        if name not in roster.inspectors
    )
    return _placed(strange, written)


def _placed(found: Iterable[tuple[Keys, str]], written: Path | None) -> list[Problem]:
    """round-value at the lines of a file, or without one at the ways down."""
    wrong = list(dict.fromkeys(found))
    places = read_yaml(written).places if wrong and written else None
    return [
        problem(
            "round-value",
            Place(SETTINGS, "", places.at(keys).cell if places else readable(None, keys)),
            detail=detail,
        )
        for keys, detail in wrong
    ]


def _in_charge(rubrics: Mapping[str, Rubric]) -> set[str]:
    """What an office can be in charge of."""
    return set(rubrics) | {
        f"{rubric.id}/{dimension.id}"
        for rubric in rubrics.values()
        for dimension in rubric.dimensions
    }


def _not_due(settings: Round, rubrics: Mapping[str, Rubric]) -> Iterator[Problem]:
    elapsed = elapsed_periods(settings)
    for rubric in rubrics.values():
        found = [
            item.id
            for item in rubric.indicators
            for part in item.rule.simple_parts(item.points)
            if isinstance(part.rule, Quota) and not elapsed[part.rule.per]
        ]
        if found:
            said = {"since": settings.assessed.since, "until": settings.assessed.until}
            items = "、".join(dict.fromkeys(found))
            place = Place(SETTINGS, "", "period")
            yield problem("quota-not-due", place, rubric=rubric.title, items=items, **said)


def _drawing_names(
    drawing: Drawing | None, rubrics: Mapping[str, Rubric], traits: Mapping[str, Trait]
) -> Iterator[tuple[Keys, Iterable[tuple[int | str, str]], Collection[str]]]:
    """What ``drawing`` names, and what it may: traits, rubrics, grades."""
    if drawing is None:
        return
    grades = {band.grade for rubric in rubrics.values() for band in rubric.grades}
    yield ("drawing", "by"), enumerate(drawing.by), traits
    yield ("drawing", "day", "near"), enumerate(drawing.day.near), traits
    yield ("drawing", "team", "skills"), _each(drawing.team.skills), rubrics
    yield ("drawing", "team", "offices"), _each(drawing.team.offices), rubrics
    yield ("drawing", "risk", "results"), _each(drawing.risk.results), grades
    for at, one in enumerate(drawing.strata):
        yield ("drawing", "strata", at, "rubrics"), enumerate(one.rubrics), rubrics
        clauses = one.when.clauses() if one.when else ()
        yield ("drawing", "strata", at, "when"), _each(name for name, _ in clauses), traits


def _doubts(
    settings: Round, rubrics: Mapping[str, Rubric], own: Mapping[str, Trait]
) -> Iterator[tuple[Keys, str]]:
    grades = {band.grade for rubric in rubrics.values() for band in rubric.grades}
    keys = {"key_failed"} | {
        f"dimension:{dimension.id}"
        for rubric in rubrics.values()
        for dimension in rubric.dimensions
    }
    ranking, traits = settings.ranking, traits_of(rubrics.values(), own)
    shared = ranking.distribution
    named: list[tuple[Keys, Iterable[tuple[int | str, str]], Collection[str]]] = [
        (("ranking", "groups"), enumerate(ranking.groups), traits),
        (("ranking", "tie_keys"), enumerate(ranking.tie_keys), keys),
        (("ranking", "distribution", "grades"), _each(shared.grades if shared else ()), grades),
        (("combining", "weights"), _each(settings.combining.weights), settings.occasions),
        (("weights",), _each(settings.weights), rubrics),
        (
            ("rectification", "offices"),
            _each(settings.rectification.offices),
            _in_charge(rubrics),
        ),
    ]
    named += _drawing_names(settings.drawing, rubrics, traits)
    if corrected := settings.severity_correction:
        named.append((("severity_correction", "rubrics"), enumerate(corrected.rubrics), rubrics))
    for number, quota in enumerate(ranking.quotas):
        said = [("grade", quota.grade), ("then", quota.then)]
        named.append((("ranking", "quotas", number), said, grades))
    for where, names, known in named:
        for key, name in names:
            if name not in known:
                listed = "、".join(sorted(known))
                way = ".".join(it for it in where if isinstance(it, str))
                yield (*where, key), f"{way} 里的“{name}”不认识，可以写：{listed}"
    for number, one in enumerate(settings.voices):
        at: Keys = ("voices", number)
        rubric = rubrics.get(one.rubric)
        if rubric is None:
            listed = "、".join(sorted(rubrics))
            yield (*at, "item"), f"细则“{one.rubric}”不在本批次里，可以写：{listed}"
        elif (target := target_of(rubric, one)) is None:
            listed = "、".join(can_be_voiced(rubric, one.owner)) or "（没有）"
            yield (
                (*at, "item"),
                (
                    f"“{one.item}”不能由答卷统计：要写问卷、民主测评、比率的"
                    "指标（合成的写 .部分），或者一个填次数的格子、一条加减分、一条红线的问题；"
                    f"可以写：{listed}"
                ),
            )
        elif one.weighed_by and not weighs(target):
            detail = f"“{one.item}”不是满意率、比率，不能按班级人数加权，请去掉 weighed_by"
            yield (*at, "weighed_by"), detail
    if len(set(settings.occasions)) < len(settings.occasions):
        yield ("occasions",), "occasions 有重复的次别"


def _each(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((name, name) for name in names)
