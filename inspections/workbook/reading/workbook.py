"""A filled workbook -> the visits on its sheets, and everything that is wrong with them.

Sheets are recognised by the identity that they carry, never by their name or the file's.
"""

from __future__ import annotations

import gc
import hashlib
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from inspections.records.typed_text import all_doubts
from inspections.round.table import blank, cell
from inspections.workbook.form.expectations import Expectations
from inspections.workbook.form.feedback import (
    bare_identity,
    feedback_title,
    further_title,
    subtitle,
)
from inspections.workbook.form.identity import Identity
from inspections.workbook.form.layout import (
    GUIDE_SHEET,
    IDENTITY_CELL,
    IDENTITY_SHEET,
    MARKS_SHEET,
    Column,
)
from inspections.workbook.form.naming import in_footer
from inspections.workbook.form.own_scores import own_sheet_names
from inspections.workbook.reading.beside import Beside, quoted
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.feedback import Paper, overwritten, paper_of
from inspections.workbook.reading.head import CELLS, Rows
from inspections.workbook.reading.own_sheets import typed_on
from inspections.workbook.reading.packed import ZIPPED, parts_of
from inspections.workbook.reading.page_words import bare as bare_words
from inspections.workbook.reading.plain_writing import UnusualError
from inspections.workbook.reading.recognising import find_identity, listed, school_code, undamaged
from inspections.workbook.reading.relations import Package
from inspections.workbook.reading.sheet import SheetReader
from inspections.workbook.reading.sheet_cells import some_cells
from inspections.workbook.reading.standard import Standard, by_the_standard
from inspections.workbook.reading.workbook_record import SheetRecord, TypedCell, WorkbookRecord
from inspections.workbook.reading.xlsx_facts import make_sure, read_facts
from rubrics.messages.problems import Place, Problem, problem
from rubrics.tables.long_cells import cut, too_long

_SCHOOL = CELLS["学校"]
_OURS = frozenset({GUIDE_SHEET, IDENTITY_SHEET, MARKS_SHEET})
"""Sheets that are no visits, unless an identity in its place says otherwise."""


def read_workbook(data: bytes, file: str, expected: Expectations) -> WorkbookRecord:
    """Returns what a workbook (.xlsx .xlsm .xls .ods) holds; ``file`` is how problems name it.

    Sheets that nobody filled are left out without a word, unless no sheet is filled. Raises what
    the readers of the formats raise where the bytes are no workbook. Codes: workbook-foreign,
    workbook-blank, workbook-other-round,
    workbook-old-rubric, workbook-rubric-changed, workbook-unread, identity-altered,
    workbook-macros, sheet-typed, texts-other, rows-hidden, columns-hidden, sheet-unknown,
    sheet-copied, sheet-altered, sheet-hidden,
    sheet-school-unknown, sheet-rubric-unknown, sheet-rubric-inapplicable,
    sheet-occasion-unknown, row-unknown, row-twice, row-missing, points-altered, score-altered,
    entry-formula, entry-misplaced, statement-kept, entry-lost, cell-too-long, mark-altered,
    problems-many, and
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
    reader = _WorkbookReader(package.data, file, digest, expected, facts)
    with CalamineWorkbook.from_filelike(io.BytesIO(package.readable)) as book:
        reader.read(book)
        if facts.contents is not None and facts.contents != reader.contents:
            make_sure(package.data, book)
    if reader.recognised and facts.macros:
        reader.report("", "workbook-macros")
    if reader.recognised:
        loose = (Beside("图片"),) if reader.bound < len(facts.pictures) else ()
        for item in dict.fromkeys((*facts.beside, *loose)):
            if not item.sheet or item.sheet not in reader.told:
                place = Place(file, item.sheet, item.cell)
                said = {"what": item.what, "quote": item.said}
                reader.problems.append(problem("workbook-unread", place, **said))
    if not (reader.records or reader.problems):
        reader.report("", "workbook-blank")
    return WorkbookRecord(file, reader.digest, tuple(reader.records), tuple(reader.problems))


@dataclass(slots=True)
class _WorkbookReader:
    data: bytes
    file: str
    digest: str
    expected: Expectations
    facts: CellFacts
    records: list[SheetRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    recognised: bool = False
    bound: int = 0
    told: Collection[str] = ()
    contents: int = 0

    def report(self, sheet: str, code: str, /, **params: object) -> None:
        self.problems.append(problem(code, Place(self.file, sheet), **params))

    def read(self, book: CalamineWorkbook) -> None:
        sheets: list[tuple[str, Rows, Identity]] = []
        unknown: list[tuple[str, Rows]] = []
        own: list[tuple[str, Rows]] = []
        papers: list[Paper] = []
        tables: dict[str, Rows] = {}
        placed = 0
        ours = {*_OURS, *own_sheet_names(self.expected.words)}
        for name in sorted(book.sheet_names, key=ours.__contains__):
            rows: Rows = self.facts.papers.get(name, ())
            rows = rows or book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            paper = paper_of(name, rows)
            if paper is not None and paper.short:
                papers.append(paper)
                tables[name] = rows
                continue
            rows, long = cut(rows)
            identity, in_place = find_identity(rows)
            if in_place:
                placed += 1
                self.contents += sum(len(row) - row.count("") for row in rows)
            elif name in ours:
                own.append((name, rows))
                continue
            if paper is not None:
                papers.append(paper_of(name, rows) or paper)
                tables[name] = rows
                self.problems += too_long(long, self.file, name)
            elif identity is None:
                if any(not blank(raw) for row in rows for raw in row):
                    unknown.append((name, rows))
            elif (
                in_place
                and undamaged(rows, [it.words for it in self.expected.rubrics.values()])
                and not self._made_by_formula(name)
            ):
                sheets.append((name, rows, identity))
                self.problems += too_long(long, self.file, name)
            else:
                self.recognised = True
                self.report(name, "sheet-altered", sheet=name)
        self.recognised |= bool(sheets)
        if not self.recognised:
            self.report("", "workbook-foreign")
            return
        for name, rows in unknown:
            self.report(name, "sheet-unknown", sheet=name, quote=f"：{some_cells(_contents(rows))}")
        reader = SheetReader(
            self.file, self.digest, self.expected, self.facts, _hidden(book), self.problems
        )
        belong = self._papers(papers, tables, [identity for _, _, identity in sheets])
        made = [
            reader.read(*sheet, belong.get(bare_identity(sheet[2]), ()))
            for sheet in self._originals(sheets, book)
        ]
        self.records = [record for record in made if record is not None]
        self.bound, self.told = reader.bound, reader.told
        if sheets and reader.told.issuperset(name for name, _, _ in sheets):
            # Beside sheets that are refused, everything is another round's.
            self._look_at_own(own, sheets)
            self._look_at_pages(sheets)

    def _papers(
        self, papers: Sequence[Paper], tables: Mapping[str, Rows], visits: Sequence[Identity]
    ) -> dict[Identity, Sequence[TypedCell]]:
        """Returns what is typed on the papers of the visits; reports what stands beside it, and
        papers of other visits, or copies, on which something is typed.
        """
        known = {bare_identity(identity) for identity in visits}
        found: dict[Identity, Sequence[TypedCell]] = {}
        typed_over: Mapping[str, list[tuple[str, object]]] = {}
        if papers and self.data.startswith(ZIPPED) and all(map(self._is_same, visits)):
            read = tables.keys() & self.facts.papers.keys()
            typed_over = overwritten(self.data, papers, tables, read, self._paper_words())
        for paper in papers:
            beside = [*paper.beside, *typed_over.get(paper.name, ())]
            cells = [(it.cell.rpartition("!")[2], it.raw) for it in paper.typed]
            if paper.owner in known and paper.owner not in found and paper.page == 1:
                found[paper.owner] = paper.typed
                cells_told = all_doubts(((raw, at) for at, raw in cells), self.file, paper.name)
                self.problems += cells_told
            else:
                beside += cells
            if beside:
                said = {"count": len(beside), "detail": some_cells(beside)}
                place = Place(self.file, paper.name, beside[0][0])
                self.problems.append(problem("sheet-typed", place, **said))
        return found

    def _paper_words(self) -> list[str]:
        """What the round and its rubrics print on papers."""
        rubrics = self.expected.rubrics.values()
        titles = [made(rubric) for rubric in rubrics for made in (feedback_title, further_title)]
        return [subtitle(self.expected.round.title), *titles]

    def _look_at_own(
        self,
        own: Sequence[tuple[str, Rows]],
        sheets: Sequence[tuple[str, Rows, Identity]],
    ) -> None:
        """Reports what was typed on the guide, the hidden list, and the list of marks."""
        names = {name for name, _, _ in sheets}
        names |= {str(rows[_SCHOOL[0]][_SCHOOL[1]]) for _, rows, _ in sheets}
        same = all(self._is_same(identity) for _, _, identity in sheets)
        for name, rows in own:
            found = typed_on(name, rows, self.expected, names, same)
            for code, cells in (("sheet-typed", found.typed), ("texts-other", found.other_edition)):
                if cells:
                    place = Place(self.file, name, cells[0][0])
                    said = {"count": len(cells), "detail": some_cells(cells)}
                    self.problems.append(problem(code, place, **said))

    def _is_same(self, identity: Identity) -> bool:
        """Whether a sheet was made from its rubric as it is now."""
        return identity.digest in ("", self.expected.digests.get(identity.rubric))

    def _look_at_pages(self, sheets: Sequence[tuple[str, Rows, Identity]]) -> None:
        """Reports what stands in headers and footers and is not in those of the blank sheet."""
        if not self.facts.pages:
            return
        known, endings = set[str](), set[str]()
        for _, rows, identity in sheets:
            school = self.expected.roster.schools.get(identity.school)
            rubric = self.expected.rubrics.get(identity.rubric)
            printed = [school.name] if school else []
            if rubric and self._is_same(identity):
                printed.append(f"{rubric.title} {rubric.version}")
            else:
                endings.add(bare_words(identity.version))
            printed.append(str(rows[_SCHOOL[0]][_SCHOOL[1]]))
            known |= {bare_words(in_footer(text).replace("&&", "&")) for text in printed}
        titles: Mapping[str, str] = {}
        for sheet, text in dict.fromkeys(self.facts.pages):
            words = bare_words(text)
            if words not in known and not words.endswith(tuple(endings)):
                if sheet.startswith("xl/") and not titles:
                    with parts_of(self.data) as parts:
                        titles = Package(parts).sheets()
                said = {"what": "页眉或页脚", "quote": f"“{quoted(text)}”"}
                place = Place(self.file, titles.get(sheet, sheet))
                self.problems.append(problem("workbook-unread", place, **said))

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


def _contents(rows: Rows) -> Iterator[tuple[str, object]]:
    for at, row in enumerate(rows):
        for column, raw in enumerate(row):
            if not blank(raw):
                yield cell(at, column), raw


def _hidden(book: CalamineWorkbook) -> set[str]:
    """The names of the sheets that nobody sees."""
    shown = SheetVisibleEnum.Visible
    return {item.name for item in book.sheets_metadata if item.visible is not shown}
