"""A draw as a clerk makes it: promised, published, drawn, drawn again by others; tampered with."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from inspections.ledger.erasing import erase_school
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.planning import all_commitments, all_plan_draws
from inspections.ledger.rectification import open_items
from inspections.ledger.verifying import verify
from inspections.planning.lots import commitment, with_added
from inspections.round.drawing_settings import Drawing
from inspections.round.round import Round
from inspections.round.starting import start_round
from inspections.steps.changing_rosters import replace_inspector
from inspections.steps.handing_out import write_workbooks
from inspections.steps.known_schools import known_inputs
from inspections.steps.planning import draw_round, plan_round, verify_draw
from inspections.steps.replanning import replan_round
from scoring.__main__ import app
from tests.inspections.planning.drawing_round import (
    BY,
    DRAWING,
    DRAWN,
    PROMISED,
    codes,
    drawing_round,
    drawn,
    opened,
)
from tests.inspections.planning.plain_sampling import plain_sample
from tests.inspections.rectification.items import ITEM


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return drawing_round(tmp_path)


def scoring(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(item) for item in arguments])


def test_settings_are_written_and_read_back(folder: Path) -> None:
    text = (folder / "round.yaml").read_text(encoding="utf-8")
    held = yaml.safe_load(text)["drawing"]
    assert held["by"] == ["学段"] and held["share"] == "50%" and held["announced"] == 3
    assert (
        opened(folder).round.drawing
        == Round.model_validate({**opened(folder).round.model_dump(), "drawing": DRAWING}).drawing
    )


def test_names_that_settings_do_not_know_are_told(folder: Path) -> None:
    path = folder / "round.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('["学段"]', '["学断"]').replace('"kitchen"', '"kichen"'), "utf-8")
    found = open_round(folder)[1]
    assert codes(found).count("round-value") == 2


def test_recusals_are_read_by_name_and_code(folder: Path) -> None:
    people = opened(folder).roster.inspectors
    assert people["D03"].avoids == ("S01", "S02") and people["D03"].skills == ("食品", "审计")
    assert people["D04"].avoids == ("外县小学",)


def test_a_seed_is_promised_first_and_only_then_drawn_with(folder: Path) -> None:
    before = (folder / "roster" / "plan.csv").read_bytes()
    promised, problems = draw_round(folder, PROMISED, BY)
    assert promised is not None and promised.draw is None
    assert "draw-committed" in codes(problems)
    seed = (folder / "draw.seed").read_text().strip()
    assert hashlib.sha256(seed.encode()).hexdigest() == promised.commitment.digest
    assert (folder / "roster" / "plan.csv").read_bytes() == before
    early, problems = draw_round(folder, date(2026, 8, 26), BY)
    assert early is None and codes(problems) == ["draw-early"]
    done, problems = draw_round(folder, DRAWN, BY, added="31 07", witness="李科长")
    assert done is not None and done.draw is not None
    assert done.draw.seed == seed and done.draw.added == "31 07"
    assert not (folder / "draw.seed").exists()
    of = opened(folder)
    assert {line.team for line in of.plan} == set(of.roster.drawn)
    with ledger_of(of) as ledger:
        assert [one.seed for one in all_plan_draws(ledger)] == [seed]
        assert verify(ledger).broken is None
    again, problems = draw_round(folder, DRAWN, BY)
    assert again is None and codes(problems) == ["draw-done"]


def test_anybody_draws_again_and_gets_the_same(folder: Path) -> None:
    drawn(folder, "31 07 15")
    done, problems = verify_draw(folder)
    assert done is not None and done.made is not None and codes(problems) == []
    assert done.draw is not None and commitment(done.draw.seed) == done.commitment.digest
    assert scoring("round", "draw", folder, "--verify").exit_code == 0
    path = folder / "reports" / "双随机" / "抽取复算.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    seed = with_added(done.draw.seed, done.draw.added)
    for stratum in {row["层"] for row in rows}:
        own = [row for row in rows if row["层"] == stratum]
        weights = {row["学校代码"]: round(float(row["权重"]) * 1000) for row in own}
        got = {row["学校代码"] for row in own if row["抽中"] == "是"}
        assert got == plain_sample(weights, len(got), seed, "第1次", stratum)


def test_what_is_changed_after_a_draw_is_found(folder: Path) -> None:
    drawn(folder)
    plan = folder / "roster" / "plan.csv"
    lines = plan.read_text(encoding="utf-8-sig").splitlines()
    plan.write_text("\n".join([lines[0], *lines[2:]]), encoding="utf-8-sig")
    _, problems = verify_draw(folder)
    assert codes(problems) == ["draw-plan-changed"]
    roster = folder / "roster" / "inspectors.csv"
    roster.write_text(roster.read_text(encoding="utf-8").replace("食品、审计", "审计", 1), "utf-8")
    done, problems = verify_draw(folder)
    assert done is not None and done.made is None and "draw-inputs-gone" in codes(problems)


def test_rosters_may_not_change_between_promise_and_draw(folder: Path) -> None:
    draw_round(folder, PROMISED, BY)
    roster = folder / "roster" / "schools.csv"
    roster.write_text(roster.read_text(encoding="utf-8") + "S99,新校,小学,是,否\n", "utf-8")
    done, problems = draw_round(folder, DRAWN, BY)
    assert done is None and codes(problems)[-1] == "draw-changed"
    assert dict(problems[-1].params)["what"] == "学校名册或细则里的特征"
    promised, _ = draw_round(folder, DRAWN, BY, again=True)
    assert promised is not None and promised.commitment.number == 2
    with ledger_of(opened(folder)) as ledger:
        assert [one.number for one in all_commitments(ledger)] == [1, 2]


@pytest.mark.parametrize("text", ["", "0" * 64])
def test_another_seed_than_the_promised_is_refused(folder: Path, text: str) -> None:
    draw_round(folder, PROMISED, BY)
    (folder / "draw.seed").write_text(text)
    done, problems = draw_round(folder, DRAWN, BY)
    assert done is None and codes(problems) == ["draw-seed-lost"]


def test_public_lists_name_no_inspector_and_no_reason_to_stay_away(folder: Path) -> None:
    assert scoring("round", "draw", folder, "--why", "抽查", "--day", PROMISED).exit_code == 0
    done = scoring("round", "draw", folder, "--why", "抽查", "--day", DRAWN)
    assert done.exit_code == 0, done.output
    home = folder / "reports" / "双随机"
    assert {path.name for path in home.iterdir()} >= {
        "双随机抽取记录.docx", "双随机抽查公示.xlsx", "双随机抽查方案.docx", "抽取复算.csv",
        "复算说明.txt", "派组表（局内）.xlsx",
    }  # fmt: skip
    sheet = load_workbook(home / "双随机抽查公示.xlsx").active
    assert sheet is not None
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    for heading in (
        "抽查任务",
        "抽中对象",
        "检查机关",
        "检查人员（编号）",
        "检查项目",
        "检查结果",
        "处理",
    ):
        assert heading in said
    roster = opened(folder).roster
    assert not any(one.name in text for one in roster.inspectors.values() for text in said)
    assert not any("回避" in text or "外县" in text for text in said)
    own = load_workbook(home / "派组表（局内）.xlsx")
    assert any(one.name in str(cell.value) for row in own.worksheets[0].iter_rows() for cell in row
               for one in roster.inspectors.values())  # fmt: skip


def test_teams_that_were_drawn_fill_workbooks_and_no_other_school_is_added(folder: Path) -> None:
    drawn(folder)
    of = opened(folder)
    assert "plan-school-missing" not in codes(open_round(folder)[1])
    made, _ = replan_round(folder)
    assert made is not None and not made.replan.changes
    written, problems = write_workbooks(folder)
    assert written is not None and not [it for it in problems if it.severity == "error"]
    visits = {(line.school, line.team) for line in of.plan}
    due = sum(len(of.roster.members(line.team)) for line in of.plan)
    assert visits and len(list((folder / "workbooks").rglob("*.xlsx"))) == due


def test_a_plan_without_chance_is_written_and_a_draw_is_not(folder: Path) -> None:
    tried, problems = plan_round(folder, PROMISED)
    assert tried is not None and not tried.written and "roster-avoided-unknown" in codes(problems)
    done, problems = plan_round(folder, PROMISED, write=True)
    assert done is None and codes(problems)[-1] == "plan-drawn-only"
    path = folder / "round.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"50%"', '"100%"'), "utf-8")
    done, _ = plan_round(folder, PROMISED, write=True)
    assert done is not None and done.written
    assert {line.school for line in opened(folder).plan} == set(opened(folder).roster.schools)


def test_erasing_a_school_leaves_the_ledger_whole(folder: Path) -> None:
    drawn(folder)
    of = opened(folder)
    with ledger_of(of) as ledger:
        erase_school(ledger, "S01", BY)
        assert verify(ledger).broken is None
        assert len(all_plan_draws(ledger)) == 1


def test_a_round_without_drawing_follows_from_what_it_did(folder: Path) -> None:
    of = opened(folder)
    settings = of.round.model_copy(update={"drawing": None})
    from inspections.ledger.settings_versions import values_of

    assert "drawing" not in values_of(settings) and "drawing" in values_of(of.round)
    inputs, problems = known_inputs(of, PROMISED)
    assert not inputs.weights and not inputs.last and not problems


def test_whoever_takes_a_place_has_it_in_teams_that_were_drawn(folder: Path) -> None:
    drawn(folder)
    done, problems = replace_inspector(folder, "D00", "新某", {}, write=True)
    assert done is not None and done.written, codes(problems)
    roster = opened(folder).roster
    new = next(one.id for one in roster.inspectors.values() if one.name == "新某")
    teams = [name for name, team in roster.drawn.items() if "D00" in team.members]
    assert teams
    for name in teams:
        there = {one.id for one in roster.members(name) if not one.left}
        assert new in there and "D00" not in there


def test_what_an_earlier_round_left_open_weighs_and_its_finders_do_not_go_alone(
    folder: Path, tmp_path: Path
) -> None:
    former = opened(folder)
    school = "S03"
    with ledger_of(former) as ledger:
        open_items(ledger, [replace(ITEM, school=school, rubric="party", key="party/A1/1")], BY)
    settings = former.round.model_copy(
        update={
            "id": "later", "follows": ("../批次",), "key": "", "key_digest": "",
            "rubrics": (str(tmp_path / "kitchen.yaml"), str(tmp_path / "party.yaml")),
            "drawing": Drawing.model_validate({**DRAWING, "risk": {"open_items": 2}}),
        }
    )  # fmt: skip
    later, _ = start_round(tmp_path / "后来", settings, tmp_path / "校.csv", tmp_path / "人.csv")
    assert later is not None
    inputs, problems = known_inputs(later, date(2026, 9, 1))
    assert inputs.weights == {school: 3000}
    planned = next(line.team for line in former.plan if line.school == school)
    assert inputs.finders == {school: frozenset({planned})}
    assert codes(problems) == ["plan-former"]  # nothing was scored there


def test_lines_of_drawn_teams_that_mean_nothing_are_told_with_their_cell(folder: Path) -> None:
    drawn(folder)
    path = folder / "roster" / "teams.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    first = lines[1].split(",")
    first[1] = "无此人"
    path.write_text("\n".join([lines[0], ",".join(first), *lines[2:]]), encoding="utf-8-sig")
    told = [item for item in open_round(folder)[1] if item.code == "drawn-team-value"]
    assert [item.place.file for item in told] == ["roster/teams.csv"] and told[0].place.cell == "B2"


def test_the_program_that_is_published_draws_the_same(folder: Path) -> None:
    assert scoring("round", "draw", folder, "--why", "抽查", "--day", PROMISED).exit_code == 0
    command = ["round", "draw", folder, "--why", "抽查", "--day", DRAWN, "--with", "31 07"]
    assert scoring(*command).exit_code == 0
    home = folder / "reports" / "双随机"
    text = (home / "复算说明.txt").read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    program = text[text.index("import csv, hashlib") :]
    ran = subprocess.run([sys.executable, "-c", program], cwd=home, capture_output=True, check=True,
                         text=True, encoding="utf-8", env={"PYTHONUTF8": "1"})  # fmt: skip
    told = ran.stdout.splitlines()
    assert len(told) == 2 and all(line.endswith(" 相符") for line in told), told
    spoilt = program.replace("+31 07", "+31 08")
    ran = subprocess.run([sys.executable, "-c", spoilt], cwd=home, capture_output=True, check=True,
                         text=True, encoding="utf-8", env={"PYTHONUTF8": "1"})  # fmt: skip
    assert any(line.endswith("不相符") for line in ran.stdout.splitlines())


def test_a_number_that_was_named_beforehand_is_not_left_out(folder: Path) -> None:
    path = folder / "round.yaml"
    text = path.read_text(encoding="utf-8").replace("drawing:\n", "drawing:\n  added: 开奖号\n", 1)
    path.write_text(text, encoding="utf-8")
    draw_round(folder, PROMISED, BY)
    done, problems = draw_round(folder, DRAWN, BY)
    assert done is None and codes(problems)[-1] == "draw-added-missing"
    # What papers say may change, what is drawn from may not.
    path.write_text(text.replace("added: 开奖号", "added: 开奖号\n  paper: {number: 甲1}"), "utf-8")
    done, problems = draw_round(folder, DRAWN, BY, added="8")
    assert done is not None and done.draw is not None and "draw-added-chosen" not in codes(problems)
