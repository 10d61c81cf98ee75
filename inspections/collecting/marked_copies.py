"""Keeps ``marked/`` in step with ``returned/``: a marked copy of every workbook with problems."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from inspections.collecting.copy_names import copy_names
from inspections.collecting.intended import forget, note, noted
from inspections.collecting.returned_files import file_digest, returned_files
from inspections.round.elapsed import elapsed_periods
from inspections.round.opened import OpenRound
from inspections.workbook.drawing.writing import Workbooks
from inspections.workbook.marking.copying import copied_out
from inspections.workbook.marking.marked import marked
from inspections.workbook.marking.xml_edits import NotEditableError
from rubrics.messages.output import clear_leftovers, remove, write_whole
from rubrics.messages.problems import Place, Problem, Severity, problem

_FORM = "3"
"""Goes up whenever copies come to look different, so that earlier ones are written again."""

_LIST = ".written.json"
"""What was written, in ``marked/``: what each copy was made from, and its own digest."""

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
    keeper = _Keeper(opened)
    held = keeper.read()
    now: dict[str, list[str]] = {}
    for number, (name, (source, found)) in enumerate(due.items(), 1):
        kept = keeper.keep(name, source, found, held.get(name))
        if kept:
            now[name] = kept
        progress(number, len(due))
    for name in sorted({*held, *keeper.noted} - due.keys()):
        if not keeper.removed(name, held.get(name)) and name in held:
            now[name] = held[name]
    if now != held:
        keeper.write_list(now)
    keeper.end()
    return Marked(len(now.keys() & due.keys()), keeper.written, keeper.gone), keeper.problems


def _due(
    opened: OpenRound, problems: Iterable[Problem]
) -> dict[str, tuple[Path, tuple[Problem, ...]]]:
    """The copy's path inside ``marked/`` -> the workbook, and its problems."""
    by_file: dict[str, list[Problem]] = {}
    for item in problems:
        if item.code not in _FOR_THE_BUREAU:
            by_file.setdefault(item.place.file, []).append(item)
    due = {}
    for path, name in copy_names(opened):
        found = by_file.get(opened.folder.name(path), [])
        codes = {item.code for item in found}
        if codes & _NO_COPY or all(item.severity is Severity.NOTE for item in found):
            continue
        due[name] = (path, tuple(found))
    return due


@dataclass
class _Keeper:
    """Writes and removes copies, and counts."""

    of: OpenRound
    problems: list[Problem] = field(default_factory=list)
    written: int = 0
    gone: int = 0

    @cached_property
    def workbooks(self) -> Workbooks:
        """Draws workbooks anew; made only when one is needed."""
        of = self.of
        return Workbooks(of.round, of.rubrics, of.roster, elapsed_periods(of.round))

    @cached_property
    def basis(self) -> str:
        """What workbooks are read against, made once."""
        return self.of.basis

    @cached_property
    def noted(self) -> Mapping[str, Collection[str]]:
        """The digests of copies that a run wrote which did not come to its end."""
        return noted(self.of.folder.marked)

    @cached_property
    def returned(self) -> set[str]:
        """The digests of what is in ``returned/``: edited copies that came back are safe there."""
        workbooks, _ = returned_files(self.of.folder.returned)
        return {file_digest(path) for path in workbooks}

    def _ours(self, name: str, held: Sequence[str] | None, there: str) -> bool:
        """Whether a copy is as it was written, or nothing is lost with it."""
        written = (held and there == held[1]) or there in self.noted.get(name, ())
        return written or there in self.returned

    def keep(
        self, name: str, source: Path, found: Sequence[Problem], held: Sequence[str] | None
    ) -> list[str] | None:
        """Makes sure that a copy is there; returns what the list says of it, None if it is not."""
        try:
            data = source.read_bytes()
        except OSError:
            return None
        digest = hashlib.sha256(data).hexdigest()
        said = "\n".join([_FORM, digest, self.basis, *map(repr, found)])
        origin = hashlib.sha256(said.encode()).hexdigest()
        path = self.of.folder.marked / name
        there = file_digest(path)
        if held and [origin, there] == list(held):
            return list(held)
        made = self._made(data, digest, found)
        if made is None:
            return None
        own = hashlib.sha256(made).hexdigest()
        if there == own:
            return [origin, own]
        if there and not self._ours(name, held, there):
            self._report("marked-edited", name)
            return list(held) if held else [origin, own]
        note(self.of.folder.marked, name, own)
        if not self._write(path, made):
            return list(held) if held and there else None
        self.written += 1
        return [origin, own]

    def _made(self, data: bytes, digest: str, found: Sequence[Problem]) -> bytes | None:
        try:
            try:
                return marked(data, found, [digest])
            except NotEditableError:
                copy = copied_out(data, self.of, self.workbooks, found)
            if copy is None:
                return None
            return marked(copy.data, copy.problems, [digest, *copy.corrects], copied_out=True)
        except Exception:  # the boundary: one odd file never costs another; its problems are told
            return None

    def removed(self, name: str, held: Sequence[str] | None) -> bool:
        """Removes a copy that is not due any more; whether it is gone."""
        path = self.of.folder.marked / name
        there = file_digest(path)
        if not there:
            return True
        if not self._ours(name, held, there):
            self._report("marked-edited", name)
            return False
        met = remove(path, self.of.folder.name(path))
        self.problems += met
        if met:
            return False
        self.gone += 1
        with contextlib.suppress(OSError):  # the first that is not empty ends it
            for folder in path.relative_to(self.of.folder.marked).parents:
                (self.of.folder.marked / folder).rmdir()
        return True

    def read(self) -> Mapping[str, list[str]]:
        """Returns the list of what was written; empty where there is none that can be read."""
        try:
            held = json.loads((self.of.folder.marked / _LIST).read_text(encoding="utf-8"))
            return {str(name): [str(origin), str(own)] for name, (origin, own) in held.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def write_list(self, now: Mapping[str, list[str]]) -> None:
        """Writes the list of what was written; without copies there is none."""
        path = self.of.folder.marked / _LIST
        if now:
            text = json.dumps(dict(sorted(now.items())), ensure_ascii=False, indent=1)
            self._write(path, f"{text}\n".encode())
            return
        self.problems += remove(path, self.of.folder.name(path))

    def end(self) -> None:
        """Forgets what was noted; without copies there is no folder."""
        forget(self.of.folder.marked)
        with contextlib.suppress(OSError):
            self.of.folder.marked.rmdir()

    def _write(self, path: Path, data: bytes) -> bool:
        met = write_whole(path, data, self.of.folder.name(path))
        self.problems += met
        return not met

    def _report(self, code: str, name: str, **params: object) -> None:
        file = self.of.folder.name(self.of.folder.marked / name)
        self.problems.append(problem(code, Place(file), name=file, **params))
