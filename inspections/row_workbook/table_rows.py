"""Reads the rows of a table that came back: found by their lasting numbers, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from inspections.records.entries import shown
from inspections.round.table import code
from inspections.row_workbook.book import Row, RowBook
from inspections.row_workbook.columns import Kind, RowColumn
from inspections.row_workbook.finding import KEY, Found, bare
from inspections.row_workbook.outside import quoted_cells
from inspections.row_workbook.rows_read import RowEntry, RowRead
from inspections.row_workbook.sealing import BookIdentity, digest_of, locked_texts
from inspections.row_workbook.values import as_text, read_value
from rubrics.messages.problems import Place, Problem, problem
from rubrics.tables.addresses import cell
from rubrics.tables.long_cells import LONGEST
from rubrics.tables.sheet import At, Merged


@dataclass
class TableReader:
    """Reads one table; rows and columns count from 0.

    Afterwards ``problems`` say what is wrong, ``signed`` what stands in the signature lines, and
    ``read_rows`` which rows of the sheet were somebody's.
    """

    book: RowBook
    identity: BookIdentity | None
    found: Found
    file: str
    problems: list[Problem] = field(default_factory=list)
    signed: dict[str, str] = field(default_factory=dict)
    read_rows: set[int] = field(default_factory=set)

    def read(self) -> Iterator[RowRead]:
        """Yields every row of which something is known, in the order of the sheet."""
        numbered = self._numbered()
        for key, rows in numbered.items():
            row = self._one_of(key, rows)
            if row is not None:
                yield self._row(key, row)
        for key in self.identity.texts if self.identity else ():
            if bare(key) not in {bare(it) for it in numbered}:
                place = Place(self.file, self.found.sheet.name)
                self._report("rows-row-missing", place, key=key)

    def _numbered(self) -> dict[str, list[int]]:
        """Key -> the rows that carry it; what is no row is told, or taken for a signature."""
        known = {bare(key): key for key in self._sent}
        numbered: dict[str, list[int]] = {}
        for row in range(self.found.header + 1, len(self.found.sheet.rows)):
            if self._is_prompt(row) or self._is_signed(row) or self._is_total(row):
                self.read_rows.add(row)
                continue
            typed = code(self._raw(row, self.found.at[KEY]))
            key = known.get(bare(typed), "")
            inputs = self._inputs(row)
            if not key and self.book.spare and (inputs or typed):
                key = typed or f"第{row + 1}行"
                if not inputs:
                    # A number that is left over, or a word below the list.
                    self.read_rows.update({row} if typed.startswith("新") else ())
                    continue
            if key:
                self.read_rows.add(row)
                numbered.setdefault(key, []).append(row)
            elif inputs:
                self.read_rows.add(row)
                place = self._place(row, self.found.at[KEY])
                said = {"quote": quoted_cells(inputs)}
                if typed:
                    self._report("rows-key-unknown", place, key=typed, **said)
                else:
                    self._report("rows-key-blank", place, **said)
        return numbered

    @cached_property
    def _columns(self) -> tuple[RowColumn, ...]:
        """The inputs that this workbook has: one of an earlier version may lack some."""
        return tuple(item for item in self.book.inputs if item.key in self.found.at)

    @cached_property
    def _sent(self) -> dict[str, Row | None]:
        """What was sent by its key; None where a row is no more among what was sent last."""
        sent: dict[str, Row | None] = dict.fromkeys(self.identity.texts if self.identity else ())
        return sent | {row.key: row for row in self.book.rows}

    def _one_of(self, key: str, rows: list[int]) -> int | None:
        """The one row that counts; None where several say different things."""
        contents = {row: [bare(as_text(raw)) for _, _, raw in self._inputs(row)] for row in rows}
        filled = [row for row in rows if contents[row]] or rows[:1]
        if all(contents[row] == contents[filled[0]] for row in filled):
            return filled[0]
        for row in filled[1:]:
            place = self._place(row, self.found.at[KEY])
            self._report("rows-key-twice", place, key=key, first=f"第 {filled[0] + 1} 行")
        return None

    def _row(self, key: str, row: int) -> RowRead:
        sent = self._sent.get(key)
        self._check_texts(key, row, sent)
        entries: dict[str, RowEntry] = {}
        lost: set[str] = set()
        for column in self._columns:
            at = self.found.at[column.key]
            place = self._place(row, at)
            raw = self._raw(row, at)
            if self._is_lost(row, at, place):
                lost.add(column.key)
                continue
            if not bare(raw):
                continue
            self._say_formula(row, at, place, raw)
            percent = (row, at) in self.found.sheet.facts.percents
            most = sent.points if sent else Decimal(0)
            value, problems = read_value(column, raw, place, percent=percent, points=most)
            self.problems += problems
            if value is None:
                lost.add(column.key)
            else:
                entries[column.key] = RowEntry(value, place, as_text(raw))
        made = RowRead(
            key, self._place(row, self.found.at[KEY]), entries, frozenset(lost), not sent
        )
        self._check_blanks(made, row, sent)
        return made

    def _check_blanks(self, made: RowRead, row: int, sent: Row | None) -> None:
        if made.is_blank:
            if sent and sent.due:
                self._report("rows-row-blank", made.place, key=made.key)
            return
        before = dict(sent.entries) if sent else {}
        if not made.lost and {key: it.value for key, it in made.entries.items()} == before:
            return
        for column in self._columns:
            if column.required and column.key not in made.entries and column.key not in made.lost:
                place = self._place(row, self.found.at[column.key])
                said = {"key": made.key, "heading": column.heading}
                self._report("rows-required-blank", place, **said)

    def _check_texts(self, key: str, row: int, sent: Row | None) -> None:
        """Tells locked texts that were altered: what was sent holds."""
        due = self.identity.texts.get(key) if self.identity else None
        columns = self.book.locked
        have = [as_text(self._raw(row, self.found.at[it.key])) for it in columns]
        if due is None or digest_of(have) == due:
            return
        other = columns
        if sent and digest_of(locked_texts(self.book, sent)) == due:
            pairs = zip(columns, have, locked_texts(self.book, sent), strict=True)
            other = tuple(item for item, one, two in pairs if digest_of([one]) != digest_of([two]))
        place = self._place(row, self.found.at[other[0].key])
        said = {"key": key, "heading": "、".join(item.heading for item in other)}
        self._report("rows-text-altered", place, **said)

    def _is_lost(self, row: int, column: int, place: Place) -> bool:
        """Whether a cell holds nothing that may be used; a text that is cut is told too."""
        sheet = self.found.sheet
        if detail := sheet.facts.lost.get((row, column)):
            self._report("entry-lost", place, detail=detail)
            return True
        span = self._covered.get((row, column))
        if span is not None and span.top < row and bare(self._raw(span.top, span.left)):
            self._report("cell-merged", place, range=span)
            return True
        for at, count in sheet.too_long:
            if at == (row, column):
                self._report("cell-too-long", place, count=count, most=LONGEST)
        return False

    @cached_property
    def _covered(self) -> dict[At, Merged]:
        """Cells below the headings that are merged into one above them."""
        rows, width = len(self.found.sheet.rows), max(self.found.at.values()) + 1
        return {
            (row, column): span
            for span in self.found.sheet.merged
            if span.bottom > span.top
            for row in range(max(span.top, self.found.header) + 1, min(span.bottom + 1, rows))
            for column in range(span.left, min(span.right + 1, width))
        }

    def _say_formula(self, row: int, column: int, place: Place, raw: object) -> None:
        formula = self.found.sheet.facts.formulas.get((row, column))
        if formula:
            self._report("entry-formula", place, formula=formula, value=shown(raw))

    def _is_prompt(self, row: int) -> bool:
        """Whether this is the line of prompts below the headings."""
        if row != self.found.header + 1:
            return False
        prompts = {item.key: bare(item.prompt) for item in self.book.columns} | {KEY: ""}
        have = {key: bare(self._raw(row, at)) for key, at in self.found.at.items()}
        return any(have.values()) and all(have[key] in ("", prompts[key]) for key in have)

    def _is_total(self, row: int) -> bool:
        """Whether this is the line of sums, in which nothing is filled in; what is, is told."""
        own = self._raw(row, self.found.at[KEY])
        if not self.book.total or bare(own) != bare(self.book.total):
            return False
        sums = {self.found.at[it.key] for it in self._columns if it.kind is Kind.POINTS}
        typed = [
            (row, at, raw)
            for at in self.found.at.values()
            if at != self.found.at[KEY] and bare(raw := self._raw(row, at))
            if at not in sums or isinstance(raw, str)
        ]
        if typed:
            self._report("rows-beside", self._place(row, typed[0][1]), quote=quoted_cells(typed))
        return True

    def _is_signed(self, row: int) -> bool:
        """Whether this is a line to sign on; what is typed there is kept."""
        labels = {bare(label): label for label in self.book.signatures}
        label, is_line = "", False
        for raw in self.found.sheet.rows[row]:
            if bare(raw) in labels:
                label, is_line = labels[bare(raw)], True
            elif is_line and bare(raw):
                self.signed[label] = f"{self.signed.get(label, '')} {as_text(raw)}".strip()
        return is_line

    def _inputs(self, row: int) -> list[tuple[int, int, object]]:
        """The cells of a row's inputs that are not blank, or hold what is lost."""
        columns = sorted(self.found.at[item.key] for item in self._columns)
        lost = self.found.sheet.facts.lost
        return [
            (row, at, self._raw(row, at) or lost.get((row, at), ""))
            for at in columns
            if bare(self._raw(row, at)) or (row, at) in lost
        ]

    def _raw(self, row: int, column: int) -> object:
        cells = self.found.sheet.rows[row]
        return cells[column] if column < len(cells) else ""

    def _place(self, row: int, column: int) -> Place:
        return Place(self.file, self.found.sheet.name, cell(row, column))

    def _report(self, what: str, place: Place, /, **params: object) -> None:
        self.problems.append(problem(what, place, **params))
