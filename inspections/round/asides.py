"""Rows of a roster that are no schools and no inspectors: group titles, sums, remarks."""

from __future__ import annotations

import re
from typing import Final

from inspections.records.entries import shown
from inspections.records.numbers import fold
from inspections.round.headings import Section
from inspections.round.table import blank

_SUM: Final = re.compile(r"(?:合|总|小|共|累)计|总数|共有?\d*[所校人名]|全县合计|全区合计|以上")
_ONLY_SUM: Final = re.compile(r"(?:合|总|小|共|累)计(?:[(:]?共?\d*[所校人名]?[)]?)")
_REMARK: Final = re.compile(
    r"(?:填表|制表|填报|审核|复核|负责|联系|经办|校对|主管|分管)(?:人|单位|日期|时间|电话|领导)|"
    r"(?:备注|说明|注|注意|填表说明|附|联系电话|单位盖章|盖章|制表|审核|日期|填报日期)[:：]|"
    r"\(?(?:盖章|公章)\)?|注\d*[:：.]"
)
_GROUP: Final = re.compile(
    r"[(（]?[一二三四五六七八九十]+[)）]?[、.．)）]|第[一二三四五六七八九十]+[类组]"
)
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_NUMBER: Final = re.compile(r"[\d一二三四五六七八九十]+[、.]?")


def aside(section: Section, row: int, code: str, name: str) -> str | None:
    """Returns what a row says that is no school and no inspector; None where it is one.

    ``code`` and ``name`` are the headings of both. A row with nothing but a running number, as
    rows are numbered ahead, says nothing: the answer is empty.
    """
    table, at = section.table, section.columns.at
    cells = [(column, raw) for column, raw in enumerate(table.rows[row]) if not blank(raw)]
    said = " ".join(shown(raw) for _, raw in cells[:4])
    text = next(("".join(fold(raw).split()) for _, raw in cells if isinstance(raw, str)), "")
    named = table.raw(row, at[name])
    labels = [text, "".join(fold(named).split()) if isinstance(named, str) else ""]
    # A sum is one by its label, whatever its formulas hold.
    if any(_ONLY_SUM.fullmatch(label) for label in labels):
        return said
    if any((row, column) in table.lost for column in at.values()):
        return None
    if not any(column in at.values() for column, _ in cells):
        numbered = all(_NUMBER.fullmatch(fold(shown(raw))) for _, raw in cells)
        return "" if numbered else said
    if len(cells) == 1 and _across(section, row, at[name]):
        return said
    own = table.raw(row, at[code]) if code in at else ""
    no_code = blank(own) or (isinstance(own, str) and _HAN.search(own) is not None)
    ends = _SUM.match(text) or _REMARK.match(text)
    if ends and (no_code or blank(named)):
        return said
    if no_code and len(cells) < 3 and _GROUP.match(text):
        return said
    return said if no_code and len(cells) == 1 and len(at) > 1 and not blank(own) else None


def _across(section: Section, row: int, column: int) -> bool:
    """Whether a cell is part of one that runs across several columns."""
    return any(
        span.top <= row <= span.bottom and span.left <= column <= span.right > span.left
        for span in section.table.merged
    )
