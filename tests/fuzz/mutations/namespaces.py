"""Damage to the names of elements: editions, prefixes, extensions, choices between two."""

from __future__ import annotations

import random
import re

from tests.fuzz.mutations.cells import a_cell
from tests.fuzz.mutations.mutation import (
    Expected,
    Mutation,
    NothingToChangeError,
    index_of,
    of_parts,
    of_sheet,
    picked,
    put,
    replaced,
    sheet_index,
)
from tests.fuzz.package import BOOK, CHOICES, MAIN, STRICT, STRINGS, STYLES, Parts

_MARKUP = (".xml", ".rels")
_OTHER = "urn:example:other"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def _strict(parts: Parts, chance: random.Random, share: float) -> None:
    for at, (name, data) in enumerate(parts):
        if name.endswith(_MARKUP) and chance.random() < share:
            for new, old in STRICT.items():
                data = data.replace(old.encode(), new.encode())
            parts[at] = (name, data)


@of_parts(Expected.SAME)
def write_strictly(parts: Parts, chance: random.Random) -> None:
    """The strict edition's names in all parts, as Excel saves them on demand."""
    _strict(parts, chance, 1)


@of_parts()
def mix_editions(parts: Parts, chance: random.Random) -> None:
    _strict(parts, chance, 0.5)


@of_parts(Expected.SAME)
def prefix_part(parts: Parts, chance: random.Random) -> None:
    """A prefix for all elements of a part, as the Open XML SDK writes."""
    name = chance.choice(("", BOOK, STYLES, STRINGS))
    at = index_of(parts, name) if name else sheet_index(parts)
    text = parts[at][1].decode()
    if f' xmlns="{MAIN}"' not in text or ":AlternateContent" in text or "<extLst" in text:
        raise NothingToChangeError
    text = re.sub(r"<(/?)(?=[A-Za-z]+[\s/>])", r"<\1x:", text)
    put(parts, at, text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"', 1))


@of_sheet()
def prefix_cell(text: str, chance: random.Random) -> str:
    """A prefix for one cell with what it holds."""
    one = a_cell(text, chance)
    changed = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", one[0])
    return replaced(text, one, changed.replace("<x:c ", f'<x:c xmlns:x="{MAIN}" ', 1))


@of_parts(Expected.SAME)
def prefix_links(parts: Parts, chance: random.Random) -> None:
    """Another prefix for the ids of relations, which is a name like any other."""
    at = index_of(parts, BOOK)
    text = parts[at][1].decode()
    new = chance.choice(("rel", "d3p1", "ns0"))
    put(parts, at, text.replace("xmlns:r=", f"xmlns:{new}=").replace(" r:id=", f" {new}:id="))


def _root(text: str, more: str) -> str:
    return re.sub(r"<worksheet\b", f"<worksheet{more}", text, count=1)


def _bound(text: str, prefix: str, name: str) -> str:
    return "" if f"xmlns:{prefix}=" in text else f' xmlns:{prefix}="{name}"'


@of_sheet(Expected.SAME)
def ignore_attributes(text: str, chance: random.Random) -> str:
    """Attributes of an extension that says of itself that it may be ignored."""
    if "mc:Ignorable=" in text:
        raise NothingToChangeError
    more = _bound(text, "mc", CHOICES) + f' xmlns:zz="{_OTHER}" mc:Ignorable="zz"'
    text = re.sub(r'(<row r="\d+")', r'\1 zz:height="2"', text)
    return _root(text, more)


@of_sheet()
def ignore_elements(text: str, chance: random.Random) -> str:
    """Elements of an extension among the cells, or around them; nobody sees those."""
    one = a_cell(text, chance)
    new = chance.choice((
        f"<zz:c/>{one[0]}", f"<zz:x>{one[0]}</zz:x>",
        f'{one[0]}<zz:x><c r="H12"><v>5</v></c></zz:x>',
        re.sub(r"<(/?)v>", r"<\1zz:v>", one[0]), re.sub(r"<(/?)c\b", r"<\1zz:c", one[0]),
    ))  # fmt: skip
    more = f' xmlns:zz="{_OTHER}"'
    if "mc:Ignorable=" not in text and chance.random() < 0.7:
        more += _bound(text, "mc", CHOICES) + ' mc:Ignorable="zz"'
    return _root(replaced(text, one, new), more)


@of_sheet()
def give_a_choice(text: str, chance: random.Random) -> str:
    """A cell, a row or a value within a choice that a program takes where it knows a name."""
    kind = chance.choice(("cell", "row", "value"))
    if kind == "row":
        one = picked(list(re.finditer(r"<row .*?</row>", text, re.DOTALL)), chance)
    else:
        one = a_cell(text, chance)
    inner = re.search(r"<(?:v|is)>.*</(?:v|is)>", one[0], re.DOTALL)
    old = inner[0] if kind == "value" and inner else one[0]
    other = re.sub("<v>[^<]*</v>", "<v>1</v>", old)
    known = chance.choice(("x14", "zz"))
    spaces = f'xmlns:mc="{CHOICES}" xmlns:{known}="{_OTHER if known == "zz" else _X14}"'
    fallback = chance.choice(("", f"<mc:Fallback>{other}</mc:Fallback>"))
    new = (
        f"<mc:AlternateContent {spaces}>"
        f'<mc:Choice Requires="{known}">{old}</mc:Choice>{fallback}</mc:AlternateContent>'
    )
    if chance.random() < 0.5:  # the same without a prefix
        new = re.sub(r"<(/?)mc:", r"<\1", new).replace("xmlns:mc=", "xmlns=")
        new = re.sub(r"<(c|row|v|is)\b", rf'<\1 xmlns="{MAIN}"', new)
    return replaced(text, one, one[0].replace(old, new))


@of_parts()
def change_default(parts: Parts, chance: random.Random) -> None:
    """Another default name from some element on: what is in it is none of the spreadsheet's."""
    strings = any(name == STRINGS for name, _ in parts)
    at = index_of(parts, STRINGS) if strings and chance.random() < 0.5 else sheet_index(parts)
    text = parts[at][1].decode()
    names = "sst|si|t|r" if parts[at][0] == STRINGS else "worksheet|sheetData|row|c|v|is|t"
    one = picked(
        list(re.finditer(rf"<(?:{chance.choice(names.split('|'))})(?=[\s>])", text)), chance
    )
    after = (
        text[one.end() :].replace(f' xmlns="{MAIN}"', "", 1) if " " in one[0] else text[one.end() :]
    )
    new = chance.choice((_OTHER, "", MAIN))
    put(parts, at, f'{text[: one.end()]} xmlns="{new}"{after}')


@of_parts()
def encode_otherwise(parts: Parts, chance: random.Random) -> None:
    """A byte order mark, or another encoding than everybody uses, declared or not."""
    at = sheet_index(parts) if chance.random() < 0.7 else index_of(parts, STRINGS)
    name, data = parts[at]
    text = data.decode()
    encoding = chance.choice(("utf-8-sig", "utf-16", "utf-16-be", "gb18030", "latin-1"))
    if chance.random() < 0.7 and encoding != "utf-8-sig":
        text = re.sub(r'encoding="[^"]*"', f'encoding="{encoding}"', text, count=1)
    parts[at] = (name, text.encode(encoding, "xmlcharrefreplace"))


ALL: tuple[Mutation, ...] = (
    write_strictly, mix_editions, prefix_part, prefix_cell, prefix_links, ignore_attributes,
    ignore_elements, give_a_choice, change_default, encode_otherwise,
)  # fmt: skip
