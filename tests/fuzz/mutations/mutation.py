"""One kind of damage: what it does to a file, and what has to become of the file.

Damage is written as a function of a file's bytes, of its parts, of the text of one part or of the
largest sheet; a decorator makes a ``Mutation`` of it and states what is expected.
"""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tests.fuzz.package import Parts


class Expected(Enum):
    """What has to become of a file with one kind of damage; of several, ``TRUE`` alone holds."""

    TRUE = auto()
    """Every value is read as a user sees it, or something is said of its cell, sheet or file."""

    SAME = auto()
    """Programs write this: the values are those of the file before, and nothing more is said."""

    SAID = auto()
    """Something can be seen, or is hidden, that was not before: more is said than before."""


Change = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Mutation:
    """``change`` returns a damaged file; it raises where there is nothing to change."""

    name: str
    change: Change
    expected: Expected


class NothingToChangeError(LookupError):
    """The file has nothing of what would be changed."""


_Decorated = Callable[[bytes, random.Random], bytes]
_OfParts = Callable[[Parts, random.Random], None]
_OfText = Callable[[str, random.Random], str]


def of_bytes(expected: Expected = Expected.TRUE) -> Callable[[_Decorated], Mutation]:
    """Damage to the file as it lies on the disk."""
    return lambda change: Mutation(change.__name__, change, expected)


def of_parts(expected: Expected = Expected.TRUE) -> Callable[[_OfParts], Mutation]:
    """Damage to the list of parts, which is changed in place."""

    def made(change: _OfParts) -> Mutation:
        def damaged(data: bytes, chance: random.Random) -> bytes:
            parts = unpacked(data)
            before = list(parts)
            change(parts, chance)
            if parts == before:
                raise NothingToChangeError
            return packed(parts)

        return Mutation(change.__name__, damaged, expected)

    return made


def of_part(*names: str, expected: Expected = Expected.TRUE) -> Callable[[_OfText], Mutation]:
    """Damage to the text of one part, any of those named."""

    def made(change: _OfText) -> Mutation:
        def damaged(parts: Parts, chance: random.Random) -> None:
            at = chance.choice([at for at, (name, _) in enumerate(parts) if name in names])
            put(parts, at, change(parts[at][1].decode(), chance))

        damaged.__name__ = change.__name__
        return of_parts(expected)(damaged)

    return made


def of_sheet(expected: Expected = Expected.TRUE) -> Callable[[_OfText], Mutation]:
    """Damage to the text of the sheet that was filled in."""

    def made(change: _OfText) -> Mutation:
        def damaged(parts: Parts, chance: random.Random) -> None:
            at = sheet_index(parts)
            put(parts, at, change(parts[at][1].decode(), chance))

        damaged.__name__ = change.__name__
        return of_parts(expected)(damaged)

    return made


def unpacked(data: bytes) -> Parts:
    """Returns the parts of a file in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(item.filename, package.read(item)) for item in package.infolist()]


def packed(parts: Parts) -> bytes:
    """Returns the file with these parts; names may come twice."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of two parts with one name, which are meant
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name, data in parts:
                item = zipfile.ZipInfo(name)  # of a day that is always the same
                item.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(item, data, compresslevel=1)
    return out.getvalue()


def put(parts: Parts, at: int, text: str) -> None:
    """Gives a part another text."""
    parts[at] = (parts[at][0], text.encode())


def sheet_index(parts: Parts) -> int:
    """Where the largest sheet stands, or the content of an .ods file."""
    found = [
        n
        for n, (name, _) in enumerate(parts)
        if "worksheets/sheet" in name.lower() or name == "content.xml"
    ]
    return max(found, key=lambda n: len(parts[n][1]))


def index_of(parts: Parts, name: str) -> int:
    """Where a part stands; raises ``NothingToChangeError`` where there is none."""
    found = next((at for at, (held, _) in enumerate(parts) if held == name), None)
    if found is None:
        raise NothingToChangeError
    return found


def replaced(text: str, match: re.Match[str], new: str) -> str:
    """Returns the text with something else in the place of a match."""
    return text[: match.start()] + new + text[match.end() :]


def picked(found: Sequence[re.Match[str]], chance: random.Random) -> re.Match[str]:
    """Returns one of them; raises ``NothingToChangeError`` where there is none."""
    if not found:
        raise NothingToChangeError
    return chance.choice(found)
