"""Binds files to observations: those that are named, those named after an indicator's code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from inspections.evidence.checking import checked
from inspections.evidence.contents import PICTURE_KINDS
from inspections.evidence.file_names import key, shown
from inspections.evidence.looking import EvidenceFile, flaws
from inspections.evidence.owning import (
    Held,
    Owners,
    admits,
    could_be,
    owners_of,
    school_of_file,
    sorted_out,
    told_apart,
)
from inspections.evidence.typed_names import Match, Outcome, Shelf, matches, one_match
from inspections.records.item_lists import CONFIRM_EVIDENCE, items_of, only_of
from inspections.records.record import Proof, Record, RecordKey, State
from inspections.records.record_list import Evidence, Named, RecordList, as_list
from inspections.records.redacting import secret_items
from inspections.round.opened import OpenRound
from inspections.round.short_names import listed
from rubrics.language.facts import facts_of, rests_on_facts
from rubrics.language.rubric import Rubric
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
    records: Iterable[Record], files: Sequence[EvidenceFile], opened: OpenRound
) -> tuple[RecordList, list[Problem]]:
    """Returns the records with what proves their observations, and what is wrong with evidence.

    Pure: the same records and files give the same, in any order of files. Codes: those of
    :func:`~inspections.evidence.looking.look` and :func:`~inspections.evidence.checking.checked`,
    evidence-folder-unknown, evidence-folder-unclear, evidence-unowned, evidence-code-unclear,
    evidence-not-found, evidence-not-sent, evidence-unused.
    """
    held = as_list(records)
    binder = _Binder(held, sorted(files, key=lambda item: item.path), opened, owners_of(opened))
    binder.match_names()
    binder.match_codes()
    bound = {place: proved for place in range(len(held)) if (proved := binder.bound(place))}
    made, found = checked(held.with_evidence(bound), bound, opened)
    unsent = list(binder.not_sent())
    problems = [*flaws(binder.files), *binder.nobodys()]
    return made, [*problems, *binder.problems, *unsent, *binder.unused(), *found]


def without_proven(
    problems: Iterable[Problem], records: RecordList, opened: OpenRound
) -> list[Problem]:
    """Returns the problems without those of missing evidence that has been found since.

    A picture in the row, or a file named after the indicator's code, proves it as well; so does,
    of a fact, what a colleague of the same visit has of it. What is named and not there has a
    problem of its own. Of a confirmed dimension the items that still owe evidence are left.
    """
    problems = list(problems)
    asked = {item.place for item in problems if item.code == "evidence-missing"}
    confirmed = [item for item in problems if item.code == CONFIRM_EVIDENCE]
    sheets = {(it.file, it.sheet) for it in (*asked, *(one.place for one in confirmed))}
    proven = {
        records.place_of(place, owner, "evidence")
        for place, head in enumerate(records.heads)
        if (head.file, head.sheet) in sheets
        for owner, found in records.proved(place).items()
        if found.names or found.missing
    }
    proven |= set(_proven_by_colleagues(records, sheets, opened))
    left: list[Problem] = []
    for item in problems:
        if item.code == CONFIRM_EVIDENCE:
            over = proven | asked | _unchecked(records, item)
            owing = [owner for owner, place in items_of(item).items() if place not in over]
            left += filter(None, [only_of(item, owing)])
        elif item.place not in proven or item.place not in asked:
            left.append(item)
    return left


def _unchecked(records: RecordList, item: Problem) -> set[Place]:
    """Where items stand that were confirmed, and of which the bureau has decided otherwise."""
    sheet = item.place.file, item.place.sheet
    return {
        there
        for place, head in enumerate(records.heads)
        if (head.file, head.sheet) == sheet
        for owner, there in items_of(item).items()
        if (seen := records.answer(place, owner)) and seen.state is not State.CHECKED
    }


def _proven_by_colleagues(
    records: RecordList, sheets: Collection[tuple[str, str]], opened: OpenRound
) -> Iterator[Place]:
    """Yields where ``sheets`` lack what another inspector of the visit has: as scoring counts it.

    Nothing where the round combines facts that were rated independently.
    """
    if opened.round.combining.facts == "combined" or not sheets:
        return
    visits: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, head in enumerate(records.heads):
        visits[head.key.school, head.key.rubric, head.key.occasion].append(place)
    shared = {name: _shared(rubric) for name, rubric in opened.rubrics.items()}
    for (_, rubric, _), team in visits.items():
        asking = [it for it in team if (records.heads[it].file, records.heads[it].sheet) in sheets]
        for other in team if asking and len(team) > 1 else ():
            for owner, found in records.proved(other).items():
                seen = records.answer(other, owner)
                if not (found.names and owner in shared.get(rubric, ())):
                    continue
                if seen is not None and seen.state is State.CHECKED:
                    for place in asking:
                        if place != other:
                            yield records.place_of(place, owner, "evidence")


def _shared(rubric: Rubric) -> set[str]:
    """The items of which what proves them for one inspector proves them for the team."""
    judged = {item.id for item in rubric.indicators if not rests_on_facts(item)}
    return set(facts_of(rubric)) - judged


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
    unsent: dict[int, list[tuple[str, Match]]] = field(default_factory=dict)
    refused: dict[str, Shelf] = field(default_factory=dict)
    secret: dict[str, frozenset[str]] = field(init=False)
    astray: dict[str, Shelf] = field(init=False)
    follows: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.typed = [{one.owner: one for one in named} for named in self.records.named()]
        self.held = sorted_out(self.files, self.known)
        self.loose = Shelf(self.held.loose)
        self.astray = {folder: Shelf(found) for folder, found in self.held.lost.items()}
        unusable: dict[str, list[EvidenceFile]] = defaultdict(list)
        for item in self.files:
            if item.flaw:
                unusable[school_of_file(item, self.known)].append(item)
        self.secret = {name: secret_items(rubric) for name, rubric in self.opened.rubrics.items()}
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

    def _codes(self, schools: Collection[str]) -> dict[str, _Codes]:
        """The codes of what was checked at schools, in the spelling of names of files."""
        places: dict[str, dict[str, list[int]]] = {school: defaultdict(list) for school in schools}
        wanted = [p for p, head in enumerate(self.records.heads) if head.key.school in places]
        entries = self.records.chosen(wanted).entries() if wanted else ()
        for place, own in zip(wanted, entries, strict=True):
            checked_there = places[self.records.heads[place].key.school]
            for entry in own:
                if entry.state is State.CHECKED:
                    checked_there[entry.owner].append(place)
        return {school: _Codes(found) for school, found in places.items()}

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
        for match in self.named.get((place, owner), ()):
            bad = self._unusable(place, match)
            if match.outcome is Outcome.PAPER and not bad:
                names.append(match.name)
            elif match.outcome is Outcome.FOUND:
                proof += map(_proof, match.files)
                names += (file.name for file in match.files)
            else:
                missing.append(match.name)
                self._report(place, owner, match, bad)
            self.used |= {file.path for file in match.files}
        proof += map(_proof, coded)
        names += (file.name for file in coded)
        self.used |= {file.path for file in coded}
        # Pictures in the workbook itself come last: they have names of ours.
        pictures = typed.pictures if typed else ()
        proof += pictures
        names += (item.name for item in pictures)
        once: dict[str, Proof] = {}
        for item in proof:
            once.setdefault(item.digest, item)
        return Evidence(
            tuple(dict.fromkeys(names)), tuple(once.values()), tuple(dict.fromkeys(missing))
        )

    def _unusable(self, place: int, match: Match) -> str:
        """The path of a file of this name that cannot be used."""
        if match.outcome not in (Outcome.MISSING, Outcome.PAPER):
            return ""
        for school in (self.records.heads[place].key.school, ""):
            found = one_match(match.name, self.refused[school]) if school in self.refused else None
            if found and found.files:
                return found.files[0].path
        return ""

    def _report(self, place: int, owner: str, match: Match, bad: str) -> None:
        school = self.records.heads[place].key.school
        if match.outcome is Outcome.MISSING and not bad and not self._sent(school):
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
        self.problems.append(problem("evidence-not-found", where, **said))

    def _led_astray(self, match: Match) -> str:
        """The folder that is nobody's in which a file of this name lies: that is told instead."""
        return next(
            (at for at, shelf in self.astray.items() if one_match(match.name, shelf).files), ""
        )

    def nobodys(self) -> Iterator[Problem]:
        """One problem for each folder that is not understood, with what follows from it.

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

    def _sent(self, school: str) -> bool:
        """Whether there is any file of a school."""
        return school in self.held.by_school or school in self.refused

    def not_sent(self) -> Iterator[Problem]:
        """One problem for each sheet with many names whose school has sent nothing at all."""
        for place, held in self.unsent.items():
            if len(held) < _MANY:
                for owner, match in held:
                    self._tell(place, owner, match, "")
                continue
            head = self.records.heads[place]
            owners = "、".join(dict.fromkeys(owner for owner, _ in held))
            said = {"count": len(held), "owners": owners, "folder": f"evidence/{head.key.school}"}
            yield problem("evidence-not-sent", Place(head.file, head.sheet), **said)

    def unused(self) -> list[Problem]:
        """One note for each file that nothing was bound to."""
        return [
            problem("evidence-unused", Place(item.path))
            for files in self.held.by_school.values()
            for item in files
            if item.path not in self.used
        ]


class _Codes:
    """The codes of one school's observations that were checked, and the records they are in."""

    def __init__(self, places: Mapping[str, list[int]]) -> None:
        self.places = places
        codes = sorted(places, key=lambda owner: (-len(owner), owner))
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
