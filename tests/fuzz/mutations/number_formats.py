"""Damage to how numbers and texts are shown: formats, styles, the day that numbers count from."""

from __future__ import annotations

import random
import re
from xml.sax.saxutils import quoteattr

from tests.fuzz.mutations.mutation import (
    Expected,
    Mutation,
    NothingToChangeError,
    index_of,
    of_part,
    of_parts,
    of_sheet,
    picked,
    put,
    replaced,
    sheet_index,
)
from tests.fuzz.package import BOOK, STYLES, Parts

_FORMATS = (
    "General", "@", "0", "0.0", "0.00", "#,##0", "0_)", "0%", "0.0%", '0"分"', '"约"0',
    '0"%"', "0\\%", "[Red]0", "yyyy-mm-dd", "h:mm", "[h]:mm", 'yyyy"年"m"月"',
    "h:mm AM/PM", "# ?/?",
    "0E+0", "00", "[DBNum1]General", "General;-0%;0", "0;0;0;@",
)  # fmt: skip
"""Formats with which people show what they typed, or as which a program takes it."""

_HIDING = (
    '"5"', '"是"', ";;;", "0;;", '0"0"', '"1"0', '"-"0', "0,", "0,,", '0;0;"2"', '[=0]"3";0',
    "0\\5", "[$-804]aaaa", '[>1]"√";"×"', '"未查"',
)  # fmt: skip
"""Formats with which another number, or none, is seen in the place of what was typed."""

_HIDING_TEXTS = (";;;", '0;0;0;"是"', '0;0;0;@"2"', '0;0;0;"√"', "0;0;0;")
_NUMBER = re.compile(r'(<c r="H(?:[7-9]|\d\d)"(?: s="\d+")?(?: t="n")?>)<v>\d+</v></c>')
_ENTRY = r'<c r="{}\d+"[^>]*?(?:/>|>.*?</c>)'


def _show(parts: Parts, chance: random.Random, code: str, texts: bool) -> None:
    """Gives one entry, a text or a number, a style of its own with this format."""
    at = sheet_index(parts)
    sheet = parts[at][1].decode()
    found = [
        one
        for one in re.finditer(_ENTRY.format("H"), sheet, re.DOTALL)
        if ("<v>" in one[0] or "<is>" in one[0])
        and texts == bool(re.search(r' t="(?:s|inlineStr|str)"', one[0]))
    ]
    one = picked(found, chance)
    styles = index_of(parts, STYLES)
    text = parts[styles][1].decode()
    used = re.search(r"<cellXfs.*?</cellXfs>", text, re.DOTALL)
    assert used is not None
    count = len(re.findall(r"<xf[\s>]", used[0]))
    format_ = f'<numFmt numFmtId="999" formatCode={quoteattr(code)}/>'
    xf = '<xf numFmtId="999" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    text = text.replace("</cellXfs>", f"{xf}</cellXfs>", 1)
    text = re.sub(r'(<cellXfs count=")\d+', rf"\g<1>{count + 1}", text)
    if "</numFmts>" in text:
        text = text.replace("</numFmts>", f"{format_}</numFmts>", 1)
    else:
        text = re.sub("<fonts", f"<numFmts>{format_}</numFmts><fonts", text, count=1)
    put(parts, styles, text)
    bare = re.sub(r'(<c [^>]*?) s="\d+"', r"\1", one[0], count=1)
    put(
        parts,
        at,
        replaced(
            sheet, one, re.sub(r"<c r=\S+?\"(?=[\s>/])", rf'\g<0> s="{count}"', bare, count=1)
        ),
    )


@of_parts()
def show_otherwise(parts: Parts, chance: random.Random) -> None:
    _show(parts, chance, chance.choice(_FORMATS), texts=False)


@of_parts()
def show_another_number(parts: Parts, chance: random.Random) -> None:
    _show(parts, chance, chance.choice(_HIDING), texts=False)


@of_parts()
def show_another_text(parts: Parts, chance: random.Random) -> None:
    _show(parts, chance, chance.choice(_HIDING_TEXTS), texts=True)


@of_part(STYLES)
def change_format(text: str, chance: random.Random) -> str:
    found = list(re.finditer(r'numFmtId="\d+"', text))
    new = chance.choice((0, 1, 9, 10, 14, 22, 31, 49, 164, 9999))
    return replaced(text, picked(found, chance), f'numFmtId="{new}"')


@of_sheet()
def hide_zeros(text: str, chance: random.Random) -> str:
    """An option of the sheet: 0 is not seen. Mostly there is one."""
    bare = re.sub(r' showZeros="\w+"', "", text)
    if chance.random() < 0.7:
        one = picked(list(_NUMBER.finditer(bare)), chance)
        bare = replaced(bare, one, f"{one[1]}<v>0</v></c>")
    return bare.replace(
        "<sheetView ", f'<sheetView showZeros="{chance.choice(("0", "false"))}" ', 1
    )


@of_parts(Expected.SAID)
def show_on_condition(parts: Parts, chance: random.Random) -> None:
    """A condition that shows another number, strikes it, or puts an icon in its place."""
    at, styles = sheet_index(parts), index_of(parts, STYLES)
    sheet, text = parts[at][1].decode(), parts[styles][1].decode()
    before = picked(list(re.finditer("<conditionalFormatting|<dataValidations", sheet))[:1], chance)
    look = chance.choice((
        f'<numFmt numFmtId="998" formatCode={quoteattr(chance.choice(_HIDING))}/>',
        "<font><strike/></font>", "",
    ))  # fmt: skip
    rule = '<cfRule type="iconSet" priority="99"><iconSet showValue="0"/></cfRule>'
    if look:
        one = re.search(r"</dxfs>", text)
        if one is None:
            raise NothingToChangeError
        count = len(re.findall(r"<dxf[\s>/]", text))
        put(parts, styles, replaced(text, one, f"<dxf>{look}</dxf></dxfs>"))
        rule = (
            f'<cfRule type="expression" dxfId="{count}" priority="99"><formula>1</formula></cfRule>'
        )
    block = f'<conditionalFormatting sqref="H9:H12">{rule}</conditionalFormatting>'
    put(parts, at, replaced(sheet, before, block + before[0]))


@of_part(BOOK)
def count_from_1904(text: str, chance: random.Random) -> str:
    new = chance.choice(("1", "true", "on", "0"))
    if "<workbookPr" in text:
        return text.replace("<workbookPr", f'<workbookPr date1904="{new}"', 1)
    return re.sub("<(bookViews|sheets)", rf'<workbookPr date1904="{new}"/><\1', text, count=1)


ALL: tuple[Mutation, ...] = (
    show_otherwise, show_otherwise, show_another_number, show_another_text, change_format,
    hide_zeros, show_on_condition, count_from_1904,
)  # fmt: skip
