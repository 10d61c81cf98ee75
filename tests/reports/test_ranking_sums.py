"""What the ranking workbook prints adds up as printed, and is what the letters print."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from reports.ranking.composite_sheet import _inexact
from scoring.results.scores import CompositeScore, RubricScores, Scores
from tests.reports.letter.test_sums import NAMES, letters
from tests.reports.made import a_round, some_schools
from tests.reports.ranking_books import head_of, opened, rows_of


def shown(value: object) -> Decimal:
    """A cell as it is printed, with two decimals."""
    return Decimal(str(value or 0)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def half_up(value: Fraction) -> Decimal:
    return Decimal(int(value * 200 + 1) // 2) / 100


@pytest.mark.parametrize("name", NAMES)
def test_dimensions_add_up_to_the_points_and_these_lead_to_the_total(name: str) -> None:
    made = letters(name, "full")
    of = made[0].rubric
    scores = Scores({name: RubricScores(of, tuple(one.score for one in made))}, ())
    book = opened(a_round(rubrics=(name,)), scores)
    (sheet,) = [sheet for sheet in book.worksheets if re.search("组$", sheet.title)]
    _, names = head_of(sheet)
    titles = [f"{item.title}{item.points:g}分" for item in of.dimensions]
    rows = [row for row in rows_of(sheet) if row["代码"].value]
    assert set(titles) <= set(names)
    by_hand = []
    for row in rows:
        letter = next(one for one in made if one.score.school.id == row["代码"].value)
        told = [shown(row[title].value) for title in titles]
        if not any(item.untold for item in letter.score.dimensions):
            assert sum(told) == shown(row["实得分"].value)
            assert told == [Decimal(earned) / 10_000 for earned, _ in letter.printed.dimensions]
        got, due = shown(row["实得分"].value), shown(row["应得分"].value)
        by_hand.append(half_up(Fraction(got) / Fraction(due) * 100) == shown(row["标化分"].value))
    text = "".join(str(cell.value) for line in sheet.iter_rows(max_row=3) for cell in line)
    assert all(by_hand) == ("标化分按未取整的得分计算" not in text)


@pytest.mark.parametrize(("weights", "inexact"), [((40, 60), False), ((1, 2), True)])
def test_weights_that_are_shown_rounded_are_told(weights: tuple[int, int], inexact: bool) -> None:
    school = some_schools(1)[0]
    held = dict(zip(("a", "b"), weights, strict=True))
    one = CompositeScore(school, "全部", 900_000, 1, 1, held, "")
    assert _inexact(Scores({}, (one,))) is inexact
