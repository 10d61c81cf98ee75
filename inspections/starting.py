"""A new round: its folder, its settings, copies of the rosters, a first plan."""

from __future__ import annotations

import shutil
from pathlib import Path

from inspections.folder import Folder, OpenRound, doubts, load_rubrics
from inspections.plan import make_plan, plan_text
from inspections.roster import read_roster
from inspections.round import Round
from inspections.settings import settings_text
from rubrics.problems import Place, Problem, problem
from rubrics.shipped import find_rubric, shipped


def start_round(
    root: Path, of: Round, schools: Path, inspectors: Path
) -> tuple[OpenRound | None, list[Problem]]:
    """Makes the folder of a round; returns the round, or None where nothing was made.

    Rubric files that do not come with the toolkit are copied into the folder, relative paths
    being taken from the current directory, so that the folder can be moved. Codes:
    folder-in-use, round-exists, roster-empty, those of ``load_rubric`` and ``read_roster``,
    round-value.
    """
    folder = Folder(root)
    if folder.settings.is_file():
        return None, [problem("round-exists", Place(str(root)), name=str(root))]
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        return None, [problem("folder-in-use", Place(str(root)), name=str(root))]
    rubrics, problems = load_rubrics(of, Path.cwd())
    if rubrics is None:
        return None, problems
    problems += doubts(of, rubrics)
    roster, more = read_roster(schools, inspectors, rubrics.values(), of.ranking)
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
        for name, rubric in zip(of.rubrics, rubrics.values(), strict=True)
        if name not in shipped()
    }
    kept = of.model_copy(update={"rubrics": tuple(own.get(name, name) for name in of.rubrics)})
    plan = make_plan(kept, rubrics, roster)
    for path in (folder.plan.parent, folder.workbooks, folder.returned, folder.evidence):
        path.mkdir(parents=True, exist_ok=True)
    for source, stem in ((schools, "schools"), (inspectors, "inspectors")):
        shutil.copyfile(source, root / "roster" / f"{stem}{source.suffix.lower()}")
    for name, copy in own.items():
        (root / "rubrics").mkdir(exist_ok=True)
        shutil.copyfile(find_rubric(name, Path.cwd()), root / copy)
    folder.plan.write_text(plan_text(plan, roster), encoding="utf-8-sig", newline="")
    folder.settings.write_text(settings_text(kept), encoding="utf-8", newline="\n")
    return OpenRound(folder, kept, rubrics, roster, plan), problems
