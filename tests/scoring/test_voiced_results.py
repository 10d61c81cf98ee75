"""Results follow from answers: outdated when these change, explained down to the file."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

from inspections.records.voices import Rule
from inspections.round.opened import OpenRound
from inspections.steps.erasing import erase_school
from inspections.steps.voices import decide_voices
from scoring.__main__ import app
from scoring.steps.scoring import write_scores
from tests.inspections.small_round import SCHOOLS
from tests.inspections.voices.test_feeding import (
    BY,
    ONE,
    VOICES,
    a_round,
    all_voices,
    collect,
    table,
    take,
)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def scored(of: OpenRound, folder: Path) -> str:
    """A round that was scored, with doubled answers on which nobody has decided."""
    all_voices(of, folder)
    late = [[ONE, "一年级", "满意", "知道", "1.1.1.1", f"2026-03-03 08:0{n}:00"] for n in range(9)]
    heads = "学校,年级,满意吗,知道吗,IP,提交时间"
    take(of, table(folder / "家长问卷二.csv", heads, *late), survey="家长问卷")
    collect(of, workers=0)
    made, _ = write_scores(of.folder.root)
    assert made is not None and made.scores is not None
    return str(of.folder.root)


def test_results_are_outdated_once_the_bureau_decides_on_answers(tmp_path: Path) -> None:
    of = a_round(tmp_path, VOICES)
    root = scored(of, tmp_path)
    before = run("report", root, "--only", "ranking")
    assert before.exit_code == 0, before.output
    decide_voices(of.folder.root, "家长问卷", Rule.DOUBLED, False, BY)
    after = run("report", root, "--only", "ranking")
    assert after.exit_code == 2 and "scoring score" in after.output, after.output
    write_scores(of.folder.root)
    assert run("report", root, "--only", "ranking").exit_code == 0


def test_a_figure_is_followed_back_to_its_files_and_counts(tmp_path: Path) -> None:
    of = a_round(tmp_path, VOICES)
    root = scored(of, tmp_path)
    told = run("explain", root, ONE, "ask", "A1").output
    assert "“家长问卷”“满意吗”，22 份，其中 8 份没有决定算不算" in told
    assert "第 1 号文件 家长问卷.csv，SHA-256 " in told
    status = run("round", "status", root).output
    assert "A1" not in status.replace("voices", "")


def test_ballots_are_explained_without_what_they_say(tmp_path: Path) -> None:
    of = a_round(tmp_path, VOICES)
    root = scored(of, tmp_path)
    told = run("explain", root, ONE, "ask", "A2").output
    assert "6 票" not in told and "“测评”" not in told


def test_an_erased_school_has_no_figures_any_more(tmp_path: Path) -> None:
    of = a_round(tmp_path, VOICES)
    scored(of, tmp_path)
    # What still lies in folders has to be moved away first.
    (of.folder.returned / f"{ONE}.xlsx").unlink()
    collect(of, workers=0)
    _, problems = erase_school(of.folder.root, SCHOOLS[0].id, BY)
    assert "school-erased" in [one.code for one in problems]
    held = collect(of, workers=0)
    assert not any(one.heard for record in held.visits for one in record.observations
                   if record.key.school == SCHOOLS[0].id)  # fmt: skip
