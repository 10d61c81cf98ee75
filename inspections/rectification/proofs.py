"""What is to prove that something was put right: files in ``evidence/``, looked up as all are.

A file counts for the school in whose folder it lies. It proves nothing where it cannot be opened
or shown, was taken before the inspectors came, is what the inspectors took themselves, or is
another school's too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from inspections.evidence.looking import EvidenceFile
from inspections.evidence.owning import Held, owners_of, rectified, sorted_out
from inspections.evidence.typed_names import Match, Outcome, Shelf, matches
from inspections.records.rectification import Item
from inspections.round.opened import OpenRound


@dataclass(slots=True)
class Proofs:
    """The files of ``evidence/`` by school, and those with a flaw."""

    held: Held
    flawed: Sequence[EvidenceFile]
    shelves: dict[str, Shelf] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def shelf(self, school: str) -> Shelf:
        """The files of a school, and those that lie in nobody's folder."""
        if school not in self.shelves:
            own = self.held.by_school.get(school, ())
            self.shelves[school] = Shelf([*own, *self.held.loose])
        return self.shelves[school]

    def amiss(self, item: Item, names: Sequence[str]) -> Iterator[str]:
        """Yields why names prove nothing for an item, in Chinese, one a name."""
        before = {file.digest for file in self._of_visit(item)}
        for typed in names:
            for match in matches(typed, self.shelf(item.school)):
                self.used |= {file.path for file in match.files}
                if wrong := self._wrong(item, match, before):
                    yield wrong

    def mark_used(self, item: Item, names: Sequence[str]) -> None:
        """Takes note of files that a reply named which was taken in before."""
        for typed in names:
            for match in matches(typed, self.shelf(item.school)):
                self.used |= {file.path for file in match.files}

    def _of_visit(self, item: Item) -> Iterator[EvidenceFile]:
        """What the inspectors took themselves."""
        for typed in item.evidence:
            for match in matches(typed, self.shelf(item.school)):
                yield from match.files

    def unused(self) -> list[EvidenceFile]:
        """Returns the files in folders 整改 that no reply names."""
        files = [file for own in self.held.by_school.values() for file in own]
        files += [*self.held.loose, *(file for own in self.held.lost.values() for file in own)]
        return [file for file in files if rectified(file) and file.path not in self.used]

    def _wrong(self, item: Item, match: Match, before: set[str]) -> str:
        name = f"佐证“{match.name}”"
        match match.outcome:
            case Outcome.MISSING:
                bad = next((it for it in self.flawed if it.name.startswith(match.name)), None)
                return f"{name}打不开或者不能用" if bad else f"{name}没有收到"
            case Outcome.UNCLEAR:
                return f"{name}有几个同名的文件，分不清是哪一个"
            case Outcome.OUTSIDE:
                return f"{name}指到了别的文件夹"
            case Outcome.PAPER:
                return ""
        for file in match.files:
            if file.digest in before:
                return f"{name}就是检查时的材料"
            if others := self._others(item.school, file):
                return f"{name}和别的学校交的是同一个文件（{others} 所）"
            if item.found and file.taken and file.taken.date() < item.found:
                return f"{name}摄于 {file.taken.date()}，在检查（{item.found}）之前"
        return ""

    def _others(self, school: str, file: EvidenceFile) -> int:
        return sum(
            any(other.digest == file.digest for other in own)
            for code, own in self.held.by_school.items()
            if code != school
        )


def proofs_of(opened: OpenRound, files: Sequence[EvidenceFile]) -> Proofs:
    """Returns the proofs among the files of ``evidence/``."""
    return Proofs(
        sorted_out(files, owners_of(opened)),
        [file for file in files if file.flaw],
    )
