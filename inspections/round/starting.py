"""A new round: its folder, its settings, copies of the rosters, a first plan."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from inspections.round.folder import KEY, SETTINGS, Folder
from inspections.round.key_file import key_text
from inspections.round.keys import key_digest, new_key
from inspections.round.opened import OpenRound, doubts, load_rubrics, unknown_inspectors
from inspections.round.plan import make_plan, plan_text
from inspections.round.roster import read_roster
from inspections.round.round import Round
from inspections.round.school import Assignment, Roster
from inspections.round.settings import settings_text
from inspections.round.small_teams import small_teams
from inspections.round.teaching import teaching_unknown
from rubrics.apart.once import within_limits
from rubrics.files.shipped import find_rubric, shipped, traits_for
from rubrics.files.trait_file import TRAITS, read_traits
from rubrics.language.rubric import Rubric
from rubrics.language.spoken import subject_of, words_of
from rubrics.messages.output import clear_leftovers, remove, write_whole
from rubrics.messages.private_files import make_folder
from rubrics.messages.problems import Place, Problem, has_errors, problem
from rubrics.tables.contents import Content, content_of
from rubrics.tables.reading import ENDINGS
from rubrics.values.traits import Trait

STARTING: Final = ".starting"
"""The settings of a round that is not whole yet: the folder is ours, and to be begun again."""


def start_round(
    root: Path, settings: Round, schools: Path, inspectors: Path
) -> tuple[OpenRound | None, list[Problem]]:
    """Makes the folder of a round; returns the round, or None where nothing was made.

    With an error of any kind nothing is made.

    Rubric files that do not come with the toolkit are copied into the folder, relative paths
    being taken from the current directory, so that the folder can be moved. A round that brings
    no key gets a random one, which stands in a file of its own. A start that was cut short is begun
    again. Codes: folder-in-use, round-exists, teaching-unknown, those of :func:`prepare` and
    ``write_whole``.
    """
    folder = Folder(root)
    if folder.settings.is_file():
        return None, [problem("round-exists", Place(str(root)), name=str(root))]
    if root.exists() and (not root.is_dir() or _in_use(root)):
        return None, [problem("folder-in-use", Place(str(root)), name=str(root))]
    found, problems = prepare(settings, schools, inspectors)
    if found is None or has_errors(problems):
        return None, problems
    problems += teaching_unknown(settings, found.rubrics.values())
    rubrics, roster = found.rubrics, found.roster
    own_traits, _ = _own_traits(settings)
    own = {
        name: f"rubrics/{rubric.id}.yaml"
        for name, rubric in zip(settings.rubrics, rubrics.values(), strict=True)
        if name not in shipped()
    }
    key = settings.key or new_key()
    kept = settings.model_copy(
        update={
            "rubrics": tuple(own.get(name, name) for name in settings.rubrics),
            "key": key,
            "key_digest": key_digest(key),
        }
    )
    plan = found.plan
    files = {f"roster/schools{_ending(schools)}": schools.read_bytes()}
    files[f"roster/inspectors{_ending(inspectors)}"] = inspectors.read_bytes()
    files |= {copy: find_rubric(name, Path.cwd()).read_bytes() for name, copy in own.items()}
    if own_traits is not None:
        files[TRAITS] = own_traits.read_bytes()
    files[KEY] = key_text(key).encode()
    words = words_of(rubrics.values())
    files[folder.name(folder.plan)] = plan_text(plan, roster, words).encode("utf-8-sig")
    problems += (met := _make(folder, files, settings_text(kept, words)))
    opened = OpenRound(folder, kept, rubrics, roster, plan, own=found.own)
    return None if met else opened, problems


def with_groups(settings: Round) -> Round:
    """Returns settings that rank what is no school within the groups that its rubric names."""
    rubrics, _ = load_rubrics(settings, Path.cwd())
    subject = subject_of((rubrics or {}).values())
    if subject.is_school:
        return settings
    ranking = settings.ranking.model_copy(update={"groups": subject.groups})
    return settings.model_copy(update={"ranking": ranking})


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a round would begin with: its rubrics by id, both rosters, the first plan, and the
    bureau's own traits.
    """

    rubrics: Mapping[str, Rubric]
    roster: Roster
    plan: tuple[Assignment, ...]
    own: Mapping[str, Trait] = field(default_factory=dict)


def _own_traits(settings: Round) -> tuple[Path | None, list[Problem]]:
    """The file of own traits beside the rubrics of a round. Codes: round-traits."""
    found: dict[bytes, Path] = {}
    for name in settings.rubrics:
        path = traits_for(name, Path.cwd())
        if path is not None:
            found.setdefault(path.read_bytes(), path)
    paths = list(found.values())
    if len(paths) > 1:
        listed = "、".join(map(str, paths))
        return None, [problem("round-traits", Place(SETTINGS, "", "rubrics"), listed=listed)]
    return paths[0] if paths else None, []


def prepare(
    settings: Round, schools: Path, inspectors: Path
) -> tuple[Prepared | None, list[Problem]]:
    """Reads all that a round begins with, and makes nothing; None where a rubric is not there.

    Codes: roster-empty, round-traits, those of ``small_teams``, ``load_rubrics``, ``doubts`` and
    ``read_roster``.
    """
    rubrics, problems = load_rubrics(settings, Path.cwd())
    path, more = _own_traits(settings)
    problems += more
    own = (read_traits(path)[0] if path else None) or {}  # what is wrong is told with the rubrics
    if rubrics is not None:
        problems += doubts(settings, rubrics, own)
    used = rubrics or {}
    roster, more = read_roster(schools, inspectors, used.values(), settings.ranking, own=own)
    problems += more
    problems += unknown_inspectors(settings, roster)
    subject = subject_of(used.values())
    for file, what, unit, held in (
        (schools, subject.name, words_of(used.values()).measure, roster.schools),
        (inspectors, "督学", "名", roster.inspectors),
    ):
        if not held and not any(it.place.file == str(file) for it in more if has_errors([it])):
            problems.append(problem("roster-empty", Place(str(file)), what=what, unit=unit))
    if rubrics is None:
        return None, problems
    plan = make_plan(settings, rubrics, roster)
    problems += small_teams(settings, rubrics, roster, plan, str(inspectors))
    return Prepared(rubrics, roster, plan, own), problems


def _ending(path: Path) -> str:
    """The ending of a roster's copy: what its content is, where its own says something else."""
    own = path.suffix.lower()
    content = within_limits(_content_of, path)
    fits = own in ((".xlsx", ".xlsm") if content == "xlsx" else (ENDINGS[content],))
    return own if fits else ENDINGS[content]


def _content_of(path: Path) -> Content:
    return content_of(path.read_bytes())


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
        make_folder(path)
    for name, data in files.items():
        met += write_whole(folder.root / name, data, name)
    if not met:
        os.replace(folder.root / STARTING, folder.settings)
    return met
