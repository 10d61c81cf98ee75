"""Drawing schools and inspectors (双随机): tried, promised, drawn, and drawn again to check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from inspections.collecting.collecting import collected
from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.ledger.planning import (
    Commitment,
    PlanDraw,
    add_commitment,
    add_plan_draw,
)
from inspections.ledger.versions import keep_versions
from inspections.planning.as_drawn import AsDrawn, altered, as_drawn, pending, write_as_drawn
from inspections.planning.calendar import stretches
from inspections.planning.inputs import Inputs, digests
from inspections.planning.known_draws import Told, told_of
from inspections.planning.lots import commitment, new_seed, with_added
from inspections.planning.planned import PROCEDURE, Planned, plan_from
from inspections.planning.strata import Layer, layers
from inspections.planning.telling_apart import help_text, parts_text, why_text
from inspections.round.drawing_settings import Drawing
from inspections.round.folder import SETTINGS
from inspections.round.locking import turn
from inspections.round.opened import OpenRound, read_with_notes
from inspections.steps.known_schools import known_inputs
from inspections.steps.opening import open_trusted
from rubrics.messages.output import clear_leftovers, remove, write_whole
from rubrics.messages.plain_text import one_line
from rubrics.messages.problems import Place, Problem, has_errors, problem
from rubrics.messages.watching import NOBODY, Watcher

_BASIS: Final = ("学校名册或细则里的特征", "督学名册", "批次设置或细则")
_NOTES: Final = frozenset(
    {"roster-avoided-unknown", "roster-avoided-taken", "roster-skill-alike", "drawn-teams-few"}
)
"""What rosters and settings may have wrong that matters to a draw alone."""

_AFTER_DRAW: Final = 3
"""The procedure since which nobody is sent until the draw is over."""

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

    ``made``: what came out, None where it cannot be found out again; ``layers``: the strata.
    """

    opened: OpenRound
    inputs: Inputs
    layers: tuple[Layer, ...]
    commitment: Commitment
    told: Told
    draw: PlanDraw | None = None
    made: Planned | None = None


def plan_round(
    folder: Path, day: date, *, write: bool = False, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[Tried | None, list[Problem]]:
    """Tries out what a draw as of ``day`` would come to; with ``write`` the plan becomes so, where
    no chance decides who is visited.

    None where there is no plan. Codes: those of ``open_trusted``, ``plan_from`` and
    ``write_whole``, plan-drawn, draw-waiting, plan-drawn-only, plan-begun, plan-apart,
    plan-one-sheet, plan-former.
    """
    with turn(folder, watcher.waiting):
        opened, problems = _opened(folder, ledger)
        if opened is None:
            return None, problems
        told = told_of(opened)
        if write and (wrong := _drawn_before(opened, told)):
            return None, [*problems, *wrong]
        inputs, met = known_inputs(opened, day)
        inputs = replace(inputs, after=_before_first(opened, day, write=write))
        problems += met
        seed = _TRIAL if not write else f"{opened.round.id}|安排"
        made, wrong = plan_from(inputs, seed)
        if made is None:
            return None, [*problems, *wrong]
        held = tuple(layers(inputs))
        problems += _notes(opened, made)
        _, notes = read_with_notes(folder)
        problems += [one for one in notes if one.code in _NOTES]
        days = sum(len(span.days) for span in stretches(inputs))
        if not write:
            return Tried(opened, inputs, held, days, made), problems
        if drawn := [layer.name for layer in held if layer.draws]:
            place = Place(SETTINGS, "", "drawing.share")
            said = {"strata": "、".join(drawn)}
            return None, [*problems, problem("plan-drawn-only", place, **said)]
        if wrong := _begun(opened):
            return None, [*problems, *wrong]
        wrong = write_as_drawn(opened, AsDrawn(0, made.teams, made.plan))
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
    ``again``: promises another seed where one was promised or drawn with. A draw that the ledger
    has is written again, with its changes, where its plan was not written whole, lost, or altered
    since. None where nothing was done. Codes: those of ``open_trusted``, ``plan_from`` and
    ``write_whole``, plan-begun, plan-former, plan-apart, plan-one-sheet, draw-done, draw-early,
    draw-seed-lost, draw-changed, draw-procedure, draw-committed, draw-elsewhere, draw-finished,
    draw-restored, draw-inputs-gone, draw-why, draw-added-missing, draw-added-chosen,
    draw-days-short, roster-avoided-unknown.
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
    # Whoever was killed while a seed was written down has left a part of it.
    clear_leftovers(opened.folder.root)
    told = told_of(opened)
    if not again and told.waiting is None and told.draws:
        off = altered(opened, as_drawn(opened, told))
        if off or _is_cut_off(opened, told):
            return _finish(opened, told, off)
    if wrong := _begun(opened):
        return None, wrong
    if not by.why and (again or told.waiting is not None or not told.draws):
        return None, [problem("draw-why", Place())]
    if told.waiting is not None and not again:
        return _draw(opened, told, told.waiting, day, by, one_line(added), one_line(witness))
    if told.draws and not again:
        said = {"day": told.draws[-1].day, "number": told.draws[-1].number}
        return None, [problem("draw-done", Place(opened.ledger_name), **said)]
    done, problems = _promise(opened, told, day, by)
    if done is None:
        return None, problems
    _, notes = read_with_notes(opened.folder.root)
    return done, [*problems, *(one for one in notes if one.code in _NOTES)]


def verify_draw(
    folder: Path, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[Drawn | None, list[Problem]]:
    """Draws once more with the seed of the last draw, and compares; changes nothing.

    Where nothing was drawn yet, what is promised. None where nothing is. Codes: those of
    ``open_trusted``, draw-none, draw-seed-wrong, draw-procedure, draw-inputs-gone, draw-differs,
    draw-plan-changed.
    """
    with turn(folder, watcher.waiting):
        opened, problems = _opened(folder, ledger)
        if opened is None:
            return None, problems
        told = told_of(opened)
        place = Place(opened.ledger_name)
        if not told.draws:
            if told.waiting is None:
                return None, [*problems, problem("draw-none", place)]
            inputs = _as_known(opened, told.waiting, _before_first(opened, told.waiting.day))
            return _drawn(opened, inputs, told.waiting, told), problems
        last = told.draws[-1]
        held = next(one for one in told.promised if one.number == last.commitment)
        if commitment(last.seed) != held.digest:
            problems.append(problem("draw-seed-wrong", place, number=last.number))
        inputs = _as_known(opened, held, last.day)
        done = _drawn(opened, inputs, held, told, last)
        if wrong := _other_basis(opened, inputs, held, "draw-inputs-gone"):
            return done, [*problems, *wrong]
        made, wrong = plan_from(inputs, with_added(last.seed, last.added), held.procedure)
        if made is None or made.digest != last.digest:
            problems += [*wrong, problem("draw-differs", place, number=last.number)]
            return done, problems
        problems += altered(opened, as_drawn(opened, told, made))
        return replace(done, made=made), problems


def _opened(folder: Path, ledger: str) -> tuple[OpenRound | None, list[Problem]]:
    opened, problems = open_trusted(folder, ledger, to_restore=True)
    return (None if opened is None or has_errors(problems) else opened), problems


def _drawn(
    opened: OpenRound,
    inputs: Inputs,
    held: Commitment,
    told: Told,
    draw: PlanDraw | None = None,
    made: Planned | None = None,
) -> Drawn:
    return Drawn(opened, inputs, tuple(layers(inputs)), held, told, draw, made)


def _begun(opened: OpenRound) -> list[Problem]:
    """Sheets that have come would not fit another plan. Code: plan-begun."""
    filled = collected(opened).filled
    if not filled:
        return []
    return [problem("plan-begun", Place(opened.ledger_name), count=len(filled))]


def _drawn_before(opened: OpenRound, told: Told) -> list[Problem]:
    """What was drawn, or is to be, gives way to no other plan. Codes: plan-drawn, draw-waiting."""
    if told.waiting is not None:
        return list(pending(opened, told))
    if not told.draws:
        return []
    said = {"day": told.draws[-1].day, "number": told.draws[-1].number}
    return [problem("plan-drawn", Place(opened.ledger_name), **said)]


def _before_first(opened: OpenRound, day: date, *, write: bool = False) -> date:
    """The last day on which nobody can be sent yet, when a draw is promised on ``day``; where no
    draw is needed, the day before.
    """
    drawing = opened.round.drawing or Drawing()
    return day - timedelta(days=1) if write else day + timedelta(days=drawing.announced)


def _promise(
    opened: OpenRound, told: Told, day: date, by: By
) -> tuple[Drawn | None, list[Problem]]:
    """Promises a seed, once it is known that there is a plan.

    Who is cut off between both has a seed too many, never a promise without one.
    """
    inputs, problems = known_inputs(opened, day)
    inputs = replace(inputs, after=_before_first(opened, day))
    trial, wrong = plan_from(inputs, _TRIAL)
    if trial is None:
        return None, [*problems, *wrong]
    seed, held = new_seed(), _seeds(opened)
    if met := _keep_seeds(opened, [*held, seed]):
        return None, [*problems, *met]
    known: dict[str, dict[str, Any]] = {
        "weights": dict(sorted(inputs.weights.items())),
        "last": {school: sorted(people) for school, people in sorted(inputs.last.items())},
        "finders": {school: sorted(people) for school, people in sorted(inputs.finders.items())},
    }
    place = Place(opened.ledger_name)
    with ledger_of(opened) as ledger:
        keep_versions(ledger, opened, by)
        promise = Commitment(day, commitment(seed), digests(inputs), known, PROCEDURE)
        made = add_commitment(ledger, promise, by, told.seen)
    if made is None:
        _keep_seeds(opened, held)
        return None, [*problems, problem("draw-elsewhere", place)]
    problems += _keep_seeds(opened, [seed])
    problems.append(problem("draw-committed", place))
    told = told_of(opened)
    return _drawn(opened, inputs, told.promised[-1], told), problems


def _draw(
    opened: OpenRound, told: Told, held: Commitment, day: date, by: By, added: str, witness: str
) -> tuple[Drawn | None, list[Problem]]:
    """Draws with the promised seed: first the ledger has it, then it becomes the plan."""
    place, drawing = Place(opened.ledger_name), opened.round.drawing or Drawing()
    earliest = held.day + timedelta(days=drawing.announced)
    if day < earliest:
        said = {"since": held.day, "days": drawing.announced, "until": earliest}
        return None, [problem("draw-early", place, **said)]
    if drawing.added and not added:
        where = Place(SETTINGS, "", "drawing.added")
        return None, [problem("draw-added-missing", where, what=drawing.added)]
    seed = _seed_of(opened, held)
    if seed is None:
        return None, [problem("draw-seed-lost", place, number=held.number)]
    inputs = _as_known(opened, held, day)
    if wrong := _other_basis(opened, inputs, held, "draw-changed"):
        return None, wrong
    made, problems = plan_from(inputs, with_added(seed, added), held.procedure)
    if made is None:
        return None, problems
    problems += _notes(opened, made)
    if added and not drawing.added:
        problems.append(problem("draw-added-chosen", Place(SETTINGS, "", "drawing.added")))
    visits = sum(map(len, made.visits.values()))
    schools = len({line.school for line in made.plan})
    drawn = PlanDraw(
        held.number, day, seed, added, held.basis, made.digest,
        (schools, visits, len(made.teams), made.price.extra), witness,
        {name: (it.members, it.since, it.until) for name, it in made.teams.items()},
        {(it.school, it.rubric, it.occasion): it.team for it in made.plan},
    )  # fmt: skip
    with ledger_of(opened) as ledger:
        kept = add_plan_draw(ledger, drawn, by, told.seen)
    if kept is None:
        return None, [*problems, problem("draw-elsewhere", place)]
    told = told_of(opened)
    if drawing.announced and (days := _days_apart(held.at, told.draws[-1].at)) < drawing.announced:
        problems.append(problem("draw-days-short", place, days=days, wanted=drawing.announced))
    if met := _settle(opened, AsDrawn(drawn.number, made.teams, made.plan)):
        return None, [*problems, *met]
    return _drawn(opened, inputs, held, told, told.draws[-1], made), problems


def _is_cut_off(opened: OpenRound, told: Told) -> bool:
    """Whether the last draw was made on this computer, and its plan is still to be written."""
    last = told.draws[-1]
    return last.seed in _seeds(opened)


def _finish(
    opened: OpenRound, told: Told, off: Sequence[Problem]
) -> tuple[Drawn | None, list[Problem]]:
    """Writes the plan of a draw that the ledger has, with its changes. ``off``: where its files
    are others. Codes: those of ``verify_draw``, draw-changed, draw-finished, draw-restored.
    """
    place, last = Place(opened.ledger_name), told.draws[-1]
    held = next(one for one in told.promised if one.number == last.commitment)
    inputs = _as_known(opened, held, last.day)
    made, problems = None, _other_basis(opened, inputs, held, "draw-inputs-gone")
    if not problems:
        made, wrong = plan_from(inputs, with_added(last.seed, last.added), held.procedure)
        if made is None or made.digest != last.digest:
            return None, [*wrong, problem("draw-differs", place, number=last.number)]
    plan = as_drawn(opened, told) or as_drawn(opened, told, made)
    if plan is None:
        return None, _other_basis(opened, inputs, held, "draw-changed")
    cut_off = _is_cut_off(opened, told)
    if met := _settle(opened, plan):
        return None, [*problems, *met]
    if cut_off:
        problems.append(problem("draw-finished", place, number=last.number))
    else:
        for one in off:
            said = dict(one.params)
            problems.append(problem("draw-restored", one.place, **said))
    return _drawn(opened, inputs, held, told, last, made), problems


def _settle(opened: OpenRound, plan: AsDrawn) -> list[Problem]:
    """Makes what was drawn the plan of the round; only then the seed goes."""
    met = write_as_drawn(opened, plan)
    return met or _keep_seeds(opened, [])


def _seeds(opened: OpenRound) -> list[str]:
    """Seeds that were kept secret so far: mostly one, two where somebody was cut off."""
    with suppress(OSError, UnicodeDecodeError):
        return opened.folder.seed.read_text(encoding="utf-8").split()
    return []


def _seed_of(opened: OpenRound, held: Commitment) -> str | None:
    return next((it for it in _seeds(opened) if commitment(it) == held.digest), None)


def _keep_seeds(opened: OpenRound, seeds: Sequence[str]) -> list[Problem]:
    path = opened.folder.seed
    if not seeds:
        return [*remove(path, opened.folder.name(path))]
    text = "".join(f"{it}\n" for it in seeds)
    return [*write_whole(path, text.encode(), opened.folder.name(path))]


def _days_apart(one: str, other: str) -> int:
    """Whole days between two moments of the ledger; 0 where they cannot be read."""
    with suppress(ValueError, TypeError):
        return (datetime.fromisoformat(other) - datetime.fromisoformat(one)).days
    return 0


def _as_known(opened: OpenRound, held: Commitment, day: date) -> Inputs:
    """What a draw on ``day`` follows from, as it was known when its seed was promised, and by the
    procedure that was promised.
    """

    def people(name: str) -> dict[str, frozenset[str]]:
        return {school: frozenset(codes) for school, codes in held.known.get(name, {}).items()}

    weighs: Mapping[str, int] = held.known.get("weights", {})
    return Inputs(
        opened.round,
        opened.rubrics,
        opened.roster,
        weighs,
        people("last"),
        people("finders"),
        day if held.procedure >= _AFTER_DRAW else None,
    )


def _other_basis(opened: OpenRound, inputs: Inputs, held: Commitment, code: str) -> list[Problem]:
    """What keeps a seed from being drawn with as it was promised: ``code`` where what it was to be
    drawn from has changed since. Code: draw-procedure.
    """
    place = Place(opened.ledger_name)
    if held.procedure > PROCEDURE:
        said = {"number": held.number, "procedure": held.procedure, "known": PROCEDURE}
        return [problem("draw-procedure", place, **said)]
    both = zip(_BASIS, held.basis, digests(inputs), strict=True)
    what = "、".join(name for name, then, now in both if then != now)
    return [problem(code, place, what=what)] if what else []


def _notes(opened: OpenRound, made: Planned) -> list[Problem]:
    people = opened.roster.inspectors
    found = [
        problem(
            "plan-apart", Place(), title=opened.rubrics[one.rubric].title, parts=len(one.parts),
            names=parts_text(one.parts, lambda code: people[code].name), why=why_text(one),
            how=help_text(one),
        )
        for one in made.price.apart
    ]  # fmt: skip
    if opened.round.raters == "team":
        found.append(problem("plan-one-sheet", Place(SETTINGS, "", "raters")))
    return found
