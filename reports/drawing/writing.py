"""Writes what is told of a draw into ``reports/双随机/``; what somebody edited there stays."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from inspections.round.own_files import own_files
from inspections.steps.planning import Drawn
from reports.drawing.lists import again_list, own_list, public_list
from reports.drawing.record import about, record
from reports.official.edited import put
from reports.official.rendering import render
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Problem

FOLDER: Final = "双随机"
RECORD: Final = "双随机抽取记录.docx"
TEMPLATE: Final = Path(__file__).parent / "templates" / RECORD
PUBLIC: Final = "双随机抽查公示.xlsx"
OWN: Final = "派组表（局内）.xlsx"
AGAIN: Final = "抽取复算.csv"


def write_drawn(done: Drawn) -> tuple[list[Path], list[Problem]]:
    """Writes the record of a draw and its lists; returns where they are, and what went wrong.

    Codes: those of ``render`` and ``write_whole``, draw-edited.
    """
    if done.draw is None or done.made is None:
        return [], []
    opened, inputs, one, made = done.opened, done.inputs, done.draw, done.made
    target = opened.folder.reports / FOLDER
    clear_leftovers(target)
    own = own_files(opened.folder, target)
    there = dict(own.listed)
    paper, problems = render(
        TEMPLATE,
        record(opened, inputs, done.commitment, one, made),
        about(opened, one),
        "",
        opened.words,
    )
    files = {
        RECORD: paper,
        PUBLIC: public_list(opened, one, made),
        OWN: own_list(opened, inputs, made),
        AGAIN: again_list(opened, inputs, one, made),
    }
    met = list(problems)
    written = []
    for name, data in files.items():
        if data is not None:
            met += put(own, there, name, data, "draw-edited")
            written.append(target / name)
    met += own.end(there)
    return written, met
