"""Takes in what teams found: ``followup/returned/``, and photographs in ``evidence/``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from inspections.collecting.returned_files import file_digest, returned_files, unreadable
from inspections.evidence.looking import look
from inspections.follow_up.books import VERDICTS, books_of
from inspections.follow_up.finders import FoundBy, finders
from inspections.ledger.chain import By
from inspections.ledger.finding import known_contents
from inspections.ledger.follow_up import all_draws
from inspections.ledger.of_round import ledger_of
from inspections.ledger.recalling import sheets
from inspections.ledger.rectification import add_moves, all_cases, latest
from inspections.records.rectification import FOUND, Case, Move, Verb
from inspections.rectification.numbers import number_of
from inspections.rectification.proofs import Proofs, proofs_of
from inspections.rectification.states import State, standing
from inspections.round.known_digests import KnownDigests
from inspections.round.opened import OpenRound
from inspections.row_workbook import RowBook, RowRead, RowsRead, all_opened, read_rows
from rubrics.messages.plain_text import one_line
from rubrics.messages.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class Checked:
    """What came back. ``files`` were there; ``moves`` are new verdicts; ``waiting``: rows of new
    files without a verdict.
    """

    files: int = 0
    moves: tuple[Move, ...] = ()
    waiting: int = 0
    problems: tuple[Problem, ...] = ()


def collect_checks(opened: OpenRound, day: date, by: By) -> Checked:
    """Reads the verdicts that are new into the ledger.

    A verdict that cannot hold is told and not taken. Codes: those of ``read_rows`` and
    ``returned_files``, followup-alone, followup-odd, followup-again, followup-differs,
    followup-withdrawn, followup-photo.
    """
    with ledger_of(opened) as ledger:
        cases = all_cases(ledger)
        stands = {case.number: standing(case, day) for case in cases}
        books = list(books_of(opened, all_draws(ledger), stands).values())
        files = look(opened.folder.evidence, known_contents(ledger), KnownDigests(opened.folder))
        taken = _Taken(
            opened,
            {case.number: case for case in cases},
            finders(opened, sheets(ledger)),
            proofs_of(opened, files),
            day,
        )
        count = taken.read(books)
        done = add_moves(ledger, list(taken.moves()), by, since=latest(cases))
    return Checked(count, tuple(done), taken.waiting, tuple(taken.problems))


@dataclass(slots=True)
class _Taken:
    opened: OpenRound
    cases: Mapping[int, Case]
    found_by: FoundBy
    proofs: Proofs
    day: date
    rows: dict[int, list[tuple[RowRead, RowsRead]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    waiting: int = 0

    def read(self, books: Sequence[RowBook]) -> int:
        """Reads all files; returns how many there are."""
        workbooks, others = returned_files(self.opened.folder.follow_up / "returned")
        self.problems += [
            unreadable(path, self.opened.folder.name(path), rows=True) for path in others
        ]
        known = {one.file for case in self.cases.values() for one in case.moves if one.file}
        # What was amiss with those was told when they were taken in.
        fresh = [path for path in workbooks if books and file_digest(path) not in known]
        for path, held in all_opened(fresh).items():
            read, met = read_rows(path, books, self.opened.folder.name(path), opened=held)
            self.problems += met
            for row in read.rows if read else ():
                assert read is not None
                number = number_of(row.key, self.opened.round.id)
                if row.text("verdict") and number in self.cases:
                    self.rows.setdefault(number, []).append((row, read))
                elif not row.lost:
                    self.waiting += 1
        return len(workbooks)

    def moves(self) -> Iterator[Move]:
        """Yields the verdicts that hold; what is amiss with the others joins the problems."""
        for number, rows in sorted(self.rows.items()):
            said = {_said(row) for row, _ in rows}
            row, read = rows[-1]
            if len(said) > 1:
                files = "、".join(dict.fromkeys(it.file for _, it in rows))
                self._report(row, "followup-differs", files=files)
                continue
            case = self.cases[number]
            if not {"result", "day", "checked_by"} <= row.entries.keys():
                continue  # told as a required cell that is blank, or cannot be read
            if self._repeats(case, row) or not self._holds(case, row):
                continue
            yield _move(number, row, read)

    def _repeats(self, case: Case, row: RowRead) -> bool:
        """Whether the item has a verdict that nobody has opened it again after."""
        last = case.last(*FOUND, Verb.REOPEN, Verb.REPORT)
        if last is None or last.verb not in FOUND or last.day != row.value("day"):
            return False
        if (last.verb, last.result) != (VERDICTS[row.text("verdict")], row.text("result")):
            self._report(row, "followup-again", verdict=last.verb.word)
        return True

    def _holds(self, case: Case, row: RowRead) -> bool:
        item, verdict = case.item, row.text("verdict")
        state = standing(case, self.day).state
        if state is State.WITHDRAWN:
            self._report(row, "followup-withdrawn")
            return False
        found_by = self.found_by(item)
        own = {_bare(self.opened.roster.inspectors[code].name) for code in found_by
               if code in self.opened.roster.inspectors}  # fmt: skip
        names = {_bare(name) for name in _names(row.text("checked_by"))}
        if names and names <= own:
            self._report(row, "followup-alone", who=row.text("checked_by"))
            return False
        reported = case.last(Verb.REPORT, Verb.PROGRESS, Verb.CLOSE, Verb.KEEP, Verb.DONE)
        if verdict in ("反弹", "虚报") and reported is None and not item.spot:
            self._report(row, "followup-odd", verdict=verdict)
            return False
        for why in self.proofs.amiss(item, _proof(row)):
            self._report(row, "followup-photo", detail=why)
        return True

    def _report(self, row: RowRead, what: str, **params: object) -> None:
        self.problems.append(problem(what, row.place, item=row.key, **params))


def _move(number: int, row: RowRead, read: RowsRead) -> Move:
    day, until = row.value("day"), row.value("until")
    return Move(
        number,
        VERDICTS[row.text("verdict")],
        day=day if isinstance(day, date) else None,
        result=row.text("result"),
        proof=_proof(row),
        checked_by=row.text("checked_by"),
        signed=one_line(
            next((text for label, text in read.signed.items() if "负责人" in label), "")
        ),
        until=until if isinstance(until, date) else None,
        remark=row.text("remark"),
        file=read.digest,
    )


def _said(row: RowRead) -> tuple[object, ...]:
    return tuple(sorted((name, str(entry.value)) for name, entry in row.entries.items()))


def _proof(row: RowRead) -> tuple[str, ...]:
    names = row.value("proof")
    return names if isinstance(names, tuple) else ()


def _names(text: str) -> list[str]:
    for mark in "，,；;/\n":
        text = text.replace(mark, "、")
    return [name for name in text.split("、") if name.strip()]


def _bare(name: str) -> str:
    return "".join(name.split())
