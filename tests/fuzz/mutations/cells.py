"""Damage to the cells and rows of a sheet."""

from __future__ import annotations

import random
import re

from tests.fuzz.mutations.mutation import Mutation, of_sheet, replaced

_CELL = re.compile(r'<c r="[A-Z]+\d+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_ROW = re.compile(r"<row .*?</row>", re.DOTALL)
_VALUES = (
    "", "0", "-0", "-0.5", "-2", "1e999", "NaN", " 5", "5 ", "5%", "#REF!", "1,5",
    "99999999999999999999",
    "1<!-- -->2", "<![CDATA[7]]>", "&#55;", "&amp;", "0x10", "１２", "√", "0.1", "46086", "TRUE",
)  # fmt: skip
_TYPES = ("s", "n", "b", "e", "str", "inlineStr", "d", "zz")
_REFS = ("A1", "H9", "h9", "XFD1048576", "H0", "9", "$H$9", "ZZZZ9", "H10", "N1", "A9", "F8")
_FORMULAS = ("<f>1+1</f>", "<f>[1]x!A1</f>", "<f/>", '<f t="shared" si="0"/>', "<f>1/0</f>")


def a_cell(text: str, chance: random.Random) -> re.Match[str]:
    """Any cell, mostly one with an entry."""
    found = list(_CELL.finditer(text))
    entered = [item for item in found if re.match(r'<c r="[AFHKLMN]\d', item[0])]
    return chance.choice(entered if chance.random() < 0.8 else found)


@of_sheet()
def lose_cell(text: str, chance: random.Random) -> str:
    return replaced(text, a_cell(text, chance), "")


@of_sheet()
def double_cell(text: str, chance: random.Random) -> str:
    one, other = a_cell(text, chance), a_cell(text, chance)
    return replaced(text, one, one[0] + chance.choice((one[0], other[0])))


@of_sheet()
def swap_cells(text: str, chance: random.Random) -> str:
    one, other = sorted((a_cell(text, chance), a_cell(text, chance)), key=lambda item: item.start())
    if one.start() == other.start():
        return text
    return replaced(replaced(text, other, one[0]), one, other[0])


@of_sheet()
def move_cell(text: str, chance: random.Random) -> str:
    one = a_cell(text, chance)
    new = chance.choice(_REFS) if chance.random() < 0.5 else _near(one[0], chance)
    return replaced(text, one, re.sub(r'r="[^"]*"', f'r="{new}"', one[0], count=1))


def _near(text: str, chance: random.Random) -> str:
    column, row = re.findall(r'r="([A-Z]+)(\d+)"', text)[0]
    return f"{chance.choice((column, 'H', 'F'))}{int(row) + chance.choice((-1, 1, 2))}"


@of_sheet()
def change_type(text: str, chance: random.Random) -> str:
    one = a_cell(text, chance)
    bare = re.sub(r' t="[^"]*"', "", one[0], count=1)
    new = rf'\1 t="{chance.choice(_TYPES)}"'
    return replaced(text, one, re.sub(r'(r="[^"]*")', new, bare, count=1))


@of_sheet()
def change_style(text: str, chance: random.Random) -> str:
    one = a_cell(text, chance)
    return replaced(
        text, one, re.sub(r's="\d+"', f's="{chance.randrange(-1, 60)}"', one[0], count=1)
    )


@of_sheet()
def change_value(text: str, chance: random.Random) -> str:
    one = a_cell(text, chance)
    new = chance.choice(_VALUES)
    if "<v>" in one[0]:
        return replaced(text, one, re.sub("<v>.*?</v>", f"<v>{new}</v>", one[0], count=1))
    if "<t" in one[0]:
        return replaced(text, one, re.sub("<t[^>]*>.*?</t>", f"<t>{new}</t>", one[0], count=1))
    return replaced(text, one, one[0].replace("/>", f"><v>{new}</v></c>", 1))


@of_sheet()
def add_formula(text: str, chance: random.Random) -> str:
    one = a_cell(text, chance)
    where = chance.choice(("<v>", "</v>", "<v>"))
    new = chance.choice(_FORMULAS)
    return replaced(
        text, one, one[0].replace(where, new + where if where == "<v>" else where + new, 1)
    )


@of_sheet()
def quote_singly(text: str, chance: random.Random) -> str:
    one = a_cell(text, chance)
    return replaced(text, one, one[0].replace('"', "'", chance.choice((2, 4, 6))))


@of_sheet()
def swap_rows(text: str, chance: random.Random) -> str:
    found = list(_ROW.finditer(text))
    one, other = sorted(chance.sample(found, 2), key=lambda item: item.start())
    return replaced(replaced(text, other, one[0]), one, other[0])


@of_sheet()
def lose_row(text: str, chance: random.Random) -> str:
    return replaced(text, chance.choice(list(_ROW.finditer(text))), "")


@of_sheet()
def double_row(text: str, chance: random.Random) -> str:
    one = chance.choice(list(_ROW.finditer(text)))
    return replaced(text, one, one[0] * 2)


@of_sheet()
def renumber_row(text: str, chance: random.Random) -> str:
    """A row with all its cells some rows further down or up."""
    one = chance.choice(list(_ROW.finditer(text)))
    step = chance.choice((-1, 1, 3, 50))
    moved = re.sub(r'r="([A-Z]*)(\d+)"', lambda m: f'r="{m[1]}{int(m[2]) + step}"', one[0])
    return replaced(text, one, moved)


@of_sheet()
def merge(text: str, chance: random.Random) -> str:
    first = chance.randrange(7, 28)
    last, letters = first + chance.randrange(4), chance.choice(("FF", "HH", "HI", "KM", "AH", "LL"))
    item = f'<mergeCell ref="{letters[0]}{first}:{letters[1]}{last}"/></mergeCells>'
    return text.replace("</mergeCells>", item)


@of_sheet()
def lose_names(text: str, chance: random.Random) -> str:
    """A cell, a row, or a row with its cells that does not say where it is."""
    one = chance.choice(list(_ROW.finditer(text)))
    count = chance.choice((0, 1, 2))
    return replaced(text, one, re.sub(r' r="[A-Z]*\d+"', "", one[0], count=count))


@of_sheet()
def new_error(text: str, chance: random.Random) -> str:
    one = a_cell(text, chance)
    name = re.match(r'<c r="[A-Z]+\d+"', one[0])
    error = chance.choice(("#SPILL!", "#CALC!", "#GETTING_DATA", "#N/A", "#?", "#"))
    vm = chance.choice(("", "", ' vm="1"'))
    return replaced(text, one, f'{name[0]} t="e"{vm}><v>{error}</v></c>') if name else text


ALL: tuple[Mutation, ...] = (
    lose_cell, double_cell, swap_cells, move_cell, change_type, change_style, change_value,
    change_value, add_formula, quote_singly, swap_rows, lose_row, double_row, renumber_row, merge,
    lose_names, new_error, new_error,
)  # fmt: skip
