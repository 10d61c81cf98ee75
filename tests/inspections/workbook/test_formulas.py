"""LibreOffice calculates what the engine does, to the last digit, for every rule kind."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_cell_to_rowcol

from inspections.records.record import Record, State
from inspections.round.elapsed import elapsed_periods
from inspections.round.opened import OpenRound
from inspections.round.school import School
from inspections.workbook.form.contents import SheetSpec
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.layout import TOTALS, Column, SheetLayout
from inspections.workbook.reading.workbook import read_workbook
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.subject import Subject
from rubrics.values.points import half_up
from scoring.engine.triggers import seen as triggered
from scoring.results.one_entry import cells_of, exact_score, score_observation
from scoring.results.scores import IndicatorScore
from tests.inspections.workbook.sheets import agrees, drawn, filled, open_round, school, workbooks
from tests.reference.nested import is_nested, normalised
from tests.rubrics.strategies import KINDS, rubrics

RUBRICS_A_KIND, SCHOOLS_A_RUBRIC = 4, 3
Convert = Callable[..., list[Path]]
Written = tuple[Path, OpenRound, list[SheetSpec]]


@dataclass(frozen=True)
class Case:
    """One sheet: as LibreOffice calculated it, and as the toolkit reads and scores it."""

    rubric: Rubric
    school: School
    layout: SheetLayout
    name: str
    cells: list[list[Any]]
    visit: Record
    scores: dict[str, IndicatorScore]
    exact: dict[str, Fraction | None]
    """Points by indicator, before any rounding; None where it is not checked."""

    def shown(self, cell: str) -> Decimal | str:
        row, column = xl_cell_to_rowcol(cell)
        value = self.cells[row][column] if column < len(self.cells[row]) else ""
        return Decimal(str(round(value, 10))) if isinstance(value, float) else str(value)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("formulas")
    opened, specs = _round(folder)
    workbooks(opened).write(folder / "written.xlsx", specs)
    return folder / "written.xlsx", opened, specs


@pytest.fixture(scope="module")
def recalculated(written: Written, soffice: Convert) -> Path:
    (saved,) = soffice(written[0], to="xlsx", into=written[0].parent / "saved")
    return saved


@pytest.fixture(scope="module")
def cases(written: Written, recalculated: Path) -> list[Case]:
    path, opened, specs = written
    books = workbooks(opened)
    record = read_workbook(path.read_bytes(), path.name, expectations(opened))
    read = {(item.key.rubric, item.key.school): item.visit for item in record.sheets}
    book = CalamineWorkbook.from_path(str(recalculated))
    made = []
    for spec, name in zip(specs, book.sheet_names[1:], strict=False):
        visit = read[spec.rubric, spec.school.id]
        assert visit is not None
        rubric = opened.rubrics[spec.rubric]
        layout = books.form(spec).layout
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        seen = [
            (item, found) for item in rubric.indicators if (found := visit.observation(item.id))
        ]
        setting: dict[str, Any] = {
            "day": visit.day,
            "elapsed": elapsed_periods(opened.round),
            "traits": spec.school.traits,
        }
        scores = {
            item.id: score_observation(rubric, item, found, **setting) for item, found in seen
        }
        exact = {
            item.id: None if units is None else units / 10_000
            for item, found in seen
            for units in [exact_score(rubric, item, found, **setting)]
        }
        made.append(Case(rubric, spec.school, layout, name, cells, visit, scores, exact))
    assert len(made) == len(specs)
    return made


def _round(folder: Path) -> tuple[OpenRound, list[SheetSpec]]:
    chance = random.Random(20260301)
    made: list[Rubric] = []
    for number, kind in enumerate(KINDS):
        strategy = rubrics(scale="merits", kinds=(kind,), most_indicators=6)
        # Of twice as many, those that have most to score: a kind may need a lot of entries.
        several = drawn(strategy, 2 * RUBRICS_A_KIND, number)
        several.sort(key=lambda item: -len(item.indicators))
        made += several[:RUBRICS_A_KIND]
    made += drawn(rubrics(scale="demerits", most_indicators=6), 2 * RUBRICS_A_KIND, 99)
    made = [
        item.model_copy(update={"id": f"r{number}", "when": None, "subject": Subject()})
        for number, item in enumerate(made)
    ]
    schools = [school(number, chance) for number in range(len(made) * SCHOOLS_A_RUBRIC)]
    opened = open_round(made, schools, folder)
    pairs = zip(made * SCHOOLS_A_RUBRIC, schools, strict=True)
    return opened, [filled(rubric, at, chance) for rubric, at in pairs]


def rounded(value: Fraction, places: int) -> Fraction:
    """Half-up, also of what is below zero."""
    return Fraction(half_up(value.numerator * 10**places, value.denominator), 10**places)


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def test_every_indicator_scores_as_the_engine_says(cases: list[Case]) -> None:
    wrong, checked = [], dict.fromkeys([*KINDS, "demerits"], 0)
    for case in cases:
        for block in case.layout.blocks:
            if not isinstance(block.item, Indicator):
                continue
            due = case.exact[block.owner]
            shown = case.shown(Column.SCORE.at(block.first.number))
            if not agrees(shown, due):
                wrong.append((case.name, block.owner, block.item.rule.kind, shown, due))
            if due is not None:
                checked[block.item.rule.kind] += 1
                checked["demerits"] += case.rubric.scale == "demerits"
    assert wrong == []
    assert min(checked.values()) > 5, str(checked)


def test_key_items_that_fail_are_named(cases: list[Case]) -> None:
    wrong, failed = [], 0
    for case in cases:
        for block in case.layout.blocks:
            score = case.scores.get(block.owner)
            if score is None or score.state is not State.CHECKED:
                continue
            shown = case.shown(Column.KEY.at(block.first.number))
            failed += score.key_failed
            if bool(shown) != score.key_failed:
                wrong.append((case.name, block.owner, shown))
    assert wrong == []
    assert failed > 10


def test_red_lines_that_act_are_named(cases: list[Case]) -> None:
    wrong, crossed, void = [], 0, 0
    for case in cases:
        for block in case.layout.blocks:
            score, item = case.scores.get(block.owner), block.item
            if score is None or not isinstance(item, Indicator) or not item.red_lines:
                continue
            seen = case.visit.observation(block.owner)
            assert seen is not None
            rule = item.rule_on(case.visit.day)
            cells = cells_of(item, seen, {}, case.school.traits)
            met = any(bool(triggered(line.triggers, rule, cells)[0]) for line in item.red_lines)
            below = [t.below for line in item.red_lines for t in line.triggers if t.below]
            due = case.exact[block.owner] or Fraction(0)
            kept = due if case.rubric.scale == "merits" else Fraction(item.points) - due
            met |= score.state is State.CHECKED and any(kept < limit for limit in below)
            acts = score.state is State.CHECKED and met
            crossed += acts
            void += met and not acts
            if bool(case.shown(Column.LINE.at(block.first.number))) != acts:
                wrong.append((case.name, block.owner, acts))
    assert wrong == []
    assert min(crossed, void) > 1, (crossed, void)


def test_running_totals_add_up(cases: list[Case]) -> None:
    nested = 0
    for case in cases:
        places = case.rubric.places
        done = [item for item in case.scores.values() if item.state is State.CHECKED]
        applicable = sum(x.points for x in done)
        if is_nested(case.rubric):
            nested += bool(done)
            known = {name: own for name, own in case.exact.items() if own is not None}
            due = normalised(case.rubric, known) if done else Fraction(0)
            assert case.shown("B5") == decimal(rounded(due, 4)), case.name
            assert case.shown("D5") == (case.rubric.points if done else 0)
            if done:
                assert case.shown("E5") == decimal(rounded(due, places)), case.name
            continue
        earned = Fraction(0)
        for dimension in case.rubric.dimensions:
            own = [exact for x in dimension.indicators if (exact := case.exact.get(x.id))]
            if case.rubric.rounding == "items":
                own = [rounded(exact, places) for exact in own]
            whole = sum(own, Fraction(0))
            earned += rounded(whole, places) if case.rubric.rounding == "dimensions" else whole
        assert case.shown("B5") == decimal(rounded(earned, 4)), case.name
        assert case.shown("D5") == Decimal(applicable) / 10_000
        if case.rubric.scale == "merits" and applicable:
            share = earned * Fraction(case.rubric.points) / Fraction(applicable, 10_000)
            assert case.shown("E5") == decimal(rounded(share, places)), case.name
        assert str(case.shown(TOTALS["已查"].partition(":")[0])).startswith(f"已查 {len(done)} /")
    assert nested > 10


def test_nothing_that_is_printed_counts_as_typed(written: Written, recalculated: Path) -> None:
    expected = expectations(written[1])
    for path in (written[0], recalculated):
        record = read_workbook(path.read_bytes(), path.name, expected)
        assert len(record.sheets) == len(written[2])
        codes = {item.code for item in record.problems}
        assert codes.isdisjoint({"entry-misplaced", "statement-kept"})


def test_no_formula_fails(recalculated: Path, cases: list[Case]) -> None:
    with ZipFile(recalculated) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 3 * len(cases) + 2  # each visit with the two pages of its paper
        for name in sheets:
            assert re.findall(r'<c [^>]*t="e".*?</c>', package.read(name).decode()) == []
