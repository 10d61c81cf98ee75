"""Binds files to observations: those that are named, those named after an indicator's code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from inspections.evidence.checking import checked
from inspections.evidence.contents import PICTURE_KINDS
from inspections.evidence.leading_codes import LeadingCodes
from inspections.evidence.looking import EvidenceFile, flaws
from inspections.evidence.not_found import NotFound, unusable
from inspections.evidence.owning import (
    Held,
    Owners,
    admits,
    owners_of,
    rectified,
    sorted_out,
    told_apart,
)
from inspections.evidence.promising import speaks_of_picture
from inspections.evidence.typed_names import Match, Outcome, Shelf, matches, one_match
from inspections.records.record import Proof, Record, RecordKey, State
from inspections.records.record_list import Evidence, Named, RecordList, as_list
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem


def bind(
    records: Iterable[Record], files: Sequence[EvidenceFile], opened: OpenRound
) -> tuple[RecordList, list[Problem]]:
    """Returns the records with what proves their observations, and what is wrong with evidence.

    What lies in a folder 整改 proves that something was put right, and is left to that.
    Pure: the same records and files give the same, in any order of files. Codes: those of
    :func:`~inspections.evidence.looking.look` and :func:`~inspections.evidence.checking.checked`,
    evidence-folder-unknown, evidence-folder-unclear, evidence-unowned, evidence-code-unclear,
    evidence-not-found, evidence-not-sent, evidence-unused.
    """
    held = as_list(records)
    files = [item for item in files if not rectified(item)]
    binder = _Binder(held, sorted(files, key=lambda item: item.path), opened, owners_of(opened))
    binder.match_names()
    binder.match_codes()
    bound = {place: proved for place in range(len(held)) if (proved := binder.bound(place))}
    made, found = checked(held.with_evidence(bound), bound, opened)
    unfound = binder.not_found.all_problems()
    problems = [*flaws(binder.files), *binder.not_found.nobodys()]
    return made, [*problems, *binder.problems, *unfound, *binder.unused(), *found]


@dataclass(slots=True)
class _Binder:
    records: RecordList
    files: list[EvidenceFile]
    opened: OpenRound
    known: Owners
    held: Held = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    shelves: dict[tuple[str, str, str], Shelf] = field(default_factory=dict)
    loose: Shelf = field(init=False)
    typed: list[dict[str, Named]] = field(init=False)
    named: dict[tuple[int, str], list[Match]] = field(default_factory=dict)
    coded: dict[int, dict[str, list[EvidenceFile]]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    not_found: NotFound = field(init=False)

    def __post_init__(self) -> None:
        self.typed = [{one.owner: one for one in named} for named in self.records.named()]
        self.held = sorted_out(self.files, self.known)
        self.loose = Shelf(self.held.loose)
        refused = unusable(self.files, self.known)
        self.not_found = NotFound(self.records, self.opened, self.known, self.held, refused)

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
        for place, head in enumerate(self.records.heads):
            shelf = self.shelf(head.key)
            for one in self.typed[place].values():
                if not one.names:
                    continue
                found = [self._looked_up(m) for typed in one.names for m in matches(typed, shelf)]
                self.named[place, one.owner] = found
                for match in found:
                    for file in match.files:
                        claims[file.path].add(head.key.school)
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
        nameless = {
            school: left
            for school, files in sorted(self.held.by_school.items())
            if (left := [item for item in files if item.path not in named])
        }
        codes = self._codes(nameless)
        heads = self.records.heads
        for school, files in nameless.items():
            for item in files:
                owner = codes[school].of(item.name)
                if not owner:
                    continue
                there = codes[school].places[owner]
                fitting = [p for p in there if admits(item, heads[p].key, self.known)]
                held = told_apart(item, fitting, heads)
                whose = {(heads[p].key.rubric, heads[p].key.occasion) for p in held}
                if len(whose) > 1:
                    titles = "、".join(
                        f"《{self.opened.rubrics[rubric].title}》{occasion}"
                        for rubric, occasion in sorted(whose)
                    )
                    said = {"owner": owner, "which": titles}
                    place = Place(item.path)
                    self.problems.append(problem("evidence-code-unclear", place, **said))
                    self.used.add(item.path)
                for p in held if len(whose) == 1 else ():
                    self.coded.setdefault(p, {}).setdefault(owner, []).append(item)

    def _codes(self, schools: Collection[str]) -> dict[str, LeadingCodes]:
        """The codes of what was checked at schools, in the spelling of names of files."""
        places: dict[str, dict[str, list[int]]] = {school: defaultdict(list) for school in schools}
        wanted = [p for p, head in enumerate(self.records.heads) if head.key.school in places]
        entries = self.records.chosen(wanted).entries() if wanted else ()
        for place, own in zip(wanted, entries, strict=True):
            checked_there = places[self.records.heads[place].key.school]
            for entry in own:
                if entry.state is State.CHECKED:
                    checked_there[entry.owner].append(place)
        return {school: LeadingCodes(found) for school, found in places.items()}

    def bound(self, place: int) -> dict[str, Evidence]:
        """What proves the observations of a record, by owner."""
        owners = dict.fromkeys((*self.typed[place], *self.coded.get(place, ())))
        return {owner: self._bound(place, owner) for owner in owners}

    def _bound(self, place: int, owner: str) -> Evidence:
        typed = self.typed[place].get(owner)
        coded = self.coded.get(place, {}).get(owner, ())
        names: list[str] = []
        missing: list[str] = []
        proof: list[Proof] = []
        # Pictures in the workbook itself come last: they have names of ours.
        pictures = typed.pictures if typed else ()
        for match in self.named.get((place, owner), ()):
            bad = self.not_found.unusable(place, match)
            if match.outcome is Outcome.PAPER and not bad:
                names.append(match.name)
            elif match.outcome is Outcome.FOUND:
                proof += map(_proof, match.files)
                names += (file.name for file in match.files)
            elif (pictures or coded) and not bad and speaks_of_picture(match.name):
                continue  # 见照片: and there they are
            else:
                missing.append(match.name)
                self.not_found.add(place, owner, match, bad)
            self.used |= {file.path for file in match.files}
        proof += map(_proof, coded)
        names += (file.name for file in coded)
        self.used |= {file.path for file in coded}
        proof += pictures
        names += (item.name for item in pictures)
        once: dict[str, Proof] = {}
        for item in proof:
            once.setdefault(item.digest, item)
        return Evidence(
            tuple(dict.fromkeys(names)), tuple(once.values()), tuple(dict.fromkeys(missing))
        )

    def unused(self) -> list[Problem]:
        """One note for each file that nothing was bound to."""
        return [
            problem("evidence-unused", Place(item.path))
            for files in self.held.by_school.values()
            for item in files
            if item.path not in self.used
        ]


def _proof(file: EvidenceFile) -> Proof:
    picture = file.kind in PICTURE_KINDS
    return Proof(file.name, file.path, file.digest, "", picture, file.taken, file.likeness)
