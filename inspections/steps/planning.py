"""Drawing schools and inspectors (双随机): tried, promised, drawn, and drawn again to check."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from inspections.collecting.collecting import collected
from inspections.follow_up.finders import finders
from inspections.ledger.chain import By
from inspections.ledger.of_round import has_ledger, ledger_of, open_round
from inspections.ledger.planning import (
    Commitment,
    PlanDraw,
    add_commitment,
    add_plan_draw,
    all_commitments,
    all_plan_draws,
)
from inspections.ledger.recalling import sheets
from inspections.ledger.rectification import all_cases
from inspections.ledger.versions import keep_versions
from inspections.planning.calendar import stretches
from inspections.planning.inputs import Inputs, digests
from inspections.planning.lots import commitment, new_seed, with_added
from inspections.planning.planned import Planned, plan_from
from inspections.planning.strata import Layer, layers
from inspections.planning.weights import KnownSchool, weights
from inspections.rectification.states import standings
from inspections.round.drawn_teams import teams_text
from inspections.round.folder import SETTINGS
from inspections.round.locking import turn
from inspections.round.opened import OpenRound, read_with_notes
from inspections.round.plan import plan_text, planned_lines
from inspections.round.school import Assignment
from inspections.steps.opening import open_trusted
from inspections.voices.complaints import complaints
from rubrics.messages.output import remove, write_whole
from rubrics.messages.plain_text import one_line
from rubrics.messages.problems import Place, Problem, has_errors, problem
from rubrics.messages.watching import NOBODY, Watcher

_BASIS: Final = ("学校名册或细则里的特征", "督学名册", "批次设置或细则")
_TRIAL: Final = "试排"
"""The seed of a plan that nobody goes by."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a draw would come to. ``made``: one of all the plans that may come out; ``written``:
    whether it is the round's now.
    """

    opened: OpenRound
    inputs: Inputs
    layers: tuple[Layer, ...]
    days: int
    made: Planned
    written: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A promised seed, and the draw that was made with it, None where that is still to come.

    ``made``: what came out, None where it cannot be found out again.
    """

    opened: OpenRound
    inputs: Inputs
    commitment: Commitment
    draw: PlanDraw | None = None
    made: Planned | None = None


def plan_round(
    folder: Path, day: date, *, write: bool = False, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[Tried | None, list[Problem]]:
    """Tries out what a draw as of ``day`` would come to; with ``write`` the plan becomes so, where
    no chance decides who is visited.

    None where there is no plan. Codes: those of ``open_trusted``, ``plan_from`` and
    ``write_whole``, plan-drawn-only, plan-begun, plan-unlinked, plan-one-sheet,
    plan-former.
    """
    with turn(folder, watcher.waiting):
        opened, problems = _opened(folder, ledger)
        if opened is None:
            return None, problems
        inputs, met = known_inputs(opened, day)
        problems += met
        seed = _TRIAL if not write else f"{opened.round.id}|安排"
        made, wrong = plan_from(inputs, seed)
        if made is None:
            return None, [*problems, *wrong]
        held = tuple(layers(inputs))
        problems += _notes(opened, made)
        _, told = read_with_notes(folder)
        problems += [one for one in told if one.code == "roster-avoided-unknown"]
        days = sum(len(span.days) for span in stretches(inputs))
        if not write:
            return Tried(opened, inputs, held, days, made), problems
        if drawn := [layer.name for layer in held if layer.draws]:
            place = Place(SETTINGS, "", "drawing.share")
            said = {"strata": "、".join(drawn)}
            return None, [*problems, problem("plan-drawn-only", place, **said)]
        if wrong := _begun(opened):
            return None, [*problems, *wrong]
        wrong = _write(opened, made)
        return Tried(opened, inputs, held, days, made, not wrong), [*problems, *wrong]


def draw_round(
    folder: Path,
    day: date,
    by: By,
    *,
    added: str = "",
    witness: str = "",
    again: bool = False,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[Drawn | None, list[Problem]]:
    """Promises a seed; where one is promised, draws with it and writes the plan of the round.

    ``added``: what was thrown on the spot and goes with the seed; ``witness``: who was there;
    ``again``: promises another seed where one was promised or drawn with. None where nothing was
    done. Codes: those of ``open_trusted``, ``plan_from`` and ``write_whole``,
    plan-begun, plan-former, plan-unlinked, plan-one-sheet, draw-done, draw-early, draw-seed-lost,
    draw-changed, draw-committed.
    """
    with turn(folder, watcher.waiting):
        opened, problems = _opened(folder, ledger)
        if opened is None:
            return None, problems
        done, wrong = draw_opened(opened, day, by, added=added, witness=witness, again=again)
        return done, [*problems, *wrong]


def draw_opened(
    opened: OpenRound,
    day: date,
    by: By,
    *,
    added: str = "",
    witness: str = "",
    again: bool = False,
) -> tuple[Drawn | None, list[Problem]]:
    """Does so for whoever has the turn."""
    if wrong := _begun(opened):
        return None, wrong
    promised, draws = _told(opened)
    used = {one.commitment for one in draws}
    waiting = promised[-1] if promised and promised[-1].number not in used else None
    if waiting is not None and not again:
        return _draw(opened, waiting, day, by, added.strip(), witness)
    if draws and not again:
        said = {"day": draws[-1].day, "number": draws[-1].number}
        return None, [problem("draw-done", Place(opened.ledger_name), **said)]
    return _promise(opened, day, by)


def verify_draw(
    folder: Path, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[Drawn | None, list[Problem]]:
    """Draws once more with the seed of the last draw, and compares; changes nothing.

    None where nothing was drawn. Codes: those of ``open_trusted``, draw-none, draw-seed-wrong,
    draw-inputs-gone, draw-differs, draw-plan-changed.
    """
    with turn(folder, watcher.waiting):
        opened, problems = _opened(folder, ledger)
        if opened is None:
            return None, problems
        promised, draws = _told(opened)
        place = Place(opened.ledger_name)
        if not draws:
            return None, [*problems, problem("draw-none", place)]
        last = draws[-1]
        held = next(one for one in promised if one.number == last.commitment)
        if commitment(last.seed) != held.digest:
            problems.append(problem("draw-seed-wrong", place, number=last.number))
        inputs = _as_known(opened, held)
        if what := _changed(inputs, held):
            problems.append(problem("draw-inputs-gone", place, what=what))
            return Drawn(opened, inputs, held, last), problems
        made, wrong = plan_from(inputs, with_added(last.seed, last.added))
        if made is None or made.digest != last.digest:
            problems += [*wrong, problem("draw-differs", place, number=last.number)]
            return Drawn(opened, inputs, held, last), problems
        problems += _edited(opened, made)
        return Drawn(opened, inputs, held, last, made), problems


def known_inputs(opened: OpenRound, day: date) -> tuple[Inputs, list[Problem]]:
    """Returns what a draw as of ``day`` follows from. Code: plan-former."""
    known = {school: KnownSchool() for school in opened.roster.schools}
    last: dict[str, tuple[str, frozenset[str]]] = {}
    found_it: dict[str, set[str]] = {}
    problems: list[Problem] = []
    for at, name in enumerate(opened.round.follows):
        former, _ = open_round(opened.folder.root / name)
        if former is None:
            problems.append(problem("plan-former", Place(SETTINGS, "", "follows"), name=name))
            continue
        if at == 0:
            problems += _grades(former, known, name)
        if has_ledger(former):
            _remembered(former, day, known, last, found_it)
    if has_ledger(opened):
        with ledger_of(opened) as held:
            _complained(complaints(held), known)
    drawing = opened.round.drawing
    weighs = weights(known, drawing.risk, day) if drawing else {}
    return Inputs(
        opened.round, opened.rubrics, opened.roster, weighs,
        {school: people for school, (_, people) in last.items() if people},
        {school: frozenset(people) for school, people in found_it.items() if people},
    ), problems  # fmt: skip


def _opened(folder: Path, ledger: str) -> tuple[OpenRound | None, list[Problem]]:
    opened, problems = open_trusted(folder, ledger)
    return (None if opened is None or has_errors(problems) else opened), problems


def _told(opened: OpenRound) -> tuple[list[Commitment], list[PlanDraw]]:
    if not has_ledger(opened):
        return [], []
    with ledger_of(opened) as held:
        return all_commitments(held), all_plan_draws(held)


def _begun(opened: OpenRound) -> list[Problem]:
    """Sheets that have come would not fit another plan. Code: plan-begun."""
    filled = collected(opened).filled
    if not filled:
        return []
    return [problem("plan-begun", Place(opened.ledger_name), count=len(filled))]


def _promise(opened: OpenRound, day: date, by: By) -> tuple[Drawn | None, list[Problem]]:
    """Promises a seed, once it is known that there is a plan."""
    inputs, problems = known_inputs(opened, day)
    trial, wrong = plan_from(inputs, _TRIAL)
    if trial is None:
        return None, [*problems, *wrong]
    seed = new_seed()
    path = opened.folder.seed
    problems += write_whole(path, f"{seed}\n".encode(), opened.folder.name(path))
    if has_errors(problems):
        return None, problems
    known: dict[str, dict[str, Any]] = {
        "weights": dict(sorted(inputs.weights.items())),
        "last": {school: sorted(people) for school, people in sorted(inputs.last.items())},
        "finders": {school: sorted(people) for school, people in sorted(inputs.finders.items())},
    }
    made = Commitment(day, commitment(seed), digests(inputs), known)
    with ledger_of(opened) as held:
        keep_versions(held, opened, by)
        made = add_commitment(held, made, by)
    problems.append(problem("draw-committed", Place(opened.ledger_name), digest=made.digest))
    return Drawn(opened, inputs, made), problems


def _draw(
    opened: OpenRound, held: Commitment, day: date, by: By, added: str, witness: str
) -> tuple[Drawn | None, list[Problem]]:
    """Draws with the promised seed, and makes what comes out the plan of the round."""
    place = Place(opened.ledger_name)
    announced = (opened.round.drawing.announced if opened.round.drawing else 0) or 0
    earliest = held.day + timedelta(days=announced)
    if day < earliest:
        said = {"since": held.day, "days": announced, "until": earliest}
        return None, [problem("draw-early", place, **said)]
    seed = ""
    with suppress(OSError, UnicodeDecodeError):
        seed = opened.folder.seed.read_text(encoding="utf-8").strip()
    if commitment(seed) != held.digest:
        return None, [problem("draw-seed-lost", place, number=held.number)]
    inputs = _as_known(opened, held)
    if what := _changed(inputs, held):
        return None, [problem("draw-changed", place, what=what)]
    made, problems = plan_from(inputs, with_added(seed, one_line(added)))
    if made is None:
        return None, problems
    problems += _notes(opened, made)
    if met := _write(opened, made):
        return None, [*problems, *met]
    visits = sum(map(len, made.visits.values()))
    schools = len({line.school for line in made.plan})
    drawn = PlanDraw(
        held.number, day, seed, one_line(added), held.basis, made.digest,
        (schools, visits, len(made.teams), made.price.extra), one_line(witness),
    )  # fmt: skip
    with ledger_of(opened) as of:
        drawn = add_plan_draw(of, drawn, by)
    problems += remove(opened.folder.seed, opened.folder.name(opened.folder.seed))
    return Drawn(opened, inputs, held, drawn, made), problems


def _as_known(opened: OpenRound, held: Commitment) -> Inputs:
    """What a draw follows from, as it was known when its seed was promised."""

    def people(name: str) -> dict[str, frozenset[str]]:
        return {school: frozenset(codes) for school, codes in held.known.get(name, {}).items()}

    weighs: Mapping[str, int] = held.known.get("weights", {})
    return Inputs(
        opened.round, opened.rubrics, opened.roster, weighs, people("last"), people("finders")
    )


def _changed(inputs: Inputs, held: Commitment) -> str:
    """What has changed since a seed was promised; empty where nothing has."""
    both = zip(_BASIS, held.basis, digests(inputs), strict=True)
    return "、".join(name for name, then, now in both if then != now)


def _write(opened: OpenRound, made: Planned) -> list[Problem]:
    """Makes a plan that of the round: teams first, without which its lines mean nothing."""
    folder, people = opened.folder, opened.roster.inspectors
    met: list[Problem] = []
    for path, text in (
        (folder.drawn_teams, teams_text(made.teams, people)),
        (folder.plan, plan_text(made.plan, opened.roster, opened.words)),
    ):
        if not met:
            met += write_whole(path, text.encode("utf-8-sig"), folder.name(path))
    return met


def _notes(opened: OpenRound, made: Planned) -> list[Problem]:
    found = []
    if made.price.parts > 1:
        found.append(problem("plan-unlinked", Place(), parts=made.price.parts))
    if opened.round.raters == "team":
        found.append(problem("plan-one-sheet", Place(SETTINGS, "", "raters")))
    return found


def _edited(opened: OpenRound, made: Planned) -> list[Problem]:
    """Lines of the plan that are not as they were drawn. Code: draw-plan-changed."""
    path = opened.folder.plan
    now = Counter(planned_lines(path, opened.folder.name(path), opened.words))
    then = Counter(made.plan)
    other = [*(now - then), *(then - now)]
    teams = [name for name, team in made.teams.items() if opened.roster.drawn.get(name) != team]
    if not other and not teams:
        return []
    first = _line_text(opened, other[0]) if other else f"{teams[0]}的人员或日期"
    said = {"count": max(len(other), len(teams)), "first": first}
    return [problem("draw-plan-changed", Place(opened.folder.name(path)), **said)]


def _line_text(opened: OpenRound, line: Assignment) -> str:
    school = opened.roster.schools.get(line.school)
    return f"{school.name if school else line.school} {line.occasion} {line.team}"


def _grades(former: OpenRound, known: Mapping[str, KnownSchool], name: str) -> list[Problem]:
    """Notes the grades of the last round, as they were written. Code: plan-former."""
    path = former.folder.results / "scores.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                school = (row.get("school_id") or "").removeprefix("'")
                if school in known and row.get("grade"):
                    known[school].grades.append(str(row["grade"]))
    except (OSError, UnicodeDecodeError, csv.Error):
        return [problem("plan-former", Place(SETTINGS, "", "follows"), name=f"{name}/results")]
    return []


def _remembered(
    former: OpenRound,
    day: date,
    known: Mapping[str, KnownSchool],
    last: dict[str, tuple[str, frozenset[str]]],
    found_it: dict[str, set[str]],
) -> None:
    """Notes what an earlier round's ledger knows: open matters, complaints, visits, who went."""
    with ledger_of(former) as held:
        filled, cases = sheets(held), all_cases(held)
        _complained(complaints(held), known)
    by = finders(former, filled)
    for one in standings(cases, day):
        school = one.item.school
        if not one.finished and school in known:
            known[school].open_items += 1
            found_it.setdefault(school, set()).update(by(one.item))
    went: dict[str, dict[str, set[str]]] = {}
    for sheet in filled:
        if not sheet.day or sheet.key.school not in known:
            continue
        whose = sheet.key.inspector
        people = {whose} if whose in former.roster.inspectors else set()
        people |= {it.id for it in former.roster.members(whose)} if not people else set()
        went.setdefault(sheet.key.school, {}).setdefault(sheet.day[:10], set()).update(people)
    for school, days in went.items():
        latest = max(days)
        visited = date.fromisoformat(latest)
        then = known[school].visited
        known[school].visited = max(then, visited) if then else visited
        if school not in last or last[school][0] < latest:
            last[school] = latest, frozenset(days[latest])


def _complained(counts: Mapping[str, int] | None, known: Mapping[str, KnownSchool]) -> None:
    for school, count in (counts or {}).items():
        if school in known:
            known[school].complaints += count
