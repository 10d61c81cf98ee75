"""Binding: which file proves which observation, and what is left in doubt."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from inspections.evidence.binding import bind
from inspections.evidence.looking import EvidenceFile, look
from inspections.evidence.still_owed import without_proven
from inspections.records.record import Observation, Proof, Record, RecordKey, State
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem
from tests.inspections.evidence.photographs import photograph
from tests.inspections.small_round import DAY, PARTY, SCHOOLS, rubric, small_round

ONE, TWO = (school.id for school in SCHOOLS)
ARRIVED = datetime(2026, 3, 5, 8, 30)
LEFT = datetime(2026, 3, 5, 11, 0)


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    return small_round(tmp_path, occasions=("第1次", "第2次"))


def seen(owner: str, *names: str, state: State = State.CHECKED) -> Observation:
    places = {"evidence": Place("returned/表.xlsx", "表", f"L{owner}")}
    return Observation(owner, state, evidence=names, places=places)


def visit(
    *observations: Observation,
    school: str = ONE,
    rubric: str = "kitchen",
    occasion: str = "第1次",
    inspector: str = "D01",
    day: date = DAY,
) -> Record:
    shift = day - DAY
    return Record(
        RecordKey(school, rubric, occasion, inspector),
        "2",
        day,
        (inspector,),
        observations,
        ARRIVED + shift,
        LEFT + shift,
        "",
        "returned/表.xlsx",
        "表",
        "d",
    )


def file(path: str, content: str = "", **changes: object) -> EvidenceFile:
    made = EvidenceFile(f"evidence/{path}", content or path, 1, "jpeg", 4, 3)
    return replace(made, **changes)  # type: ignore[arg-type]


def held(found: Record, owner: str = "A1") -> tuple[tuple[str, ...], list[str], tuple[str, ...]]:
    """(names that hold, files bound, names that do not hold)."""
    item = found.observation(owner)
    assert item is not None
    return item.evidence, [proof.file for proof in item.proof], item.missing


def codes(problems: list[Problem]) -> list[str]:
    return [item.code for item in problems]


def test_a_name_is_bound_to_the_file_of_its_school(of: OpenRound) -> None:
    files = [file(f"{ONE}/IMG_1.JPG"), file(f"{TWO}/IMG_1.jpg")]
    (found,), problems = bind([visit(seen("A1", "img_1.jpg", "会议记录第3号"))], files, of)
    assert held(found) == (("IMG_1.JPG", "会议记录第3号"), [f"evidence/{ONE}/IMG_1.JPG"], ())
    item = found.observation("A1")
    assert item and item.proof[0].digest == f"{ONE}/IMG_1.JPG"
    assert [(p.code, p.place.file) for p in problems] == [
        ("evidence-unused", f"evidence/{TWO}/IMG_1.jpg")
    ]


@pytest.mark.parametrize(
    "folder",
    [ONE, "第一小学", "第 一 小 学", f"{ONE}_第一小学", f"第一小学({ONE})", "一组/第一小学",
     "照片/第一小学", f"{ONE}/2026/食堂", "王建国/第一小学/食堂细则"],
)  # fmt: skip
def test_folders_that_are_a_schools(of: OpenRound, folder: str) -> None:
    (found,), problems = bind([visit(seen("A1", "1.jpg"))], [file(f"{folder}/1.jpg")], of)
    assert held(found)[0] == ("1.jpg",)
    assert problems == []


@pytest.mark.parametrize(
    "folder", ["第三小学", "照片", "210681", "第一小学（旧）", f"{ONE}/{TWO}", f"{ONE}_第二小学"]
)
def test_a_folder_that_is_nobodys_is_told_once_and_proves_nothing(
    of: OpenRound, folder: str
) -> None:
    files = [file(f"{folder}/{number}.jpg") for number in (1, 2)]
    (found,), problems = bind([visit(seen("A1", "1.jpg"))], files, of)
    assert held(found) == ((), [], ("1.jpg",))
    # The name on the sheet follows from the folder, and is not told by itself.
    assert codes(problems) == ["evidence-folder-unknown"]
    assert "2 个文件" in problems[0].message
    assert "其中 1 个" in problems[0].message
    _, problems = bind([visit(seen("A1", "3.jpg"))], files, of)
    assert codes(problems) == ["evidence-folder-unknown", "evidence-not-found"]
    assert problems[1].place.cell == "LA1"


@pytest.mark.parametrize("folder", ["一小", "1小", "第一小", "现场照片/一小", "一小/食堂细则"])
def test_a_short_name_of_a_school_is_understood_as_commands_do(of: OpenRound, folder: str) -> None:
    (found,), problems = bind([visit(seen("A1", "1.jpg"))], [file(f"{folder}/1.jpg")], of)
    assert held(found)[0] == ("1.jpg",)
    assert problems == []


@pytest.mark.parametrize("folder", ["小学", "小学/照片"])
def test_a_folder_that_may_be_several_schools_is_told_with_them(of: OpenRound, folder: str) -> None:
    (found,), problems = bind([visit(seen("A1", "1.jpg"))], [file(f"{folder}/1.jpg")], of)
    assert held(found) == ((), [], ("1.jpg",))
    (told,) = problems
    assert (told.code, told.place.file) == ("evidence-folder-unclear", "evidence/小学")
    assert f"第一小学（{ONE}）、第二小学（{TWO}）" in told.message


def test_a_loose_file_is_the_schools_whose_record_alone_names_it(of: OpenRound) -> None:
    files = [file("a.jpg"), file("一组/b.jpg"), file("c.jpg"), file("d.jpg")]
    visits = [
        visit(seen("A1", "a.jpg", "b.jpg", "c.jpg")),
        visit(seen("A1", "c.jpg"), school=TWO, rubric="party"),
    ]
    (one, two), problems = bind(visits, files, of)
    assert held(one) == (("a.jpg", "b.jpg"), ["evidence/a.jpg", "evidence/一组/b.jpg"], ("c.jpg",))
    assert held(two) == ((), [], ("c.jpg",))
    assert sorted(codes(problems)) == ["evidence-not-found"] * 2 + ["evidence-unowned"] * 2


def test_a_missing_file_is_no_evidence_and_a_paper_record_is(of: OpenRound) -> None:
    (found,), problems = bind([visit(seen("A1", "1.jpg"), seen("A2", "笔录第1号"))], [], of)
    assert held(found) == ((), [], ("1.jpg",))
    assert held(found, "A2") == (("笔录第1号",), [], ())
    (told,) = problems
    assert (told.code, told.place.cell) == ("evidence-not-found", "LA1")
    assert "1.jpg" in told.message and f"evidence/{ONE}" in told.remedy


def test_a_school_that_has_sent_nothing_is_told_once_a_sheet(of: OpenRound) -> None:
    many = visit(*(seen(f"A{number}", f"{number}.jpg") for number in range(1, 6)))
    (found,), problems = bind([many], [], of)
    assert held(found, "A5") == ((), [], ("5.jpg",))
    (told,) = problems
    assert (told.code, told.place) == ("evidence-not-sent", Place("returned/表.xlsx", "表"))
    assert "5 个" in told.message and "A1、A2、A3、A4、A5" in told.message
    _, problems = bind([many], [file(f"{ONE}/1.jpg")], of)
    assert codes(problems) == ["evidence-not-found"] * 4


@pytest.mark.parametrize("typed", ["1.jpg", "1"])
def test_a_file_with_a_flaw_is_no_evidence_and_is_named(of: OpenRound, typed: str) -> None:
    files = [file(f"{ONE}/1.jpg", flaw="evidence-cut"), file(f"{TWO}/1.jpg", flaw="evidence-cut")]
    (found,), problems = bind([visit(seen("A1", typed))], files, of)
    assert held(found) == ((), [], (typed,))
    assert codes(problems) == ["evidence-cut", "evidence-cut", "evidence-not-found"]
    assert f"evidence/{ONE}/1.jpg" in problems[2].message


@pytest.mark.parametrize("typed", ["../21068102/1.jpg", "/etc/passwd", "C:\\1.jpg"])
def test_a_name_that_climbs_out_is_refused(of: OpenRound, typed: str) -> None:
    (found,), problems = bind([visit(seen("A1", typed))], [file(f"{TWO}/1.jpg")], of)
    assert held(found) == ((), [], (typed,))
    assert "指向别的文件夹" in problems[0].message


def test_two_files_of_one_name_are_in_doubt_and_both_are_told(of: OpenRound) -> None:
    files = [file(f"{ONE}/甲/1.jpg"), file(f"{ONE}/乙/1.jpg")]
    (found,), problems = bind([visit(seen("A1", "1.jpg"))], files, of)
    assert held(found)[2] == ("1.jpg",)
    assert codes(problems) == ["evidence-not-found"]
    assert "甲/1.jpg" in problems[0].message and "乙/1.jpg" in problems[0].message


def test_a_folder_of_the_rubric_tells_files_of_one_name_apart(of: OpenRound) -> None:
    files = [file(f"{ONE}/kitchen/1.jpg"), file(f"{ONE}/党建细则/1.jpg")]
    visits = [visit(seen("A1", "1.jpg")), visit(seen("A1", "1.jpg"), rubric="party")]
    (kitchen, party), problems = bind(visits, files, of)
    assert held(kitchen)[1] == [f"evidence/{ONE}/kitchen/1.jpg"]
    assert held(party)[1] == [f"evidence/{ONE}/党建细则/1.jpg"]
    assert problems == []


@pytest.mark.parametrize(
    "name", ["A3.jpg", "a3-1.JPG", "A3_灶台.jpg", "A3 留样.png", "A3（2）.jpg", "Ａ３．jpg"]
)
def test_a_file_named_after_a_code_proves_that_indicator(of: OpenRound, name: str) -> None:
    visits = [visit(seen("A3"), inspector=person) for person in ("D01", "D02")]
    found, problems = bind(visits, [file(f"{ONE}/{name}")], of)
    assert [held(one, "A3")[0] for one in found] == [(name,), (name,)]
    assert problems == []


@pytest.mark.parametrize("name", ["A31.jpg", "A3b.jpg", "照片A3.jpg", "A.jpg"])
def test_a_name_that_only_looks_like_a_code(of: OpenRound, name: str) -> None:
    (found,), problems = bind([visit(seen("A3"))], [file(f"{ONE}/{name}")], of)
    assert held(found, "A3") == ((), [], ())
    assert codes(problems) == ["evidence-unused"]


def test_what_was_not_checked_has_no_use_for_evidence(of: OpenRound) -> None:
    (found,), problems = bind(
        [visit(seen("A3", state=State.UNCHECKED))], [file(f"{ONE}/A3.jpg")], of
    )
    assert held(found, "A3") == ((), [], ())
    assert codes(problems) == ["evidence-unused"]


def test_a_file_that_a_workbook_names_is_not_taken_by_its_code(of: OpenRound) -> None:
    visits = [visit(seen("A3"), seen("A1", "A3.jpg"))]
    (found,), problems = bind(visits, [file(f"{ONE}/A3.jpg")], of)
    assert (held(found)[0], held(found, "A3")[0]) == (("A3.jpg",), ())
    assert problems == []


def test_a_code_of_two_rubrics_is_in_doubt_unless_folder_or_clock_tell(of: OpenRound) -> None:
    later = DAY + timedelta(days=4)
    visits = [visit(seen("A1")), visit(seen("A1"), rubric="party", day=later)]
    found, problems = bind(visits, [file(f"{ONE}/A1.jpg")], of)
    assert [held(one)[0] for one in found] == [(), ()]
    assert codes(problems) == ["evidence-code-unclear"]
    assert "食堂细则" in problems[0].message and "党建细则" in problems[0].message
    files = [
        file(f"{ONE}/A1.jpg", taken=datetime(2026, 3, 9, 9, 0)),
        file(f"{ONE}/kitchen/A1-2.jpg"),
    ]
    found, problems = bind(visits, files, of)
    assert [held(one)[0] for one in found] == [("A1-2.jpg",), ("A1.jpg",)]
    assert problems == []


def test_on_one_day_the_hour_tells_two_visits_apart(of: OpenRound) -> None:
    second = replace(
        visit(seen("A1"), rubric="party"),
        arrived=datetime(2026, 3, 5, 13, 0),
        left=datetime(2026, 3, 5, 15, 0),
    )
    files = [file(f"{ONE}/A1.jpg", taken=datetime(2026, 3, 5, 14, 0))]
    found, problems = bind([visit(seen("A1")), second], files, of)
    assert [held(one)[0] for one in found] == [(), ("A1.jpg",)]
    assert problems == []


def test_occasions_are_told_apart_by_folder_or_day(of: OpenRound) -> None:
    second = visit(seen("A1"), occasion="第2次", day=DAY + timedelta(days=7))
    files = [
        file(f"{ONE}/第2次/A1.jpg"),
        file(f"{ONE}/A1-x.jpg", taken=datetime(2026, 3, 5, 9, 0)),
        file(f"{ONE}/A1-y.jpg"),
    ]
    found, problems = bind([visit(seen("A1")), second], files, of)
    assert [held(one)[0] for one in found] == [("A1-x.jpg",), ("A1.jpg",)]
    assert codes(problems) == ["evidence-code-unclear"]


def test_one_photograph_for_two_schools_proves_nothing_for_either(of: OpenRound) -> None:
    files = [file(f"{ONE}/a.jpg", "x"), file(f"{TWO}/b.jpg", "x")]
    visits = [
        visit(seen("A1", "a.jpg", "笔录第1号")),
        visit(seen("A1", "b.jpg"), school=TWO, rubric="party"),
    ]
    (one, two), problems = bind(visits, files, of)
    assert held(one) == (("笔录第1号",), [], ("a.jpg",))
    assert held(two) == ((), [], ("b.jpg",))
    assert [(p.code, p.severity.value, p.place.file) for p in problems] == [
        ("evidence-shared", "error", f"evidence/{ONE}/a.jpg"),
        ("evidence-shared", "error", f"evidence/{TWO}/b.jpg"),
    ]
    assert "第二小学" in problems[0].message and "b.jpg" in problems[0].message


def test_a_document_may_be_the_same_for_two_schools(of: OpenRound) -> None:
    files = [file(f"{school}/通知.pdf", "x", kind="pdf") for school in (ONE, TWO)]
    visits = [
        visit(seen("A1", "通知.pdf")),
        visit(seen("A1", "通知.pdf"), school=TWO, rubric="party"),
    ]
    found, problems = bind(visits, files, of)
    assert [held(one)[0] for one in found] == [("通知.pdf",), ("通知.pdf",)]
    assert problems == []


def test_one_photograph_for_two_indicators_is_a_note(of: OpenRound) -> None:
    files = [file(f"{ONE}/a.jpg", "x"), file(f"{ONE}/b.jpg", "x")]
    (found,), problems = bind([visit(seen("A1", "a.jpg"), seen("A2", "b.jpg"))], files, of)
    assert (held(found)[0], held(found, "A2")[0]) == (("a.jpg",), ("b.jpg",))
    assert [(p.code, p.severity.value) for p in problems] == [("evidence-repeated", "note")]


def test_one_photograph_on_two_occasions_is_a_note(of: OpenRound) -> None:
    visits = [visit(seen("A1", "1.jpg"), occasion=name) for name in ("第1次", "第2次")]
    _, problems = bind(visits, [file(f"{ONE}/1.jpg")], of)
    assert codes(problems) == ["evidence-repeated"]
    assert "A1（第1次）、A1（第2次）" in problems[0].message


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        (datetime(2026, 3, 5, 9, 0), False),
        (datetime(2026, 3, 5, 8, 5), False),  # at the gate
        (datetime(2026, 3, 5, 7, 55), True),
        (datetime(2026, 3, 5, 11, 25), False),
        (datetime(2026, 3, 5, 11, 35), True),
        (datetime(2026, 3, 4, 9, 0), True),
        (None, False),
    ],
)
def test_the_cameras_clock_and_the_visit(of: OpenRound, taken: datetime | None, told: bool) -> None:
    files = [file(f"{ONE}/1.jpg", taken=taken)]
    (found,), problems = bind([visit(seen("A1", "1.jpg"), seen("A2", "1.jpg"))], files, of)
    assert held(found)[0] == ("1.jpg",)
    times = [item for item in problems if item.code == "evidence-time"]
    assert len(times) == told
    if taken and told:
        assert f"{taken:%Y-%m-%d %H:%M}" in times[0].message
        assert "2026-03-05 8:30—11:00" in times[0].message


def test_pictures_of_the_workbook_itself_count(of: OpenRound) -> None:
    inside = Proof("表内图片L9", "returned/表.xlsx", "x", "xl/media/image1.png", True)
    records = [visit(replace(seen("A1"), proof=(inside,)))]
    (found,), problems = bind(records, [], of)
    assert held(found) == (("表内图片L9",), ["returned/表.xlsx"], ())
    assert problems == []
    other = visit(
        replace(seen("A1"), proof=(replace(inside, part="y"),)), school=TWO, rubric="party"
    )
    found, problems = bind([*records, other], [], of)
    assert [held(one)[0] for one in found] == [(), ()]
    assert codes(problems) == ["evidence-shared", "evidence-shared"]
    assert problems[0].place.cell == "LA1"


def test_what_is_missing_of_a_secret_item_is_told_without_its_name(of: OpenRound) -> None:
    party = rubric(PARTY.replace("查阅档案", "个别谈话"))
    changed = replace(of, rubrics={**of.rubrics, "party": party})
    _, problems = bind([visit(seen("A1", "张三的谈话.jpg"), rubric="party")], [], changed)
    assert codes(problems) == ["evidence-not-found"]
    assert "张三" not in problems[0].message + problems[0].remedy


def test_evidence_that_was_found_ends_the_problem_of_none(of: OpenRound) -> None:
    told = [
        problem("evidence-missing", Place("returned/表.xlsx", "表", f"L{owner}"), indicator=owner)
        for owner in ("A1", "A3")
    ]
    found, _ = bind([visit(seen("A1"), seen("A3"))], [file(f"{ONE}/A3.jpg")], of)
    assert [item.place.cell for item in without_proven(told, found, of)] == ["LA1"]


def test_the_order_of_files_and_visits_does_not_matter(of: OpenRound) -> None:
    files = [file(f"{school}/{name}.jpg", name) for school in (ONE, TWO) for name in "ab"]
    files += [file("c.jpg"), file(f"{ONE}/A1.jpg"), file("无/d.jpg")]
    visits = [
        visit(seen("A1", "a.jpg", "c.jpg"), seen("A2", "b.jpg"), inspector=person, school=school)
        for person in ("D01", "D02")
        for school in (ONE, TWO)
    ]
    first, told = bind(visits, files, of)
    for turn in range(5):
        random.Random(turn).shuffle(files)
        assert bind(visits, files, of) == (first, told)


def test_real_files_from_the_folder(of: OpenRound) -> None:
    photograph(of.folder.evidence / ONE / "IMG_1.jpg", taken=datetime(2026, 3, 5, 9, 0))
    photograph(of.folder.evidence / ONE / "A3.png", 2)
    found, problems = bind([visit(seen("A1", "IMG_1"), seen("A3"))], look(of.folder.evidence), of)
    assert (held(found[0])[0], held(found[0], "A3")[0]) == (("IMG_1.jpg",), ("A3.png",))
    assert problems == []


def test_the_words_see_photograph_are_kept_by_photographs_that_came(of: OpenRound) -> None:
    photograph(of.folder.evidence / ONE / "A1-1.jpg", taken=datetime(2026, 3, 5, 9, 0))
    found, problems = bind([visit(seen("A1", "见照片"))], look(of.folder.evidence), of)
    assert (held(found[0])[0], problems) == (("A1-1.jpg",), [])


def test_a_camera_name_without_ending_proves_nothing_without_the_file(of: OpenRound) -> None:
    found, problems = bind([visit(seen("A1", "IMG_2031"))], [], of)
    assert held(found[0]) == ((), [], ("IMG_2031",))
    assert [item.code for item in problems] == ["evidence-not-found"]
