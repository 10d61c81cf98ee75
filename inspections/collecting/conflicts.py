"""Several files that claim one record: a correction stands for what it corrects; else the first to
come in stands, and the other is reported. What the bureau chose among them: :mod:`.choosing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from inspections.ledger.decisions import Decision, Verdict
from inspections.ledger.sheets import FilledSheet
from inspections.records.record import Record, RecordKey
from inspections.records.record_list import Head, RecordList
from inspections.round.opened import OpenRound
from inspections.workbook.form.identity import DIGEST_LENGTH
from inspections.workbook.form.layout import TITLE_ROW, Column
from rubrics.messages.printed_commands import quoted
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


def copies(claims: RecordList, sheets: Iterable[FilledSheet], gone: Set[Sheet]) -> set[Sheet]:
    """Returns the sheets, no corrections themselves, that say what a superseded one says."""
    old: dict[RecordKey, list[Record]] = {}
    for place, head in enumerate(claims.heads):
        if (head.file, head.sheet) in gone:
            old.setdefault(head.key, []).append(_said(claims[place]))
    correcting = {(item.file, item.sheet) for item in sheets if item.corrects}
    return {
        sheet
        for place, head in enumerate(claims.heads)
        if head.key in old
        and (sheet := (head.file, head.sheet)) not in correcting | gone
        and _said(claims[place]) in old[head.key]
    }


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
            inspector=_whose(item.key, opened),
            typed=quoted(item.file),
        )
        for item in missing
        if item.digest not in let_go
    ]


def standing(claims: RecordList) -> tuple[RecordList, list[tuple[Head, Head]]]:
    """Returns the records that count, one a key, and (the other, the one that stands) of the rest.

    ``claims`` come in the order in which they came in. A second copy that says the same is no
    conflict.
    """
    first: dict[RecordKey, int] = {}
    others: dict[RecordKey, list[int]] = {}
    for place, head in enumerate(claims.heads):
        stands = first.setdefault(head.key, place)
        if stands != place and _said(claims[stands]) != _said(claims[place]):
            others.setdefault(head.key, []).append(place)
    kept = claims.chosen(list(first.values()))
    order = {key: number for number, key in enumerate(first)}
    heads = claims.heads
    disputed = {
        order[key]: replace(claims[first[key]], disputed=tuple(heads[p].file for p in rest))
        for key, rest in others.items()
    }
    pairs = [(heads[p], heads[first[key]]) for key, rest in others.items() for p in rest]
    return kept.with_records(disputed), pairs


def _said(visit: Record) -> Record:
    """What a record says, apart from where it stands."""
    bare = tuple(replace(one, places={}) for one in visit.observations)
    return replace(visit, observations=bare, file="", sheet="", digest="")


def conflicts(
    others: Iterable[tuple[Head, Head]], opened: OpenRound, accepted: Set[Sheet] = frozenset()
) -> list[Problem]:
    """Returns the problems of records that do not stand. Code: visit-conflict.

    ``accepted``: sheets that the bureau has accepted, before the others came in.
    """
    return [
        problem(
            "visit-conflict",
            Place(visit.file, visit.sheet, Column.ADDRESS.at(TITLE_ROW)),
            school=opened.roster.schools[visit.key.school].name,
            rubric=opened.rubrics[visit.key.rubric].title,
            inspector=_whose(visit.key, opened),
            which=which,
            stands=how,
            this=quoted_file(visit, stands),
            that=quoted_file(stands, visit),
            first=stands.file if stands.file != visit.file else f"{stands.file} {stands.sheet}",
        )
        for visit, stands in others
        for which, how in [_CHOSEN if (stands.file, stands.sheet) in accepted else _FIRST]
    ]


_FIRST, _CHOSEN = ("先收到", "暂时"), ("局里采用", "照旧")


def quoted_file(one: Head, other: Head) -> str:
    """A sheet as a command names it; by its name where the other is in the same file."""
    sheet = f" --sheet {quoted(one.sheet)}" if one.digest == other.digest else ""
    return f"{quoted(one.file)}{sheet}"


def _whose(key: RecordKey, opened: OpenRound) -> str:
    """Who filled a sheet: a person, as the rubric calls them, or a team together."""
    known = opened.roster.inspectors.get(key.inspector)
    return (
        f"{opened.rubrics[key.rubric].people}{known.name}" if known else f"检查组“{key.inspector}”"
    )
