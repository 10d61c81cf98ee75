"""Photographs and papers for the sample's evidence: drawn, small, with a camera's notes.

They say that they are invented. A few are wrong in the usual ways.
"""

from __future__ import annotations

import random
import time as clock
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import is_zipfile

from openpyxl import load_workbook
from openpyxl.drawing.image import Image as Drawn
from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path

from inspections.demo.clockless import save
from inspections.demo.county import county
from inspections.round.opened import OpenRound
from inspections.round.school import School
from inspections.workbook.form.contents import SheetSpec
from inspections.workbook.form.layout import Column, sheet_layout

_SIZE: Final = (320, 240)
_EXIF, _GPS = 0x8769, 0x8825
_NOWHERE: Final = {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}
"""A place in the sea: no school stands there."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file that a workbook names, and when it would have been made."""

    school: School
    name: str
    taken: datetime


def write_evidence(opened: OpenRound, filled: Iterable[tuple[Path, SheetSpec]]) -> int:
    """Writes the files that the ``filled`` workbooks name; returns how many of them are wrong.

    One is missing, one is cut off, one was taken a day early, one shows another school, and one
    is named nowhere. One inspector pasted a photograph into the workbook and sent no file. The
    same bytes in every run.
    """
    filled = list(filled)
    wanted = list(_wanted(opened, [spec for _, spec in filled]))
    photos = [one for one in wanted if one.name.endswith(".jpg")]
    missing, cut, early, shared, pasted = photos[5 :: max(1, len(photos) // 5)][:5]
    other = next(one for one in photos if one.school != shared.school)
    folder = opened.folder.evidence
    artist = Artist()
    for one in wanted:
        if one is missing:
            continue
        seen = other if one is shared else one
        taken = seen.taken - timedelta(days=1) if one is early else seen.taken
        data = artist.draw(seen.school, seen.name, taken)
        if one is pasted:
            _paste(opened, filled, one, data)
        else:
            _put(folder, one, data[: len(data) * 2 // 3] if one is cut else data)
    spare = _Wanted(other.school, "IMG_0001.jpg", other.taken)
    _put(folder, spare, artist.draw(spare.school, spare.name, spare.taken))
    return 5


def write_all_evidence(opened: OpenRound, filled: Iterable[tuple[Path, SheetSpec]]) -> None:
    """Writes every file that the ``filled`` workbooks name, as it should be."""
    artist = Artist()
    for one in _wanted(opened, [spec for _, spec in filled]):
        _put(opened.folder.evidence, one, artist.draw(one.school, one.name, one.taken))


def _put(folder: Path, one: _Wanted, data: bytes) -> None:
    # Some people name folders by code, others by name.
    name = one.school.name if int(one.school.id) % 3 else one.school.id
    (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / name / one.name).write_bytes(data)


def _paste(
    opened: OpenRound, filled: Iterable[tuple[Path, SheetSpec]], one: _Wanted, data: bytes
) -> None:
    """Puts a photograph into the rows of all workbooks that name it, in place of its name."""
    for path, spec in filled:
        rows = [row for row, entry in spec.entries.rows.items() if entry.evidence == one.name]
        if spec.school != one.school or not rows or not is_zipfile(path):
            continue  # what was cut off nobody opens any more
        book = load_workbook(path)
        sheet = book.worksheets[1]
        layout = sheet_layout(opened.rubrics[spec.rubric], spec.school.traits)
        for row in rows:
            cell = Column.EVIDENCE.at(layout.by_address[row].number)
            sheet[cell] = None
            sheet.add_image(Drawn(BytesIO(data)), cell)
        save(book, path)


def _wanted(opened: OpenRound, specs: Sequence[SheetSpec]) -> Iterator[_Wanted]:
    """Every file that is named, once, by school and name."""
    hours: dict[tuple[str, str], tuple[datetime, datetime]] = {}
    for spec in specs:
        stay = _stay(opened, spec.entries.head)
        if stay:
            hours.setdefault((spec.school.id, spec.rubric), stay)
    found: dict[tuple[str, str], _Wanted] = {}
    for spec in specs:
        arrived, left = hours[spec.school.id, spec.rubric]
        for row in spec.entries.rows.values():
            at = (spec.school.id, row.evidence)
            if "." not in row.evidence or at in found:
                continue
            minutes = (left - arrived) // timedelta(minutes=1)
            after = county().chance(*at).randrange(5, minutes)
            found[at] = _Wanted(spec.school, row.evidence, arrived + timedelta(minutes=after))
    yield from (found[at] for at in sorted(found))


def _stay(opened: OpenRound, head: Any) -> tuple[datetime, datetime] | None:
    """When the inspectors came and went; None where one of them made a slip."""
    day, arrived, left = (head.get(label) for label in ("检查日期", "到校时间", "离校时间"))
    window = opened.round.window
    if not (isinstance(day, date) and isinstance(arrived, time) and isinstance(left, time)):
        return None
    if not window.since <= day <= window.until or left <= arrived:
        return None
    return datetime.combine(day, arrived), datetime.combine(day, left)


class Artist:
    """Draws; keeps the font, and a background for each school."""

    def __init__(self) -> None:
        self.large = ImageFont.truetype(sans_path(), 20)
        self.small = ImageFont.truetype(sans_path(), 13)
        self.school = ""
        self.ground = Image.new("RGB", _SIZE)

    def draw(self, school: School, name: str, taken: datetime) -> bytes:
        """Returns a photograph, or a paper where ``name`` is that of a PDF."""
        chance = county().chance(school.id, name, "picture")
        picture = self._ground(school).copy()
        pen = ImageDraw.Draw(picture)
        for _ in range(6):
            x, y = chance.randrange(0, 280), chance.randrange(60, 190)
            wide, tall = chance.randrange(20, 90), chance.randrange(12, 50)
            pen.rectangle((x, y, x + wide, y + tall), _colour(chance), (90, 90, 90))
        pen.text((10, 200), name, "black", self.small)
        pen.text((10, 218), taken.strftime("%Y-%m-%d %H:%M"), "black", self.small)
        file = BytesIO()
        if name.endswith(".pdf"):
            then = clock.struct_time(taken.timetuple())
            picture.save(file, "PDF", creationDate=then, modDate=then)
        else:
            picture.save(file, "JPEG", quality=70, exif=_notes(taken, chance.random() < 0.3))
        return file.getvalue()

    def _ground(self, school: School) -> Image.Image:
        if school.id != self.school:
            self.school = school.id
            self.ground = Image.new("RGB", _SIZE, _colour(county().chance(school.id, "colour")))
            pen = ImageDraw.Draw(self.ground)
            pen.text((10, 8), school.name, "black", self.large)
            pen.text((10, 36), "样例图片，纯属虚构", "black", self.small)
        return self.ground


def _colour(chance: random.Random) -> tuple[int, int, int]:
    return chance.randrange(150, 250), chance.randrange(150, 250), chance.randrange(150, 250)


def _notes(taken: datetime, located: bool) -> Image.Exif:
    """What a telephone writes into its photographs; some say where it was."""
    exif = Image.Exif()
    exif.get_ifd(_EXIF)[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
    if located:
        exif.get_ifd(_GPS).update(_NOWHERE)
    return exif
