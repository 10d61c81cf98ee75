"""Keeps ``marked/`` in step with ``returned/``: a marked copy of every workbook with problems."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from inspections.collecting.agreeing import on_both_sheets
from inspections.collecting.blanks import at_every_item
from inspections.collecting.copy_names import copy_names, told_names
from inspections.collecting.returned_files import file_digest, returned_files
from inspections.round.elapsed import elapsed_periods
from inspections.round.known_digests import KnownDigests
from inspections.round.opened import OpenRound
from inspections.round.own_files import OwnFiles, Written, own_files
from inspections.workbook.drawing.writing import Workbooks
from inspections.workbook.marking.copying import copied_out
from inspections.workbook.marking.marked import marked
from inspections.workbook.marking.xml_edits import NotEditableError
from rubrics.apart import crew
from rubrics.apart.once import cheap
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Place, Problem, Severity, problem

_FORM = "3"
"""Goes up whenever copies come to look different, so that earlier ones are written again."""

_NO_COPY = frozenset({"workbook-unreadable", "workbook-foreign", "file-erased"})
_FOR_THE_BUREAU = frozenset({"visit-conflict"})
"""What no inspector can put right in the workbook."""


@dataclass(frozen=True, slots=True)
class Marked:
    """How many marked copies there are, and how many were written and removed just now."""

    copies: int
    written: int
    removed: int


def write_marked_copies(
    opened: OpenRound,
    problems: Iterable[Problem],
    progress: Callable[[int, int], None] = lambda done, due: None,
) -> tuple[Marked, list[Problem]]:
    """Writes a marked copy of every returned workbook with errors or warnings into ``marked/``.

    ``problems`` are those of the round's returned files. A copy that is there and right is not
    written again; one whose workbook is in order or gone is removed, unless somebody edited it.
    The same files and problems give the same bytes. Codes: marked-edited, and those of
    ``write_whole``.
    """
    clear_leftovers(opened.folder.marked, below=True)
    due = _due(opened, problems)
    own = own_files(opened.folder, opened.folder.marked)
    keeper = _Keeper(opened, own)
    now = {
        name: held
        for name, (source, found) in due.items()
        if (held := keeper.right(name, source, found))
    }
    left = {name: of for name, of in due.items() if name not in now}
    made = crew.answers(list(left), _Copier(opened, left).made, _refused, 1, cheap())
    for number, (name, (digest, data)) in enumerate(made, len(now) + 1):
        kept = keeper.keep(name, digest, data, left[name][1])
        if kept:
            now[name] = kept
        progress(number, len(due))
    for name in sorted({*own.listed, *own.begun} - due.keys()):
        if not keeper.removed(name) and name in own.listed:
            now[name] = own.listed[name]
    keeper.problems += own.end(now)
    with contextlib.suppress(OSError):  # without copies there is no folder
        own.folder.rmdir()
    return Marked(len(now.keys() & due.keys()), keeper.written, keeper.gone), keeper.problems


def _due(
    opened: OpenRound, problems: Iterable[Problem]
) -> dict[str, tuple[Path, tuple[Problem, ...]]]:
    """The copy's path inside ``marked/`` -> the workbook, and its problems."""
    by_file: dict[str, list[Problem]] = {}
    for item in at_every_item(on_both_sheets(problems)):
        if item.code not in _FOR_THE_BUREAU:
            by_file.setdefault(item.place.file, []).append(item)
    due = {}
    copies = dict(copy_names(opened))
    told = told_names(opened, copies)
    for path, name in copies.items():
        found = by_file.get(told[path], [])
        codes = {item.code for item in found}
        if codes & _NO_COPY or all(item.severity is Severity.NOTE for item in found):
            continue
        due[name] = (path, tuple(found))
    return due


@dataclass
class _Copier:
    """Makes the copies that are ``due``, in a process of its own with limits."""

    of: OpenRound
    due: Mapping[str, tuple[Path, tuple[Problem, ...]]]

    @cached_property
    def workbooks(self) -> Workbooks:
        """Draws workbooks anew; made only when one is needed."""
        of = self.of
        return Workbooks(of.round, of.rubrics, of.roster, elapsed_periods(of.round))

    def made(self, name: str) -> tuple[str, bytes | None]:
        """Returns the digest of a workbook and its copy, None where none can be made."""
        source, found = self.due[name]
        try:
            data = source.read_bytes()
        except OSError:
            return "", None
        digest = hashlib.sha256(data).hexdigest()
        try:
            return digest, self._copy(data, digest, found)
        except Exception:  # the boundary: one odd file never costs another; its problems are told
            return digest, None

    def _copy(self, data: bytes, digest: str, found: Sequence[Problem]) -> bytes | None:
        key = self.of.round.key
        try:
            return marked(data, found, [digest], key=key)
        except NotEditableError:
            copy = copied_out(data, self.of, self.workbooks, found)
        if copy is None:
            return None
        corrects = [digest, *copy.corrects]
        return marked(copy.data, copy.problems, corrects, key=key, copied_out=True)


def _refused(name: str, reason: str) -> tuple[str, None]:
    """No copy of what takes too much; its problems are told."""
    del name, reason
    return "", None


@dataclass
class _Keeper:
    """Writes and removes copies, and counts."""

    of: OpenRound
    own: OwnFiles
    problems: list[Problem] = field(default_factory=list)
    written: int = 0
    gone: int = 0

    @cached_property
    def basis(self) -> str:
        """What workbooks are read against, made once."""
        return self.of.basis

    @cached_property
    def digested(self) -> KnownDigests:
        """What is known of the files in ``returned/``."""
        return KnownDigests(self.of.folder)

    @cached_property
    def returned(self) -> set[str]:
        """The digests of what is in ``returned/``: edited copies that came back are safe there."""
        workbooks, _ = returned_files(self.of.folder.returned)
        return {file_digest(path, self.digested) for path in workbooks}

    def _ours(self, name: str, there: str) -> bool:
        """Whether a copy is as it was written, or nothing is lost with it."""
        return self.own.holds(name, there) or there in self.returned

    def right(self, name: str, source: Path, found: Sequence[Problem]) -> Written | None:
        """Returns what the list says of a copy that is as it should be; None where it is not."""
        held, there = self.own.listed.get(name), self.own.there(name)
        due = held and Written(there, self._origin(file_digest(source, self.digested), found))
        return held if held == due else None

    def keep(
        self, name: str, digest: str, made: bytes | None, found: Sequence[Problem]
    ) -> Written | None:
        """Writes a copy, if there is one; returns what the list says of it, None if it is not."""
        held, there = self.own.listed.get(name), self.own.there(name)
        if made is None:
            return None
        copy = Written(hashlib.sha256(made).hexdigest(), self._origin(digest, found))
        if there == copy.digest:
            return copy
        if there and not self._ours(name, there):
            self._report("marked-edited", name)
            return held or copy
        met = self.own.write(name, made)
        self.problems += met
        if met:
            return held if there else None
        self.written += 1
        return copy

    def _origin(self, digest: str, found: Sequence[Problem]) -> str:
        """The digest of all that a copy is made from."""
        said = "\n".join([_FORM, digest, self.basis, *map(repr, found)])
        return hashlib.sha256(said.encode()).hexdigest()

    def removed(self, name: str) -> bool:
        """Removes a copy that is not due any more; whether it is gone."""
        there = self.own.there(name)
        if not there:
            return True
        if not self._ours(name, there):
            self._report("marked-edited", name)
            return False
        met = self.own.remove(name)
        self.problems += met
        self.gone += not met
        return not met

    def _report(self, code: str, name: str, **params: object) -> None:
        file = self.of.folder.name(self.of.folder.marked / name)
        self.problems.append(problem(code, Place(file), name=file, **params))
