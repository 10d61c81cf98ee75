"""The head of a visit sheet: who was there and when, and whether that makes a visit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from inspections.records.entries import Finding, read_words, shown
from inspections.records.moments import Day, TimeOfDay, clock, read_day, read_time
from inspections.records.numbers import fold
from inspections.records.shown_text import figure_of, same_day, same_time, same_words
from inspections.round.school import Inspector
from inspections.round.table import blank, row_and_column
from inspections.workbook.form.expectations import Expectations, bare
from inspections.workbook.form.identity import Identity
from inspections.workbook.form.layout import HEAD, label_of
from inspections.workbook.reading.as_shown import seen
from inspections.workbook.reading.cell_facts import CellFacts, Lost
from inspections.workbook.reading.rich_text import Seen
from rubrics.language.rubric import Rubric
from rubrics.language.subject import Words
from rubrics.messages.problems import Place, Problem, problem

Rows = Sequence[Sequence[object]]

_UNCOUNTED = "，这张表没有计入"
RECORDER, COMPANIONS, DAY = "填表督学", "同行督学", "检查日期"
ARRIVED, LEFT, HOST = "到校时间", "离校时间", "陪同人员及职务"
CELLS = {label: row_and_column(item.cell) for label, item in HEAD.items()}
"""Row and column, counted from 0, of every field's value."""

LABELS = {label: row_and_column(item.label_range.partition(":")[0]) for label, item in HEAD.items()}


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says. ``inspectors``: codes, the recorder first; a name that is not on the
    roster stands as it was typed. ``day`` is None where the visit cannot be dated.
    """

    recorder: Inspector | None
    inspectors: tuple[str, ...]
    day: date | None
    arrived: datetime | None
    left: datetime | None
    companion: str


@dataclass(slots=True)
class HeadReader:
    """Reads one head; collects its problems on the way."""

    rows: Rows
    file: str
    sheet: str
    expected: Expectations
    words: Words
    lost: Lost
    unread: Mapping[str, tuple[Seen, object]]
    problems: list[Problem] = field(default_factory=list)

    def raw(self, label: str) -> object:
        """Returns what stands in a field."""
        row, column = CELLS[label]
        lost = (self.sheet, HEAD[label].cell) in self.lost or label in self.unread
        return "" if lost else self.rows[row][column]

    def called(self, label: str) -> str:
        """Returns what a field is called on the sheet."""
        return label_of(label, self.words)

    def report(self, label: str, code: str, /, **params: object) -> None:
        """Adds a problem at a field."""
        place = Place(self.file, self.sheet, HEAD[label].cell)
        self.problems.append(problem(code, place, **params))

    def missing(self, label: str) -> None:
        """Reports a field that is blank, or whose content is lost; what is shown otherwise was
        reported before.
        """
        if label in self.unread:
            return
        detail = self.lost.get((self.sheet, HEAD[label].cell))
        if detail:
            self.report(label, "entry-lost", detail=detail)
        else:
            effect = _UNCOUNTED if label == DAY else ""
            self.report(label, "head-missing", label=self.called(label), effect=effect)

    def day(self) -> date | None:
        """Returns the visit's date where it lies within the round."""
        raw, window = self.raw(DAY), self.expected.round.window
        if blank(raw):
            self.missing(DAY)
            return None
        found = read_day(raw, (window.since, window.until))
        if found is None:
            said = {"label": self.called(DAY), "value": shown(raw), "example": window.since}
            self.report(DAY, "head-value", effect=_UNCOUNTED, **said)
            return None
        self._note(DAY, raw, found, str(found.date))
        if not window.since <= found.date <= window.until:
            span = {"since": window.since, "until": window.until}
            self.report(DAY, "visit-outside", day=found.date, **span)
            return None
        return found.date

    def time(self, label: str) -> int | None:
        """Returns minutes since midnight."""
        raw = self.raw(label)
        if blank(raw):
            self.missing(label)
            return None
        found = read_time(raw)
        if found is None:
            said = {"label": self.called(label), "value": shown(raw), "example": "8:20"}
            self.report(label, "head-value", **said)
            return None
        self._note(label, raw, found, str(found))
        return found.minutes

    def _note(self, label: str, raw: object, found: Day | TimeOfDay, meaning: str) -> None:
        if found.noted:
            said = {"value": shown(raw), "meaning": meaning}
            self.problems.append(
                Finding("entry-interpreted", said).at(
                    Place(self.file, self.sheet, HEAD[label].cell)
                )
            )

    def people(self, label: str, team: str) -> Iterator[Inspector | str]:
        """Yields the inspectors whom a field names; a name that is not known is reported."""
        for name in _names(self.raw(label), self.expected):
            found = self.expected.people.get(bare(name), ())
            if len(found) > 1:
                own = self.expected.roster.members(team)
                found = tuple(item for item in found if item in own) or found
            if len(found) == 1:
                yield found[0]
            else:
                self.report(label, "inspector-unknown", inspector=name)
                yield name


def _names(raw: object, expected: Expectations) -> Iterator[str]:
    """The names in a cell: punctuation parts them, blanks only where they are no padding."""
    for piece in re.split(r"[、，,；;/\r\n]+", read_words(raw)):
        if bare(piece) in expected.people:
            yield piece.strip()
        else:
            yield from piece.split()


def touched(rows: Rows) -> bool:
    """Whether anything was filled into the head (the recorder's name is printed there)."""
    return any(not blank(rows[CELLS[label][0]][CELLS[label][1]]) for label in _ASKED)


_ASKED = (COMPANIONS, DAY, ARRIVED, LEFT, HOST)


def read_head(
    rows: Rows,
    file: str,
    sheet: str,
    identity: Identity,
    rubric: Rubric,
    expected: Expectations,
    facts: CellFacts,
) -> tuple[Head, list[Problem]]:
    """Returns the head of a sheet, and what is wrong with it.

    Codes: head-missing, head-value, entry-lost, entry-shown, entry-interpreted, inspector-unknown,
    recorder-other, inspectors-few, visit-outside, visit-reversed, visit-short.
    """
    unread = dict(_shown_otherwise(rows, sheet, facts))
    reader = HeadReader(rows, file, sheet, expected, rubric.words, facts.lost, unread)
    for label, (found, raw) in unread.items():
        reader.report(label, "entry-shown", shown=str(found), stored=_held(label, raw))
    own = expected.roster.inspectors.get(identity.inspector)
    named = list(reader.people(RECORDER, identity.team))
    others = [item for item in named if item != own] if own else []
    if others:
        # Whose sheet it is, its seal says; who wrote on it was there as well.
        said = {"typed": shown(reader.raw(RECORDER)), "own": own.name if own else ""}
        reader.report(RECORDER, "recorder-other", **said)
    first = [own, *others] if own else named
    if not first:
        reader.missing(RECORDER)
    everyone = [*first, *reader.people(COMPANIONS, identity.team)]
    codes = tuple(
        dict.fromkeys(item.id if isinstance(item, Inspector) else item for item in everyone)
    )
    least = rubric.visit.min_inspectors
    if len(codes) < least:
        reader.report(COMPANIONS, "inspectors-few", count=len(codes), least=least)
    day = reader.day()
    arrived, left = reader.time(ARRIVED), reader.time(LEFT)
    if arrived is not None and left is not None:
        if left < arrived:
            times = {"arrived": clock(arrived), "left": clock(left)}
            reader.report(LEFT, "visit-reversed", **times)
        elif left - arrived < rubric.visit.min_minutes:
            least = rubric.visit.min_minutes
            reader.report(LEFT, "visit-short", minutes=left - arrived, least=least)
    companion = read_words(reader.raw(HOST))
    if not companion:
        reader.missing(HOST)
    recorder = first[0] if first and isinstance(first[0], Inspector) else own
    head = Head(recorder, codes, day, _moment(day, arrived), _moment(day, left), companion)
    return head, reader.problems


def _shown_otherwise(
    rows: Rows, sheet: str, facts: CellFacts
) -> Iterator[tuple[str, tuple[Seen, object]]]:
    """Yields the fields that show something else than they hold."""
    if not facts.forms and not facts.seen:
        return
    for label, item in HEAD.items():
        row, column = CELLS[label]
        raw = rows[row][column]
        found = None if raw == "" or item.entry is None else seen(facts, sheet, item.cell, raw)
        if found is not None and not _same(label, raw, found.text):
            yield label, (found, raw)


def _same(label: str, raw: object, text: str) -> bool:
    """Whether a field's text says what is read of its content; what is not read is told later."""
    if isinstance(raw, str):
        return same_words(text, raw)
    if label == DAY and (day := read_day(raw)):
        return same_day(text, day.date) or figure_of(fold(text)) == raw
    if label in (ARRIVED, LEFT) and (moment := read_time(raw)):
        return same_time(fold(text), moment.minutes) or figure_of(fold(text)) == raw
    return label in (DAY, ARRIVED, LEFT) or same_words(text, shown(raw))


def _held(label: str, raw: object) -> str:
    """What a field holds, as it would have been read."""
    read = read_day(raw) if label == DAY else read_time(raw) if label in (ARRIVED, LEFT) else None
    return shown(raw) if read is None else str(read.date if isinstance(read, Day) else read)


def _moment(day: date | None, minutes: int | None) -> datetime | None:
    if day is None or minutes is None:
        return None
    return datetime.combine(day, time(*divmod(minutes, 60)))


def head_cells(rows: Rows) -> Iterator[tuple[str, object, str]]:
    """Yields (label, content, A1 name) of the head's fields that were filled in."""
    for label, item in HEAD.items():
        row, column = CELLS[label]
        if item.entry is not None and not blank(rows[row][column]):
            yield label, rows[row][column], item.cell
