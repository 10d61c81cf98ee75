"""Damage to the relations between parts, and to the workbook's list of sheets."""

from __future__ import annotations

import random
import re

from tests.fuzz.mutations.mutation import (
    Expected,
    Mutation,
    NothingToChangeError,
    index_of,
    of_part,
    of_parts,
    picked,
    put,
    replaced,
    sheet_index,
)
from tests.fuzz.package import BOOK, BOOK_LINKS, OFFICE, ROOT_LINKS, STRINGS, Parts

_LINK = re.compile(r"<Relationship [^>]*/>")
_SHEET = re.compile(r"<sheet [^>]*/>")

_BOOK = (
    ('state="hidden"', ""),
    ('name="', 'name="填表说明'),
    ("</sheets>", '<sheet name="又一" sheetId="9" r:id="rId2"/></sheets>'),
    ("</sheets>", '<sheet name="又一" sheetId="9" r:id="rId99"/></sheets>'),
)
_KINDS = (
    "worksheet",
    "styles",
    "chartsheet",
    "Worksheet",
    "sharedStrings",
    "dialogsheet",
    "xlMacrosheet",
)


@of_part(ROOT_LINKS, BOOK_LINKS, BOOK_LINKS)
def change_relation(text: str, chance: random.Random) -> str:
    """A relation that is missing, comes twice, is of another kind or leads elsewhere."""
    one = picked(list(_LINK.finditer(text)), chance)
    changed = chance.choice((
        "", one[0] * 2, one[0].replace("/>", ' TargetMode="External"/>'),
        re.sub(r'/\w+"(?= Target|/| Id)', f'/{chance.choice(_KINDS)}"', one[0], count=1),
        one[0].replace('"', "'"), re.sub(r'Id="[^"]*"', 'Id="rId2"', one[0]),
    ))  # fmt: skip
    return replaced(text, one, changed)


@of_part(BOOK_LINKS)
def change_target(text: str, chance: random.Random) -> str:
    found = re.findall(r'Target="([^"]*)"', text)
    one, other = chance.choice(found), chance.choice(found)
    new = chance.choice((
        other, f"/xl/{one}", f"../{one}", f"{one}#H9", f"{one}?x=1", one.replace("e", "%65"),
        one.replace("/", "\\"), f"file:///{one}", f"http://example.org/{one}", "", "#", f" {one} ",
    ))  # fmt: skip
    return text.replace(f'"{one}"', f'"{new}"', 1)


@of_part(BOOK_LINKS, expected=Expected.SAME)
def write_targets_otherwise(text: str, chance: random.Random) -> str:
    """Targets from the root of the package, or with a way round, to the same parts."""

    def told(match: re.Match[str]) -> str:
        target = match[1].removeprefix("/xl/")
        if target.startswith(("/", ".")):
            return match[0]
        return f'Target="{chance.choice((f"/xl/{target}", f"../xl/{target}", f"./{target}"))}"'

    return re.sub(r'Target="([^"]*)"', told, text)


@of_part(BOOK_LINKS, expected=Expected.SAME)
def shuffle_relations(text: str, chance: random.Random) -> str:
    """Relations have no order."""
    found = _LINK.findall(text)
    new = iter(chance.sample(found, len(found)))
    return _LINK.sub(lambda match: next(new), text)


@of_parts(Expected.SAME)
def rename_ids(parts: Parts, chance: random.Random) -> None:
    """Ids of relations are names, as any program may choose them."""
    for name in (BOOK, BOOK_LINKS):
        at = index_of(parts, name)
        text = parts[at][1].decode()
        put(parts, at, re.sub(r'(?<=[ :][iI]d=")(?=[^"]*")', "R", text))


@of_part(BOOK)
def swap_ids(text: str, chance: random.Random) -> str:
    """Two tabs lead to one another's sheets, or both to one."""
    found = re.findall(r'r:id="([^"]*)"', text)
    if len(found) < 2:
        raise NothingToChangeError
    one, other = chance.sample(found, 2)
    new = {one: other, other: chance.choice((one, other))}
    return re.sub(r'r:id="([^"]*)"', lambda it: f'r:id="{new.get(it[1], it[1])}"', text)


@of_part(BOOK)
def change_book(text: str, chance: random.Random) -> str:
    old, new = chance.choice(_BOOK)
    return text.replace(old, new, 1)


@of_part(BOOK)
def shuffle_sheets(text: str, chance: random.Random) -> str:
    """Tabs in another order."""
    found = _SHEET.findall(text)
    new = iter(chance.sample(found, len(found)))
    return _SHEET.sub(lambda match: next(new), text)


@of_part(BOOK, expected=Expected.SAID)
def hide_sheet(text: str, chance: random.Random) -> str:
    """Nobody sees the sheet that was filled in."""
    one = list(_SHEET.finditer(text))[1]
    state = chance.choice(("hidden", "veryHidden"))
    bare = re.sub(r' state="\w+"', "", one[0])
    return replaced(text, one, bare.replace("<sheet ", f'<sheet state="{state}" ', 1))


@of_parts()
def lead_to_another(parts: Parts, chance: random.Random) -> None:
    """A second workbook, or second shared texts or styles, before the first or behind it."""
    kind = chance.choice(("officeDocument", "sharedStrings", "styles", "worksheet"))
    root = kind == "officeDocument"
    links = index_of(parts, ROOT_LINKS if root else BOOK_LINKS)
    name = f"xl/{chance.choice(('other.xml', 'worksheets/sheet77.xml'))}"
    source = index_of(parts, BOOK) if root else chance.randrange(len(parts))
    if kind == "sharedStrings" and any(held == STRINGS for held, _ in parts):
        source = index_of(parts, STRINGS)
    if kind == "worksheet":
        source = sheet_index(parts)
    content = parts[source][1].replace("灶台有油污".encode(), b"clean")
    link = f'<Relationship Id="rId77" Type="{OFFICE}/{kind}" Target="/{name}"/>'
    text = parts[links][1].decode()
    first = _LINK.search(text)
    if first is None:
        raise NothingToChangeError
    new = (link + first[0], first[0] + link)
    put(parts, links, replaced(text, first, chance.choice(new)))
    parts.append((name, content))
    if root:  # what it leads to is what the first leads to
        held = parts[index_of(parts, BOOK_LINKS)][1]
        folder, _, last = name.rpartition("/")
        parts.append((f"{folder}/_rels/{last}.rels", held))


@of_parts()
def move_parts(parts: Parts, chance: random.Random) -> None:
    """Parts under other names, and the relations that lead to them, in all spellings."""
    for at, (name, data) in enumerate(parts):
        if not name.startswith("xl/") or name.endswith(".rels") or chance.random() < 0.5:
            continue
        folder, _, last = name.rpartition("/")
        new = chance.choice((f"{folder}/X{last}", name.upper(), f"xl/{last}", f"{folder}/{last}"))
        held = f"{folder}/_rels/{last}.rels"
        moved = "/".join((new.rpartition("/")[0], "_rels", f"{new.rpartition('/')[2]}.rels"))
        target = chance.choice((f"/{new}", f"/{new.lower()}", f"/xl/../{new}"))
        parts[at] = (new, data)
        for number, (other, links) in enumerate(parts):
            if other == held:
                parts[number] = (moved, links)
            elif other.endswith(".rels"):
                pattern = rf'Target="(?:/?{re.escape(name)}|{re.escape(name[3:])})"'.encode()
                parts[number] = (other, re.sub(pattern, f'Target="{target}"'.encode(), links))


ALL: tuple[Mutation, ...] = (
    change_relation, change_relation, change_target, write_targets_otherwise, shuffle_relations,
    rename_ids, swap_ids, change_book, shuffle_sheets, hide_sheet, lead_to_another, move_parts,
)  # fmt: skip
