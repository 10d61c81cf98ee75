"""Whose a file is: the school, and which of its visits, by the folders that it lies in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from inspections.evidence.file_names import key
from inspections.evidence.looking import EvidenceFile
from inspections.records.record import RecordKey
from inspections.records.record_list import Head
from inspections.round.opened import OpenRound
from inspections.round.short_names import meant

RECTIFIED = "整改"
"""A folder of what proves that something was put right: no evidence of a visit."""

_BETWEEN = " _-—.、()（）[]【】"


@dataclass(frozen=True, slots=True)
class Owners:
    """The names under which folders are known, in the spelling in which names are compared.

    ``plain``: folders that say nothing of the school: teams, inspectors, rubrics, occasions.
    ``names``: code -> name of every school; ``guessed``: what other folders were found to mean.
    """

    codes: Mapping[str, str]
    schools: Mapping[str, tuple[str, ...]]
    rubrics: Mapping[str, str]
    occasions: Mapping[str, str]
    plain: frozenset[str]
    names: Mapping[str, str] = field(default_factory=dict)
    guessed: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """Files sorted by school; ``loose`` ones lie in no school's folder, ``lost`` in one that is
    nobody's or of two schools: folder -> these files.
    """

    by_school: dict[str, list[EvidenceFile]] = field(default_factory=dict)
    loose: list[EvidenceFile] = field(default_factory=list)
    lost: dict[str, list[EvidenceFile]] = field(default_factory=dict)


def owners_of(opened: OpenRound) -> Owners:
    """Returns the names of folders that are understood in a round."""
    codes: dict[str, str] = {}
    names: dict[str, tuple[str, ...]] = {}
    for school in opened.roster.schools.values():
        codes[key(school.id)] = school.id
        names[_plain(school.name)] = (*names.get(_plain(school.name), ()), school.id)
    rubrics = opened.rubrics.values()
    titles = {key(text): rubric.id for rubric in rubrics for text in (rubric.id, rubric.title)}
    turns = {key(text): text for text in opened.round.occasions}
    people = {
        key(text)
        for item in opened.roster.inspectors.values()
        for text in (item.id, item.name, item.team)
        if text
    } | {key(team) for team in opened.roster.drawn}
    known = {school.id: school.name for school in opened.roster.schools.values()}
    return Owners(
        codes, names, titles, turns, frozenset({*titles, *turns, *people, RECTIFIED}), known
    )


def school_of_file(item: EvidenceFile, known: Owners) -> str:
    """Returns the one school in whose folder a file lies; empty where it is none, or two.

    Where no folder has a code or a whole name, a short name or a part of one will do, as commands
    take it.
    """
    found = {school_of(folder, known) for folder in item.folders} - {""}
    if not found:
        found = {meant for folder in item.folders for meant in could_be(folder, known)}
    return found.pop() if len(found) == 1 else ""


def could_be(folder: str, known: Owners) -> tuple[str, ...]:
    """Returns the schools that a folder may mean by a short name or a part of a name."""
    text = key(folder)
    if text not in known.guessed:
        said = "".join(part for part in text if part not in _BETWEEN)
        named = len(said) > 1 and not said.isdecimal() and text not in known.plain
        known.guessed[text] = tuple(meant(said, known.names)) if named else ()
    return known.guessed[text]


def rectified(item: EvidenceFile) -> bool:
    """Returns whether a file proves that something was put right, and nothing of a visit."""
    return any(key(folder) == RECTIFIED for folder in item.folders)


def sorted_out(files: Iterable[EvidenceFile], known: Owners) -> Held:
    """Returns the files that can be used, by school."""
    held = Held()
    for item in files:
        if item.flaw:
            continue
        if school := school_of_file(item, known):
            held.by_school.setdefault(school, []).append(item)
            continue
        unknown = [
            "/".join(("evidence", *item.folders[: place + 1]))
            for place, folder in enumerate(item.folders)
            if key(folder) not in known.plain
        ]
        if unknown:
            # What could be several schools is the cause, whatever folder lies in it.
            unclear = [path for path in unknown if could_be(path.rpartition("/")[2], known)]
            held.lost.setdefault((unclear or unknown)[-1], []).append(item)
        else:
            held.loose.append(item)
    return held


def school_of(folder: str, known: Owners) -> str:
    """Returns the school that a folder is named after: by code, by name, or by both."""
    text = key(folder)
    if text in known.codes:
        return known.codes[text]
    named = known.schools.get(_plain(folder), ())
    if len(named) == 1:
        return named[0]
    for mark in _BETWEEN:
        for part, rest in (text.split(mark, 1), text.rsplit(mark, 1)) if mark in text else ():
            for code, name in ((part, rest), (rest, part)):
                school = known.codes.get(code.strip(_BETWEEN), "")
                if school and school in known.schools.get(_plain(name.strip(_BETWEEN)), ()):
                    return school
    return ""


def admits(item: EvidenceFile, visit: RecordKey, known: Owners) -> bool:
    """Whether a file's folders leave it to a visit: they may name the rubric and the occasion."""
    folders = [key(folder) for folder in item.folders]
    rubrics = {known.rubrics[folder] for folder in folders if folder in known.rubrics}
    turns = {known.occasions[folder] for folder in folders if folder in known.occasions}
    return (not rubrics or visit.rubric in rubrics) and (not turns or visit.occasion in turns)


def told_apart(item: EvidenceFile, places: Iterable[int], heads: Sequence[Head]) -> list[int]:
    """Returns those of several visits during which a photograph was taken, or else on whose day;
    all of them, where it does not say. Visits go by their places in ``heads``.
    """
    left = list(places)
    taken = item.taken
    if taken is None or len({(heads[p].key.rubric, heads[p].key.occasion) for p in left}) < 2:
        return left
    left = [place for place in left if heads[place].day == taken.date()] or left
    during = [place for place in left if _during(heads[place], taken)]
    return during or left


def _during(head: Head, taken: datetime) -> bool:
    return bool(head.arrived and head.left and head.arrived <= taken <= head.left)


def _plain(name: str) -> str:
    return key(name).replace(" ", "")
