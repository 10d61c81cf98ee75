"""The sentence above the tables of faults: how many there are, and what they come to."""

from __future__ import annotations

from reports.faults import PENALTY, Fault
from reports.letter import sentences
from reports.letter.open_points import stake_of
from reports.letter.subject import Letter
from rubrics.values.points import round_units


def summary(letter: Letter, standing: list[Fault], waiting: list[Fault]) -> str:
    """Returns how many rows each table has, and their points, as the dimensions sum them up."""
    texts = [_standing(letter, standing)]
    if waiting:
        held = _sums(letter, "暂", [(fault, letter.open_cost(fault)) for fault in waiting])
        text = sentences.WAITING.format(
            count=len(waiting),
            stake=stake_of(letter, waiting),
            held=held or sentences.WAITING_FREE.format(off=letter.off),
            what_is_owed=sentences.WAITING_FOR[
                not all(fault.unsettled for fault in waiting),
                any(fault.unsettled for fault in waiting),
            ],
        )
        texts.append(text)
    if not standing and len(letter.faults) > len(waiting):
        texts.append(sentences.ONLY_REMARKS)
    return f"{'；'.join(texts)}。"


def _standing(letter: Letter, standing: list[Fault]) -> str:
    if not standing:
        cost = any(fault.unproved for fault in letter.faults)
        return sentences.NONE_PROVED if cost else sentences.NONE_COSTS.format(off=letter.off)
    lost = _sums(letter, "", [(fault, letter.cost(fault)) for fault in standing])
    red = sum(bool(fault.red_lines) for fault in standing)
    key = sum(fault.key for fault in standing)
    marked = "、".join(
        text for text, there in ((f"红线{red}项", red), (f"关键项{key}项", key)) if there
    )
    which = sentences.FAULTS_MARKED.format(marked=marked) if marked else ""
    count = sentences.FAULTS.format(count=len(standing))
    return "，".join(part for part in (count, lost, which) if part)


def _sums(letter: Letter, how: str, costs: list[tuple[Fault, int]]) -> str:
    """The points of some rows; penalties apart, for they are no part of the rubric's points."""
    texts = []
    for name, held in (
        ("", [cost for fault, cost in costs if cost and fault.dimension != PENALTY]),
        ("附加", [cost for fault, cost in costs if cost and fault.dimension == PENALTY]),
    ):
        if held:
            count = f"{len(held)}项" if len(held) < len(costs) else ""
            text = f"{count}{how}{name}{letter.off}{letter.points(sum(held))}分"
            over = name and sum(held) > round_units(letter.score.penalty, letter.rubric.places)
            cap = f"（按上限计{letter.points(letter.score.penalty)}分）"
            texts.append(text + cap if over else text)
    return "、".join(texts)
