"""How far a follow-up is: what was found, and what nobody has looked at yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from inspections.ledger.follow_up import Draw
from inspections.records.rectification import FOUND, Case, Move, Verb
from inspections.round.opened import OpenRound

_KINDS = (Verb.DONE, Verb.NOT_DONE, Verb.RELAPSE, Verb.FALSE)


@dataclass(frozen=True, slots=True)
class DrawnItem:
    """One item of a draw. ``verdict``: what was found since, None where nobody has looked yet.

    ``report``: what the school had reported before that.
    """

    draw: int
    case: Case
    team: str
    report: Move | None = None
    verdict: Move | None = None


def drawn_items(draws: Iterable[Draw], cases: Mapping[int, Case]) -> list[DrawnItem]:
    """Returns the items of draws, by draw and number; what was erased is left out.

    A verdict belongs to the latest draw before it.
    """
    listed = sorted(draws, key=lambda one: one.number)
    made = []
    for at, one in enumerate(listed):
        for number, team in one.teams.items():
            case = cases.get(number)
            if case is None:
                continue
            later = [it.fact for it in listed[at + 1 :] if number in it.teams]
            end = later[0] if later else None
            verdict = _last(case, FOUND, one.fact, end)
            until = verdict.fact if verdict else end
            report = _last(case, frozenset({Verb.REPORT, Verb.PROGRESS}), 0, until)
            made.append(DrawnItem(one.number, case, team, report, verdict))
    return made


def unseen(draws: Iterable[Draw], cases: Mapping[int, Case]) -> frozenset[int]:
    """Returns the numbers of items that a draw has given out and nobody has looked at yet."""
    found = drawn_items(draws, cases)
    last = {one.case.number: one for one in found}
    return frozenset(
        number for number, one in last.items() if one.verdict is None and not _withdrawn(one.case)
    )


def _withdrawn(case: Case) -> bool:
    last = case.last(Verb.WITHDRAW, Verb.REOPEN)
    return last is not None and last.verb is Verb.WITHDRAW


HEADINGS: Final = ("次", "检查组", "学校", "抽取", "已查", "销号", "未改", "反弹", "虚报", "销号率")
"""Of the table that tells how far a follow-up is."""


def progress_rows(
    opened: OpenRound, items: Iterable[DrawnItem]
) -> tuple[Sequence[str], list[tuple[object, ...]]]:
    """Returns headings and rows, one for each draw, team and school.

    销号率 is the share of what was looked at that is done, in per cent.
    """
    groups: dict[tuple[int, str, str], list[DrawnItem]] = {}
    for one in items:
        groups.setdefault((one.draw, one.team, one.case.item.school), []).append(one)
    rows: list[tuple[object, ...]] = []
    for (draw, team, school), group in groups.items():
        known = opened.roster.schools.get(school)
        verbs = [one.verdict.verb for one in group if one.verdict]
        counts = [verbs.count(verb) for verb in _KINDS]
        name = known.name if known else school
        rows.append(
            (draw, team, name, len(group), len(verbs), *counts, rate(counts[0], len(verbs)))
        )
    return HEADINGS, rows


def rate(done: int, seen: int) -> str:
    """Returns a share in whole per cents, half up; empty where nothing was looked at."""
    return f"{(200 * done + seen) // (2 * seen)}%" if seen else ""


def _last(case: Case, verbs: frozenset[Verb], since: int, until: int | None) -> Move | None:
    """The latest move of these kinds after the fact ``since`` and before ``until``."""
    return next(
        (
            one
            for one in reversed(case.moves)
            if one.verb in verbs and one.fact > since and (until is None or one.fact < until)
        ),
        None,
    )
