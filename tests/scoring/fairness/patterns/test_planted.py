"""What somebody does otherwise is told of them, and of nobody who had no part in it."""

from __future__ import annotations

import pytest

from scoring.fairness.patterns.looking import patterns_of
from scoring.fairness.patterns.pattern import Kind, Pattern
from tests.scoring.fairness.patterns.made_up import Round, honest
from tests.scoring.fairness.patterns.planting import PLANTED

ROUNDS = 2
_STRONG = [(kind, list(plants)[-1]) for kind, plants in PLANTED.items() if kind is not Kind.EDGE]


def told(made: Round, kind: Kind) -> list[Pattern]:
    return [one for one in patterns_of([made.sheets()], 3).told if one.kind is kind]


@pytest.mark.parametrize(("kind", "label"), _STRONG)
def test_a_planted_pattern_is_told(kind: Kind, label: str) -> None:
    found = 0
    for seed in range(ROUNDS):
        made = honest(40 + seed, people=6, visits=120)
        PLANTED[kind][label](made)
        own = [one for one in told(made, kind) if "P000" in one.inspectors]
        found += bool(own)
        for one in own:
            assert one.p <= 0.05 or one.state == "certain"
            assert one.cells and all(cell.file and cell.sheet for cell in one.cells)
            assert "请" in one.words and "核对" in one.words
            # Of the inspector's own sheets, or of those beside them.
            assert any(cell.file == "P000.xlsx" for cell in one.cells)
    assert found == ROUNDS


def test_marks_lifted_over_an_edge_are_told_of_a_whole_round() -> None:
    made = honest(7, people=6, visits=400)
    plant = PLANTED[Kind.EDGE]["up to 2"]
    for person in range(6):
        held = made.inspector.copy()
        made.inspector = (made.inspector - person) % 6
        plant(made)
        made.inspector = held
    found = told(made, Kind.EDGE)
    assert () in [one.inspectors for one in found]
    assert all(one.statistic > 0.5 for one in found)


def test_two_who_only_go_together_are_told_together() -> None:
    made = honest(41, people=6, visits=120)
    PLANTED[Kind.DRIFT]["±1"](made)
    [one] = told(made, Kind.DRIFT)
    assert one.inspectors == ("P000", "P001")
    assert "分不清" in one.words
    mixed = honest(41, people=6, visits=120, design="mixed")
    PLANTED[Kind.DRIFT]["±1"](mixed)
    assert ("P000",) in [one.inspectors for one in told(mixed, Kind.DRIFT)]
    # Points in ten days: from 6 above to 6 below in nineteen days.
    alone = next(one for one in told(mixed, Kind.DRIFT) if one.inspectors == ("P000",))
    assert alone.statistic == pytest.approx(-12 / 19 * 10, rel=0.3)
    assert "严了" in alone.words


def test_who_spreads_more_is_not_told_of_too_little() -> None:
    made = honest(42, people=6, visits=120)
    PLANTED[Kind.SPREAD]["none"](made)
    assert [one.inspectors for one in told(made, Kind.SPREAD)] == [("P000",)]
