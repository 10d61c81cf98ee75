"""The photographs behind faults, found in the evidence folder."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from inspections.school import School
from reports.faults import Fault
from reports.letter.subject import Letter
from reports.type.blocks import Picture
from reports.type.pictures import picture
from rubrics.problems import Problem
from scoring.scores import SchoolScore

_ENDINGS = {".jpg", ".jpeg", ".png"}
# One row of them: a letter has five pages at the most.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Album:
    """Photographs by file name, and which schools' inspectors name each.

    Cameras count from one, so two schools often have photographs of one name.
    """

    files: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    owners: Mapping[str, frozenset[str]] = field(default_factory=dict)
    root: Path = Path()

    def find(self, name: str, school: School) -> Path | None:
        """Returns the photograph that ``school``'s inspectors mean, or None where that is unsure.

        It stands in a folder with the school's code or name, or it is the only one so called and
        no other school's record names it.
        """
        key = _key(name)
        found = self.files.get(key, ())
        own = {_key(school.id), _key(school.name)}
        inside = [
            path for path in found if own & {_key(p) for p in path.relative_to(self.root).parts}
        ]
        if len(inside) == 1:
            return inside[0]
        single = len(found) == 1 and self.owners.get(key) == frozenset({school.id})
        return found[0] if single and not inside else None


def album(folder: Path, schools: Iterable[SchoolScore]) -> Album:
    """Returns the photographs of a round's evidence folder; empty where there are none."""
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.suffix.lower() in _ENDINGS and path.is_file():
            files[_key(path.name)].append(path)
    if not files:
        return Album()
    owners: dict[str, set[str]] = defaultdict(set)
    for score in schools:
        for visit in score.visits:
            for record in visit.observations:
                for name in record.evidence:
                    owners[_key(name)].add(score.school.id)
    return Album(
        {name: tuple(paths) for name, paths in files.items()},
        {name: frozenset(codes) for name, codes in owners.items()},
        folder,
    )


def photographs(letter: Letter, held: Album) -> tuple[dict[str, Picture], list[Problem]]:
    """Returns the first few photographs of a letter's faults, ready for print, by name.

    What people said in confidence is never shown. Problem: ``picture-unreadable``.
    """
    made: dict[str, Picture] = {}
    problems: list[Problem] = []
    for fault, number, name in _wanted(letter) if held.files else ():
        path = held.find(name, letter.score.school)
        if path is None or name in made:
            continue
        if len(made) == _MOST:
            break
        title = letter.label(fault.owner) if fault.owner in letter.scored else fault.title
        found, wrong = picture(path, f"佐证{number}：{title}")
        problems += wrong
        if found is not None:
            made[name] = found
    return made, problems


def _wanted(letter: Letter) -> Iterable[tuple[Fault, int, str]]:
    for fault in letter.faults:
        if not letter.confidential(fault.owner):
            for item in fault.evidence:
                yield fault, item.number, item.name


def _key(name: str) -> str:
    """The last part of a path as it was typed, in one spelling."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return unicodedata.normalize("NFC", last).strip().casefold()
