"""What the sample's teams find when they look again: they fill in the workbooks of a follow-up.

Most is as it was reported. Some was never put right, some has come back, some was reported and
never done; and in one workbook somebody looks alone at what they found themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from inspections.demo.county import county
from inspections.demo.photographs import Artist
from inspections.follow_up.books import books_of, sent_name
from inspections.follow_up.finders import FoundBy, finders
from inspections.ledger.follow_up import all_draws
from inspections.ledger.of_round import ledger_of
from inspections.ledger.recalling import sheets
from inspections.ledger.rectification import all_cases
from inspections.rectification.numbers import number_of
from inspections.rectification.states import FINISHED, Standing, State, standings
from inspections.round.opened import OpenRound
from inspections.row_workbook import Row, RowValue, write_rows
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem

_ODDS: Final = {
    "finished": {"销号": 82, "反弹": 14, "虚报": 4},
    "reported": {"销号": 78, "未改": 14, "虚报": 8},
    "open": {"销号": 40, "未改": 60},
}
_SEEN: Final = {
    "销号": ("现场逐项看过，已经改到位", "记录补齐，抽查 5 份都有", "实物已经更换，使用正常"),
    "未改": ("和检查时一样，没有动", "只改了一部分，还差一半"),
    "反弹": ("上次改好的，又出现同样的问题", "前两周有记录，这一周又断了"),
    "虚报": ("报送写已经办理，现场没有看到，也拿不出记录",),
}


def write_checks(opened: OpenRound, day: date) -> tuple[int, list[Problem]]:
    """Fills in all workbooks of the follow-up as of ``day``, and puts them where a clerk would.

    Returns how many there are. Codes: those of ``write_whole``.
    """
    with ledger_of(opened) as held:
        draws, cases = all_draws(held), all_cases(held)
        found_by = finders(opened, sheets(held))
    stands = {one.number: one for one in standings(cases, day)}
    books = books_of(opened, draws, stands)
    artist = Artist()
    problems: list[Problem] = []
    alone = True
    for (_, team, school), book in books.items():
        rows = tuple(_checked(opened, row, stands, day) for row in book.rows)
        if alone:
            rows, alone = (_by_its_finder(opened, rows[0], stands, found_by), *rows[1:]), False
        path = opened.folder.follow_up / "returned" / team / sent_name(book)
        problems += write_rows(path, replace(book, rows=rows), opened.folder.name(path))
        known = opened.roster.schools[school]
        for row in rows:
            for name in _names(row):
                where = opened.folder.evidence / "整改" / known.name / name
                data = artist.draw(known, name, datetime.combine(day, time(10)))
                problems += write_whole(where, data, opened.folder.name(where))
    return len(books), problems


def _checked(opened: OpenRound, row: Row, stands: Mapping[int, Standing], day: date) -> Row:
    one = stands[number_of(row.key, opened.round.id)]
    chance = county().chance(one.item.school, one.item.key, "check")
    kind = "finished" if one.state in FINISHED else "open"
    odds = _ODDS["reported" if one.state is State.REPORTED else kind]
    verdict = chance.choices(list(odds), list(odds.values()))[0]
    if verdict in ("反弹", "虚报") and one.report is None and not one.item.spot:
        verdict = "未改"
    said: dict[str, RowValue] = {
        "result": chance.choice(_SEEN[verdict]),
        "verdict": verdict,
        "day": day,
    }
    if verdict != "销号":
        said["proof"] = (f"复查{one.number:04d}.jpg",)
    return replace(row, entries={**row.entries, **said})


def _by_its_finder(
    opened: OpenRound, row: Row, stands: Mapping[int, Standing], found_by: FoundBy
) -> Row:
    own = found_by(stands[number_of(row.key, opened.round.id)].item)
    names = [it.name for it in opened.roster.inspectors.values() if it.id in own]
    return replace(row, entries={**row.entries, "checked_by": names[0]}) if names else row


def _names(row: Row) -> tuple[str, ...]:
    proof = row.entries.get("proof")
    return proof if isinstance(proof, tuple) else ()
