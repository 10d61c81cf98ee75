"""Names of evidence that lead to no file: what is told of each, and of a school that sent none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from inspections.evidence.file_names import shown
from inspections.evidence.looking import EvidenceFile
from inspections.evidence.owning import Held, Owners, could_be, school_of_file
from inspections.evidence.typed_names import Match, Outcome, Shelf, one_match
from inspections.records.record_list import RecordList
from inspections.records.redacting import secret_items
from inspections.round.opened import OpenRound
from inspections.round.short_names import listed
from rubrics.messages.outgoing import WITHHELD, marked_confidential
from rubrics.messages.problems import Place, Problem, problem

_MANY = 4
"""Names of one sheet that are told together when nothing at all was sent."""

_WHY = {
    Outcome.MISSING: "没有找到",
    Outcome.UNCLEAR: "不止一个文件",
    Outcome.OUTSIDE: "指向别的文件夹",
}


def unusable(files: Iterable[EvidenceFile], known: Owners) -> dict[str, Shelf]:
    """Returns the files that cannot be used, by school; those of no school under an empty one."""
    found: dict[str, list[EvidenceFile]] = defaultdict(list)
    for item in files:
        if item.flaw:
            found[school_of_file(item, known)].append(item)
    return {school: Shelf(held) for school, held in found.items()}


@dataclass(slots=True)
class NotFound:
    """Collects the names in ``records`` that lead to nothing.

    ``held``: the files that can be used, by school; ``refused``: those that cannot. ``astray``:
    files in folders that are nobody's, by folder; ``follows``: how many names lead there.
    """

    records: RecordList
    opened: OpenRound
    known: Owners
    held: Held
    refused: Mapping[str, Shelf]
    told: list[Problem] = field(default_factory=list)
    unsent: dict[int, list[tuple[str, Match]]] = field(default_factory=dict)
    follows: dict[str, int] = field(default_factory=dict)
    secret: dict[str, frozenset[str]] = field(init=False)
    astray: dict[str, Shelf] = field(init=False)

    def __post_init__(self) -> None:
        self.astray = {folder: Shelf(found) for folder, found in self.held.lost.items()}
        self.secret = {name: secret_items(rubric) for name, rubric in self.opened.rubrics.items()}

    def unusable(self, place: int, match: Match) -> str:
        """Returns the path of a file of this name that cannot be used; empty where none."""
        if match.outcome not in (Outcome.MISSING, Outcome.PAPER):
            return ""
        for school in (self.records.heads[place].key.school, ""):
            found = one_match(match.name, self.refused[school]) if school in self.refused else None
            if found and found.files:
                return found.files[0].path
        return ""

    def add(self, place: int, owner: str, match: Match, bad: str) -> None:
        """Adds a name in a record; ``bad``: the file that has it and cannot be used."""
        school = self.records.heads[place].key.school
        sent = school in self.held.by_school or school in self.refused
        if match.outcome is Outcome.MISSING and not bad and not sent:
            if folder := self._led_astray(match):
                self.follows[folder] = self.follows.get(folder, 0) + 1
                return
            self.unsent.setdefault(place, []).append((owner, match))
        else:
            self._tell(place, owner, match, bad)

    def _tell(self, place: int, owner: str, match: Match, bad: str) -> None:
        record = self.records[place]
        seen = record.observation(owner)
        assert seen is not None
        why = f"有问题（{bad}），不能用" if bad else _WHY[match.outcome]
        name = shown(match.name)
        typed = (match.name, seen.fault)
        if owner in self.secret[record.key.rubric] or any(map(marked_confidential, typed)):
            why, name = _WHY[match.outcome], WITHHELD
        elif match.files:
            why = f"{why}（{'、'.join(file.path for file in match.files[:3])}）"
        where = seen.places.get("evidence") or Place(record.file, record.sheet)
        folder = f"evidence/{record.key.school}"
        said = {"name": name, "why": why, "folder": folder}
        self.told.append(problem("evidence-not-found", where, **said))

    def _led_astray(self, match: Match) -> str:
        """The folder that is nobody's in which a file of this name lies: that is told instead."""
        return next(
            (at for at, shelf in self.astray.items() if one_match(match.name, shelf).files), ""
        )

    def nobodys(self) -> Iterator[Problem]:
        """Yields one problem for each folder that is not understood, with what follows from it.

        Codes: evidence-folder-unknown, evidence-folder-unclear.
        """
        for folder, files in sorted(self.held.lost.items()):
            named = self.follows.get(folder, 0)
            effect = f"；检查表写了其中 {named} 个，不作佐证，扣分列为待核" if named else ""
            said = {"count": len(files), "effect": effect}
            could = could_be(folder.rpartition("/")[2], self.known)
            if could:
                known = listed(could, self.known.names)
                yield problem("evidence-folder-unclear", Place(folder), known=known, **said)
            else:
                yield problem("evidence-folder-unknown", Place(folder), **said)

    def all_problems(self) -> list[Problem]:
        """Returns a problem for each name, then one for each sheet whose school sent nothing.

        A sheet with few names has no such problem, but one for each of them.
        """
        sheets = []
        for place, held in self.unsent.items():
            if len(held) < _MANY:
                for owner, match in held:
                    self._tell(place, owner, match, "")
                continue
            head = self.records.heads[place]
            owners = "、".join(dict.fromkeys(owner for owner, _ in held))
            said = {"count": len(held), "owners": owners, "folder": f"evidence/{head.key.school}"}
            sheets.append(problem("evidence-not-sent", Place(head.file, head.sheet), **said))
        return [*self.told, *sheets]
