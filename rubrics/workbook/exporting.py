"""A rubric as a workbook that a bureau reads and edits in Excel or WPS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import xlsxwriter

from rubrics.checking.walk import red_lines
from rubrics.language.rubric import Rubric
from rubrics.workbook import sheets
from rubrics.workbook.cells import to_cell
from rubrics.workbook.looks import Dressed, Looks
from rubrics.workbook.rule_rows import OWN, keys_of, rule_rows
from rubrics.workbook.sheets import Sheet

Row = dict[str, Any]


def export_workbook(rubric: Rubric) -> bytes:
    """Returns the workbook of a rubric; importing it gives the same rubric back.

    The same rubric gives the same bytes.
    """
    content = rubric.model_dump()
    tables = _tables(rubric, content)
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        looks = Looks(book, rubric.title)
        looks.guide()
        looks.facts(sheets.FACTS, _flat(content))
        for sheet in sheets.TABLES:
            looks.table(sheet, [_dressed(sheet, row) for row in tables[sheet.name]])
    return memory.getvalue()


def _tables(rubric: Rubric, content: Row) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for dimension in content["dimensions"]:
        rows[sheets.DIMENSIONS.name].append(dimension)
        for indicator in dimension["indicators"]:
            owner = {"indicator": indicator["id"]}
            own = {"dimension": dimension["id"], **_flat(indicator)}
            own["key"] = indicator["key"] is not None
            rows[sheets.INDICATORS.name].append(own)
            rows[sheets.RULE_ROWS.name] += rule_rows(indicator["rule"], owner)
            for period, dated in enumerate(indicator["effective"], 1):
                of_period = owner | {"period": period}
                rows[sheets.DATED.name].append(of_period | dated)
                rows[sheets.RULE_ROWS.name] += rule_rows(dated["rule"], of_period)
            for trigger in (indicator["key"] or {}).get("triggers", ()):
                rows[sheets.TRIGGERS.name].append({"owner": "key", **owner, **trigger})
    for number, (_, line, indicator) in enumerate(red_lines(rubric), 1):
        owner = {"indicator": indicator.id if indicator else None, "number": number}
        plain = line.model_dump()
        lower = plain["consequence"]["lower"] or None
        rows[sheets.RED_LINES.name].append(_flat(plain) | owner | {"consequence.lower": lower})
        for trigger in plain["triggers"]:
            rows[sheets.TRIGGERS.name].append({"owner": "red_line", **owner, **trigger})
    for kind in sheets.EXTRAS:
        for item in (content[kind] or {}).get("items", ()):
            rows[sheets.EXTRA_ITEMS.name].append(_flat(item | item["rule"]))
    rows[sheets.GRADES.name] = [_flat(grade) for grade in content["grades"]]
    rows[sheets.KEY_LIMITS.name] = list(content["key_limits"])
    for code, document in content["documents"].items():
        rows[sheets.DOCUMENTS.name].append({"code": code, **document})
    for code, text in content["sources"].items():
        rows[sheets.SOURCES.name].append({"code": code, "text": text})
    for code, trait in content["traits"].items():
        rows[sheets.OWN_TRAITS.name].append({"code": code, **trait})
    for code, method in content["methods"].items():
        rows[sheets.OWN_METHODS.name].append({"code": code, **method})
    for code, others in content["subject"]["columns"].items():
        rows[sheets.ROSTER_COLUMNS.name].append({"code": code, "text": others})
    rows[sheets.REPEATS.name] = list(_repeats(rubric))
    demerits = rubric.scale == "demerits"
    for row, item in zip(rows[sheets.INDICATORS.name], rubric.indicators, strict=True):
        wording = item.rule.describe(item.points, demerits=demerits)
        row[""] = f"{item.rule.name}：{wording}"
    return rows


def _repeats(rubric: Rubric) -> Iterator[Row]:
    if rubric.repeat is not None:
        yield rubric.repeat.model_dump() | dict.fromkeys(rubric.repeat.after, True)
    for item in rubric.indicators:
        if item.repeat is False:
            yield {"indicator": item.id, "never": True}
        elif item.repeat is not None:
            found = dict.fromkeys(item.repeat.after, True)
            yield {"indicator": item.id} | item.repeat.model_dump() | found


_GROUPS = (
    "visit",
    "subject",
    "bonus",
    "penalty",
    "rectify",
    "consequence",
    "tier_failed_at_most",
    "dimensions_reach",
    "self_assessment",
)


def _flat(content: Row) -> Row:
    """The same with the keys of inner groups spelled out: ``rectify.days``."""
    flat: Row = {}
    for key, value in content.items():
        inner = value.items() if key in _GROUPS and value else ()
        flat |= {f"{key}.{name}": item for name, item in inner} or {key: value}
    return flat


def _dressed(sheet: Sheet, row: Row) -> Dressed:
    cells = []
    for column in sheet.columns:
        names = column.keys or ("",)
        cells.append(to_cell(column, next((row[name] for name in names if name in row), None)))
    if sheet is not sheets.RULE_ROWS:
        return Dressed(cells)
    used = keys_of(row["of"], row["row"]) | OWN
    unused = {n for n, column in enumerate(sheet.columns) if not used & set(column.keys)}
    return Dressed(cells, unused, leads=row["row"] == sheets.RULE_ROW)
