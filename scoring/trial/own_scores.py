"""What schools gave themselves, as a table of plain rows says it: ``A1.自评``, beside ``A1``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from inspections.records.self_assessment import OwnScore
from inspections.round.school import School
from inspections.round.table import blank
from inspections.row_workbook import RowColumn, read_value
from inspections.self_assessment.book import score_column
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.self_assessing import can_be_asked, self_assessed
from rubrics.messages.problems import Problem, problem
from scoring.results.own_scores import Given
from scoring.trial.headings import own_column
from scoring.trial.rows import Row, Sheet, lost_in


def own_columns_amiss(sheet: Sheet, rubric: Rubric) -> Iterator[Problem]:
    """Yields columns of what no school is asked for, and that there are none where the rubric takes
    something off. Codes: trial-own-unasked, trial-own-missing.
    """
    asks, there = rubric.self_assessment, sheet.headings.own
    asked = [item.id for item in self_assessed(rubric)]
    for item in rubric.indicators:
        if item.id in there and item.id not in asked:
            place = sheet.table.place(sheet.headings.row, there[item.id])
            said = {"what": f"“{own_column(item.id)}”一列", "why": _why(rubric, item)}
            yield problem("trial-own-unasked", place, **said)
    if asks is not None and asks.scored and asked and there.keys().isdisjoint(asked):
        place = sheet.table.place(sheet.headings.row)
        columns = "、".join(own_column(name) for name in asked[:3])
        yield problem("trial-own-missing", place, costs=asks.describe_costs(), columns=columns)


def own_scores_in(
    sheet: Sheet,
    rows: Sequence[Row],
    schools: Mapping[str, School],
    rubric: Rubric,
    problems: list[Problem],
) -> dict[tuple[str, str], Given] | None:
    """Returns what schools gave themselves, by (school, rubric): what the first of its rows says.

    A school of which no row says anything has handed nothing in. None where the table has no
    column for it. Codes: those of ``read_value``, entry-lost, trial-own-unasked, trial-own-differs.
    """
    asks = rubric.self_assessment
    items = [item for item in self_assessed(rubric) if item.id in sheet.headings.own]
    if asks is None or not items:
        return None
    found: dict[tuple[str, str], dict[str, OwnScore]] = {}
    first: dict[tuple[str, str], int] = {}
    columns = {item.id: score_column(asks, own_column(item.id)) for item in items}
    for row in rows:
        school = schools[row.school]
        asked = {item.id for item in self_assessed(rubric, school.traits)}
        for item in items:
            place = sheet.table.place(row.number, sheet.headings.own[item.id])
            given, met = _given(sheet, row, item, columns[item.id])
            problems += met
            if given is None:
                continue
            if item.id not in asked:
                said = {"what": f"{school.name} {item.id} 的自评“{given.text}”", "why": "不适用"}
                problems.append(problem("trial-own-unasked", place, **said))
                continue
            held = found.setdefault((row.school, rubric.id), {}).setdefault(item.id, given)
            line = first.setdefault((row.school, item.id), row.number)
            if held != given:
                said = {"school": school.name, "item": item.id, "value": held.text}
                problems.append(problem("trial-own-differs", place, **said, first=str(line + 1)))
    return {**found}


def _given(
    sheet: Sheet, row: Row, item: Indicator, column: RowColumn
) -> tuple[OwnScore | None, list[Problem]]:
    """What one cell says; None where it says nothing, or nothing that can be used."""
    table, at = sheet.table, sheet.headings.own[item.id]
    raw, place = table.raw(row.number, at), table.place(row.number, at)
    if lost := lost_in(table, row.number, at):
        return None, [problem("entry-lost", place, detail=lost)]
    if blank(raw):
        return None, []
    percent = (row.number, at) in table.percents
    value, met = read_value(column, raw, place, percent=percent, points=item.points)
    if value is None:
        return None, met
    return OwnScore(value if isinstance(value, Decimal) else None), met


def _why(rubric: Rubric, item: Indicator) -> str:
    if rubric.self_assessment is None:
        return "这份细则没有写 self_assessment，不要学校自评"
    if not can_be_asked(item):
        return "保密、测评、问卷和没有分值的指标不自评"
    return "它列在 self_assessment 的 leave_out 里"
