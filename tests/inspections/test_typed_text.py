"""What a clerk hears of typed text, and names made plain where they are read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from inspections.ledger.bodies.forms import KIND_WORDS
from inspections.ledger.tables import metadata
from inspections.ledger.views import VIEWS
from inspections.records.typed_text import all_doubts
from inspections.round.plan import plan_text, read_plan
from inspections.round.roster import read_inspectors, read_schools
from inspections.round.school import Assignment, Inspector, Roster, School
from inspections.round.settings import read_settings, settings_text
from rubrics.files.loading import loads_rubric
from rubrics.messages.problems import Place, Problem, problem, withheld
from tests.inspections.small_round import KITCHEN, small_round

HIDDEN = "第一\u202e小\u200b学"


def codes(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(item.code, item.place.cell) for item in problems]


def saved(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_doubts_have_their_cells() -> None:
    cells = [
        ("家长13912345678", "K8"),
        (13912345678.0, "K9"),
        ("1.jpg", "L8"),
        (HIDDEN, "M8"),
        ("110105194912310021", "M9"),
    ]
    found = all_doubts(cells, "表.xlsx", "一")
    expected = [("private-number", "K8"), ("private-number", "K9"), ("text-cleaned", "M8")]
    # A wrong check digit is told as well.
    assert codes(found) == [*expected, ("private-number", "M9")]
    assert "身份证号" in found[3].message
    assert all("139" not in item.message for item in found)
    assert "U+202E、U+200B" in found[2].message
    assert all_doubts(cells[2:3], "表.xlsx", "一") == []


def test_names_are_plain_where_they_are_read(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "校.xlsx",
        ["学校代码", "学校名称"],
        ["330106000012", HIDDEN],
        ["330106000013\u200b", "第二小学 13912345678"],
        ["330106000014", "=1+1小学"],
    )
    path_csv = tmp_path / "校.csv"
    path_csv.write_text('学校代码,学校名称\n1,"=1+1小学"\n', encoding="utf-8")
    found, problems = read_schools(path)
    assert [row.school.id for row in found][:2] == ["330106000012", "330106000013"]
    assert [row.school.name for row in found][:2] == ["第一小学", "第二小学 139****5678"]
    assert codes(problems)[:2] == [("text-cleaned", "B2"), ("private-number", "B3")]
    assert [row.school.name for row in read_schools(path_csv)[0]] == ["=1+1小学"]
    people, problems = read_inspectors(
        saved(tmp_path / "人.xlsx", ["督学代码", "姓名", "检查组"], ["D1", "王\u2066建国", "一组"])
    )
    assert [item.name for item in people] == ["王建国"]
    assert codes(problems) == [("text-cleaned", "B2")]


def test_a_plan_is_no_formula_and_is_read_back(tmp_path: Path) -> None:
    of = small_round(tmp_path)
    school = School("-21", "=1+1", dict(next(iter(of.roster.schools.values())).traits))
    roster = Roster({school.id: school}, {"D1": Inspector("D1", "甲", team="@组")})
    plan = (Assignment("-21", "kitchen", "第1次", "@组"),)
    text = plan_text(plan, roster)
    assert text.splitlines()[1] == "'-21,kitchen,第1次,'@组,'=1+1"
    path = tmp_path / "plan.csv"
    path.write_text(text, encoding="utf-8-sig", newline="")
    assert read_plan(path, of.round, of.rubrics, roster) == (plan, [])


def test_settings_are_plain_and_a_note_says_so(tmp_path: Path) -> None:
    of = small_round(tmp_path).round
    path = tmp_path / "round.yaml"
    text = settings_text(of).replace("某局", f'"{HIDDEN}\\u202c局 0571-87654321"')
    path.write_text(text, encoding="utf-8")
    found, problems = read_settings(path, "round.yaml")
    assert found is not None
    # The bureau's own telephone is there to be called.
    assert found.bureau == "第一小学局 0571-87654321"
    assert [item.code for item in problems] == ["text-cleaned"]
    assert problems[0].place.file == "round.yaml"


def test_rubrics_are_plain_and_a_note_says_so() -> None:
    made, problems = loads_rubric(KITCHEN.replace("卫生", "卫\u202e生"))
    assert made is not None
    assert made.indicators[0].title == "卫生"
    assert [item.code for item in problems] == ["text-cleaned"]


@pytest.mark.parametrize(
    ("code", "params", "hidden"),
    [
        ("entry-not-understood", {"value": "3票反对", "expected": "整数"}, "3票"),
        ("entry-misplaced", {"value": "【保密】甲反映"}, "甲"),
        ("votes-above-entitled", {"indicator": "G1", "cast": 7, "entitled": 5}, "7"),
    ],
)
def test_what_is_secret_is_not_quoted(code: str, params: dict[str, object], hidden: str) -> None:
    found = problem(code, Place("表.xlsx", "一", "H8"), **params)
    shown = withheld(found).message
    assert hidden not in shown
    assert "（内容保密）" in shown
    assert withheld(found).place == found.place


def test_names_of_files_are_told_as_they_may_leave() -> None:
    place = Place("returned/\x1b[2J王13912345678\n.xlsx", HIDDEN, "B2")
    assert str(place) == "returned/[2J王139****5678 .xlsx 第一小学 B2"
    assert place.file.startswith("returned/\x1b")


def test_the_document_names_every_table_view_and_kind_of_fact() -> None:
    text = (Path(__file__).parents[2] / "inspections/ledger/README.md").read_text(encoding="utf-8")
    wanted = {*metadata.tables, *VIEWS, *KIND_WORDS}
    assert {name for name in wanted if f"`{name}`" in text} == wanted
