"""A hostile or damaged file: how it is made, and what has to become of it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from inspections.collecting.collecting import collect
from inspections.records.record import Observation, Record
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Problem
from tests.inspections.small_round import INSPECTORS, small_round, spec, write

KEY = "00112233445566778899aabbccddeeff"
SHEET = "xl/worksheets/sheet2.xml"
"""The visit sheet of a workbook that no office program has saved."""

HONEST, GUILTY = "甲.xlsx", "乙"
UNREADABLE = [("workbook-unreadable", "")]

Make = Callable[[OpenRound, Path], None]
"""Makes a file; is given its path without an ending, and names it as it likes."""


@dataclass(frozen=True, slots=True)
class Case:
    """``problems``: (code, cell) of what is said about it, notes left out, None for a whole lot;
    ``counts``: whether it makes a visit; ``values``: what some of its entries are read as, None
    where they must not be; ``says``: a part of the first problem's message.
    """

    title: str
    make: Make
    problems: Sequence[tuple[str, str]] | None = ()
    counts: bool = False
    values: Mapping[str, object] | None = None
    says: str = ""

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a guilty file that lay beside an honest one."""

    honest: Record | None
    guilty: Record | None
    problems: tuple[Problem, ...]

    @property
    def found(self) -> list[tuple[str, str]]:
        return [
            (item.code, item.place.cell)
            for item in self.problems
            if item.severity.value != "note" and "甲" not in item.place.file
        ]


def round_in(folder: Path) -> OpenRound:
    return small_round(folder, key=KEY)


def outcome(case: Case, folder: Path, workers: int = 1) -> Outcome:
    """Collects the case's file beside an honest workbook of another inspector."""
    of = round_in(folder)
    of.folder.returned.mkdir(parents=True)
    write(
        of, of.folder.returned / HONEST, spec(inspector=INSPECTORS[1], head={"同行督学": "王建国"})
    )
    case.make(of, of.folder.returned / GUILTY)
    found = collect(of, workers=workers)
    by_inspector = {visit.key.inspector: visit for visit in found.visits}
    honest = by_inspector.pop("D02", None)
    assert len(by_inspector) <= 1
    return Outcome(honest, next(iter(by_inspector.values()), None), found.problems)


def observation(visit: Record, address: str) -> tuple[Observation, str]:
    """The observation that an address such as ``A1.x`` belongs to, and the slot's key."""
    owner, _, key = address.partition(".")
    return next(item for item in visit.observations if item.owner == owner), key


def workbook(of: OpenRound, path: Path, **changes: object) -> Path:
    """A filled workbook of the first inspector, as the toolkit writes it."""
    return write(of, path.with_suffix(".xlsx"), spec(**changes))  # type: ignore[arg-type]


def repacked(
    path: Path,
    change: Callable[[str, bytes], bytes | None],
    more: Mapping[str, bytes] | None = None,
) -> Path:
    """The package with its parts changed; None leaves a part out."""
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in held.items():
            changed = change(name, data)
            if changed is not None:
                parts.writestr(name, changed)
        for name, data in (more or {}).items():
            parts.writestr(name, data)
    return path


def xml(path: Path, change: Callable[[str], str], part: str = SHEET) -> Path:
    """The package with the text of one part changed; it must be another afterwards."""

    def edit(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        text = change(data.decode())
        assert text != data.decode(), "nothing was changed"
        return text.encode()

    return repacked(path, edit)


def cell_xml(cell: str, content: str) -> Callable[[str], str]:
    """Puts another element in the place of a cell; ``{s}`` becomes its style."""

    def change(text: str) -> str:
        def put(match: re.Match[str]) -> str:
            style = re.search(r' s="\d+"', match[0])
            return content.replace("{s}", style[0] if style else "")

        made, count = re.subn(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', put, text, count=1)
        assert count == 1, cell
        return made

    return change


def in_openpyxl(path: Path, change: Callable[[Worksheet], None]) -> Path:
    """The workbook opened, changed on its visit sheet and saved."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[1])
    book.save(path)
    return path
