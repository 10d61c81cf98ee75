"""What the bureau chose among the files that came back: those it accepts, those it does not.

Accepting one of several sheets of a record settles it: whatever else had come in of that record
by then is no claim any more. What comes in later is a claim, and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inspections.collecting.conflicts import Sheet
from inspections.ledger.decisions import Decision, Verdict
from inspections.ledger.sheets import FilledSheet
from inspections.records.record import RecordKey
from inspections.records.record_list import RecordList
from inspections.workbook.form.identity import DIGEST_LENGTH
from rubrics.messages.problems import Problem


@dataclass(frozen=True, slots=True)
class Chosen:
    """``out``: sheets that do not count, a file without any by an empty sheet; ``accepted``: those
    that do, corrections of them included; ``met``: numbers of the decisions that something in the
    round answers to.
    """

    out: frozenset[Sheet]
    accepted: frozenset[Sheet]
    met: frozenset[int]


def chosen(
    sheets: Sequence[FilledSheet],
    problems: Iterable[Problem],
    made: Sequence[Decision],
    read: Mapping[str, int],
) -> Chosen:
    """Returns what decisions in force say of the sheets that are there.

    Of a sheet the latest decision holds, and of a record the latest that accepts one.
    ``read``: when each content was first read, by digest, as :func:`first_read` has it.
    """
    bare = {item.place.file for item in problems} - {item.file for item in sheets}
    out: set[Sheet] = set()
    accepted: set[Sheet] = set()
    met: set[int] = set()
    settled: set[RecordKey] = set()
    for one in sorted(made, key=lambda one: one.number, reverse=True):
        if one.verdict is Verdict.REJECT:
            found = {_sheet(item) for item in sheets if _named(item, one)}
            found |= {(file, "") for file in bare if file == one.file}
            out |= found - accepted
        elif one.verdict is Verdict.ACCEPT:
            named = [item for item in sheets if item.dated and _named(item, one)]
            found = {_sheet(item) for item in named}
            kept = [item for item in named if _sheet(item) not in out and item.key not in settled]
            settled |= {item.key for item in kept}
            later = _corrections(sheets, kept, read, one)
            accepted |= {_sheet(item) for item in (*kept, *later)} - out
            keys = {item.key for item in kept}
            out |= {
                _sheet(item)
                for item in sheets
                if item.key in keys and read.get(item.digest, 0) < one.fact
            } - accepted
        else:
            continue
        if found:
            met.add(one.number)
    return Chosen(frozenset(out), frozenset(accepted), frozenset(met))


def _corrections(
    sheets: Iterable[FilledSheet],
    kept: Iterable[FilledSheet],
    read: Mapping[str, int],
    one: Decision,
) -> list[FilledSheet]:
    """The sheets that correct what was accepted, and came in since."""
    of = {(item.key, item.digest[:DIGEST_LENGTH]) for item in kept}
    return [
        item
        for item in sheets
        if read.get(item.digest, 0) > one.fact
        and any((item.key, digest) in of for digest in item.corrects)
    ]


def accepted_first(claims: RecordList, chosen: Chosen) -> RecordList:
    """Returns the claims with those in front that the bureau has accepted."""
    order = sorted(
        range(len(claims)),
        key=lambda p: (claims.heads[p].file, claims.heads[p].sheet) not in chosen.accepted,
    )
    return claims.chosen(order) if chosen.accepted else claims


def _sheet(item: FilledSheet) -> Sheet:
    return item.file, item.sheet


def _named(item: FilledSheet, one: Decision) -> bool:
    return item.digest == one.digest and one.sheet in ("", item.sheet)
