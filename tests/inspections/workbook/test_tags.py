"""The one pass over a sheet's tags, beside plain searches for the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.workbook.reading.tags import Tags

CELLS = [
    b'<c r="H9" s="1"/>',
    b'<c r="H9"><v>1</v></c>',
    b'<c r="H10" t="s"><v></v></c>',
    b'<c r="K9" t="inlineStr"><is><t>a</t></is></c>',
    b'<c r="H9"><f>1+1</f><v>2</v></c>',
    b'<c r="H9" s="4"> <f/></c>',
    b'<c r="N1"><f>A1</f><v>x</v></c>',
    b'<c r="N9"><f>A1</f><v>1</v></c>',
    b'<c r="J12" s="3"><v>4</v></c>',
    b'<c r="J12" t="s"><v>4</v></c>',
    b'<c r="J9"><f>H9</f><v>4</v></c>',
    b'<c r="T12" t="inlineStr"><is><t>a</t></is></c>',
    b'<c r="N1" t="inlineStr"><is><t>a</t></is></c>',
    b'<c r="E5" s="3" t="s"><v>4</v></c>',
    b'<c r="E5"><f>1</f><v>4</v></c>',
    b"</row><row>",
    b'</row><row r="9" hidden="1">',
    b'<c r="B9" t="s" s="12"><v>4</v></c>',
    b'<c r="L100" s="12"><v></v></c>',
    b'<c r="M100" s="12"></c>',
    b'<c r="M7" s="1"><v>#N/A</v></c>',
    b"<strike/>",
    b"text ",
    b"xmlns ",
    b"next xml",
]
ODD = [b'<c s="1" r="H9"/>', b"<v>1</v>", b"<!-- -->", b'<c r="H9"><v>1</v> </c>']

sheets = st.lists(st.sampled_from(CELLS)).map(lambda cells: b"<x>" + b"".join(cells) + b"</x>")


@given(sheets)
def test_contents_and_formulas(sheet: bytes) -> None:
    tags = Tags(sheet)
    texts = sheet.count(b"</is></c>")
    assert tags.contents() == sheet.count(b"</v></c>") - sheet.count(b"<v></v></c>") + texts
    formula = re.compile(rb'<c r="(?:[ABFHKLM](\d+)|N1)"[^>]*>\s*<f')
    assert list(tags.entered_formulas()) == formula.findall(sheet)
    result = re.compile(rb'<c r="(?!N1")([JN-T]\d+|[B-T]5)"[^>]*><(?:v|is)>')
    assert list(tags.typed_results()) == result.findall(sheet)


@given(sheets)
def test_styles_and_what_is_rare(sheet: bytes) -> None:
    tags = Tags(sheet)
    styled = re.compile(rb'<c r="[BFHKLM]\d+"(?=[^>]*\ss="(?:1|12)")[^>]*[^/>]>')
    places = tags.styled((b"1", b"12"))
    found = [at for at in places if styled.match(sheet, at)]
    assert found == [match.start() for match in styled.finditer(sheet)]
    assert tags.rows().count(b'hidden="1"') == sheet.count(b'<row r="9" hidden="1">')
    assert tags.has_error_value() == (b"<v>#" in sheet)
    assert tags.begins((b"<strike", b"<vertAlign")) == (b"<strike" in sheet)
    assert tags.begins((b"<c",), 3, 4) == (sheet[3:5] == b"<c")
    middle = len(sheet) // 2
    assert tags.bound(0, len(sheet)) == (b"xmlns" in sheet)
    assert tags.bound(middle, len(sheet)) == (b"xmlns" in sheet[middle:])
    assert tags.bound(0, middle) == (b"xmlns" in sheet[:middle])


@given(sheets, st.sampled_from(ODD))
def test_what_is_not_plain(sheet: bytes, odd: bytes) -> None:
    assert Tags(sheet + odd).contents() == -1


@pytest.mark.parametrize("number", range(256))
def test_control_characters(number: int) -> None:
    sheet = b"<x>" + bytes([number]) + b"</x>"
    assert Tags(sheet).controlled() == (number < 32 and number not in b"\t\n\r")


def test_nothing_at_all() -> None:
    assert Tags(b"").contents() == 0
    assert not Tags(b"").controlled()
