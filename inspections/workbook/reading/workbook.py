"""A filled workbook -> the visits on its sheets, and everything that is wrong with them.

Sheets are recognised by the identity that they carry, never by their name or the file's.
"""

from __future__ import annotations

import gc
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from inspections.records.entries import shown
from inspections.records.record import Record, RecordKey
from inspections.records.typed_text import all_doubts
from inspections.round.table import blank, code, row_and_column
from inspections.workbook.form.expectations import Expectations
from inspections.workbook.form.identity import Identity, genuine, marked_here
from inspections.workbook.form.layout import (
    GUIDE_SHEET,
    HEAD,
    IDENTITY_CELL,
    IDENTITY_SHEET,
    MARKS_SHEET,
    Column,
)
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.embedded import with_pictures
from inspections.workbook.reading.head import CELLS, Rows, head_cells, read_head, touched
from inspections.workbook.reading.other_names import other_names
from inspections.workbook.reading.packed import ZIPPED
from inspections.workbook.reading.plain_writing import UnusualError
from inspections.workbook.reading.recognising import find_identity, listed, school_code, undamaged
from inspections.workbook.reading.rows import RowReader, TypedCell
from inspections.workbook.reading.standard import Standard, by_the_standard
from inspections.workbook.reading.xlsx_facts import make_sure, read_facts
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.conditions import holds

_OURS = frozenset({GUIDE_SHEET, IDENTITY_SHEET, MARKS_SHEET})
"""Sheets that are no visits, unless an identity in its place says otherwise."""

_LISTED = 200
"""Problems of one kind on one sheet that are told one by one."""


@dataclass(frozen=True, slots=True)
class SheetRecord:
    """One filled sheet: whose it is, all that was typed, and the visit that it makes.

    ``visit`` is None where the visit cannot be dated, lies outside of the round, or the sheet is
    not as it was handed out. ``corrects``: the beginnings of the digests of files whose record
    this one takes the place of.
    """

    name: str
    key: RecordKey
    visit: Record | None
    typed: tuple[TypedCell, ...]
    corrects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkbookRecord:
    """One file as it was read. ``digest`` is the SHA-256 of its bytes."""

    file: str
    digest: str
    sheets: tuple[SheetRecord, ...]
    problems: tuple[Problem, ...]


def read_workbook(data: bytes, file: str, expected: Expectations) -> WorkbookRecord:
    """Returns what a workbook (.xlsx .xlsm .xls .ods) holds; ``file`` is how problems name it.

    Sheets that nobody filled are left out without a word. Raises what the readers of the formats
    raise where the bytes are no workbook. Codes: workbook-foreign, workbook-other-round,
    workbook-old-rubric, workbook-rubric-changed, workbook-unread, identity-altered,
    workbook-macros, sheet-unknown, sheet-copied, sheet-altered, sheet-hidden,
    sheet-school-unknown, sheet-rubric-unknown, sheet-rubric-inapplicable,
    sheet-occasion-unknown, row-unknown, row-twice, row-missing, points-altered, score-altered,
    entry-formula, entry-misplaced, statement-kept, entry-lost, mark-altered, problems-many, and
    those of ``read_head``, ``other_names``, ``understand`` and ``observe``.
    """
    with _uncollected():
        return _read(data, file, expected)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection: cells come by the thousand, none of them in cycles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(data: bytes, file: str, expected: Expectations) -> WorkbookRecord:
    digest = hashlib.sha256(data).hexdigest()
    try:
        return _read_package(Standard(data, data), digest, file, expected)
    except (UnusualError, CalamineError):
        if not data.startswith(ZIPPED):
            raise
    return _read_package(by_the_standard(data), digest, file, expected)


def _read_package(
    package: Standard, digest: str, file: str, expected: Expectations
) -> WorkbookRecord:
    facts = read_facts(package.data)
    reader = _WorkbookReader(file, digest, expected, facts)
    with CalamineWorkbook.from_filelike(io.BytesIO(package.readable)) as book:
        reader.read(book)
        if facts.contents is not None and facts.contents != reader.contents:
            make_sure(package.data, book)
    if reader.recognised and facts.macros:
        reader.report("", "workbook-macros")
    if reader.recognised:
        loose = ("图片",) if reader.bound < len(facts.pictures) else ()
        for what in dict.fromkeys((*facts.beside, *loose)):
            reader.report("", "workbook-unread", what=what)
    return WorkbookRecord(file, reader.digest, tuple(reader.records), tuple(reader.problems))


@dataclass(slots=True)
class _WorkbookReader:
    file: str
    digest: str
    expected: Expectations
    facts: CellFacts
    records: list[SheetRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    recognised: bool = False
    bound: int = 0
    contents: int = 0
    hidden: set[str] = field(default_factory=set)

    def report(self, sheet: str, code: str, /, **params: object) -> None:
        self.problems.append(problem(code, Place(self.file, sheet), **params))

    def read(self, book: CalamineWorkbook) -> None:
        self.hidden = {
            item.name
            for item in book.sheets_metadata
            if item.visible is not SheetVisibleEnum.Visible
        }
        sheets: list[tuple[str, Rows, Identity]] = []
        unknown: list[str] = []
        placed = 0
        for name in sorted(book.sheet_names, key=_OURS.__contains__):
            if name in _OURS and self.facts.visits is not None and placed >= self.facts.visits:
                continue
            rows: Rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            identity, in_place = find_identity(rows)
            if in_place:
                placed += 1
                self.contents += sum(len(row) - row.count("") for row in rows)
            elif name in _OURS:
                continue
            if identity is None:
                if any(not blank(raw) for row in rows for raw in row):
                    unknown.append(name)
            elif in_place and undamaged(rows) and not self._made_by_formula(name):
                sheets.append((name, rows, identity))
            else:
                self.recognised = True
                self.report(name, "sheet-altered", sheet=name)
        self.recognised |= bool(sheets)
        if not self.recognised:
            self.report("", "workbook-foreign")
            return
        for name in unknown:
            self.report(name, "sheet-unknown", sheet=name)
        for sheet in self._originals(sheets, book):
            record = self._sheet(*sheet)
            if record is not None:
                self.records.append(record)

    def _made_by_formula(self, sheet: str) -> bool:
        """Whether a formula says what the sheet or one of its rows is for."""
        found = {**self.facts.formulas, **self.facts.lost}
        return any(
            title == sheet and (at == IDENTITY_CELL or at.startswith(Column.ADDRESS.letter))
            for title, at in found
        )

    def _originals(
        self, sheets: Sequence[tuple[str, Rows, Identity]], book: CalamineWorkbook
    ) -> Iterator[tuple[str, Rows, Identity]]:
        """Yields the sheets that are no copies; which is the original, the hidden list says."""
        handed_out: Mapping[object, object] = {}
        if len({identity for _, _, identity in sheets}) < len(sheets):
            handed_out = listed(book)
        first: dict[Identity, str] = {}
        for name, _, identity in sheets:
            if identity not in first or handed_out.get(name) == identity:
                first[identity] = name
        for name, rows, identity in sheets:
            school = self.expected.roster.schools.get(identity.school)
            if first[identity] != name:
                self.report(name, "sheet-copied", sheet=name, first=first[identity])
            elif school_code(rows) not in ("", identity.school):
                original = school.name if school else identity.school
                self.report(name, "sheet-copied", sheet=name, first=original)
            else:
                yield name, rows, identity

    def _sheet(self, name: str, rows: Rows, identity: Identity) -> SheetRecord | None:
        if self.facts.no_times:
            self._lose_times(name, rows)
        rubric = self._admitted(name, identity)
        if rubric is None:
            return None
        school = self.expected.roster.schools[identity.school]
        sheet = self.expected.sheet(rubric, school)
        same = identity.digest in ("", self.expected.digests[rubric.id])
        reader = RowReader(rows, self.file, name, sheet, school.traits, self.facts, same)
        head, problems = read_head(
            rows, self.file, name, identity, rubric, self.expected, self.facts.lost
        )
        observations = tuple(reader.observations(head.day))
        if self.facts.pictures:
            pictures = self.facts.pictures
            observations, bound = with_pictures(observations, pictures, self.file, name)
            self.bound += bound
        if self.facts.formulas:
            reader.say_formulas(item.cell for item in HEAD.values())
        for label, given in (("检查组", identity.team), ("次别", identity.occasion)):
            row, column = CELLS[label]
            if code(rows[row][column]) not in ("", code(given)):
                value = shown(rows[row][column])
                reader.report(HEAD[label].cell, "entry-misplaced", value=value)
        if not reader.typed and not touched(rows):
            # Nobody filled it, but nothing that somebody wrote goes without a word.
            self.problems += [item for item in reader.problems if item.code == "entry-misplaced"]
            return None
        if name in self.hidden:
            self.report(name, "sheet-hidden", sheet=name)
        altered = not genuine(identity, self.expected.round.key)
        if altered:
            # Whatever else it calls itself has the same cause.
            self.report(name, "identity-altered", sheet=name)
            problems = [item for item in problems if item.code != "recorder-other"]
        else:
            problems += other_names(
                rows, self.file, name, school, rubric if same else None, self.expected
            )
        if not same:
            said = {"rubric": rubric.title, "version": rubric.version}
            self.report(name, "workbook-rubric-changed", **said)
        self.problems += problems
        self.problems += _not_too_many(reader.problems)
        # Whose sheet it is does not follow from what was typed, unless nobody was named on it.
        recorder = head.recorder.id if head.recorder else ""
        whose = identity.inspector or identity.team or recorder
        key = RecordKey(school.id, rubric.id, identity.occasion, whose)
        typed = [TypedCell("", *cell) for cell in head_cells(rows)]
        visit = None
        if head.day is not None and not altered:
            visit = Record(
                key,
                rubric.version,
                head.day,
                head.inspectors,
                observations,
                head.arrived,
                head.left,
                head.companion,
                self.file,
                name,
                self.digest,
            )
        everything = (*typed, *reader.typed, *reader.signed)
        cells = ((item.raw, item.cell) for item in everything)
        self.problems += all_doubts(cells, self.file, name)
        corrects = identity.corrects
        if altered:  # and so may be what it takes the place of
            corrects = ()
        elif corrects and not marked_here(identity, self.expected.round.key):
            corrects = ()
            self.report(name, "mark-altered", sheet=name)
        return SheetRecord(name, key, visit, everything, corrects)

    def _lose_times(self, sheet: str, rows: Rows) -> None:
        """The fast reader makes a time of day of a number below zero, and of none at all."""
        lost = dict(self.facts.lost)
        for title, at in self.facts.no_times:
            row, column = row_and_column(at)
            if title == sheet and isinstance(rows[row][column], (time, date)):
                lost[title, at] = "负的日期或时刻"
        self.facts = self.facts._replace(lost=lost)

    def _admitted(self, name: str, identity: Identity) -> Rubric | None:
        """The sheet's rubric, if the sheet belongs to this round and its roster."""
        expected = self.expected
        if identity.round != expected.round.id:
            self.report(name, "workbook-other-round", other=identity.round)
            return None
        rubric = expected.rubrics.get(identity.rubric)
        if rubric is None:
            self.report(name, "sheet-rubric-unknown", rubric=identity.rubric)
            return None
        school = expected.roster.schools.get(identity.school)
        if school is None:
            self.report(name, "sheet-school-unknown", school=identity.school)
        elif not holds(rubric.when, school.traits):
            said = {"school": school.name, "rubric": rubric.title}
            self.report(name, "sheet-rubric-inapplicable", **said)
        elif identity.occasion not in expected.round.occasions:
            known = "、".join(expected.round.occasions)
            self.report(name, "sheet-occasion-unknown", occasion=identity.occasion, known=known)
        elif identity.version != rubric.version:
            versions = {"other": identity.version, "version": rubric.version}
            self.report(name, "workbook-old-rubric", rubric=rubric.title, **versions)
        else:
            return rubric
        return None


def _not_too_many(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yields the problems of a sheet, of each kind only so many: nobody reads 100,000."""
    seen: Counter[str] = Counter()
    for item in problems:
        seen[item.code] += 1
        if seen[item.code] <= _LISTED:
            yield item
    for item in problems:
        more = seen.pop(item.code, 0) - _LISTED
        if more > 0:
            place = Place(item.place.file, item.place.sheet)
            yield problem("problems-many", place, count=more, like=item.code)
