"""What is still open in a round, one matter a sheet or file: not back, refused, or in trouble."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from inspections.collecting.agreeing import on_both_sheets
from inspections.collecting.blanks import CODE as UNCHECKED
from inspections.collecting.collecting import Collected
from inspections.collecting.history import excludes
from inspections.ledger.sheets import FilledSheet
from inspections.records.record import RecordKey
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Problem, Severity


class Kind(StrEnum):
    """What is open. ``GONE``: was back, and its file is there no more. ``UNCOUNTED``: back, but no
    record of this visit counts yet. ``REFUSED``: a file from which no sheet could be taken.
    """

    MISSING = "missing"
    GONE = "gone"
    UNCOUNTED = "uncounted"
    CONFLICT = "conflict"
    ERRORS = "errors"
    WARNINGS = "warnings"
    REFUSED = "refused"


WORDS = {
    Kind.MISSING: "未交",
    Kind.GONE: "文件不见了",
    Kind.UNCOUNTED: "没有计入",
    Kind.CONFLICT: "两份不一致",
    Kind.ERRORS: "有错要改",
    Kind.WARNINGS: "请核对",
    Kind.REFUSED: "收不进来",
}
_ORDER = list(Kind)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to chase somebody for.

    ``inspector``, ``school`` and ``rubric`` are names; their ids are in ``key``, which is None
    where a file does not say whose it is: ``inspector`` is then a guess from its path, or empty.
    ``unchecked``: ids of the items that are not checked. ``message``, ``remedy`` and ``cell`` are
    those of the worst problem. ``marked``: the copy to send back, if there is one.
    """

    kind: Kind
    team: str
    inspector: str
    school: str = ""
    rubric: str = ""
    occasion: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    errors: int = 0
    warnings: int = 0
    unchecked: str = ""
    message: str = ""
    remedy: str = ""
    marked: str = ""
    key: RecordKey | None = None


def also_unchecked(item: Matter) -> str:
    """Returns which items are not checked, where the message is about something else."""
    if not item.unchecked or item.unchecked in item.message:
        return ""
    return f"还有没有查的：{item.unchecked}。"


def open_matters(
    opened: OpenRound,
    due: Iterable[tuple[str, RecordKey]],
    now: Collected,
    marked: Mapping[str, str],
) -> tuple[Matter, ...]:
    """Returns what is open, by inspector in the order of the plan; files of nobody come last.

    ``due``: (team, key) of every sheet that is asked for; ``marked``: file -> its marked copy.
    """
    due, filled = list(due), [*now.filled, *now.lost]
    known = [key for _, key in due] + [item.key for item in filled]
    turn = {whose: number for number, whose in enumerate(dict.fromkeys(k.inspector for k in known))}
    found = [*_missing(opened, due, filled), *_in_trouble(opened, due, filled, now, marked)]
    told = {item.key for item in found} | {head.key for head in now.visits.heads}
    found += _set_aside(opened, due, filled, told)

    def order(item: Matter) -> tuple[int, int]:
        return turn[item.key.inspector] if item.key else len(turn), _ORDER.index(item.kind)

    return tuple(sorted(found, key=order))


def _missing(
    opened: OpenRound, due: Iterable[tuple[str, RecordKey]], filled: Iterable[FilledSheet]
) -> Iterator[Matter]:
    back = {item.key for item in filled}
    for team, key in due:
        if key not in back:
            yield _about(opened, key, Kind.MISSING, team)


def _set_aside(
    opened: OpenRound,
    due: Iterable[tuple[str, RecordKey]],
    filled: Iterable[FilledSheet],
    told: Set[RecordKey | None],
) -> Iterator[Matter]:
    """What is back and in order, and that the bureau has rejected all the same."""
    files = {item.key: item.file for item in filled}
    for team, key in due:
        if key in files and key not in told:
            said = {"message": "交来的表没有采用", "remedy": "要重新填报的，请填好交回"}
            yield _about(opened, key, Kind.UNCOUNTED, team, file=files[key], **said)


def _in_trouble(
    opened: OpenRound,
    due: Iterable[tuple[str, RecordKey]],
    filled: Iterable[FilledSheet],
    now: Collected,
    marked: Mapping[str, str],
) -> Iterator[Matter]:
    teams = {key: team for team, key in due}
    counted = {head.key for head in now.visits.heads}
    keys: dict[str, dict[str, RecordKey]] = {}
    for item in filled:
        keys.setdefault(item.file, {})[item.sheet] = item.key
    for (file, sheet), found in _by_sheet(on_both_sheets(now.problems), keys).items():
        key = keys.get(file, {}).get(sheet)
        worst = found[0]
        said: dict[str, Any] = {
            "file": file,
            "sheet": worst.place.sheet,
            "cell": worst.place.cell,
            "errors": sum(item.severity is Severity.ERROR for item in found),
            "warnings": sum(item.severity is Severity.WARNING for item in found),
            "unchecked": _unchecked(found),
            "message": worst.message,
            "remedy": worst.remedy,
            "marked": marked.get(file, ""),
        }
        if key is None:
            team, name = _guess(opened, file)
            yield Matter(Kind.REFUSED, team, name, **said)
        else:
            kind = _kind(found, key in counted)
            yield _about(opened, key, kind, teams.get(key, ""), **said)


def _by_sheet(
    problems: Iterable[Problem], keys: Mapping[str, Mapping[str, RecordKey]]
) -> dict[tuple[str, str], list[Problem]]:
    """(file, sheet) -> its errors and warnings, first what keeps it from counting, then the worst.

    What is wrong with a file, or with sheets of it that nobody could use, goes with the first of
    its sheets.
    """
    found: dict[tuple[str, str], list[Problem]] = {}
    for item in sorted(problems, key=_gravity):
        file, sheet = item.place.file, item.place.sheet
        if item.severity is Severity.NOTE or not file.startswith(_RETURNED):
            continue
        known = keys.get(file, {})
        found.setdefault((file, sheet if sheet in known else next(iter(known), "")), []).append(
            item
        )
    return dict(sorted(found.items()))


_RETURNED = "returned/"


def _gravity(item: Problem) -> tuple[bool, bool]:
    """Errors go first, and of those what alone keeps a sheet from counting.

    A name that is not on the roster is an error too; without a date there is no visit at all.
    """
    return item.severity is not Severity.ERROR, not excludes(item)


def _unchecked(found: Iterable[Problem]) -> str:
    return next((dict(one.params)["items"] for one in found if one.code == UNCHECKED), "")


def _kind(found: Sequence[Problem], counts: bool) -> Kind:
    codes = {item.code for item in found}
    if "file-gone" in codes:
        return Kind.GONE
    if "visit-conflict" in codes:
        return Kind.CONFLICT
    if not counts:
        return Kind.UNCOUNTED
    return Kind.ERRORS if found[0].severity is Severity.ERROR else Kind.WARNINGS


def _about(opened: OpenRound, key: RecordKey, kind: Kind, team: str, **said: Any) -> Matter:
    inspector = opened.roster.inspectors.get(key.inspector)
    school, rubric = opened.roster.schools.get(key.school), opened.rubrics.get(key.rubric)
    return Matter(
        kind,
        team or (inspector.team if inspector else ""),
        inspector_name(opened, key.inspector),
        school.name if school else key.school,
        rubric.title if rubric else key.rubric,
        key.occasion,
        key=key,
        **said,
    )


def inspector_name(opened: OpenRound, whose: str) -> str:
    """Returns how an inspector, or a team that fills sheets together, is called."""
    known = opened.roster.inspectors.get(whose)
    return known.name if known else whose


def named_teams(teams: Collection[str]) -> str:
    """Returns the one team that somebody goes with, or the first of several and how many."""
    first = next(iter(teams), "")
    return first if len(teams) < 2 else f"{first}等 {len(teams)} 组"


def _guess(opened: OpenRound, file: str) -> tuple[str, str]:
    """The team and name of the one inspector whom a folder, or a word of the file's name, names."""
    path = PurePosixPath(file)
    words = {*path.parts, *re.split(r"[\s_\-—（）()【】]+", path.stem)}
    found = [item for item in opened.roster.inspectors.values() if item.name in words]
    return (found[0].team, found[0].name) if len(found) == 1 else ("", "")
