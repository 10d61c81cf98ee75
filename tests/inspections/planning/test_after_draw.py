"""What happens after a draw: illness, a closed school, one that comes late, edits by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from inspections.ledger.erasing import erase_words
from inspections.ledger.of_round import ledger_of
from inspections.ledger.planning import all_plan_changes
from inspections.ledger.verifying import verify
from inspections.planning.going import Going, as_it_stands
from inspections.planning.inputs import Inputs
from inspections.planning.keeping import breaches
from inspections.planning.planned import Planned, plan_from
from inspections.planning.standing_in import move, stand_in
from inspections.steps import redrawing
from inspections.steps.changing_rosters import add_school, replace_inspector
from inspections.steps.checking import check_round
from inspections.steps.planning import verify_draw
from inspections.steps.redrawing import redraw_round
from inspections.steps.replanning import replan_round
from rubrics.messages.problems import Place, problem
from scoring.__main__ import app
from tests.inspections.planning.counties import drawn_county
from tests.inspections.planning.drawing_round import (
    BY,
    DRAWN,
    codes,
    drawing_round,
    drawn,
    opened,
)


def counties() -> Iterator[tuple[Inputs, Planned]]:
    """Counties that have a plan, with it as the round's."""
    for seed in range(90):
        inputs = drawn_county(seed)
        made, _ = plan_from(inputs, str(seed))
        if made is not None:
            yield replace(inputs, roster=replace(inputs.roster, drawn=made.teams)), made


def told(inputs: Inputs, now: Going) -> set[tuple[str, str, str]]:
    return {(it.rule, it.team, it.detail) for it in breaches(inputs, now)}


def test_a_plan_read_from_its_files_has_its_days() -> None:
    for inputs, made in counties():
        now = as_it_stands(inputs, made.plan)
        assert now.teams == made.teams
        assert {it: [*own] for it, own in now.visits.items()} == {
            it: [*own] for it, own in made.visits.items()
        }


def test_whoever_stands_in_breaks_no_rule_and_anybody_finds_the_same() -> None:
    found = 0
    for inputs, made in counties():
        now = as_it_stands(inputs, made.plan)
        away = max(made.load, key=lambda it: (made.load[it], it))
        own = [it for it in made.teams.values() if away in it.members]
        days = own[0].since, own[0].until
        absent = {made.plan and next(it for it in made.load if it != away): [days]}
        done, problems = stand_in(inputs, now, away, days, "2026", lambda _: False, absent)
        again, _ = stand_in(inputs, now, away, days, "2026", lambda _: False, absent)
        assert done == again
        if problems:
            assert codes(problems) == ["redraw-nobody"]
            continue
        found += 1
        assert told(inputs, done.now) == set()
        for team in done.now.teams.values():
            assert away not in team.members or team.until < days[0] or team.since > days[1]
        new = set(done.now.teams[done.teams[0]].members) - set(now.teams[done.teams[0]].members)
        assert new and not new & set(absent)
    assert found > 15


def test_a_visit_that_is_moved_breaks_no_rule() -> None:
    found = 0
    for inputs, made in counties():
        now = as_it_stands(inputs, made.plan)
        day, visit = next(iter(made.visits.values()))[0]
        away = day, day + timedelta(days=3)
        done, problems = move(
            inputs, now, visit.school, away, "2026", date(2026, 8, 30), lambda _: False, {}
        )
        if problems:
            assert codes(problems) == ["redraw-no-day"]
            continue
        found += 1
        assert told(inputs, done.now) == set()
        went = [at for own in done.now.visits.values() for at, it in own if it == visit]
        assert len(went) == 1 and not away[0] <= went[0] <= away[1]
        visits = sorted(it.school for own in done.now.visits.values() for _, it in own)
        assert visits == sorted(it.school for own in made.visits.values() for _, it in own)
    assert found > 25


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = drawing_round(tmp_path)
    drawn(made)
    return made


def test_illness_is_drawn_written_down_and_told_apart_from_edits(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opened(folder)
    name, team = next(iter(before.roster.drawn.items()))
    ill = team.members[0]
    asked = {"inspector": ill, "since": team.since, "until": team.until}
    tried, _ = redraw_round(folder, DRAWN, BY, **asked)  # type: ignore[arg-type]
    assert tried is not None and not tried.written and opened(folder).roster == before.roster
    # Cut off between the ledger and the plan.
    broken = (problem("output-long", Place("roster/teams.csv"), name="teams.csv"),)
    with monkeypatch.context() as patch:
        patch.setattr(redrawing, "write_whole", lambda *_: broken)
        cut, _ = redraw_round(folder, DRAWN, BY, write=True, **asked)  # type: ignore[arg-type]
    assert cut is not None and not cut.written
    assert codes(verify_draw(folder)[1]) == ["draw-plan-changed"]
    done, _ = redraw_round(folder, DRAWN, BY, write=True, **asked)  # type: ignore[arg-type]
    assert done is not None and done.written
    of = opened(folder)
    assert ill not in of.roster.drawn[name].members and of.plan == before.plan
    with ledger_of(of) as ledger:
        (change,) = all_plan_changes(ledger)
        assert change.away == ill and change.why == BY.why and name in change.teams
        assert verify(ledger).broken is None
    assert codes(verify_draw(folder)[1]) == []
    with ledger_of(of) as ledger:
        erase_words(ledger, [ill], BY)
        assert verify(ledger).broken is None and all_plan_changes(ledger)[0].away == ""


def test_a_school_that_comes_late_is_drawn_and_nothing_else_moves(folder: Path) -> None:
    before = opened(folder).plan
    done, problems = add_school(
        folder, "S77", "晚到小学", {"学段": "小学", "有食堂": "是", "寄宿": "否"}, write=True
    )
    assert done is not None and done.written and "plan-not-drawn" in codes(problems)
    assert opened(folder).plan == before
    _, problems = replan_round(folder, ["S77"], write=True)
    assert "plan-not-drawn" in codes(problems) and opened(folder).plan == before
    command = ["round", "redraw", str(folder), "--school", "晚到小学", "--why", "补查", "--yes"]
    made = CliRunner().invoke(app, [*command, "--day", str(DRAWN)])
    assert made.exit_code == 0, made.output
    of = opened(folder)
    new = [it for it in of.plan if it.school == "S77"]
    assert {it.rubric for it in new} == {"kitchen", "party"} and len({it.team for it in new}) == 1
    assert [it for it in of.plan if it.school != "S77"] == [*before]
    assert (folder / "reports" / "双随机" / "派组表（局内）.xlsx").is_file()
    assert "plan-rule-broken" not in codes(check_round(folder)[1])


def test_who_takes_a_place_moves_no_line(folder: Path) -> None:
    before = opened(folder).plan
    done, _ = replace_inspector(folder, "D00", "新某", {}, write=True)
    assert done is not None and done.written and not done.replan.changes
    assert opened(folder).plan == before


def test_teams_that_were_edited_by_hand_are_checked(folder: Path) -> None:
    of = opened(folder)
    school = next(
        (line.school, name)
        for line in of.plan
        for name, person in of.roster.inspectors.items()
        if line.school not in person.avoids
    )
    team = next(it.team for it in of.plan if it.school == school[0])
    path = folder / "roster" / "teams.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(team))
    cells = lines[at].split(",")
    lines[at] = ",".join([cells[0], "D01", *cells[2:]])
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    found = [it for it in check_round(folder)[1] if it.code == "plan-rule-broken"]
    assert found and all(it.place.file == "roster/teams.csv" for it in found)
    assert "人数" in {dict(it.params)["rule"] for it in found}


def test_a_round_that_was_not_drawn_is_not_redrawn(tmp_path: Path) -> None:
    made, problems = redraw_round(drawing_round(tmp_path), DRAWN, BY, inspector="D00")
    assert made is None and codes(problems)[-1] == "redraw-not-drawn"


def test_what_can_be_replaced_is_and_what_stands_in_the_way_is_named() -> None:
    seen: set[str] = set()
    for inputs, made in counties():
        now = as_it_stands(inputs, made.plan)
        window = inputs.round.window
        for away in sorted(made.load)[:3]:
            done, problems = stand_in(
                inputs, now, away, (window.since, window.until), "2026", lambda _: False, {}
            )
            own = {name for name, team in now.teams.items() if away in team.members}
            said = "".join(str(dict(it.params)["teams"]) for it in problems)
            assert len(problems) <= 1 and "种" not in said
            assert own == {*done.teams} | {name for name in own if f"{name}（" in said}
            assert all(f"{name}（" not in said for name in done.teams)
            for one in problems:
                params = dict(one.params)
                rotates = "同两人不连着同组" in str(params["teams"])
                assert ("team.rotate" in str(params["how"])) == rotates
                seen |= {"rotate"} if rotates else set()
            seen |= {"both"} if problems and done.teams else set()
    assert seen == {"rotate", "both"}


def test_a_round_keeps_what_could_be_replaced(folder: Path) -> None:
    of = opened(folder)
    window = of.round.window
    people = sorted(of.roster.inspectors)
    for away in people:
        done, problems = redraw_round(
            folder, DRAWN, BY, inspector=away, since=window.since, until=window.until
        )
        said = "".join(it.message for it in problems if it.code == "redraw-nobody")
        own = {name for name, team in of.roster.drawn.items() if away in team.members}
        left = {name for name in own if f"{name}（" in said}
        assert left ^ {*(done.change.teams if done else ())} == own


def test_whoever_comes_brings_skills_and_what_to_avoid(tmp_path: Path) -> None:
    folder = drawing_round(tmp_path)
    roster = folder / "roster" / "inspectors.csv"
    first, rest = roster.read_text(encoding="utf-8-sig").split("食品、审计", 1)
    roster.write_text(f"{first}食品{rest.replace('食品、审计', '审计')}", encoding="utf-8-sig")
    drawn(folder)  # so that the same one goes wherever food is looked at

    def scoring(*arguments: object) -> str:
        made = CliRunner().invoke(app, [str(item) for item in arguments])
        assert made.exit_code == 0, made.output
        return made.output

    command = "round", "add-inspector", folder, "新来某", "--code", "D90", "--yes"
    scoring(*command, "--skill", "食品", "--skill", "审计", "--avoid", "第2小学")
    person = opened(folder).roster.inspectors["D90"]
    assert person.skills == ("食品", "审计") and person.avoids == ("S02",)
    # Who takes a place without the skill that a team has to have is told at once.
    told = scoring("round", "replace-inspector", folder, "D01", "接替某", "--code", "D91")
    assert "round redraw" in told and "专长" in told
    told = scoring(
        "round", "replace-inspector", folder, "D01", "接替某", "--code", "D91", "--skill", "食品",
        "--yes",
    )  # fmt: skip
    assert "没有食品专长的人" not in told
    # The lists that are made public follow, though nobody can draw again with this roster.
    scoring("round", "draw", folder, "--verify")
    home = folder / "reports" / "双随机"
    for name, said in (("双随机抽查公示.xlsx", "D91"), ("派组表（局内）.xlsx", "接替某")):
        cells = (cell.value for row in load_workbook(home / name).worksheets[0] for cell in row)
        assert any(said in str(value) for value in cells)
