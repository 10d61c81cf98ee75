"""Relations that lead out of the file, or of which two have one id: not every program follows the
same, so that no sheet is read by them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from inspections.workbook.form.expectations import expectations
from inspections.workbook.reading.packed import SuspiciousError
from inspections.workbook.reading.workbook import read_workbook
from tests.inspections.small_round import entry_cell, small_round, spec, write
from tests.inspections.workbook.programs import packed, parts_of
from tests.inspections.workbook.test_programs import with_cell

_ROOT, _BOOK = "_rels/.rels", "xl/_rels/workbook.xml.rels"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (_ROOT, '"xl/workbook.xml"', '"xl/workbook.xml" TargetMode="External"'),
        (_BOOK, '"worksheets/sheet2.xml"', '"worksheets/sheet2.xml" TargetMode="External"'),
        (_BOOK, '"styles.xml"', '"styles.xml" TargetMode="External"'),
        (_BOOK, 'Id="rId1"', 'Id="rId2"'),
        (_BOOK, 'Id="rId5"', 'Id="rId2"'),
    ],
)
def test_relations_that_programs_may_follow_otherwise(
    tmp_path: Path, part: str, old: str, new: str
) -> None:
    of = small_round(tmp_path)
    parts = parts_of(write(of, tmp_path / "表.xlsx", spec()).read_bytes())
    text = parts[part].decode()
    assert old in text
    data = packed(parts | {part: text.replace(old, new).encode()})
    with pytest.raises(SuspiciousError):
        read_workbook(data, "表.xlsx", expectations(of))


def test_two_tabs_that_lead_to_one_sheet(tmp_path: Path) -> None:
    """What is hidden or struck in the sheet would be known of one of its names alone."""
    of = small_round(tmp_path)
    parts = parts_of(write(of, tmp_path / "表.xlsx", spec()).read_bytes())
    book = parts["xl/workbook.xml"].decode()
    assert 'r:id="rId3"' in book
    made = parts | {"xl/workbook.xml": book.replace('r:id="rId3"', 'r:id="rId2"').encode()}
    at = entry_cell(of, "A1.x")
    struck = f'<c r="{at}" t="inlineStr"><is><r><rPr><strike/></rPr><t>2</t></r></is></c>'
    with pytest.raises(SuspiciousError):
        read_workbook(packed(with_cell(made, at, struck)), "表.xlsx", expectations(of))
