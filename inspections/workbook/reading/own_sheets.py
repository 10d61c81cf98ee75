"""What was typed on the sheets that nobody fills in: guide, hidden list, marks, 学校自评.

Everything is compared with what was written there when the workbook was made, or marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from inspections.round.table import blank, cell
from inspections.workbook.drawing.guide_sheet import (
    GUIDE_TITLE,
    details_text,
    guide_headings,
    guide_steps,
)
from inspections.workbook.form.expectations import Expectations, bare
from inspections.workbook.form.identity import FORMAT, decode
from inspections.workbook.form.layout import GUIDE_SHEET, IDENTITY_SHEET, MARKS_SHEET
from inspections.workbook.form.own_scores import (
    FIRST_ROW,
    LINE,
    TITLE,
    own_sheet_names,
    typed_over,
)
from inspections.workbook.form.own_scores import (
    HEADINGS as OWN_HEADINGS,
)
from inspections.workbook.marking.list_sheet import HEADINGS, SAID
from inspections.workbook.marking.remarks import WORDS
from inspections.workbook.reading.head import Rows
from rubrics.language.subject import INSPECTOR, Subject, Words

_LEAST: Final = "〔几名〕"
_SOME_LEAST: Final = r"一次检查至少要有(?:\d{1,3}名督学|几名督学，各细则不同：.*)"
_STEP: Final = re.compile(r"\d{1,2}\.")
"""How a step of the guide begins, in every edition."""

_END: Final = "。"


class Typed(NamedTuple):
    """(A1 name, content) of what was ``typed``, and of texts that another edition printed."""

    typed: Sequence[tuple[str, object]]
    other_edition: Sequence[tuple[str, object]] = ()


def typed_on(
    sheet: str, rows: Rows, expected: Expectations, names: Collection[str], same: bool
) -> Typed:
    """Returns what the sheet called ``sheet`` holds that was not written on it.

    ``names``: what the workbook's visit sheets and their schools are called; ``same``: they were
    made from the rubrics as they are now.
    """
    if sheet == GUIDE_SHEET:
        return _on_guide(rows, expected, names, same)
    if sheet in own_sheet_names(expected.words):
        return Typed(list(_on_own_scores(rows, expected.words)))
    known = _is_listed(expected, names) if sheet == IDENTITY_SHEET else _is_mark(rows)
    return Typed(list(_others(rows, known)))


Known = Callable[[int, int, object], bool]


def _others(rows: Rows, known: Known) -> Iterator[tuple[str, object]]:
    for at, row in enumerate(rows):
        for column, raw in enumerate(row):
            if raw != "" and not blank(raw) and not known(at, column, raw):
                yield cell(at, column), raw


def _on_guide(rows: Rows, expected: Expectations, names: Collection[str], same: bool) -> Typed:
    words = expected.words
    headings = guide_headings(words)
    table = next((at for at, row in enumerate(rows) if _begins(row, headings)), len(rows))
    details = {bare(details_text(school)) for school in expected.roster.schools.values()}
    subtitle = bare(f"{expected.round.bureau}{expected.round.title}")
    schools, people = expected.schools, {bare(it) for it in names}
    rubrics = tuple(bare(it.title) for it in expected.rubrics.values())
    reworded: list[tuple[str, object]] = []

    def known(at: int, column: int, raw: object) -> bool:
        text = bare(str(raw))
        if at < table and column == 0:
            if at < 2:
                return text == (bare(GUIDE_TITLE), subtitle)[at]
            if _is_step(text, words.subject.name, words.measure, words.people):
                return True
            if _STEP.match(text):
                reworded.append((cell(at, 0), raw))
                return True
            return False
        if at <= table or column >= len(headings):
            return at == table and column < len(headings)
        match column:
            case 0:
                return isinstance(raw, (int, float)) and raw == at - table
            case 1:
                return text in schools or text in people
            case 2:
                return (text.startswith(rubrics) or not same) and text.endswith("版")
            case 4:
                return text in details
        return str(raw) in expected.round.occasions

    return Typed(list(_others(rows, known)), reworded)


def _begins(row: Sequence[object], headings: Sequence[str]) -> bool:
    return list(row[: len(headings)]) == list(headings)


@lru_cache(64)
def _is_step(text: str, name: str, measure: str, people: str) -> bool:
    """Most guides say the same; those of former editions called whoever inspects 督学."""
    steps = chain.from_iterable(_steps(name, measure, it) for it in (people, INSPECTOR))
    return any(pattern.fullmatch(text) for pattern in steps)


@lru_cache(4)
def _steps(name: str, measure: str, people: str) -> list[re.Pattern[str]]:
    words = Words(Subject(name=name, measure=measure), people=people)
    lines = (re.escape(bare(line)) for line in guide_steps(_LEAST, words))
    least = _SOME_LEAST.replace(INSPECTOR, re.escape(bare(people)))
    return [re.compile(line.replace(re.escape(bare(_LEAST)), least)) for line in lines]


def _on_own_scores(rows: Rows, words: Words) -> Iterator[tuple[str, object]]:
    printed = {0: [TITLE], 1: [LINE], FIRST_ROW - 1: OWN_HEADINGS}
    for at, row in enumerate(rows):
        if at < FIRST_ROW:
            ours = [words.said(text) for text in printed.get(at, ())]
            columns = [n for n, raw in enumerate(row) if n >= len(ours) or raw != ours[n]]
        else:
            columns = list(typed_over(row))
        for column in columns:
            if not blank(row[column]):
                yield cell(at, column), row[column]


def _is_listed(expected: Expectations, names: Collection[str]) -> Known:
    tabs = {bare(it) for it in names}

    def known(at: int, column: int, raw: object) -> bool:
        text = str(raw)
        if at == 0:
            return column < 2 and text == ("格式", FORMAT)[column]
        if column == 0:
            name = bare(re.sub(r"^\d+ |\(\d+\)$", "", text))
            return bare(text) in tabs or expected.may_be_tab(name)
        return column == 1 and decode(text) is not None

    return known


def _is_mark(rows: Rows) -> Known:
    head = next((at for at, row in enumerate(rows) if _begins(row, HEADINGS)), 0)
    said = {bare(text) for text in SAID}

    def known(at: int, column: int, raw: object) -> bool:
        text = str(raw)
        if column >= len(HEADINGS):
            return False
        if at < head:
            return column == 0 and (bare(text) in said if at else text == MARKS_SHEET)
        if at == head:
            return head > 0
        match column:
            case 0:
                return raw == at - head
            case 1:
                return text in WORDS.values()
            case 2:
                return "\n" not in text
        return text.endswith(_END)

    return known
