"""Which corrections totals get: those that stand, and of rubrics without, those measured now.

What letters have said stands (:mod:`inspections.ledger.severity`): a late sheet would move the
corrections of all a little, and the letters of schools that it has nothing to do with. Somebody who
had no sheet then is corrected by 0, as one who is as strict as the others. Only who asks for it has
all measured anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from inspections.ledger.severity import HeldSeverity, Holding
from inspections.round.folder import SETTINGS
from inspections.round.severity_correction import PLACES
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.points import fixed, to_units
from scoring.engine.severity_correction import Correction
from scoring.fairness.corrections import Corrections
from scoring.fairness.severity_correction import MeasuredCorrection, Unknown

TELL: Final = to_units(Decimal("0.10"))
"""Units: where a correction that stands differs by more from what would be measured, it is told."""

NOBODY: Final[frozenset[str]] = frozenset()
_ALL_APART: Final = "查各组的督学不能都互相比较"


def standing_corrections(
    round: str, measured: Mapping[str, MeasuredCorrection], held: Mapping[str, HeldSeverity]
) -> Corrections:
    """Returns the corrections of a round (its id) as ``measured``, but for those that are ``held``.

    Of rubrics of which nothing is held none is corrected where one of them is too little compared,
    or not as reliably as is asked for. Codes: severity-unknown, severity-alike, severity-islands,
    severity-none, severity-late, severity-drifted.
    """
    fresh = {name: one for name, one in measured.items() if name not in held}
    late = {
        name: frozenset(_late(measured[name], one))
        for name, one in held.items()
        if name in measured and not one.nothing
    }
    numbers = _numbers(round, [*_known(fresh), *(it for own in late.values() for it in own)], held)
    scope = "没有定下校正的细则" if len(fresh) < len(measured) else "本轮"
    made, told = _fresh(fresh, numbers, scope)
    given: dict[str, Correction] = {}
    holding: dict[str, Holding] = {}
    for name, one in measured.items():
        stands = held.get(name)
        now = made[name] if stands is None else _with(stands, late.get(name, NOBODY), numbers)
        holding[name] = Holding(stands.number if stands else 0, None if now == stands else now)
        if stands is not None:
            told += _told_of_held(one, now)
        if not now.nothing:
            within = frozenset(one.groups) - set(now.left)
            held_as = now if stands is not None else None
            given[name] = Correction(now.inspectors, within, now.numbers, now.late, held_as)
    return Corrections(given, holding, tuple(told))


def measured_anew(
    round: str, measured: Mapping[str, MeasuredCorrection], held: Mapping[str, HeldSeverity]
) -> tuple[dict[str, HeldSeverity], list[Problem]]:
    """Returns what is to stand once somebody asks for it, and why others are not corrected.

    As :func:`standing_corrections` measures rubrics of which nothing is held; inspectors keep their
    numbers.
    """
    made, told = _fresh(measured, _numbers(round, _known(measured), held), "本轮")
    return {name: replace(one, again=True) for name, one in made.items()}, told


def _fresh(
    measured: Mapping[str, MeasuredCorrection], numbers: Mapping[str, int], scope: str
) -> tuple[dict[str, HeldSeverity], list[Problem]]:
    """What was measured as it may stand, and why nobody is corrected.

    None is where one of the rubrics is too little compared, or not as reliably as is asked for.
    """
    blocked = {
        one.rubric.title: one.inspectors
        for one in measured.values()
        if isinstance(one.inspectors, Unknown) and one.inspectors.blocks
    }
    told: list[Problem] = []
    why = "；".join(f"《{title}》{one.why}" for title, one in blocked.items())
    if blocked:
        remedy = "".join(dict.fromkeys(one.remedy for one in blocked.values()))
        told.append(_problem("severity-unknown", scope=scope, why=why, remedy=remedy))
    found = {}
    for name, one in measured.items():
        nothing, own = why, {}
        if isinstance(one.inspectors, Unknown):
            nothing = why or one.inspectors.why
        elif set(one.apart) >= set(one.groups):
            nothing = why or _ALL_APART
        elif not why:
            own = dict(one.inspectors)
        if not blocked:
            told += _told_of_measured(one)
        found[name] = HeldSeverity(
            name,
            own,
            {code: numbers[code] for code in own},
            frozenset(),
            one.apart if own else (),
            nothing,
            one.records,
            one.sheets,
        )
    return found, told


def _late(one: MeasuredCorrection, held: HeldSeverity) -> Iterator[str]:
    """Who saw schools that are corrected, and is not known."""
    for code, groups in one.seen.items():
        if code not in held.inspectors and groups - set(held.left):
            yield code


def _with(held: HeldSeverity, late: frozenset[str], numbers: Mapping[str, int]) -> HeldSeverity:
    if not late:
        return held
    return replace(
        held,
        inspectors={**held.inspectors, **dict.fromkeys(sorted(late), 0)},
        numbers={**held.numbers, **{code: numbers[code] for code in sorted(late)}},
        late=held.late | late,
        continues=held.continues or held.number,
    )


def _known(measured: Mapping[str, MeasuredCorrection]) -> Iterator[str]:
    for one in measured.values():
        if not isinstance(one.inspectors, Unknown):
            yield from one.inspectors


def _numbers(round: str, codes: Iterable[str], held: Mapping[str, HeldSeverity]) -> dict[str, int]:
    """The numbers that inspectors go by on paper, the same under all rubrics: those that they have,
    and for others the next, in an order that tells nobody who is who.
    """
    found = {code: number for one in held.values() for code, number in one.numbers.items()}
    last = max((one.taken for one in held.values()), default=0)
    new = sorted(
        {*codes} - found.keys(),
        key=lambda code: hashlib.sha256(f"{round}\n{code}".encode()).digest(),
    )
    return found | {code: number for number, code in enumerate(new, last + 1)}


def _told_of_measured(one: MeasuredCorrection) -> Iterator[Problem]:
    if isinstance(one.inspectors, Unknown):
        yield _problem("severity-alike", rubric=one.rubric.title, why=one.inspectors.why)
    elif one.apart:
        said = {"groups": "、".join(one.apart), "count": len(one.apart)}
        yield _problem("severity-islands", rubric=one.rubric.title, **said)


def _told_of_held(one: MeasuredCorrection, held: HeldSeverity) -> Iterator[Problem]:
    title = one.rubric.title
    if held.nothing:
        yield _problem("severity-none", rubric=title, day=held.day, why=held.nothing)
    if held.late:
        who = "、".join(f"{number}号" for number in sorted(held.numbers[it] for it in held.late))
        yield _problem("severity-late", rubric=title, day=held.day, who=who, count=len(held.late))
    if what := drifted(one, held):
        yield _problem("severity-drifted", rubric=title, day=held.day, what=what)


def drifted(one: MeasuredCorrection, held: HeldSeverity) -> str:
    """Returns by what the corrections that stand differ from what would be measured now, in
    Chinese; empty where it is no more than ``TELL``.
    """
    if isinstance(one.inspectors, Unknown):
        return "" if held.nothing else f"现在测不出来（{one.inspectors.why}）"
    now = one.inspectors
    if held.nothing:
        return "" if set(one.apart) >= set(one.groups) else "定下时没有校正，现在测得出来"
    apart = [abs(held.inspectors[code] - now[code]) for code in held.inspectors if code in now]
    far = [units for units in apart if units > TELL]
    said = []
    if far:
        least, most = fixed(TELL, PLACES), fixed(max(far), PLACES)
        said.append(f"{len(far)} 名督学相差超过 {least} 分，最多相差 {most} 分")
    if set(one.apart) != set(held.left):
        before, after = (f"“{'、'.join(it)}”" if it else "没有" for it in (held.left, one.apart))
        said.append(f"不校正的组，定下时{before}，现在{after}")
    return "；".join(said)


def _problem(code: str, **said: object) -> Problem:
    return problem(code, Place(SETTINGS, "", "severity_correction"), **said)
