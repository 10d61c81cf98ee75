"""Shares of answers weighed by the pupils of each class, where the round says so."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.collecting.collecting import collect, collected
from inspections.records.record import Heard, Weighed
from inspections.round.opened import OpenRound
from inspections.steps.voices import import_voices, voices_status
from inspections.voices.classes import SchoolClass
from inspections.voices.weighing import weighed_share
from inspections.workbook.form.contents import RowEntry
from scoring.explaining.records import _heard as explained
from tests.inspections.voices.test_feeding import (
    BY,
    ENTERED,
    ONE,
    TWO,
    a_round,
    codes,
    returned,
    scored,
    seen,
    table,
    take,
)

WEIGHED = [
    {"item": "ask/A1", "survey": "家长问卷", "question": "满意吗", "weighed_by": "班级人数"},
    {
        "item": "ask/A3",
        "survey": "家长问卷",
        "question": "知道吗",
        "satisfied": ["知道"],
        "weighed_by": "班级人数",
        "only": {"年级": ["三年级"]},
    },
]
HEADS = "学校,年级,班级,满意吗,知道吗"
PUPILS = "学校,年级,班级,学生数"


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    made = a_round(tmp_path, WEIGHED)
    answers = [[ONE, "三年级", "三(1)班", "满意", "知道"]] * 6
    answers += [[ONE, "三年级", "1班", "不满意", "不知道"]] * 2
    answers += [[ONE, "四年级", "2", "不满意", "知道"]] * 5 + [
        [ONE, "四年级", "二班", "满意", "知道"]
    ] * 5
    answers += [[ONE, "四年级", "", "满意", "知道"]] * 2
    answers += [[TWO, "三年级", "3班", "满意", "知道"]] * 9 + [[TWO, "三年级", "3班", "不满意", ""]]
    take(made, table(tmp_path / "家长问卷.csv", HEADS, *answers))
    return made


def sent(of: OpenRound, folder: Path) -> None:
    counts = table(folder / "发放.csv", "学校,发放份数", [ONE, 20], [TWO, 12])
    take(of, counts, survey="家长问卷", kind="发放数")


def classes(of: OpenRound, folder: Path, *more: tuple[str, str, str, object]) -> list[str]:
    rows = [
        (ONE, "三年级", "1班", 10),
        (ONE, "四年级", "四年级2班", 30),
        (ONE, "五年级", "5.1", 20),
        *more,
    ]
    return take(of, table(folder / "班级人数.csv", PUPILS, *rows))


def test_each_class_weighs_as_many_as_its_pupils(of: OpenRound, tmp_path: Path) -> None:
    sent(of, tmp_path)
    assert classes(of, tmp_path) == []
    held = collect(of, workers=0)
    # 10 pupils of whom 6/8 are satisfied, 30 of whom 5/10 are: 22.5 of 40; 20 came back.
    one = seen(held, ONE, "A1")
    assert one.values == {
        "satisfied": Decimal("11.25"), "returned": Decimal(20), "sent": Decimal(20),
    }  # fmt: skip
    # (2 + 30)^2 would be of weights; in answers: 40^2 / (10^2 / 8 + 30^2 / 10).
    assert one.heard[0].weighed == Weighed(2, 1, 2, Decimal("15.61"))
    # Of third grades there is one class, and nobody misses those of other grades.
    known = seen(held, ONE, "A3")
    assert known.values == {"have": Decimal(6), "due": Decimal(8)}
    assert known.heard[0].weighed == Weighed(1, 0, 0, Decimal(8))
    # 11.25/20 of 90 % of 4 points: as the headmaster reckons it from what is printed.
    assert scored(of, held, ONE).indicator("A1").earned == 25000
    assert scored(of, held, ONE).indicator("A3").earned == 15000
    # No pupils are known of the other school: as its answers were counted.
    assert seen(held, TWO, "A1").values["satisfied"] == Decimal(9)
    assert seen(held, TWO, "A1").heard[0].weighed == Weighed(0, unplaced=10)
    assert [one for one in codes(held) if "weigh" in one or "placed" in one] == [
        "voices-unplaced", "voices-unweighed", "voices-unweighed",
    ]  # fmt: skip
    # Remembered as it was found.
    assert seen(collected(of), ONE, "A1").heard == one.heard


def test_what_inspectors_counted_is_compared_before_it_is_weighed(
    of: OpenRound, tmp_path: Path
) -> None:
    sent(of, tmp_path)
    classes(of, tmp_path)
    typed = {"A1.satisfied": RowEntry(13), "A1.returned": RowEntry(20), "A1.sent": RowEntry(20)}
    returned(of, {**ENTERED, **typed})
    held = collect(of, workers=0)
    assert seen(held, ONE, "A1").values["satisfied"] == Decimal("11.25")
    differ = [one.place.sheet for one in held.problems if one.code == "voices-differ"]
    assert differ == [TWO]  # 9 of 10 there


def test_without_a_table_nothing_is_weighed_and_it_is_said(of: OpenRound) -> None:
    held = collect(of, workers=0)
    assert seen(held, ONE, "A1").values["satisfied"] == Decimal(13)
    assert seen(held, ONE, "A1").heard[0].weighed == Weighed(0)
    told = [one for one in held.problems if one.code == "voices-no-table"]
    assert len(told) == 2 and "班级人数" in told[0].message


def test_a_survey_that_did_not_ask_for_the_class_is_not_weighed(tmp_path: Path) -> None:
    of = a_round(tmp_path, WEIGHED[:1])
    take(of, table(tmp_path / "家长问卷.csv", "学校,满意吗", *[[ONE, "满意"]] * 4, [ONE, "不满意"]))
    classes(of, tmp_path)
    held = collect(of, workers=0)
    assert codes(held).count("voices-no-classes") == 1
    assert seen(held, ONE, "A1").values["satisfied"] == Decimal(4)


def test_grades_weigh_where_the_survey_asked_for_no_more(tmp_path: Path) -> None:
    of = a_round(tmp_path, WEIGHED[:1])
    answers = [[ONE, "三年级", "满意"]] * 4 + [[ONE, "四年级", "不满意"]] * 4
    take(of, table(tmp_path / "家长问卷.csv", "学校,年级,满意吗", *answers))
    classes(of, tmp_path, (ONE, "三年级", "2班", 20))
    one = seen(collect(of, workers=0), ONE, "A1")
    # Two classes of 30 together against 30.
    assert one.values["satisfied"] == Decimal(4) and one.heard[0].weighed == Weighed(
        2, 1, 0, Decimal(8), "年级"
    )


def test_status_lists_the_classes_that_are_known(of: OpenRound, tmp_path: Path) -> None:
    classes(of, tmp_path)
    found, _ = voices_status(of.folder.root)
    assert found is not None and [one.name for one in found.surveys] == ["家长问卷"]
    (own,) = found.classes["班级人数"].values()
    assert own[SchoolClass("四年级", "2班")] == 30 and sum(own.values()) == 60


def test_a_class_in_two_rows_is_told(of: OpenRound, tmp_path: Path) -> None:
    classes(of, tmp_path, (ONE, "四年级", "（2）班", 5))
    held = collect(of, workers=0)
    (told,) = (one for one in held.problems if one.code == "voices-class-twice")
    assert f"{ONE}的四年级2班" in told.message


@pytest.mark.parametrize(
    ("heads", "rows", "code"),
    [
        ("学校,年级,班级", [[ONE, "三年级", "1班"]], "voices-number-column"),
        ("学校,学生数", [[ONE, 30]], "voices-class-column"),
        ("学校,班级,学生数", [[ONE, "1班", "三十"]], "voices-count"),
        ("学校,班级,学生数", [[ONE, "1班", 20], ["邻县小学", "1班", 30]], "voices-school-unknown"),
    ],
)
def test_a_table_of_classes_that_says_too_little_is_told(
    tmp_path: Path, heads: str, rows: list[list[object]], code: str
) -> None:
    of = a_round(tmp_path, WEIGHED[:1])
    path = table(tmp_path / "班级人数.csv", heads, *rows)
    _, problems = import_voices(of.folder.root, [path], BY, kind="班级人数")
    assert code in [one.code for one in problems]


def test_a_table_of_what_was_sent_without_numbers_is_refused(tmp_path: Path) -> None:
    of = a_round(tmp_path, WEIGHED[:1])
    path = table(tmp_path / "发放.csv", "学校,数量", [ONE, 30])
    taken, problems = import_voices(of.folder.root, [path], BY, survey="家长问卷", kind="发放数")
    assert taken is not None and not taken.files
    assert [one.code for one in problems] == ["voices-number-column", "voices-draft"]
    assert "发放份数" in problems[0].remedy


def test_ballots_are_not_weighed(tmp_path: Path) -> None:
    wrong = [{"item": "ask/A2", "survey": "测评", "question": "测评结果", "weighed_by": "班级人数"}]
    with pytest.raises(AssertionError, match="不能按班级人数加权"):
        a_round(tmp_path, wrong)


def test_explaining_says_how_classes_were_weighed() -> None:
    heard = Heard(("satisfied",), "家长问卷", "满意吗", ("第 1 号文件",), 20, "份")
    how = Weighed(2, 1, 2, Decimal("15.61"))
    told = explained(Heard(*[getattr(heard, it) for it in heard.__slots__[:-1]], how))
    assert "按 2 个班的学生数加权（1 个班没有答卷；2 份没有写明班级，不计入）" in told
    assert "相当于 15.61 份等权的答卷" in told and "加权" not in explained(heard)


NAMES = [SchoolClass("三年级", f"{n}班") for n in range(1, 6)]
COUNTS = st.integers(0, 40)


@given(
    st.dictionaries(st.sampled_from(NAMES), st.integers(0, 60)),
    st.dictionaries(st.sampled_from(NAMES), st.tuples(COUNTS, COUNTS).map(sorted).map(tuple)),
)
def test_a_weighed_share_is_as_by_hand(
    pupils: Mapping[SchoolClass, int], answered: Mapping[SchoolClass, tuple[int, int]]
) -> None:
    share, how = weighed_share(pupils, answered)
    used = [(pupils[it], *answered[it]) for it in NAMES
            if pupils.get(it) and answered.get(it, (0, 0))[1]]  # fmt: skip
    assert how.classes == len(used) and (share is None) == (not used)
    assert how.unplaced == sum(n for _, n in answered.values()) - sum(n for _, _, n in used)
    if share is not None:
        people = [Fraction(size, count) for size, _, count in used for _ in range(count)]
        good = [Fraction(size, count) for size, chosen, count in used for _ in range(chosen)]
        assert share == sum(good) / sum(people)
        kish = sum(people) ** 2 / sum(one * one for one in people)
        assert abs(Fraction(how.effective) - kish) <= Fraction(1, 200)
        assert 0 <= share <= 1 and how.effective <= len(people)
