"""Settings of a draw that would come to something that nobody meant are told before it."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner, Result

from inspections.ledger.of_round import open_round
from inspections.planning.linking import Price
from inspections.planning.planned import Planned
from inspections.round.round import GradeQuota
from inspections.steps.checking import check_round
from inspections.steps.planning import draw_round, plan_round
from scoring.__main__ import app
from tests.inspections.planning.drawing_round import (
    BY,
    DRAWN,
    PROMISED,
    codes,
    drawing_round,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return drawing_round(tmp_path)


def scoring(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(item) for item in arguments])


def changed(folder: Path, old: str, new: str) -> None:
    path = folder / "round.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_teams_too_small_for_a_rubric_are_told_before_anything_is_drawn(folder: Path) -> None:
    changed(folder, "team: {", "team: {size: 1, ")
    done, problems = draw_round(folder, PROMISED, BY)
    assert done is not None and done.draw is None
    told = [it for it in problems if it.code == "drawn-teams-few"]
    assert [dict(it.params)["least"] for it in told] == ["2", "2"]
    assert {(it.place.file, it.place.cell) for it in told} == {("round.yaml", "drawing.team.size")}
    assert codes(plan_round(folder, PROMISED)[1]).count("drawn-teams-few") == 2
    assert codes(check_round(folder)[1]).count("drawn-teams-few") == 2


def test_groups_of_the_roster_are_not_too_small_where_teams_are_drawn(folder: Path) -> None:
    assert "teams-few" not in codes(check_round(folder)[1])
    path = folder / "round.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("drawing:")
    end = text.index("\n\n", start)
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    assert "teams-few" in codes(check_round(folder)[1])


@pytest.mark.parametrize("share", ["80", "8", "1", "'80'", "150%", "0", "5/4"])
def test_a_share_without_its_sign_or_beyond_all_is_told(folder: Path, share: str) -> None:
    changed(folder, 'share: "50%"', f"share: {share}")
    opened, problems = open_round(folder)
    assert opened is None
    assert codes(problems) == ["round-value"] and problems[0].place.cell.endswith("share")


@pytest.mark.parametrize("share", ["80%", "1/3", "0.5", "100%"])
def test_a_share_is_written_in_three_ways(folder: Path, share: str) -> None:
    changed(folder, 'share: "50%"', f"share: {share}")
    assert open_round(folder)[0] is not None


def test_a_quota_beyond_all_is_none() -> None:
    with pytest.raises(ValidationError):
        GradeQuota.model_validate({"grade": "优秀", "share": 30, "then": "合格"})


def test_who_is_in_a_hurry_is_told_the_whole_way(folder: Path) -> None:
    draw_round(folder, PROMISED, BY)
    _, (early,) = draw_round(folder, date(2026, 8, 26), BY)
    assert early.code == "draw-early" and "--again" in early.remedy
    changed(folder, "announced: 3", "announced: 0")
    _, problems = draw_round(folder, date(2026, 8, 26), BY)
    assert codes(problems) == ["draw-changed"]
    assert draw_round(folder, date(2026, 8, 26), BY, again=True)[0] is not None
    done, _ = draw_round(folder, date(2026, 8, 26), BY)
    assert done is not None and done.draw is not None


def test_a_missing_reason_names_its_option_and_a_look_needs_none(folder: Path) -> None:
    told = scoring("round", "draw", folder)
    assert told.exit_code != 0 and "--why" in told.output
    assert not (folder / "draw.seed").exists()
    for day in (PROMISED, DRAWN):
        draw_round(folder, day, BY)
    (school,) = {it.school for it in open_round(folder)[0].plan[:1]}  # type: ignore[union-attr]
    asked = "round", "redraw", folder, "--school", school, "--day", DRAWN, "--until", "2026-09-30"
    looked = scoring(*asked)
    assert "--why" not in looked.output and "用法不对" not in looked.output
    told = scoring(*asked, "--yes")
    assert told.exit_code != 0 and "--why" in told.output


def test_a_school_to_avoid_that_was_guessed_is_told_with_its_cell(folder: Path) -> None:
    path = folder / "roster" / "inspectors.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("第1小学、S02", "第1小、第2小学、S05"), encoding="utf-8-sig")
    (told,) = (it for it in check_round(folder)[1] if it.code == "roster-avoided-taken")
    assert "第1小学（S01）" in told.message and "S02" not in told.message
    assert "S05" not in told.message
    assert told.place.file == "roster/inspectors.csv" and told.place.cell == "E5"
    assert "roster-avoided-taken" in codes(plan_round(folder, PROMISED)[1])


def test_a_commitment_is_printed_once(folder: Path) -> None:
    told = scoring("round", "draw", folder, "--why", "抽查", "--day", PROMISED)
    held = scoring("round", "draw", folder, "--verify")
    assert held.exit_code == 0 and told.exit_code == 0
    code = hashlib.sha256((folder / "draw.seed").read_text().strip().encode()).hexdigest()
    assert told.output.count(code) == 1


def test_how_often_everybody_goes_is_one_number_where_it_is_one() -> None:
    nothing = Price(0, 0, 0, 0)
    made = Planned((), {}, {}, {"D1": 1, "D2": 1}, nothing)
    assert made.spread_text == "1 次"
    assert Planned((), {}, {}, {"D1": 10, "D2": 16}, nothing).spread_text == "10—16 次"
