"""Without a verdict (不评定) no figure reads as a result, and nobody's place changes by it."""

from __future__ import annotations

from inspections.round.elapsed import FULL_YEAR
from rubrics.language.rubric import Rubric
from scoring.explaining.steps import composite_steps, steps
from scoring.results.scores import Scores
from scoring.results.tables import SCORES, score_row
from tests.scoring.small import a_round, item, rubric, school, visit
from tests.scoring.small import scored as county

OF = rubric(item("A1", 59), item("A2", 41, excusable=True), excused_limit=40)
OTHER = rubric(item("A1", 100), id="other")


def scored() -> tuple[Rubric, Scores]:
    """Two schools under two rubrics; of the first, ``b`` lacks 41 points of 100."""
    records = [
        visit("a", {"A1": 40, "A2": 40}),
        visit("b", {"A1": 59, "A2": "NA"}),
        visit("a", {"A1": 80}, of="other"),
        visit("b", {"A1": 90}, of="other"),
    ]
    found, _ = county([OF, OTHER], records, weights={"sample": 60, "other": 40})
    return OF, found


def test_the_table_tells_what_was_earned_of_what_but_no_total() -> None:
    of, found = scored()
    row = dict(zip(SCORES, score_row(of, found.rubrics[of.id].schools[1]), strict=True))
    told = {"earned": "59.0000", "applicable": "59.0000", "normalised": "", "total": "", "rank": ""}
    assert {name: row[name] for name in told} == told
    assert row["grade"] == "不评定"
    assert found.rubrics[of.id].schools[1].gap is None


def test_the_composite_has_no_figure_and_the_others_keep_their_places() -> None:
    _, found = scored()
    a, b = found.composite
    assert (a.total, a.rank, a.group_size) == (800_000, 1, 1)
    assert (b.total, b.rank, b.group_size) == (None, None, 1)
    assert "不评定" in b.unranked
    (figure, place) = composite_steps(found, "b")
    assert figure.value == "没有"
    assert "不评定 × 60" in figure.because
    assert place.value == "不排名"


def test_the_explanation_goes_back_to_the_points_without_a_total() -> None:
    of, found = scored()
    told = {
        step.name: step.value
        for step in steps(a_round(), of, found.rubrics[of.id].schools[1], FULL_YEAR)
    }
    assert (told["等次"], told["总分"], told["实得"], told["应得"]) == (
        "不评定",
        "没有",
        "59",
        "59",
    )
    assert "标化分" not in told
    assert "组内" not in told


def test_putting_right_gives_nothing_back_to_a_total_that_is_not_told() -> None:
    found = school(OF, visit("a", {"A1": 9, "A2": "NA"}))
    assert [one.gain for one in found.indicators] == [0, 0]
