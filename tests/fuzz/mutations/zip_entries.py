"""Damage to the entries of the archive: folders, order, names, twins, how they are packed."""

from __future__ import annotations

import io
import random
import zipfile

from tests.fuzz.mutations.mutation import (
    Expected,
    Mutation,
    NothingToChangeError,
    of_bytes,
    of_parts,
    unpacked,
)
from tests.fuzz.package import Parts

_ODD_FOLDERS = ("xl/worksheets/sheet2.xml/", "/", "xl//", "../", "./xl/", "XL/")
_LEFT_BEHIND = (
    "__MACOSX/._表.xlsx", ".DS_Store", "Thumbs.db", "xl/worksheets/._sheet2.xml",
    "xl/worksheets/sheet99.xml", "xl/worksheets/readme.txt", "xl/sharedStrings.xml.bak",
    "[trash]/0000.dat",
)  # fmt: skip


@of_parts()
def lose_part(parts: Parts, chance: random.Random) -> None:
    del parts[chance.randrange(len(parts))]


@of_parts()
def double_part(parts: Parts, chance: random.Random) -> None:
    (name, _), (_, other) = chance.choice(parts), chance.choice(parts)
    spelt = chance.choice((name, name, name.upper(), name.swapcase()))
    parts.insert(chance.randrange(len(parts)), (spelt, other))


@of_parts()
def swap_parts(parts: Parts, chance: random.Random) -> None:
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    held = parts[one]
    parts[one] = (held[0], parts[other][1])
    parts[other] = (parts[other][0], held[1])


@of_parts()
def rename_part(parts: Parts, chance: random.Random) -> None:
    at = chance.randrange(len(parts))
    name, data = parts[at]
    changed = (f"/{name}", name.replace("/", "\\"), f"{name}x", f"xl/../{name}", f"./{name}")
    parts[at] = (chance.choice(changed), data)


@of_parts()
def separate_by_backslashes(parts: Parts, chance: random.Random) -> None:
    """As early programs of one platform packed all their files."""
    for at, (name, data) in enumerate(parts):
        parts[at] = (name.replace("/", "\\"), data)


@of_parts(Expected.SAME)
def change_case(parts: Parts, chance: random.Random) -> None:
    """A part's name is the same whatever the case of its letters; but not in an .ods file."""
    if any(name == "content.xml" for name, _ in parts):
        raise NothingToChangeError
    at = chance.randrange(len(parts))
    name, data = parts[at]
    parts[at] = (chance.choice((name.upper(), name.lower(), name.title())), data)


@of_parts(Expected.SAME)
def list_folders(parts: Parts, chance: random.Random) -> None:
    """Folders as entries, as WPS writes them: all, some, or the one that holds the sheets."""
    folders = {name[: at + 1] for name, _ in parts for at in range(len(name)) if name[at] == "/"}
    folders |= {"xl/", "xl/worksheets/"} & folders
    share = chance.choice((1.0, 1.0, 0.5))
    held = {name for name, _ in parts}
    for folder in sorted(folders - held):
        if chance.random() < share or folder == "xl/worksheets/":
            parts.insert(chance.randrange(len(parts) + 1), (folder, b""))


@of_parts()
def list_odd_folders(parts: Parts, chance: random.Random) -> None:
    """A folder that nobody would write, that holds something, or that comes twice."""
    for _ in range(chance.choice((1, 1, 2))):
        folder = chance.choice((*_ODD_FOLDERS, "xl/", "xl/worksheets/"))
        parts.insert(chance.randrange(len(parts) + 1), (folder, chance.choice((b"", b"x"))))


@of_parts(Expected.SAME)
def shuffle_entries(parts: Parts, chance: random.Random) -> None:
    chance.shuffle(parts)


@of_parts()
def leave_behind(parts: Parts, chance: random.Random) -> None:
    """What a system or a person left in the archive: its own files, another copy of a sheet."""
    content = chance.choice((b"", b"\x00\x05\x16\x07", chance.choice(parts)[1]))
    parts.insert(chance.randrange(len(parts) + 1), (chance.choice(_LEFT_BEHIND), content))


@of_bytes(Expected.SAME)
def pack_otherwise(data: bytes, chance: random.Random) -> bytes:
    """Some entries stored and some deflated, with other times, attributes and systems."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in unpacked(data):
            item = zipfile.ZipInfo(name, (1980 + chance.randrange(100), 1, 1, 0, 0, 0))
            item.compress_type = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
            item.create_system = chance.choice((0, 3, 10))
            item.external_attr = chance.choice((0, 0o644 << 16, 0x20))
            item.extra = chance.choice((b"", b"", b"\x99\x99\x02\x00ab"))
            package.writestr(item, content)
    return out.getvalue()


@of_bytes()
def pack_oddly(data: bytes, chance: random.Random) -> bytes:
    """Methods that few programs know, a remark on the archive, bytes before or behind it."""
    kind = chance.choice(("method", "remark", "before", "behind"))
    if kind == "before":
        return bytes(chance.randrange(1, 99)) + data
    if kind == "behind":
        return data + bytes(chance.randrange(1, 99))
    method = chance.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in unpacked(data):
            package.writestr(zipfile.ZipInfo(name), content, method)
        if kind == "remark":
            package.comment = b"PK\x05\x06"
    return out.getvalue()


ALL: tuple[Mutation, ...] = (
    lose_part, double_part, swap_parts, rename_part, separate_by_backslashes, change_case,
    list_folders, list_folders, list_odd_folders, shuffle_entries, leave_behind, pack_otherwise,
    pack_oddly,
)  # fmt: skip
