"""Names of sheets and files, identities, and which workbooks a plan calls for."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.round.opened import OpenRound
from inspections.round.round import Round
from inspections.round.school import Assignment, Inspector
from inspections.workbook.drawing.blank import Layout, planned_books, write_blank_workbooks
from inspections.workbook.drawing.validations import offered
from inspections.workbook.form.contents import SheetEntries
from inspections.workbook.form.identity import Identity, decode, encode
from inspections.workbook.form.naming import file_name, in_footer, person, sheet_name
from rubrics.files.loading import load_rubric
from rubrics.files.shipped import shipped
from rubrics.language.rubric import Rubric
from tests.inspections.workbook.sheets import INSPECTORS, open_round, school, workbooks

NASTY = st.text(
    st.sampled_from("学校第1'[]:*?/\\<>|\" .\t\n𠮷=&_") | st.characters(codec="utf-8"), max_size=60
)


@given(st.lists(NASTY, max_size=12))
def test_sheet_names_are_admitted_by_excel_and_differ(texts: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_name(text, taken) for text in texts]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\\n\t")
        assert name[0] != "'"
        assert name[-1] != "'"


@given(NASTY)
def test_a_footer_prints_the_text_and_nothing_else(text: str) -> None:
    shown = in_footer(text)
    assert len(shown) <= 101
    assert not shown[:1].isdigit()
    assert "&" not in shown.replace("&&", "")
    assert shown.lstrip(" ").replace("&&", "&") == text[:50].lstrip(" ")


@given(st.lists(NASTY, max_size=6))
def test_a_list_of_people_has_no_end_in_its_midst(names: list[str]) -> None:
    shown = offered(names)
    assert '"' not in shown
    assert len(shown) <= 255
    assert set(shown.split(",")) <= {*names, ""}


@given(NASTY, NASTY)
def test_file_names_are_admitted_by_windows(first: str, second: str) -> None:
    name = file_name(first, second)
    assert name
    assert not set(name) & set('<>:"/\\|?*\n\t')
    assert name == name.strip(" .")
    assert len(name) <= 80


def test_namesakes_are_told_apart_by_their_code() -> None:
    people = {
        x.id: x for x in (Inspector("1", "张伟"), Inspector("2", "张伟"), Inspector("3", "李"))
    }
    assert [person(x, people) for x in people.values()] == ["张伟（1）", "张伟（2）", "李"]


@given(st.lists(NASTY.filter(bool), min_size=8, max_size=8), NASTY)
def test_an_identity_comes_back_as_it_was(fields: list[str], more: str) -> None:
    identity = Identity(*fields, more=(("keyed", more),))
    text = encode(identity)
    assert "\n" not in text
    assert decode(text) == identity


@pytest.mark.parametrize("text", ["", "检查表", "v=1|round=a", "a|b=c", "v=1|round=|school=1"])
def test_other_texts_are_no_identity(text: str) -> None:
    assert decode(text) is None


def test_a_plan_makes_a_workbook_a_visit_and_inspector_or_one_for_all(tmp_path: Path) -> None:
    of, opened, plan = _round(tmp_path)
    args = (opened.rubrics, opened.roster, plan)
    visit = planned_books(tmp_path, of, *args, "visit")
    assert len(visit) == len(plan) * len(INSPECTORS)
    assert {len(sheets) for _, sheets in visit} == {1}
    assert visit[0][0].relative_to(tmp_path).parts[:2] == ("第1组", "王建国")
    team = planned_books(tmp_path, of, *args, "team")
    assert [len(sheets) for _, sheets in team] == [len(plan)] * len(INSPECTORS)
    together = of.model_copy(update={"raters": "team"})
    (one,) = planned_books(tmp_path, together, *args, "team")
    assert [spec.inspector for spec in one[1]] == [None] * len(plan)


def test_blank_workbooks_stand_where_the_plan_says(tmp_path: Path) -> None:
    of, opened, plan = _round(tmp_path)
    told: list[tuple[int, int]] = []
    made, problems = write_blank_workbooks(
        tmp_path,
        of,
        opened.rubrics,
        opened.roster,
        plan,
        "visit",
        lambda done, due: told.append((done, due)),
    )
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(made)
    assert problems == []
    assert told[-1] == (len(made), len(made))


def test_earlier_blank_workbooks_make_way_and_nothing_else_does(tmp_path: Path) -> None:
    of, opened, plan = _round(tmp_path)
    folder = tmp_path / "workbooks"

    def written(layout: Layout) -> tuple[list[Path], list[tuple[str, str]]]:
        made, problems = write_blank_workbooks(
            folder, of, opened.rubrics, opened.roster, plan, layout
        )
        return made, [(item.code, item.place.file) for item in problems]

    visit, problems = written("visit")
    assert problems == []
    saved, filled, blank = visit[0], visit[1], visit[2]
    book = openpyxl.load_workbook(saved)
    book.save(saved)
    spec = planned_books(folder, of, opened.rubrics, opened.roster, plan, "visit")[1][1][0]
    entries = SheetEntries({"陪同人员及职务": "赵校长"})
    workbooks(opened).write(filled, [replace(spec, entries=entries)])
    own = blank.with_name("自己的.xlsx")
    openpyxl.Workbook().save(own)
    torn = blank.with_name("坏.xlsx")
    torn.write_bytes(b"x")
    before = {path: path.read_bytes() for path in (saved, filled, own, torn)}

    team, problems = written("team")
    left = [path.relative_to(tmp_path).as_posix() for path in (saved, filled)]
    assert sorted(problems) == sorted(("workbook-left", name) for name in left)
    there = {path for path in folder.rglob("*") if path.is_file()}
    assert there == {*team, *before}

    again, problems = written("visit")
    assert sorted(problems) == sorted(("workbook-filled", name) for name in left)
    assert {path for path in folder.rglob("*") if path.is_file()} == {*again, *before}
    assert set(again) == set(visit) - {saved, filled}
    assert {path: path.read_bytes() for path in before} == before


def _round(folder: Path) -> tuple[Round, OpenRound, list[Assignment]]:
    rubric = load_rubric(next(iter(shipped().values())))[0]
    assert isinstance(rubric, Rubric)
    schools = [school(number, random.Random(number)) for number in range(3)]
    opened = open_round([rubric], schools, folder)
    plan = [Assignment(at.id, rubric.id, "第1次", "第1组") for at in schools]
    return opened.round, opened, plan
