"""Several files that claim one record: a correction stands for what it corrects, what the bureau
accepts goes before what it does not; else the first to come in stands, and the other is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from inspections.ledger.decisions import Decision, Verdict
from inspections.ledger.sheets import FilledSheet
from inspections.records.record import Record, RecordKey
from inspections.round.opened import OpenRound
from inspections.workbook.form.identity import DIGEST_LENGTH
from inspections.workbook.form.layout import TITLE_ROW, Column
from rubrics.messages.problems import Place, Problem, problem

Sheet = tuple[str, str]
"""A file, and the name of one of its sheets."""


def superseded(sheets: Iterable[FilledSheet]) -> set[Sheet]:
    """Returns the sheets whose place a correction of their file takes.

    A correction is a sheet about the same visit that names the file's digest, and that makes a
    visit itself where the corrected one does.
    """
    sheets = list(sheets)
    corrected: dict[tuple[RecordKey, str], bool] = {}
    for item in sheets:
        for digest in item.corrects:
            corrected[item.key, digest] = corrected.get((item.key, digest), False) or item.dated
    return {
        (item.file, item.sheet)
        for item in sheets
        if (dated := corrected.get((item.key, item.digest[:DIGEST_LENGTH]))) is not None
        and (dated or not item.dated)
    }


def settled(
    problems: Iterable[Problem], sheets: Sequence[FilledSheet], gone: Set[Sheet]
) -> list[Problem]:
    """Returns the problems without those of superseded sheets.

    What is wrong with a file as a whole, or with sheets that nobody could use, goes with the last
    of its records.
    """
    left = {item.file for item in sheets if (item.file, item.sheet) not in gone}
    used = {(item.file, item.sheet) for item in sheets}
    over = {file for file, _ in gone} - left

    def stands(item: Problem) -> bool:
        sheet = (item.place.file, item.place.sheet)
        return sheet not in gone if sheet in used else item.place.file not in over

    return [item for item in problems if stands(item)]


def copies(claims: Iterable[Record], sheets: Iterable[FilledSheet], gone: Set[Sheet]) -> set[Sheet]:
    """Returns the sheets, no corrections themselves, that say what a superseded one says."""
    claims = list(claims)
    old: dict[RecordKey, list[Record]] = {}
    for visit in claims:
        if (visit.file, visit.sheet) in gone:
            old.setdefault(visit.key, []).append(_said(visit))
    correcting = {(item.file, item.sheet) for item in sheets if item.corrects}
    return {
        sheet
        for visit in claims
        if (sheet := (visit.file, visit.sheet)) not in correcting | gone
        and visit.key in old
        and _said(visit) in old[visit.key]
    }


def rejected(
    sheets: Iterable[FilledSheet], problems: Iterable[Problem], made: Iterable[Decision]
) -> tuple[set[Sheet], set[int]]:
    """Returns the sheets that the bureau has rejected, and the numbers of the decisions met.

    A file without any sheet that could be taken is named with an empty sheet.
    """
    digests = {(item.file, item.sheet): item.digest for item in sheets}
    bare = {item.place.file for item in problems} - {file for file, _ in digests}
    out: set[Sheet] = set()
    met: set[int] = set()
    for one in made:
        if one.verdict is Verdict.REJECT:
            found = {
                sheet
                for sheet, digest in digests.items()
                if digest == one.digest and one.sheet in ("", sheet[1])
            }
            found |= {(file, "") for file in bare if file == one.file}
            out |= found
            if found:
                met.add(one.number)
    return out, met


def accepted_first(
    claims: Iterable[Record], made: Iterable[Decision]
) -> tuple[list[Record], set[int]]:
    """Returns the claims with those in front that the bureau has accepted, the latest decision
    first; and the numbers of the decisions met.
    """
    rest = list(claims)
    first: list[Record] = []
    met: set[int] = set()
    for one in reversed(list(made)):
        if one.verdict is Verdict.ACCEPT:
            found = [v for v in rest if v.digest == one.digest and one.sheet in ("", v.sheet)]
            rest = [visit for visit in rest if visit not in found]
            first += found
            if found:
                met.add(one.number)
    return first + rest, met


def gone_files(
    missing: Iterable[FilledSheet], made: Iterable[Decision], opened: OpenRound
) -> list[Problem]:
    """Returns the problems of records whose file is not there any more. Code: file-gone."""
    let_go = {one.digest for one in made if one.verdict is Verdict.REJECT}
    return [
        problem(
            "file-gone",
            Place(item.file, item.sheet),
            school=opened.roster.schools[item.key.school].name,
            rubric=opened.rubrics[item.key.rubric].title,
            inspector=_name(item.key.inspector, opened),
            file=item.file,
        )
        for item in missing
        if item.digest not in let_go
    ]


def standing(claims: Iterable[Record]) -> tuple[list[Record], list[tuple[Record, Record]]]:
    """Returns the visits that count, one a key, and (the other, the one that stands) of the rest.

    ``claims`` come in the order in which they came in. A second copy that says the same is no
    conflict.
    """
    first: dict[RecordKey, Record] = {}
    others: dict[RecordKey, list[Record]] = {}
    for visit in claims:
        stands = first.setdefault(visit.key, visit)
        if stands is not visit and _said(stands) != _said(visit):
            others.setdefault(visit.key, []).append(visit)
    for key, rest in others.items():
        first[key] = replace(first[key], disputed=tuple(other.file for other in rest))
    return list(first.values()), [(v, first[key]) for key, rest in others.items() for v in rest]


def _said(visit: Record) -> Record:
    """What a record says, apart from where it stands."""
    bare = tuple(replace(one, places={}) for one in visit.observations)
    return replace(visit, observations=bare, file="", sheet="", digest="")


def conflicts(others: Iterable[tuple[Record, Record]], opened: OpenRound) -> list[Problem]:
    """Returns the problems of records that do not stand. Code: visit-conflict."""
    return [
        problem(
            "visit-conflict",
            Place(visit.file, visit.sheet, Column.ADDRESS.at(TITLE_ROW)),
            school=opened.roster.schools[visit.key.school].name,
            rubric=opened.rubrics[visit.key.rubric].title,
            inspector=_name(visit.key.inspector, opened),
            first=stands.file,
        )
        for visit, stands in others
    ]


def _name(inspector: str, opened: OpenRound) -> str:
    known = opened.roster.inspectors.get(inspector)
    return known.name if known else inspector
