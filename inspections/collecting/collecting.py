"""Collecting: reads what came back into the ledger, and tells which visits count."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from msgspec.structs import replace as replaced
from sqlalchemy import Engine

from inspections.collecting.agreeing import disagreements
from inspections.collecting.blanks import blanks
from inspections.collecting.choosing import Chosen, accepted_first, chosen
from inspections.collecting.conflicts import (
    conflicts,
    copies,
    gone_files,
    settled,
    standing,
    superseded,
)
from inspections.collecting.decided_evidence import decided_evidence
from inspections.collecting.deciding import apply_decisions, unmatched
from inspections.collecting.evidence_keeping import keep_evidence
from inspections.collecting.hearing import with_voices
from inspections.collecting.looking import computer_id, looker
from inspections.collecting.other_computers import other_computers
from inspections.collecting.remembering import Memory, recall, remember, state_of, told_state
from inspections.collecting.returned_files import file_digest, returned_files, unreadable
from inspections.evidence.binding import bind
from inspections.evidence.looking import look
from inspections.evidence.still_owed import without_proven
from inspections.ledger.arrivals import first_read
from inspections.ledger.chain import By, by_user
from inspections.ledger.decisions import Decision, all_decisions, in_force
from inspections.ledger.erasing import erased_files
from inspections.ledger.finding import found_files
from inspections.ledger.held_records import HeldRecords, held_records
from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.recalling import (
    files_on,
    last_basis,
    lost_sheets,
    sheets,
    stored_problems,
)
from inspections.ledger.recording import already_read, last_sweep, record, sweep
from inspections.ledger.sheets import FilledSheet
from inspections.ledger.versions import keep_versions
from inspections.ledger.writing_down import WrittenFile, packed, unpacked, written_file
from inspections.records.record import RecordKey
from inspections.records.record_list import RecordList, as_list
from inspections.round.known_digests import KnownDigests
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import Progress

_BATCH = 500
"""Files that are read before what they hold is written down: all that a crash can cost."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What the ledger holds: the visits that count, by file and sheet, and all problems.

    ``decisions`` of the bureau are in the visits. ``filled``: all sheets that are there, dated or
    not, by file; ``lost``: the last of every record that once counted and whose file is there no
    more. ``files`` lie in ``returned/``; ``fresh`` of them were read just now, the others before.
    """

    visits: RecordList
    problems: tuple[Problem, ...]
    files: int = 0
    fresh: int = 0
    decisions: tuple[Decision, ...] = ()
    filled: tuple[FilledSheet, ...] = ()
    lost: tuple[FilledSheet, ...] = ()
    state: str = field(default="", compare=False)


def collect(
    opened: OpenRound,
    progress: Progress | None = None,
    workers: int | None = None,
    by: By | None = None,
    *,
    looked: Progress = lambda done, due: None,
    recheck: bool = False,
) -> Collected:
    """Reads ``returned/`` and ``evidence/`` into the ledger; returns what counts now.

    A file that the ledger knows is not read again, unless round, rosters or rubrics have changed
    since. Same folder, same result. ``workers``: reading processes, at most two where not given;
    0 reads in this process. ``by``: who collects, whoever is logged in where not given.
    ``looked`` is told how many files of ``evidence/`` are done, ``progress`` how many workbooks.
    ``recheck``: digests every file anew, where else one that bears no sign of a change keeps its
    digest. On a shared ledger only what this computer had and has no more is gone. Codes: those
    of ``read_workbook``, workbook-unreadable, those of ``looker`` and ``collected``.
    """
    # Those who only ask what is there have no use for what reads workbooks.
    from inspections.collecting.reading_apart import reading
    from inspections.workbook.form.expectations import expectations

    by = by or by_user()
    if workers is None:
        workers = min(2, os.cpu_count() or 1)
    expected, basis = expectations(opened), opened.basis
    digested = KnownDigests(opened.folder, recheck=recheck)
    fresh = 0
    with ledger_of(opened) as ledger:
        keep_versions(ledger, opened, by)
        gone = erased_files(ledger)
        here = looker(opened, ledger)
        computer = here.looking.computer
        while True:
            since = last_sweep(ledger, computer)
            workbooks, others = returned_files(opened.folder.returned)
            digests = {path: file_digest(path, digested) for path in (*workbooks, *others)}
            erased = [path for path, digest in digests.items() if digest in gone]
            for path in erased:
                del digests[path]
            known = already_read(ledger, basis)
            new = [
                path
                for path in workbooks
                if path in digests and (opened.folder.name(path), digests[path]) not in known
            ]
            jobs = [(path, opened.folder.name(path)) for path in new]
            told = _counting(progress, len(new))
            with closing(reading(jobs, expected, workers, told, packed)) as coming:
                for start in range(0, len(new), _BATCH):
                    batch = new[start : start + _BATCH]
                    read = list(islice(coming, len(batch)))
                    record(ledger, basis, _told_apart(batch, read, digests), by)
                    fresh += len(batch)
            record(ledger, basis, _refused(opened, others, digests), by)
            there = [(opened.folder.name(path), digest) for path, digest in digests.items()]
            if sweep(ledger, basis, there, since, by, here.looking):
                break
        keep_evidence(ledger, opened, by, digested, looked, computer)
    digested.keep()
    found = collected(opened)
    problems = [*found.problems, *here.met]
    problems += (problem("file-erased", Place(opened.folder.name(path))) for path in erased)
    state = "" if erased or here.met else found.state
    return replace(found, problems=tuple(problems), files=len(workbooks), fresh=fresh, state=state)


def _counting(progress: Progress | None, due: int) -> Callable[[int], None]:
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress(done, due)

    return tell


def _told_apart(
    paths: Sequence[Path], read: Sequence[bytes], digests: dict[Path, str]
) -> Iterator[WrittenFile]:
    """Yields what was read; ``digests`` are put right where a file has changed meanwhile."""
    for path, item in zip(paths, map(unpacked, read), strict=True):
        # A file that could not be opened is told by the bytes that were there.
        digests[path] = item.digest or digests[path]
        yield item if item.digest else replaced(item, digest=digests[path])


def _refused(
    opened: OpenRound, paths: list[Path], digests: dict[Path, str]
) -> Iterator[WrittenFile]:
    from inspections.workbook.reading.workbook_record import WorkbookRecord

    for path in paths:
        name = opened.folder.name(path)
        if path in digests:
            record = WorkbookRecord(name, digests[path], (), (unreadable(path, name),))
            yield written_file(record, {})


def collected(opened: OpenRound) -> Collected:
    """Returns what the ledger holds and the bureau has decided, without reading ``returned/``.

    A record that a corrected copy takes the place of does not count, and its problems are over.
    Codes: visit-conflict, facts-differ, items-unchecked, file-gone, decision-unmatched,
    decision-evidence, those that collecting stored, those of ``bind``, ``with_voices`` and
    ``other_computers``, and ledger-stale, where round, rosters or rubrics have changed since.
    """
    if not has_ledger(opened):
        return Collected(as_list(()), ())
    with ledger_of(opened) as ledger:
        state, told = state_of(opened, ledger), told_state(opened, ledger)
        found = recall(opened, ledger, state)
        if found is None:
            found = _found(opened, ledger)
            remember(opened, found, state)
    decisions, filled, lost = found.decisions, found.filled, found.lost
    return Collected(found.records, found.problems, 0, 0, decisions, filled, lost, told)


def _found(opened: OpenRound, ledger: Engine) -> Memory:
    """Takes the records out of the ledger, and lays over them what was decided and found since."""
    claims = _claims(ledger, opened)
    last, lost = last_basis(ledger, computer_id(opened)), lost_sheets(ledger)
    visits, others = standing(claims.records)
    told = conflicts(others, opened, claims.chosen.accepted)
    problems = [*settled(claims.problems, claims.filled, claims.gone), *told]
    done = apply_decisions(opened, visits, problems, claims.decisions)
    visits, odd = bind(done.records, found_files(ledger), opened)
    problems = [*without_proven(done.problems, visits, opened), *odd]
    missing = [one for one in lost if _belongs(one.key, opened)]
    assert isinstance(visits, HeldRecords)
    visits, problems, unheard = with_voices(opened, ledger, visits, problems)
    visits = visits.keeping()
    problems += list(decided_evidence(opened, visits, claims.decisions, problems))
    problems += disagreements(opened, visits)
    problems += list(blanks(opened, visits, problems, unheard))
    problems += gone_files(missing, claims.decisions, opened)
    problems += unmatched(opened, claims.decisions, claims.chosen.met | done.used)
    if last not in ("", opened.basis):
        problems.append(problem("ledger-stale", Place(opened.ledger_name)))
    problems += other_computers(opened, ledger)
    heads = visits.heads
    visits = visits.chosen(sorted(range(len(heads)), key=lambda place: heads[place].file))
    problems.sort(key=lambda item: item.place.file)
    made = tuple(claims.decisions)
    return Memory(visits, tuple(problems), made, tuple(claims.filled), tuple(lost))


@dataclass(frozen=True, slots=True)
class _Claims:
    """The records that may count, those first that the bureau accepted, then as they came in.

    ``filled``: all sheets that are there; ``gone``: those that do not count any more, of which
    ``problems`` still tells. ``chosen``: what the bureau decided about them.
    """

    records: RecordList
    filled: list[FilledSheet]
    gone: set[tuple[str, str]]
    problems: list[Problem]
    decisions: list[Decision]
    chosen: Chosen


def _claims(ledger: Engine, opened: OpenRound) -> _Claims:
    filled, told = sheets(ledger), stored_problems(ledger)
    decisions = [one for one in in_force(all_decisions(ledger)) if not one.revokes]
    held = held_records(ledger, filled)
    held = held.chosen([p for p, head in enumerate(held.heads) if _belongs(head.key, opened)])
    picked = chosen(filled, told, decisions, first_read(ledger))
    gone = superseded(one for one in filled if (one.file, one.sheet) not in picked.out)
    gone |= copies(held, filled, gone)
    gone |= picked.out
    heads = held.heads
    kept = [p for p, head in enumerate(heads) if (head.file, head.sheet) not in gone]
    left = accepted_first(held.chosen(kept), picked)
    return _Claims(left, filled, gone, told, decisions, picked)


def _belongs(key: RecordKey, opened: OpenRound) -> bool:
    return key.school in opened.roster.schools and key.rubric in opened.rubrics


def uncollected(opened: OpenRound) -> int:
    """Returns how many workbooks in ``returned/`` the ledger has not read as they are now."""
    workbooks, _ = returned_files(opened.folder.returned)
    if not has_ledger(opened):
        return len(workbooks)
    with ledger_of(opened) as ledger:
        known, gone = already_read(ledger, opened.basis), erased_files(ledger)
    digested = KnownDigests(opened.folder)
    digests = ((opened.folder.name(path), file_digest(path, digested)) for path in workbooks)
    return sum(one not in known and one[1] not in gone for one in digests)


def differing(opened: OpenRound) -> list[Problem]:
    """Returns the files of this computer that are no longer as they were last collected.

    Workbooks in ``returned/`` and files in ``evidence/``, all of them read anew. Code:
    file-differs.
    """
    with ledger_of(opened) as ledger:
        computer = computer_id(opened)
        held = files_on(ledger, computer)
        looked = found_files(ledger, computer)
        proofs = {(item.path, item.digest) for item in looked if item.digest}
    found = {
        opened.folder.name(path): path
        for files in returned_files(opened.folder.returned)
        for path in files
    }
    lie = {(item.path, item.digest) for item in look(opened.folder.evidence)} if proofs else set()
    return [
        problem("file-differs", Place(name))
        for name, digest in held.items()
        if digest and (name not in found or file_digest(found[name]) != digest)
    ] + [problem("file-differs", Place(path)) for path, _ in sorted(proofs - lie)]
