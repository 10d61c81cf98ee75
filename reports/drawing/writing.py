"""Writes what is told of a draw into ``reports/双随机/``; what somebody edited there stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from inspections.ledger.planning import PlanChange, PlanDraw
from inspections.planning.going import Going
from inspections.planning.inputs import Inputs
from inspections.planning.planned import Planned
from inspections.round.opened import OpenRound
from inspections.round.own_files import own_files
from inspections.steps.planning import Drawn
from reports.drawing.found import FoundAt
from reports.drawing.lists import again_list, explanation, own_list, public_list
from reports.drawing.record import about, record
from reports.drawing.scheme import scheme
from reports.official.edited import put
from reports.official.rendering import render
from reports.official.values import Context
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Problem

FOLDER: Final = "双随机"
SCHEME: Final = "双随机抽查方案.docx"
RECORD: Final = "双随机抽取记录.docx"
PUBLIC: Final = "双随机抽查公示.xlsx"
OWN: Final = "派组表（局内）.xlsx"
AGAIN: Final = "抽取复算.csv"
EXPLAINED: Final = "复算说明.txt"
_TEMPLATES: Final = Path(__file__).parent / "templates"

Files = Iterator[tuple[str, bytes | None]]


def write_drawn(done: Drawn, now: Going | None, found: FoundAt) -> tuple[list[Path], list[Problem]]:
    """Writes what is announced before a draw; after it the record, where what was drawn is known,
    and its lists as the plan stands ``now``, with what was ``found``. Returns where they are, and
    what went wrong.

    Codes: those of ``render`` and ``write_whole``, draw-edited.
    """
    problems: list[Problem] = []

    def paper(name: str, context: Context, day: date) -> bytes | None:
        told = about(done.opened, name.removesuffix(".docx"), day)
        data, met = render(_TEMPLATES / name, context, told, "", done.opened.words)
        problems.extend(met)
        return data

    def files() -> Files:
        one, made = done.draw, done.made
        if one is None:
            yield SCHEME, paper(SCHEME, scheme(done), done.commitment.day)
        elif made is not None:
            yield RECORD, paper(RECORD, record(done, one, made), one.day)
            yield from _lists(done, one, made)
        if one is not None and now is not None:
            yield from _standing(done.opened, done.inputs, one, now, done.told.of_last, found)

    return _put(done.opened, files(), problems)


def write_redrawn(
    opened: OpenRound,
    inputs: Inputs,
    one: PlanDraw | None,
    now: Going,
    told: list[PlanChange],
    found: FoundAt,
) -> tuple[list[Path], list[Problem]]:
    """Writes the lists of a plan that was changed after its draw. Codes: as ``write_drawn``."""
    return _put(opened, _standing(opened, inputs, one, now, told, found), [])


def write_found(
    opened: OpenRound, one: PlanDraw, now: Going, told: list[PlanChange], found: FoundAt
) -> tuple[list[Path], list[Problem]]:
    """Writes the public list with what was found. Codes: as ``write_drawn``."""
    return _put(opened, iter([(PUBLIC, public_list(opened, one, now, told, found))]), [])


def _standing(
    opened: OpenRound,
    inputs: Inputs,
    one: PlanDraw | None,
    now: Going,
    told: list[PlanChange],
    found: FoundAt,
) -> Files:
    """Yields the lists that follow the plan as it stands."""
    if one is not None:
        yield PUBLIC, public_list(opened, one, now, told, found)
    yield OWN, own_list(opened, inputs, one, now, told)


def _lists(done: Drawn, one: PlanDraw, made: Planned) -> Files:
    yield AGAIN, again_list(done.opened, done.inputs, one, made)
    yield EXPLAINED, explanation(one, done.commitment.digest)


def _put(
    opened: OpenRound, files: Files, problems: list[Problem]
) -> tuple[list[Path], list[Problem]]:
    target = opened.folder.reports / FOLDER
    clear_leftovers(target)
    own = own_files(opened.folder, target)
    there = dict(own.listed)
    met: list[Problem] = []
    written = []
    for name, data in files:
        if data is not None:
            met += put(own, there, name, data, "draw-edited")
            written.append(target / name)
    met += own.end(there)
    return written, [*problems, *met]
