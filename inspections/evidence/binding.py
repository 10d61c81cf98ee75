"""Binds files to observations: those that are named, those named after an indicator's code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from inspections.evidence.checking import checked
from inspections.evidence.contents import PICTURE_KINDS
from inspections.evidence.file_names import key, shown
from inspections.evidence.looking import EvidenceFile, flaws
from inspections.evidence.owning import (
    Held,
    Owners,
    admits,
    owners_of,
    school_of_file,
    sorted_out,
    told_apart,
)
from inspections.evidence.typed_names import Match, Outcome, Shelf, matches, one_match
from inspections.records.record import Observation, Proof, Record, RecordKey, State
from inspections.records.sealing import secret_items
from inspections.round.opened import OpenRound
from rubrics.messages.outgoing import WITHHELD, marked_confidential
from rubrics.messages.problems import Place, Problem, problem

_MANY = 4
"""Names of one sheet that are told together when nothing at all was sent."""

_WHY = {
    Outcome.MISSING: "没有找到",
    Outcome.UNCLEAR: "不止一个文件",
    Outcome.OUTSIDE: "指向别的文件夹",
}


def bind(
    visits: Iterable[Record], files: Sequence[EvidenceFile], opened: OpenRound
) -> tuple[list[Record], list[Problem]]:
    """Returns the visits with what proves their observations, and what is wrong with evidence.

    Pure: the same visits and files give the same, in any order of files. Codes: those of
    :func:`~inspections.evidence.looking.look` and :func:`~inspections.evidence.checking.checked`,
    evidence-folder-unknown, evidence-unowned, evidence-code-unclear, evidence-not-found,
    evidence-not-sent, evidence-unused.
    """
    visits = list(visits)
    known = owners_of(opened)
    binder = _Binder(visits, sorted(files, key=lambda item: item.path), opened, known)
    problems = flaws(binder.files)
    problems += [
        problem("evidence-folder-unknown", Place(folder), count=count)
        for folder, count in sorted(binder.held.lost.items())
    ]
    binder.match_names()
    binder.match_codes()
    made = [binder.bound(visit) for visit in visits]
    made, found = checked(made, opened)
    unsent = list(binder.not_sent())
    return made, [*problems, *binder.problems, *unsent, *binder.unused(), *found]


def without_proven(problems: Iterable[Problem], visits: Iterable[Record]) -> list[Problem]:
    """Returns the problems without those of missing evidence that has been found since.

    A picture in the row, or a file named after the indicator's code, proves it as well. What
    is named and not there has a problem of its own.
    """
    proven = {
        seen.places["evidence"]
        for visit in visits
        for seen in visit.observations
        if (seen.evidence or seen.missing) and "evidence" in seen.places
    }
    return [
        item for item in problems if item.code != "evidence-missing" or item.place not in proven
    ]


@dataclass(slots=True)
class _Binder:
    visits: Sequence[Record]
    files: list[EvidenceFile]
    of: OpenRound
    known: Owners
    held: Held = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    shelves: dict[tuple[str, str, str], Shelf] = field(default_factory=dict)
    loose: Shelf = field(init=False)
    named: dict[tuple[RecordKey, str], list[Match]] = field(default_factory=dict)
    coded: dict[tuple[RecordKey, str], list[EvidenceFile]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    unsent: dict[tuple[str, str], list[tuple[Record, Observation, Match]]] = field(
        default_factory=dict
    )
    refused: dict[str, Shelf] = field(default_factory=dict)
    secret: dict[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.held = sorted_out(self.files, self.known)
        self.loose = Shelf(self.held.loose)
        unusable: dict[str, list[EvidenceFile]] = defaultdict(list)
        for item in self.files:
            if item.flaw:
                unusable[school_of_file(item, self.known)].append(item)
        self.secret = {name: secret_items(rubric) for name, rubric in self.of.rubrics.items()}
        self.refused = {school: Shelf(found) for school, found in unusable.items()}

    def shelf(self, visit: RecordKey) -> Shelf:
        """The files of a school that its folders leave to a visit."""
        at = (visit.school, visit.rubric, visit.occasion)
        if at not in self.shelves:
            own = self.held.by_school.get(visit.school, ())
            self.shelves[at] = Shelf([x for x in own if admits(x, visit, self.known)])
        return self.shelves[at]

    def match_names(self) -> None:
        """Looks up every name, first among the school's files, then among those of nobody."""
        claims: dict[str, set[str]] = defaultdict(set)
        for visit in self.visits:
            shelf = self.shelf(visit.key)
            for seen in visit.observations:
                if not seen.evidence:
                    continue
                found = [
                    self._looked_up(m) for typed in seen.evidence for m in matches(typed, shelf)
                ]
                self.named[visit.key, seen.owner] = found
                for match in found:
                    for file in match.files:
                        claims[file.path].add(visit.key.school)
        loose = {file.path for file in self.held.loose}
        contested = {path for path in loose if len(claims[path]) > 1}
        for at, found in self.named.items() if contested else ():
            self.named[at] = [
                Match(match.name, Outcome.UNCLEAR, match.files)
                if any(file.path in contested for file in match.files)
                else match
                for match in found
            ]
        for path in sorted(loose):
            count = len(claims[path])
            if count != 1:
                detail = f"有 {count} 所学校的检查表写了它" if count else "没有学校的检查表写了它"
                self.problems.append(problem("evidence-unowned", Place(path), detail=detail))

    def _looked_up(self, match: Match) -> Match:
        """What a school's own files lack may lie in no school's folder."""
        if not self.loose.files or match.outcome not in (Outcome.MISSING, Outcome.PAPER):
            return match
        other = one_match(match.name, self.loose)
        return other if other.files else match

    def match_codes(self) -> None:
        """Gives files that nobody names to the indicator whose code their name begins with."""
        named = {
            file.path for found in self.named.values() for match in found for file in match.files
        }
        by_school: dict[str, list[Record]] = defaultdict(list)
        for visit in self.visits:
            by_school[visit.key.school].append(visit)
        for school, files in sorted(self.held.by_school.items()):
            codes = _Codes(by_school[school])
            for item in files:
                if item.path in named:
                    continue
                owner = codes.of(item.name)
                if not owner:
                    continue
                fitting = [v for v in codes.visits[owner] if admits(item, v.key, self.known)]
                left = told_apart(item, fitting)
                whose = {(visit.key.rubric, visit.key.occasion) for visit in left}
                if len(whose) > 1:
                    titles = "、".join(
                        f"《{self.of.rubrics[rubric].title}》{occasion}"
                        for rubric, occasion in sorted(whose)
                    )
                    said = {"owner": owner, "which": titles}
                    place = Place(item.path)
                    self.problems.append(problem("evidence-code-unclear", place, **said))
                    self.used.add(item.path)
                for visit in left if len(whose) == 1 else ():
                    self.coded.setdefault((visit.key, owner), []).append(item)

    def bound(self, visit: Record) -> Record:
        """The visit with its observations bound."""
        seen = tuple(self._bound(visit, item) for item in visit.observations)
        return visit if seen == visit.observations else replace(visit, observations=seen)

    def _bound(self, visit: Record, seen: Observation) -> Observation:
        at = (visit.key, seen.owner)
        named, coded = self.named.get(at, ()), self.coded.get(at, ())
        if not (named or coded or seen.proof):
            return seen
        names: list[str] = []
        missing: list[str] = []
        proof: list[Proof] = []
        for match in named:
            bad = self._unusable(visit, match)
            if match.outcome is Outcome.PAPER and not bad:
                names.append(match.name)
            elif match.outcome is Outcome.FOUND:
                proof += map(_proof, match.files)
                names += (file.name for file in match.files)
            else:
                missing.append(match.name)
                self._report(visit, seen, match, bad)
            self.used |= {file.path for file in match.files}
        proof += map(_proof, coded)
        names += (file.name for file in coded)
        self.used |= {file.path for file in coded}
        # Pictures in the workbook itself come last: they have names of ours.
        proof += seen.proof
        names += (item.name for item in seen.proof)
        once: dict[str, Proof] = {}
        for item in proof:
            once.setdefault(item.digest, item)
        return replace(
            seen,
            evidence=tuple(dict.fromkeys(names)),
            proof=tuple(once.values()),
            missing=tuple(dict.fromkeys(missing)),
        )

    def _unusable(self, visit: Record, match: Match) -> str:
        """The path of a file of this name that cannot be used."""
        if match.outcome not in (Outcome.MISSING, Outcome.PAPER):
            return ""
        for school in (visit.key.school, ""):
            found = one_match(match.name, self.refused[school]) if school in self.refused else None
            if found and found.files:
                return found.files[0].path
        return ""

    def _report(self, visit: Record, seen: Observation, match: Match, bad: str) -> None:
        if match.outcome is Outcome.MISSING and not bad and not self._sent(visit.key.school):
            self.unsent.setdefault((visit.file, visit.sheet), []).append((visit, seen, match))
        else:
            self._tell(visit, seen, match, bad)

    def _tell(self, visit: Record, seen: Observation, match: Match, bad: str) -> None:
        why = f"有问题（{bad}），不能用" if bad else _WHY[match.outcome]
        name = shown(match.name)
        typed = (match.name, seen.fault)
        if seen.owner in self.secret[visit.key.rubric] or any(map(marked_confidential, typed)):
            why, name = _WHY[match.outcome], WITHHELD
        elif match.files:
            why = f"{why}（{'、'.join(file.path for file in match.files[:3])}）"
        place = seen.places.get("evidence") or Place(visit.file, visit.sheet)
        folder = f"evidence/{visit.key.school}"
        said = {"name": name, "why": why, "folder": folder}
        self.problems.append(problem("evidence-not-found", place, **said))

    def _sent(self, school: str) -> bool:
        """Whether there is any file of a school."""
        return school in self.held.by_school or school in self.refused

    def not_sent(self) -> Iterator[Problem]:
        """One problem for each sheet with many names whose school has sent nothing at all."""
        for (file, sheet), held in self.unsent.items():
            if len(held) < _MANY:
                for visit, seen, match in held:
                    self._tell(visit, seen, match, "")
                continue
            owners = "、".join(dict.fromkeys(seen.owner for _, seen, _ in held))
            folder = f"evidence/{held[0][0].key.school}"
            said = {"count": len(held), "owners": owners, "folder": folder}
            yield problem("evidence-not-sent", Place(file, sheet), **said)

    def unused(self) -> list[Problem]:
        """One note for each file that nothing was bound to."""
        return [
            problem("evidence-unused", Place(item.path))
            for files in self.held.by_school.values()
            for item in files
            if item.path not in self.used
        ]


class _Codes:
    """The codes of one school's observations that were checked, for names of files."""

    def __init__(self, visits: Sequence[Record]) -> None:
        self.visits: Mapping[str, list[Record]] = defaultdict(list)
        for visit in visits:
            for seen in visit.observations:
                if seen.state is State.CHECKED:
                    self.visits[seen.owner].append(visit)
        codes = sorted(self.visits, key=lambda owner: (-len(owner), owner))
        spelled = {key(owner): owner for owner in codes}
        self.owners = spelled
        listed = "|".join(map(re.escape, spelled))
        self.pattern = re.compile(rf"({listed})(?![0-9a-z])") if listed else None

    def of(self, name: str) -> str:
        """Returns the code that a name begins with, the longest of them; empty where none."""
        found = self.pattern.match(key(name)) if self.pattern else None
        return self.owners[found[1]] if found else ""


def _proof(file: EvidenceFile) -> Proof:
    picture = file.kind in PICTURE_KINDS
    return Proof(file.name, file.path, file.digest, "", picture, file.taken)
