"""Takes in what came back from the schools: ``rectify/returned/``, and proofs in ``evidence/``.

Replies have a folder of their own: they come from schools, weeks after the inspectors' workbooks,
and whoever collects one kind is not to be told of the other. Proof lies in ``evidence/`` like all
evidence, in the school's folder; in a folder 整改 there it is left alone by the visits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from sqlalchemy import Engine

from inspections.collecting.returned_files import file_digest, returned_files, unreadable
from inspections.evidence.looking import flaws, look
from inspections.evidence.owning import owners_of, rectified, school_of
from inspections.ledger.chain import By
from inspections.ledger.finding import known_contents
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import add_moves, all_cases, latest
from inspections.records.rectification import Case, Move, Verb
from inspections.rectification.numbers import number_of, short
from inspections.rectification.proofs import Proofs, proofs_of
from inspections.rectification.replies import answer, incomplete, reported
from inspections.rectification.reply_book import issue_of, reply_book
from inspections.rectification.states import FINISHED, standing
from inspections.round.known_digests import KnownDigests
from inspections.round.opened import OpenRound
from inspections.row_workbook import RowBook, RowRead, RowsRead, all_opened, read_rows
from rubrics.messages.problems import Place, Problem, problem
from rubrics.tables.addresses import row_and_column


@dataclass(frozen=True, slots=True)
class Replies:
    """What came back. ``files`` were there; ``moves`` are new. ``problems`` of files and proofs."""

    files: int = 0
    moves: tuple[Move, ...] = ()
    problems: tuple[Problem, ...] = ()

    def count(self, verb: Verb) -> int:
        """Returns how many moves of a kind are new."""
        return sum(one.verb is verb for one in self.moves)


def books_of(
    opened: OpenRound, cases: Sequence[Case], day: date, *, all_items: bool = False
) -> dict[str, RowBook]:
    """Returns the workbook of every school that still has something to put right, by its code.

    ``all_items``: also of schools that have nothing left, with all they ever had.
    """
    by_school: dict[str, list[Case]] = {}
    for case in cases:
        by_school.setdefault(case.item.school, []).append(case)
    made = {}
    for school, own in by_school.items():
        stands = [standing(case, day) for case in own]
        due = [one for one in stands if all_items or one.state not in FINISHED]
        if due:
            made[school] = reply_book(opened, school, due, issue_of(own))
    return made


def collect_replies(opened: OpenRound, day: date, by: By) -> Replies:
    """Reads the replies that are new into the ledger, as of ``day``; sends back what is incomplete.

    Codes: those of ``read_rows``, of ``returned_files`` and of evidence in folders 整改,
    rectify-reply-finished, rectify-reply-differs, rectify-returned, rectify-proof-unused.
    """
    with ledger_of(opened) as ledger:
        cases = all_cases(ledger)
        proofs, problems = _proofs(opened, ledger)
        for case in cases:
            for move in case.moves:
                proofs.mark_used(case.item, move.proof)
        taken = _Taken(opened, {case.number: case for case in cases}, day, proofs)
        files = taken.read(list(books_of(opened, cases, day, all_items=True).values()))
        moves = [*taken.moves(), *taken.proved_since()]
        done = add_moves(ledger, moves, by, since=latest(cases))
    problems += taken.problems
    problems += [
        problem("rectify-proof-unused", Place(file.path)) for file in proofs.unused()
    ]  # fmt: skip
    return Replies(files, tuple(done), tuple(problems))


def _proofs(opened: OpenRound, ledger: Engine) -> tuple[Proofs, list[Problem]]:
    known = KnownDigests(opened.folder)
    files = look(opened.folder.evidence, known_contents(ledger), known)
    return proofs_of(opened, files), flaws([file for file in files if rectified(file)])


_UNREAD: Final = "rows-value"
_ASKED: Final = {"整改措施": "measures", "责任人": "person", "完成日期": "done", "佐证": "proof"}
"""Headings of what a report needs, and their columns."""


@dataclass(slots=True)
class _Row:
    """One row of one file that says something of an item."""

    row: RowRead
    read: RowsRead


@dataclass(slots=True)
class _Taken:
    opened: OpenRound
    cases: Mapping[int, Case]
    day: date
    proofs: Proofs
    rows: dict[int, list[_Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self, books: Sequence[RowBook]) -> int:
        """Reads all files; returns how many there are."""
        folder = self.opened.folder.rectify / "returned"
        workbooks, others = returned_files(folder)
        self.problems += [
            unreadable(path, self.opened.folder.name(path), rows=True) for path in others
        ]
        owners = owners_of(self.opened)
        # A file that was taken in before was told of then.
        known = {one.file for case in self.cases.values() for one in case.moves if one.file}
        fresh = [path for path in workbooks if books and file_digest(path) not in known]
        for path, held in all_opened(fresh).items():
            # Replies are often unpacked into a folder that is named after the school.
            folders = path.relative_to(folder).parent.parts
            to = next((code for it in folders if (code := school_of(it, owners))), "")
            name = self.opened.folder.name(path)
            read, met = read_rows(path, books, name, to, opened=held)
            self.problems += met
            if read is not None:
                self._add(read)
        return len(workbooks)

    def _add(self, read: RowsRead) -> None:
        for row in read.rows:
            number = number_of(row.key, self.opened.round.id)
            case = self.cases.get(number)
            if case is None or not row.entries or self._repeats(case, row):
                continue
            if standing(case, self.day).finished:
                state = standing(case, self.day).state
                said = {"item": row.key, "state": state}
                self.problems.append(problem("rectify-reply-finished", row.place, **said))
                continue
            self.rows.setdefault(number, []).append(_Row(row, read))

    def _repeats(self, case: Case, row: RowRead) -> bool:
        """Whether a row says only what the school has said before: it went out filled in so."""
        last = standing(case, self.day).report
        if last is None:
            return False
        said = {name: entry.value for name, entry in row.entries.items()}
        return all(getattr(last, name) == value for name, value in said.items()) and bool(said)

    def moves(self) -> list[Move]:
        """What the rows make of the items, those first that were told by one file alone."""
        made: list[Move] = []
        for number, rows in sorted(self.rows.items()):
            newest = max(one.read.issue for one in rows)
            last = [one for one in rows if one.read.issue == newest]
            said = {
                tuple((name, entry.value) for name, entry in sorted(one.row.entries.items()))
                for one in last
            }
            if len(said) > 1:
                files = "、".join(one.read.file for one in last)
                told = {"item": last[0].row.key, "files": files}
                place = last[-1].row.place
                self.problems.append(problem("rectify-reply-differs", place, **told))
                continue
            one = last[0]
            report = reported(number, one.row, one.read, self.day)
            amiss = self._told_at(one.row)
            lost = {key: it.message for key, it in amiss.items() if it.code == _UNREAD}
            found = answer(self.cases[number], report, self.proofs, lost)
            made += found
            self._tell_returned(found, one.row.place, list(amiss.values()))
        return made

    def _told_at(self, row: RowRead) -> dict[str, Problem]:
        """What the reader told of cells without which a report is incomplete, by column."""
        at = row_and_column(row.place.cell)[0]
        return {
            _ASKED[heading]: it
            for it in self.problems
            if it.code in (_UNREAD, "rows-required-blank")
            and (it.place.file, it.place.sheet) == (row.place.file, row.place.sheet)
            and row_and_column(it.place.cell)[0] == at
            and (heading := dict(it.params)["heading"]) in _ASKED
        }

    def proved_since(self) -> list[Move]:
        """Replies that went back only for what has come since: they count as reported now."""
        made = []
        for number, case in self.cases.items():
            if number in self.rows or len(case.moves) < 2:
                continue
            report, back = case.moves[-2:]
            same = report.file and report.file == back.file
            if not same or (report.verb, back.verb) != (Verb.REPORT, Verb.RETURN):
                continue
            if not list(incomplete(case.item, report, self.proofs)):
                made.append(replace(report, day=self.day, file="", reason="佐证已补齐"))
        return made

    def _tell_returned(self, found: Sequence[Move], place: Place, told: Sequence[Problem]) -> None:
        """Tells what goes back, with every reason; of these ``told`` has some already."""
        for one in found:
            if one.verb is Verb.RETURN:
                again = [it for it in told if it.code != _UNREAD or it.message in one.reason]
                self.problems = [it for it in self.problems if it not in again]
                item = short(one.item)
                said = {"item": item, "reason": one.reason}
                self.problems.append(problem("rectify-returned", place, **said))
