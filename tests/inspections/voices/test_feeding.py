"""Figures of a round that are counted of answers: they stand where inspectors would enter them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from inspections.collecting.collecting import Collected, collect, collected
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.ledger.of_round import ledger_of, open_round
from inspections.records.record import Observation, State
from inspections.records.voices import Rule
from inspections.round.elapsed import elapsed_periods
from inspections.round.opened import OpenRound
from inspections.round.starting import start_round
from inspections.steps.deciding import decide_item
from inspections.steps.voices import decide_voices, import_voices
from inspections.voices.complaints import complaints
from inspections.workbook.drawing.writing import Workbooks
from inspections.workbook.form.contents import RowEntry, SheetEntries, SheetSpec
from scoring.results.rounds import score_round
from scoring.results.scores import SchoolScore
from tests.inspections.small_round import HEAD, INSPECTORS, SCHOOLS, one_dimension, small_round

RUBRIC = one_dimension(
    "ask",
    12,
    """
  - {id: A1, title: 家长满意度, points: 4, basis: [文1], method: [问卷],
     rule: {kind: survey, full: 90%, min_returned: 3, min_rate: 50%}}
  - {id: A2, title: 民主测评, points: 2, basis: [文1], method: [民主测评],
     rule: {kind: votes, options: {好: 1, 差: 0}, quorum: 1/2}}
  - {id: A3, title: 知晓率, points: 2, basis: [文1], method: [问卷],
     rule: {kind: ratio, numerator: 知晓人数, denominator: 回答人数, full: 100%}}
  - id: A4
    title: 测评
    points: 2
    basis: [文1]
    method: [问卷]
    rule:
      kind: composite
      combine: min
      parts:
      - {id: 开展, label: 开展了测评, rule: {kind: all_or_none}}
      - {id: 满意, rule: {kind: survey, full: 80%}}
  - {id: A5, title: 信访, points: 2, basis: [文1], method: [查阅档案],
     rule: {kind: deduct, faults: [{id: 投诉, label: 查实的投诉, each: 0.5}]}}
penalty:
  cap: 2
  items: [{id: K1, title: 投诉, basis: [文1], rule: {kind: penalty, each: 0.5, limit: 2}}]
""",
)
VOICES: list[dict[str, Any]] = [
    {"item": "ask/A1", "survey": "家长问卷", "question": "满意吗"},
    {"item": "ask/A2", "survey": "测评", "question": "测评结果", "options": {"满意": "好"}},
    {"item": "ask/A3", "survey": "家长问卷", "question": "知道吗", "satisfied": ["知道"]},
    {
        "item": "ask/A4.满意",
        "survey": "家长问卷",
        "question": "满意吗",
        "only": {"年级": ["二年级"]},
    },
    {"item": "ask/A5.投诉", "survey": "热线"},
    {"item": "ask/K1", "survey": "热线"},
]
ENTERED: Mapping[str, RowEntry] = {"A4.开展": RowEntry("√")}
ONE, TWO = (school.name for school in SCHOOLS)
BY = By("张主任", "看过")


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    return a_round(tmp_path, VOICES)


def a_round(folder: Path, voices: Sequence[Mapping[str, Any]], rubric: str = RUBRIC) -> OpenRound:
    """A round of two schools that were both visited, with nothing but ``ENTERED`` on the sheets."""
    folder.mkdir(exist_ok=True)
    (folder / "ask.yaml").write_text(rubric, encoding="utf-8")
    table(folder / "s.csv", "学校代码,学校名称,学段", *([s.id, s.name, "小学"] for s in SCHOOLS))
    people = [(i.id, i.name, i.office, i.team) for i in INSPECTORS]
    table(folder / "i.csv", "督学代码,姓名,单位,检查组", *people)
    settings = small_round(folder / "轮", voices=voices, raters="team").round
    settings = settings.model_copy(update={"rubrics": (str(folder / "ask.yaml"),)})
    made, problems = start_round(folder / "轮", settings, folder / "s.csv", folder / "i.csv")
    assert made is not None, [one.message for one in problems]
    returned(made, ENTERED if rubric == RUBRIC else {})
    return opened(made.folder.root)


def opened(folder: Path) -> OpenRound:
    found, problems = open_round(folder)
    assert found is not None and problems == []
    return found


def returned(of: OpenRound, rows: Mapping[str, RowEntry]) -> None:
    books = Workbooks(of.round, of.rubrics, of.roster, elapsed_periods(of.round))
    of.folder.returned.mkdir(exist_ok=True)
    for school in of.roster.schools.values():
        entries = SheetEntries(HEAD, dict(rows))
        spec = SheetSpec(school, "ask", "第1次", "一组", INSPECTORS[0], entries)
        books.write(of.folder.returned / f"{school.name}.xlsx", (spec,))


def table(path: Path, heads: str, *rows: Iterable[Any]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heads.split(","), *rows])
    return path


def take(of: OpenRound, path: Path, **said: Any) -> list[str]:
    taken, problems = import_voices(of.folder.root, [path], BY, **said)
    assert taken is not None and taken.files, [one.message for one in problems]
    return [one.code for one in problems]


def all_voices(of: OpenRound, folder: Path) -> None:
    parents = [[ONE, "一年级", "满意", "知道"]] * 8 + [[ONE, "二年级", "不满意", "不知道"]] * 2
    parents += [[ONE, "二年级", "满意", "知道"]] * 3 + [[ONE, "一年级", "不清楚", ""]]
    parents += [[TWO, "一年级", "不满意", "知道"]] * 2
    take(of, table(folder / "家长问卷.csv", "学校,年级,满意吗,知道吗", *parents))
    sent = table(folder / "发放.csv", "学校,发放份数", [ONE, 20], [TWO, 20])
    take(of, sent, survey="家长问卷", kind="发放数")
    votes = [[ONE, "满意"]] * 6 + [[ONE, "差"]] * 2 + [[ONE, ""]]
    take(of, table(folder / "测评.csv", "学校,测评结果", *votes), survey="测评", kind="民主测评")
    take(of, table(folder / "应到.csv", "学校,发放份数", [ONE, 10]), survey="测评", kind="发放数")
    calls = [[ONE, "伙食", "2026-03-02"]] * 3
    take(of, table(folder / "热线.csv", "学校,反映类别,来电时间", *calls), kind="热线来访")


def seen(held: Collected, school: str, owner: str) -> Observation:
    code = next(one.id for one in SCHOOLS if one.name == school)
    (record,) = (one for one in held.visits if one.key.school == code)
    found = record.observation(owner)
    assert found is not None
    return found


def numbers(held: Collected, school: str, owner: str) -> dict[str, int]:
    return {key: int(value) for key, value in seen(held, school, owner).values.items()}  # type: ignore[arg-type]


def codes(held: Collected) -> list[str]:
    return sorted(one.code for one in held.problems)


def scored(of: OpenRound, held: Collected, school: str) -> SchoolScore:
    scores, _ = score_round(of.round, of.rubrics, of.roster, of.plan, held.visits)
    return next(one for one in scores.rubrics["ask"].schools if one.school.name == school)


def test_figures_are_counted_of_answers_and_nobody_is_chased_for_them(
    of: OpenRound, tmp_path: Path
) -> None:
    all_voices(of, tmp_path)
    held = collect(of, workers=0)
    # 不清楚 is no opinion: 11 of 13.
    assert numbers(held, ONE, "A1") == {"satisfied": 11, "returned": 13, "sent": 20}
    assert numbers(held, ONE, "A2") == {"好": 6, "差": 2, "invalid": 1, "entitled": 10}
    assert numbers(held, ONE, "A3") == {"have": 11, "due": 13}
    assert numbers(held, ONE, "A4") == {
        "开展": 1, "满意.satisfied": 3, "满意.returned": 5, "满意.sent": 5,
    }  # fmt: skip
    assert numbers(held, ONE, "A5") == {"投诉": 3}
    assert numbers(held, ONE, "K1") == {"": 3}
    # Nobody called about the other school, which is none; nobody voted there, which is nothing.
    assert numbers(held, TWO, "A5") == {"投诉": 0}
    assert seen(held, TWO, "A2").state is State.UNCHECKED
    # Of A4 the inspectors had a part of their own, and are not asked for the rest.
    assert seen(held, TWO, "A4").state is State.UNCHECKED
    assert seen(held, TWO, "A4").reason == "没有答卷"
    assert codes(held) == ["voices-school-silent"] * 2
    own = scored(of, held, ONE)
    # 11/13 of 90 % of 4 points; 6 of 8 ballots of 2; 11/13 of 2; 3/5 of 80 % of 2; 2 - 1.5.
    assert [own.indicator(f"A{n}").earned for n in range(1, 6)] == [
        37607, 15000, 16923, 15000, 5000,
    ]  # fmt: skip
    assert own.penalty == 15000 and not own.pending and not own.provisional
    # Of 20 that were sent two came back: too few.
    assert scored(of, held, TWO).indicator("A1").state is State.EXCUSED


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"A4.开展": RowEntry("√")}, []),
        ({}, ["items-unchecked"]),
        # Who enters figures in place of answers is asked for all of them.
        ({"A4.开展": RowEntry("√"), "A4.满意.returned": RowEntry(5)}, ["entry-missing"]),
        ({"A4.满意.sent": RowEntry(6)}, ["entry-missing"]),
    ],
)
def test_nobody_is_asked_for_what_answers_give_where_there_are_none(
    tmp_path: Path, own: Mapping[str, RowEntry], told: list[str]
) -> None:
    of = a_round(tmp_path, VOICES)
    returned(of, own)
    held = collect(of, workers=0)
    # Nothing has been taken in: each survey is told once, whatever rests on it.
    others = ["voices-unknown-survey"] * 3
    assert codes(held) == sorted([*told * 2, *others])
    (parents,) = (it for it in held.problems if "家长问卷" in it.message)
    assert "ask/A1、ask/A3、ask/A4.满意" in parents.message
    for one in held.problems:
        if one.code == "items-unchecked":
            assert dict(one.params)["items"] == "A4" and one.place.cell
    assert seen(held, ONE, "A4").state is State.UNCHECKED
    # With answers all is there, but for what only inspectors can say.
    all_voices(of, tmp_path)
    held = collected(of)
    checked = "A4.开展" in own
    assert seen(held, ONE, "A4").state is (State.CHECKED if checked else State.UNCHECKED)
    (silent,) = (
        it for it in held.problems if it.code == "voices-school-silent" and "家长" in it.message
    )
    assert TWO in silent.message and "ask/A4.满意" in silent.message


def test_a_figure_says_of_which_answers_it_was_counted(of: OpenRound, tmp_path: Path) -> None:
    all_voices(of, tmp_path)
    (heard,) = seen(collect(of, workers=0), ONE, "A1").heard
    assert (heard.survey, heard.question, heard.answers, heard.unit) == (
        "家长问卷",
        "满意吗",
        13,
        "份",
    )
    assert ["家长问卷.csv" in one for one in heard.files] == [True, False]
    # Remembered as it was found.
    assert seen(collected(of), ONE, "A1").heard == (heard,)


def test_what_inspectors_entered_and_is_not_the_same_is_told(of: OpenRound, tmp_path: Path) -> None:
    typed = {"A1.satisfied": RowEntry(11), "A1.returned": RowEntry(12), "A1.sent": RowEntry(20)}
    returned(of, {**ENTERED, **typed})
    all_voices(of, tmp_path)
    held = collect(of, workers=0)
    assert numbers(held, ONE, "A1")["returned"] == 13
    differ = [one for one in held.problems if one.code == "voices-differ"]
    # 11 of 12 against 11 of 13; of the other school both.
    assert "12 份" in differ[0].message and "13 份" in differ[0].message
    assert len(differ) == 2 and all(one.place.cell for one in differ)


def test_without_answers_what_inspectors_entered_stands(tmp_path: Path) -> None:
    of = a_round(tmp_path, VOICES[:1])
    typed = {"A1.satisfied": RowEntry(9), "A1.returned": RowEntry(10), "A1.sent": RowEntry(10)}
    returned(of, {**ENTERED, **typed})
    held = collect(of, workers=0)
    assert numbers(held, ONE, "A1") == {"satisfied": 9, "returned": 10, "sent": 10}
    assert codes(held).count("voices-unknown-survey") == 1
    assert not seen(held, ONE, "A1").heard


def test_what_the_bureau_decides_stands_above_answers(of: OpenRound, tmp_path: Path) -> None:
    all_voices(of, tmp_path)
    collect(of, workers=0)
    decide_item(
        of.folder.root, Verdict.CORRECT, SCHOOLS[0].id, "ask", "A1.satisfied", BY, value="13"
    )
    held = collected(of)
    assert numbers(held, ONE, "A1") == {"satisfied": 13, "returned": 13, "sent": 20}


def test_flagged_answers_leave_figures_provisional_until_somebody_decides(
    of: OpenRound, tmp_path: Path
) -> None:
    all_voices(of, tmp_path)
    late = [[ONE, "一年级", "满意", "知道", "1.1.1.1", f"2026-03-03 08:0{n}:00"] for n in range(3)]
    late += [[ONE, "一年级", "不满意", "知道", "1.1.1.2", "2026-03-03 08:00:00"]]
    heads = "学校,年级,满意吗,知道吗,IP,提交时间"
    take(of, table(tmp_path / "家长问卷二.csv", heads, *late), survey="家长问卷")
    held = collect(of, workers=0)
    assert numbers(held, ONE, "A1")["returned"] == 17
    assert codes(held).count("voices-provisional") == 1
    own = scored(of, held, ONE)
    assert own.provisional and own.unsifted and not scored(of, held, TWO).unsifted
    decide_voices(of.folder.root, "家长问卷", Rule.DOUBLED, False, BY)
    held = collected(of)
    assert numbers(held, ONE, "A1")["returned"] == 15
    assert "voices-provisional" not in codes(held) and not scored(of, held, ONE).provisional


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"question": "没有这题"}, "voices-unknown-question"),
        ({"satisfied": ["没有这项"]}, "voices-unknown-option"),
        ({"only": {"年级": ["九年级"]}}, "voices-unknown-option"),
        ({"only": {"身份": ["家长"]}}, "voices-unknown-question"),
    ],
)
def test_what_a_survey_does_not_have_is_told(
    tmp_path: Path, change: Mapping[str, Any], code: str
) -> None:
    of = a_round(tmp_path, [{**VOICES[0], **change}])
    rows = [[ONE, "一年级", "满意"]] * 3 + [[ONE, "二年级", "不满意"]] * 2
    take(of, table(tmp_path / "家长问卷.csv", "学校,年级,满意吗", *rows))
    held = collect(of, workers=0)
    assert [one.code for one in held.problems if one.code.startswith("voices")] == [code]


@pytest.mark.parametrize(
    ("change", "known"),
    [
        ({"satisfied": ["满意", "满億"]}, "满意、不满意"),
        ({"only": {"年级": ["一年级", "二年及"]}}, "一年级、二年级"),
    ],
)
def test_an_option_that_nobody_chose_beside_others_is_told(
    tmp_path: Path, change: Mapping[str, Any], known: str
) -> None:
    of = a_round(tmp_path, [{**VOICES[0], **change}])
    rows = [[ONE, "一年级", "满意"]] * 3 + [[ONE, "二年级", "不满意"]] * 2
    rows += [[TWO, "一年级", "满意"]] * 3
    take(of, table(tmp_path / "家长问卷.csv", "学校,年级,满意吗", *rows))
    held = collect(of, workers=0)
    (found,) = (one for one in held.problems if one.code.startswith("voices"))
    assert found.code == "voices-unseen-option"
    assert all(it in dict(found.params)["known"] for it in known.split("、"))
    assert numbers(held, ONE, "A1")["satisfied"] == 3


@pytest.mark.parametrize("item", ["ask/A9", "nobody/A1", "ask/A4", "ask/A4.开展", "ask/A1.sent"])
def test_an_item_that_answers_cannot_give_is_refused_when_the_round_is_opened(
    tmp_path: Path, item: str
) -> None:
    (tmp_path / "ask.yaml").write_text(RUBRIC, encoding="utf-8")
    of = a_round(tmp_path, VOICES[:1])
    text = of.folder.settings.read_text(encoding="utf-8").replace("ask/A1", item)
    of.folder.settings.write_text(text, encoding="utf-8")
    _, problems = open_round(of.folder.root)
    wrong = [one for one in problems if one.code == "round-value"]
    if item == "ask/A1.sent":
        assert not wrong  # one count by itself
    else:
        (found,) = wrong
        assert found.place.cell.endswith("voices[1].item") and found.place.cell.startswith("第 ")
        assert "可以写：" in found.message and "ask" in found.message


def test_cells_that_answers_fill_say_so(of: OpenRound) -> None:
    from openpyxl import load_workbook

    (book, _) = sorted(of.folder.returned.glob("*.xlsx"))
    sheet = load_workbook(book).worksheets[1]
    prompts = {row[0].value: str(row[6].value) for row in sheet.iter_rows() if row[0].value}
    voiced = {key for key, text in prompts.items() if text.endswith("（由答卷统计，不填）")}
    assert {"A1.satisfied", "A2.好", "A3.have", "A4.满意.satisfied", "A5.投诉"} <= voiced
    assert "A4.开展" not in voiced and Decimal(len(voiced)) >= 5


def test_complaints_of_a_round_are_those_of_its_hotlines(of: OpenRound, tmp_path: Path) -> None:
    with ledger_of(of) as ledger:
        assert complaints(ledger) is None
    all_voices(of, tmp_path)
    with ledger_of(of) as ledger:
        assert complaints(ledger) == {SCHOOLS[0].id: 3}
