"""What schools gave themselves beside what the visit gave: figures, letters, ranking, results."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inspections.round.opened import OpenRound
from inspections.steps.collecting import collect_round
from inspections.steps.self_assessing import collect_self_assessment
from reports.letter.content import texts
from reports.letter.own_scores import own_scores
from reports.letter.peers import Peers
from reports.letter.subject import Letter
from reports.ranking.book import ranking_book
from reports.steps.reporting import report_round
from rubrics.values.points import to_units
from scoring.results.own_scores import COLUMNS
from scoring.results.scores import OwnTotal, SchoolScore, Scores
from scoring.steps.scoring import write_scores
from tests.inspections.rectification.items import BY
from tests.inspections.self_assessment.asking_round import FILLED, asking, filled
from tests.inspections.small_round import INSPECTORS, SCHOOLS, spec, write
from tests.inspections.started_round import started


@pytest.fixture
def of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenRound:
    """The first school was inspected by both inspectors of its team."""
    made = asking(tmp_path / "round", monkeypatch)
    write(made, made.folder.returned / "a.xlsx")
    write(
        made, made.folder.returned / "b.xlsx", spec({"同行督学": "王建国"}, inspector=INSPECTORS[1])
    )
    collect_round(made.folder.root)
    return made


def handed_in(of: OpenRound) -> None:
    filled(of, "一.xlsx", FILLED)
    collect_self_assessment(of.folder.root, BY)


def scored(of: OpenRound) -> Scores:
    made, _ = write_scores(of.folder.root)
    assert made is not None
    assert made.scores is not None
    return made.scores


def first(scores: Scores) -> SchoolScore:
    return next(it for it in scores.rubrics["kitchen"].schools if it.school.id == SCHOOLS[0].id)


def letter(of: OpenRound, scores: Scores) -> list[str]:
    made = Letter(of.round, of.rubrics["kitchen"], first(scores), of.roster, Peers())
    return [text for block in own_scores(made) for text in texts(block) if text]


def table(of: OpenRound) -> list[list[str]]:
    path = of.folder.results / "self_assessment.csv"
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_only_what_both_have_is_compared(of: OpenRound) -> None:
    before = first(scored(of))
    handed_in(of)
    school = first(scored(of))
    own = school.own
    assert own is not None
    # Not A3, of which the school says that it does not apply; A5 it was not asked for.
    given = {"A1": "3.5", "A2": "2", "A4": "1.5", "A6": "2", "A7": "2"}
    earned = {it.indicator: it.earned for it in school.indicators}
    assert (own.handed_in, own.asked, own.count) == (True, 6, 5)
    assert own.own == sum(to_units(Decimal(text)) for text in given.values())
    assert own.review == sum(earned[name] for name in given)
    # It changes no score.
    assert (school.total, school.grade, earned) == (
        before.total, before.grade, {it.indicator: it.earned for it in before.indicators},
    )  # fmt: skip


def test_who_hands_nothing_in_is_told_so(of: OpenRound) -> None:
    scores = scored(of)
    assert first(scores).own == OwnTotal(False, 6)
    assert letter(of, scores) == ["你校没有交自评表，不作自评与复评的比较。"]
    rows = table(of)
    assert tuple(rows[0]) == COLUMNS
    assert [row[4] for row in rows[1:]] == ["A1", "A2", "A3", "A4", "A6", "A7"]
    assert all(row[6] == row[8] == "" for row in rows[1:])


def test_what_is_printed_subtracts_as_it_is_printed(of: OpenRound) -> None:
    handed_in(of)
    scores = scored(of)
    own = first(scores).own
    assert own is not None
    told = letter(of, scores)
    at = told.index("合计")
    count, mine, theirs, apart = told[at + 1 : at + 5]
    assert count == "5"
    assert Decimal(mine) - Decimal(theirs) == Decimal(apart)
    assert (to_units(Decimal(mine)), to_units(Decimal(theirs))) == (own.own, own.review)
    assert mine in told[-1]
    assert theirs in told[-1]
    rows = {row[4]: row[5:] for row in table(of)[1:]}
    assert rows["A1"][1] == "3.5"
    assert rows["A3"][1:] == ["不适用", "4.0000", ""]
    for points, own_points, review, difference in rows.values():
        if difference:
            assert Decimal(own_points) - Decimal(review) == Decimal(difference)
            assert Decimal(own_points) <= Decimal(points)


def test_the_ranking_workbook_has_a_sheet_of_it(of: OpenRound) -> None:
    handed_in(of)
    scores = scored(of)
    own = first(scores).own
    assert own is not None
    book = load_workbook(BytesIO(ranking_book(of.round, scores, ())))
    (row,) = [it for it in book["自评与复评"].iter_rows(values_only=True) if it[2] == "第一小学"]
    assert row[3:5] == (6, 5)
    assert [to_units(Decimal(str(it))) for it in row[5:8]] == [
        own.own, own.review, own.own - own.review,
    ]  # fmt: skip


def test_a_new_self_assessment_makes_results_that_lie_there_old(of: OpenRound) -> None:
    scored(of)
    handed_in(of)
    _, problems = report_round(of.folder.root)
    told = [it for it in problems if it.code == "results-outdated"]
    assert ["学校自评" in it.message for it in told] == [True]
    scored(of)
    _, problems = report_round(of.folder.root)
    assert [it for it in problems if it.code == "results-outdated"] == []


def test_rubrics_that_do_not_ask_show_nothing(tmp_path: Path) -> None:
    made = started(tmp_path / "round")
    write(made, made.folder.returned / "a.xlsx")
    collect_round(made.folder.root)
    scores = scored(made)
    assert first(scores).own is None
    assert letter(made, scores) == []
    assert not (made.folder.results / "self_assessment.csv").exists()
    book = load_workbook(BytesIO(ranking_book(made.round, scores, ())))
    assert "自评与复评" not in book.sheetnames
