"""Elements of others among the cells: not every program shows what stands in them, so that no
value is taken from there in silence; what only has another name is read.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from inspections.round.opened import OpenRound
from inspections.workbook.form.expectations import expectations
from inspections.workbook.reading.packed import SuspiciousError
from inspections.workbook.reading.workbook import read_workbook
from tests.inspections.workbook.programs import SHEET, Parts, excel, packed, parts_of, wps

_CELL = '<c r="H12"><v>5</v></c>'
_STRINGS = "xl/sharedStrings.xml"
_CHOICES = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def typed(data: bytes, of: OpenRound) -> list[tuple[str, object]]:
    record = read_workbook(data, "表.xlsx", expectations(of))
    assert record.problems == ()
    return [(item.cell, item.raw) for item in record.sheets[0].typed]


def changed(parts: Parts, name: str, old: str, new: str) -> bytes:
    text = parts[name].decode()
    assert old in text
    return packed(parts | {name: text.replace(old, new, 1).encode()})


@pytest.mark.parametrize(
    "new",
    [
        f"<zz:x>{_CELL}</zz:x>",
        f'<zz:x xmlns:zz="urn:x">{_CELL}</zz:x>',
        f'<x xmlns="urn:x">{_CELL}</x>',
        f'<mc:AlternateContent><mc:Choice Requires="zz">{_CELL}</mc:Choice></mc:AlternateContent>',
        f'<Choice xmlns="{_CHOICES}" Requires="zz">{_CELL}</Choice>',
        '<c r="H12"><v xmlns="urn:x">5</v></c>',
        '<c r="H12"><zz:v>5</zz:v></c>',
        '<c r="H12" t="inlineStr"><is><zz:t>5</zz:t></is></c>',
        '<c r="H12" t="inlineStr"><is><t xmlns="urn:x">5</t></is></c>',
        '<c r="H12" t="inlineStr"><is><zz:t xmlns:zz="urn:x">5</zz:t></is></c>',
    ],
)
def test_what_stands_in_elements_of_others_is_no_entry(
    genuine: Parts, of: OpenRound, new: str
) -> None:
    spaces = f'<worksheet xmlns:mc="{_CHOICES}" xmlns:zz="urn:x" mc:Ignorable="zz"'
    text = genuine[SHEET].decode().replace("<worksheet", spaces, 1)
    blank = '<c r="H12" s="'
    start = text.index(blank)
    end = text.index("/>", start) + 2
    text = text[:start] + new + text[end:]
    with pytest.raises(SuspiciousError):
        read_workbook(packed(genuine | {SHEET: text.encode()}), "表.xlsx", expectations(of))


def test_nor_is_what_stands_in_those_of_shared_texts(genuine: Parts, of: OpenRound) -> None:
    parts = parts_of(wps(genuine))
    bound = changed(parts, _STRINGS, "<sst ", '<sst xmlns:zz="urn:x" ')
    assert typed(bound, of) == typed(packed(genuine), of)  # a name that nobody uses
    more = changed(parts_of(bound), _STRINGS, ">灶台</t>", ">灶台</t><zz:t>5</zz:t>")
    with pytest.raises(SuspiciousError):
        read_workbook(more, "表.xlsx", expectations(of))


def test_shared_texts_of_another_standard_are_none(genuine: Parts, of: OpenRound) -> None:
    parts = parts_of(excel(genuine))
    data = changed(parts, _STRINGS, "spreadsheetml/2006/main", "other/2006/main")
    with pytest.raises(SuspiciousError):
        read_workbook(data, "表.xlsx", expectations(of))


def test_what_an_extension_of_a_text_says_is_no_part_of_the_text(
    genuine: Parts, of: OpenRound
) -> None:
    extended = '灶台有油污</t><extLst><ext uri="x"><t>5</t></ext></extLst></is>'
    data = changed(genuine, SHEET, "灶台有油污</t></is>", extended)
    assert typed(data, of) == typed(packed(genuine), of)


@pytest.mark.parametrize("spelt", [str.upper, str.title])
def test_parts_have_the_same_name_in_capitals(
    genuine: Parts, of: OpenRound, spelt: Callable[[str], str]
) -> None:
    data = packed({spelt(name): part for name, part in genuine.items()})
    assert typed(data, of) == typed(packed(genuine), of)
