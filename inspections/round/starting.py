"""A new round: its folder, its settings, copies of the rosters, a first plan."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from inspections.round.folder import Folder
from inspections.round.opened import OpenRound, doubts, load_rubrics
from inspections.round.plan import make_plan, plan_text
from inspections.round.roster import read_roster
from inspections.round.round import Round
from inspections.round.settings import settings_text
from inspections.round.teaching import teaching_unknown
from rubrics.files.shipped import find_rubric, shipped
from rubrics.messages.output import clear_leftovers, remove, write_whole
from rubrics.messages.problems import Place, Problem, problem

STARTING: Final = ".starting"
"""The settings of a round that is not whole yet: the folder is ours, and to be begun again."""


def start_round(
    root: Path, settings: Round, schools: Path, inspectors: Path
) -> tuple[OpenRound | None, list[Problem]]:
    """Makes the folder of a round; returns the round, or None where nothing was made.

    Rubric files that do not come with the toolkit are copied into the folder, relative paths
    being taken from the current directory, so that the folder can be moved. A round that brings
    no key gets a random one, which stands in its settings. A start that was cut short is begun
    again. Codes: folder-in-use, round-exists, roster-empty, round-value, teaching-unknown, those of
    ``load_rubric``, ``read_roster`` and ``write_whole``.
    """
    folder = Folder(root)
    if folder.settings.is_file():
        return None, [problem("round-exists", Place(str(root)), name=str(root))]
    if root.exists() and (not root.is_dir() or _in_use(root)):
        return None, [problem("folder-in-use", Place(str(root)), name=str(root))]
    rubrics, problems = load_rubrics(settings, Path.cwd())
    if rubrics is None:
        return None, problems
    problems += doubts(settings, rubrics)
    problems += teaching_unknown(settings, rubrics.values())
    roster, more = read_roster(schools, inspectors, rubrics.values(), settings.ranking)
    problems += more
    if not roster.schools or not roster.inspectors:
        if not any(one.severity == "error" for one in more):
            file, what, unit = (
                (inspectors, "督学", "名") if roster.schools else (schools, "学校", "所")
            )
            problems.append(problem("roster-empty", Place(str(file)), what=what, unit=unit))
        return None, problems
    own = {
        name: f"rubrics/{rubric.id}.yaml"
        for name, rubric in zip(settings.rubrics, rubrics.values(), strict=True)
        if name not in shipped()
    }
    kept = settings.model_copy(
        update={
            "rubrics": tuple(own.get(name, name) for name in settings.rubrics),
            "key": settings.key or secrets.token_hex(16),
        }
    )
    plan = make_plan(kept, rubrics, roster)
    lists = {"schools": schools, "inspectors": inspectors}
    files = {f"roster/{name}{it.suffix.lower()}": it.read_bytes() for name, it in lists.items()}
    files |= {copy: find_rubric(name, Path.cwd()).read_bytes() for name, copy in own.items()}
    files[folder.name(folder.plan)] = plan_text(plan, roster).encode("utf-8-sig")
    problems += (met := _make(folder, files, settings_text(kept)))
    return None if met else OpenRound(folder, kept, rubrics, roster, plan), problems


def _in_use(root: Path) -> bool:
    """Whether a folder holds anything else than a round whose start was cut short."""
    clear_leftovers(root)
    return not (root / STARTING).is_file() and any(root.iterdir())


def _make(folder: Folder, files: Mapping[str, bytes], settings: str) -> list[Problem]:
    """Makes everything in the folder; the settings, which make a round of it, come last."""
    met = [*write_whole(folder.root / STARTING, settings.encode(), folder.root.name)]
    for path in (folder.schools, folder.inspectors):  # of a start that was cut short
        met += remove(path, folder.name(path))
    if met:
        return met
    for path in (folder.workbooks, folder.returned, folder.evidence):
        path.mkdir(exist_ok=True)
    for name, data in files.items():
        met += write_whole(folder.root / name, data, name)
    if not met:
        os.replace(folder.root / STARTING, folder.settings)
    return met
