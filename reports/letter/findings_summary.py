"""The sentence above the tables of faults: how many there are, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence

from reports.faults import PENALTY, Fault
from reports.letter import sentences
from reports.letter.open_points import stake_of
from reports.letter.subject import Letter
from rubrics.values.points import round_units


def summary(letter: Letter, standing: list[Fault], waiting: list[Fault]) -> str:
    """Returns how many rows each table has, and their points, as the dimensions sum them up."""
    texts = [_standing(letter, standing)]
    if hidden := sum(letter.printed.untold.values()):
        with_open = sentences.UNTOLD_OPEN if _hidden(letter, waiting) else ""
        said = {"off": letter.off, "points": letter.points(hidden), "with_open": with_open}
        texts.append(sentences.UNTOLD_SUM.format(**said))
    if waiting:
        held = _sums(
            letter, "暂", [(it, letter.open_cost(it)) for it in waiting if it.unproved], waiting
        )
        free = sentences.WAITING_HIDDEN if _hidden(letter, waiting) else sentences.WAITING_FREE
        text = sentences.WAITING.format(
            count=_waiting_count(standing, waiting),
            stake=stake_of(letter, waiting),
            held=held or free.format(off=letter.off),
            what_is_owed=sentences.WAITING_FOR[
                not all(fault.unsettled for fault in waiting),
                any(fault.unsettled for fault in waiting),
            ],
        )
        texts.append(text)
    if remarks := sum(not fault.counts for fault in letter.faults):
        texts.append(sentences.REMARKS.format(off=letter.off, count=remarks))
    return f"{'；'.join(texts)}。"


def _hidden(letter: Letter, waiting: list[Fault]) -> bool:
    """Whether points that are not told have been taken off until evidence comes."""
    return letter.rubric.pending != "full" and any(fault.untold for fault in waiting)


def _waiting_count(standing: list[Fault], waiting: list[Fault]) -> str:
    """How many wait; what has a row among the faults too is told, so that nobody adds it twice."""
    both, untold = sum(it.stands for it in waiting), sum(bool(it.untold) for it in waiting)
    notes = [sentences.WAITING_BOTH.format(count=both)] if both else []
    notes += [sentences.WAITING_UNTOLD.format(count=untold)] if untold else []
    note = sentences.WAITING_NOTE.format(notes="，".join(notes)) if notes else ""
    apart = bool(standing) and not both
    return sentences.WAITING_COUNT[apart].format(count=len(waiting)) + note


def _standing(letter: Letter, standing: list[Fault]) -> str:
    if not standing:
        cost = any(fault.unproved for fault in letter.faults)
        return sentences.NONE_PROVED if cost else sentences.NONE_COSTS.format(off=letter.off)
    lost = _sums(letter, "", [(it, letter.cost(it)) for it in standing if it.proved], standing)
    untold = sum(bool(fault.untold) for fault in standing)
    free = sum(not (fault.untold or fault.proved) for fault in standing)
    parts = [lost] if lost else []
    parts += [sentences.FAULTS_UNTOLD.format(count=untold)] if untold else []
    parts += [sentences.FAULTS_FREE.format(count=free, off=letter.off)] if free else []
    marked = _marked(standing)
    which = sentences.FAULTS_MARKED.format(marked=marked) if marked else ""
    count = sentences.FAULTS.format(count=len(standing))
    return "，".join(part for part in (count, "、".join(parts), which) if part)


def _marked(standing: list[Fault]) -> str:
    """How many rows stand under red lines and key items in the table, each counted once."""
    red = sum(bool(fault.red_lines) for fault in standing)
    both = sum(bool(fault.red_lines) and fault.key for fault in standing)
    key = sum(fault.key for fault in standing) - both
    parts = [f"红线{red}项"] if red else []
    parts += [f"{'其他' if both else ''}关键项{key}项"] if key else []
    return "、".join(parts)


def _sums(
    letter: Letter, how: str, costs: Sequence[tuple[Fault, int]], rows: Sequence[Fault]
) -> str:
    """The points of some rows; penalties apart, for they are no part of the rubric's points.

    ``costs``: of those among the ``rows`` that cost something; untold ones are left out.
    """
    texts = []
    for name, apart in (("", False), ("附加", True)):
        held = [
            cost
            for fault, cost in costs
            if not fault.untold and (fault.dimension == PENALTY) is apart
        ]
        if held:
            count = f"{len(held)}项" if len(held) < len(rows) else ""
            # What is there and rounds to nothing is told as that.
            text = f"{count}{how}{name}{letter.off}{letter.points(sum(held) or 1)}分"
            counted = letter.score.penalty - (letter.score.own.cost if letter.score.own else 0)
            over = name and sum(held) > round_units(counted, letter.rubric.places)
            cap = f"（按上限计{letter.points(counted)}分）"
            texts.append(text + cap if over else text)
    return "、".join(texts)
