"""The ranking workbook of made-up scores, read back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from inspections.round.round import Round
from reports.ranking.book import ranking_book
from reports.ranking.previous import Before
from rubrics.messages.problems import Place, Problem, problem
from scoring.results.scores import RubricScores, SchoolScore, Scores
from tests.reports.made import made_scores, small_rubric, some_schools

PROBLEMS = (
    problem("entry-not-understood", Place("乙.xlsx", "表", "H9"), value="=1+1", expected="数"),
    problem("entry-interpreted", Place("甲.xlsx", "表", "H2"), value="５", meaning="5"),
    problem("entry-not-understood", Place("甲.xlsx", "表", "H12"), value="多", expected="数"),
    problem("entry-not-understood", Place("甲.xlsx", "表", "H2"), value="多", expected="数"),
    problem("evidence-missing", Place("甲.xlsx", "表", "H3"), indicator="A1"),
)


def opened(
    of: Round,
    scores: Scores,
    problems: tuple[Problem, ...] = PROBLEMS,
    previous: dict[tuple[str, str], Before] | None = None,
) -> Workbook:
    data = ranking_book(of, scores, problems, previous=previous)
    return openpyxl.load_workbook(io.BytesIO(data))


def group_sheets(book: Workbook, title: str = "学校厨房阳光") -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if re.match(f"{title} .*组$", sheet.title)]


def head_of(sheet: Worksheet, first: str = "名次") -> tuple[int, dict[str, int]]:
    """The head's row, and heading (without line breaks) -> column."""
    for row in sheet.iter_rows():
        names = {str(c.value).replace("\n", ""): c.column for c in row if c.value is not None}
        if first in names:
            return row[0].row, names
    raise AssertionError(f"no {first} in {sheet.title}")


def rows_of(sheet: Worksheet, first: str = "名次") -> list[dict[str, Cell]]:
    head, names = head_of(sheet, first)
    return [
        {name: sheet.cell(row, column) for name, column in names.items()}
        for row in range(head + 1, sheet.max_row + 1)
    ]


def by_school(sheet: Worksheet) -> dict[str, dict[str, Cell]]:
    return {row["学校"].value: row for row in rows_of(sheet) if row["学校"].value}


def schools(scores: Scores, rubric: str = "kitchen") -> dict[str, SchoolScore]:
    return {item.school.name: item for item in scores.rubrics[rubric].schools}


def find(scores: Scores, name: str) -> SchoolScore:
    return schools(scores)[name]


def text_of(sheet: Worksheet) -> str:
    return "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None)


def with_schools(scores: Scores, change: Callable[[SchoolScore], SchoolScore]) -> Scores:
    held = scores.rubrics["kitchen"]
    made = RubricScores(held.rubric, tuple(map(change, held.schools)))
    return Scores({"kitchen": made})


def the_scores() -> Scores:
    """Two rubrics, forty schools, a composite."""
    food = small_rubric()
    other = food.model_copy(update={"id": "other", "title": "另一项工作考核细则", "places": 1})
    return made_scores([food, other], some_schools(), {"kitchen": 60, "other": 40})
