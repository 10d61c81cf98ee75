"""One sheet of a filled workbook -> the visit on it, and everything that is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from inspections.records.entries import shown
from inspections.records.record import Record, RecordKey
from inspections.records.typed_text import all_doubts
from inspections.round.school import School
from inspections.round.table import code, row_and_column
from inspections.workbook.form.expectations import Expectations, bare
from inspections.workbook.form.identity import Identity, genuine, marked_here
from inspections.workbook.form.layout import HEAD, rubric_told, stage_of
from inspections.workbook.reading.admitting import admitted
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.editions import whole_rows
from inspections.workbook.reading.embedded import with_pictures
from inspections.workbook.reading.head import CELLS, Rows, head_cells, read_head, touched
from inspections.workbook.reading.other_names import other_names
from inspections.workbook.reading.rows import RowReader
from inspections.workbook.reading.sheet_cells import SheetCells
from inspections.workbook.reading.workbook_record import SheetRecord, TypedCell
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.traits import known_traits

_NEVER_SILENT = frozenset({"entry-misplaced", "workbook-unread", "texts-other"})
"""Problems that are told even of a sheet in which nothing is filled in."""

_LISTED = 200
"""Problems of one kind on one sheet that are told one by one."""


@dataclass(slots=True)
class SheetReader:
    """Reads the sheets of one file, one after the other; adds to ``problems`` on the way.

    ``digest``: the SHA-256 of the file. ``hidden``: the names of its hidden sheets. ``bound``: how
    many pictures belong to a row. ``told``: the sheets of whose objects it has told.
    """

    file: str
    digest: str
    expected: Expectations
    facts: CellFacts
    hidden: Collection[str]
    problems: list[Problem]
    bound: int = 0
    told: set[str] = field(default_factory=set)

    def report(self, sheet: str, code: str, /, **params: object) -> None:
        """Adds a problem with a whole sheet."""
        self.problems.append(problem(code, Place(self.file, sheet), **params))

    def read(
        self, name: str, rows: Rows, identity: Identity, paper: Sequence[TypedCell] = ()
    ) -> SheetRecord | None:
        """Returns what a sheet holds; None where nobody filled it or it is none of this round.

        ``paper``: what was typed on its 现场反馈单.
        """
        facts = _without_times(self.facts, name, rows) if self.facts.no_times else self.facts
        rubric, refusal = admitted(identity, self.expected, Place(self.file, name))
        if rubric is None:
            self.problems += refusal
            return None
        school = self.expected.roster.schools[identity.school]
        sheet = self.expected.sheet(rubric, school)
        same = identity.digest in ("", self.expected.digests[rubric.id])
        rows, beyond = whole_rows(rows)
        cells = SheetCells(rows, self.file, name, facts)
        for at, raw in beyond:
            cells.report(at, "entry-misplaced", value=shown(raw))
        reader = RowReader(cells, sheet, school.traits, same)
        head, problems = read_head(rows, self.file, name, identity, rubric, self.expected, facts)
        observations = tuple(reader.observations(head.day))
        if facts.pictures:
            observations, bound = with_pictures(observations, facts.pictures, self.file, name)
            self.bound += bound
        if facts.formulas:
            cells.say_formulas(item.cell for item in HEAD.values())
        self.told.add(name)
        for label, known in _given(identity, school, rubric if same else None, self.expected):
            row, column = CELLS[label]
            if bare(code(rows[row][column])) not in ("", *map(bare, known)):
                value = shown(rows[row][column])
                cells.report(HEAD[label].cell, "entry-misplaced", value=value)
        if not (cells.typed or paper or touched(rows)):
            # Nobody filled it, but nothing that somebody wrote goes without a word.
            self.problems += [item for item in cells.problems if item.code in _NEVER_SILENT]
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
        self.problems += _not_too_many(cells.problems)
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
        everything = (*typed, *cells.typed, *cells.signed)
        texts = ((item.raw, item.cell) for item in everything)
        self.problems += all_doubts(texts, self.file, name)
        corrects = identity.corrects
        if altered:  # and so may be what it takes the place of
            corrects = ()
        elif corrects and not marked_here(identity, self.expected.round.key):
            corrects = ()
            self.report(name, "mark-altered", sheet=name)
        return SheetRecord(name, key, visit, (*everything, *paper), corrects)


def _given(
    identity: Identity, school: School, rubric: Rubric | None, expected: Expectations
) -> Iterator[tuple[str, Sequence[str]]]:
    """Yields fields of the head that are printed, with what may stand in them: a school's stage
    may have been another; ``rubric`` is None where the sheet's own is.
    """
    yield "检查组", (code(identity.team),)
    yield "次别", (code(identity.occasion),)
    words = expected.words
    others = known_traits()["学段"].choices if words.is_school else ()
    yield "学段", (stage_of(school, words), *others)
    if rubric is not None:
        yield "细则批次", (rubric_told(rubric, expected.round.title),)


def _without_times(facts: CellFacts, sheet: str, rows: Rows) -> CellFacts:
    """The fast reader makes a time of day of a number below zero, and of none at all."""
    lost = dict(facts.lost)
    for title, at in facts.no_times:
        row, column = row_and_column(at)
        if title == sheet and isinstance(rows[row][column], (time, date)):
            lost[title, at] = "负的日期或时刻"
    return facts._replace(lost=lost)


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
