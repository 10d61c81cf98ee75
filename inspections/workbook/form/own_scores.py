"""What stands on the sheet 学校自评 of a workbook: what schools gave themselves before the visit.

A sheet of its own: the columns of visit sheets are the same on every sheet that was ever handed
out, and are read by their place. Every cell has a digest beside it, so that what somebody types
over it is known from what was printed, whatever the ledger says by then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from inspections.workbook.form.contents import SheetSpec
from rubrics.language.rubric import Rubric
from rubrics.language.self_assessing import self_assessed
from rubrics.language.subject import Words
from rubrics.messages.outgoing import outgoing
from rubrics.values.points import number_text

OWN_SHEET: Final = "学校自评"
TITLE: Final = "学校自评"
LINE: Final = "学校在检查以前自己填的，供对照，这里不填；得分照常按检查所见填在检查表里。"
HEADINGS: Final = ("学校", "细则", "编号", "二级指标", "分值", "自评", "自评说明")
WIDTHS: Final = (20.0, 22.0, 8.0, 26.0, 7.0, 9.0, 46.0)
FIRST_ROW: Final = 3
"""The first row below the headings, counted from 0."""

NONE_CAME: Final = "（写表时还没有交自评表）"
_BLANK: Final = "（没有填）"
_LENGTH: Final = 8


def own_sheet_names(words: Words) -> tuple[str, str]:
    """Returns what the sheet is called, and what it was called whatever was inspected."""
    return words.said(OWN_SHEET), OWN_SHEET


def is_own_sheet(rows: Sequence[Sequence[object]]) -> bool:
    """Returns whether a sheet has the headings of this one, whatever it is called."""
    return len(rows) >= FIRST_ROW and [*HEADINGS[1:]] == [*rows[FIRST_ROW - 1][1 : len(HEADINGS)]]


def own_score_rows(
    sheets: Sequence[SheetSpec], rubrics: Mapping[str, Rubric]
) -> Iterator[tuple[str, ...]]:
    """Yields the texts of the rows: every indicator that a school was asked for, school by school.

    None where no rubric of these sheets asks schools to score themselves.
    """
    told = {(spec.school.id, spec.rubric): spec for spec in sheets if spec.own is not None}
    for spec in told.values():
        rubric = rubrics[spec.rubric]
        whose = outgoing(spec.school.name), rubric.title
        if not spec.own:
            yield (*whose, "", NONE_CAME, "", "", "")
            continue
        for item in self_assessed(rubric, spec.school.traits):
            given = spec.own.get(item.id)
            score = _BLANK
            if given is not None:
                score = given.text
            note = outgoing(given.note) if given else ""
            yield (*whose, item.id, item.title, number_text(item.points), score, note)


def digests_of(texts: Sequence[object]) -> str:
    """Returns by what the cells of a row are known, blanks and line ends apart."""
    return " ".join(map(_digest, texts))


def typed_over(row: Sequence[object]) -> Iterator[int]:
    """Yields the columns of a row, counted from 0, that hold what was not printed there."""
    wide = len(HEADINGS)
    known = str(row[wide]).split() if len(row) > wide else []
    for column, raw in enumerate(row):
        if column == wide:
            continue
        if column > wide or column >= len(known) or _digest(raw) != known[column]:
            yield column


def _digest(text: object) -> str:
    plainly = "".join(str(text).split())
    return hashlib.sha256(plainly.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
