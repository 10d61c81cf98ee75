"""What is evidence of a copied sheet, and what is simply true of two schools or two people."""

from __future__ import annotations

import numpy as np

from scoring.fairness.patterns.copied import copies
from scoring.fairness.patterns.pattern import Pattern
from tests.scoring.fairness.patterns.made_up import Round, honest
from tests.scoring.fairness.patterns.planting import copied

TEXT = "冷库门口积水没有清理"


def of_first(made: Round) -> Pattern:
    return copies(made.sheets())[0]


def test_two_at_one_school_have_the_same_and_that_is_no_pattern() -> None:
    """All facts of a visit are the same for both, to the tenth of a degree."""
    made = honest(5, people=6, visits=60, tough=False)
    twin = {school: np.flatnonzero(made.school == school) for school in range(60)}
    for rows in twin.values():
        made.faults[rows] = made.faults[rows[0]]
    assert all(one.p > 0.05 for one in copies(made.sheets()))


def test_the_cells_are_those_that_agree_rarest_first_on_both_sheets() -> None:
    made = honest(5, people=6, visits=90, tough=False)
    rows = made.of(0)
    copied(9)(made)
    found = of_first(made)
    assert found.p < 0.001 and found.statistic > 8
    pair = {f"第{made.school[rows[at]]}学校" for at in (0, -1)}
    assert {cell.sheet for cell in found.cells} == pair
    assert all(cell.cell.startswith("B") for cell in found.cells[:4])
    assert all(f"《{name}》" in found.words for name in pair)
    assert "项完全相同" in found.words and "请对照原始记录" in found.words


def test_a_sheet_of_somebody_who_went_along_counts_one_of_a_stranger_does_not() -> None:
    base = honest(5, people=6, visits=90, tough=False)
    for whose, known in ((1, True), (4, False)):
        made = honest(5, people=6, visits=90, tough=False)
        mine = made.of(0)
        [other] = [row for row in made.of(whose) if made.school[row] not in made.school[mine[:1]]][
            :1
        ]
        made.read[mine[0]], made.faults[mine[0]] = made.read[other], made.faults[other]
        assert (of_first(made).p < 0.05) is known
    assert of_first(base).p > 0.05


def test_what_many_have_is_no_evidence() -> None:
    """Every fridge of the county shows 4 degrees: all sheets agree, and nothing is rare."""
    made = honest(5, people=6, visits=60)
    made.read[:] = 4.0
    made.faults[:] = 0
    assert of_first(made).p == 1


def test_the_same_words_beside_the_same_figures_make_it_rarer() -> None:
    plain = honest(5, people=6, visits=90, tough=False)
    copied(4)(plain)
    rows = plain.of(0)
    told = honest(5, people=6, visits=90, tough=False)
    copied(4)(told)
    for number, row in enumerate(rows.tolist()):
        for item in ("B1", "B2", "B3", "B4"):
            own = TEXT if row in (rows[0], rows[-1]) else f"第{number}处情况见记录"
            told.texts[row, item] = own
    assert of_first(told).p < of_first(plain).p
    assert "4 项的问题描述也一字不差" in of_first(told).words


def test_usual_words_are_no_evidence() -> None:
    """Who always writes the same beside the same figures has not copied."""
    made = honest(5, people=6, visits=90)
    made.read[:] = 4.0
    made.faults[:] = 1
    for row in range(len(made.school)):
        for item in ("C1", "C2", "C3"):
            made.texts[row, item] = TEXT
    assert of_first(made).p == 1
