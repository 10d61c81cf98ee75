"""A year of generated rounds against the reference, and what never happens."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.records.record import State
from reports.year import wording
from rubrics.language.rubric import Rubric
from scoring.verdict.redlines import AfterRedLine
from scoring.years.held import HeldItem, HeldRound, HeldSchool
from scoring.years.settings import YearSettings, read_year_settings, shares
from scoring.years.year import RubricYear, SchoolYear, year_of
from tests.scoring.years import reference
from tests.scoring.years.made import a_round, held, rounds, rubric


def even(count: int) -> list[Fraction]:
    return [Fraction(1, count)] * count


@st.composite
def years(draw: st.DrawFn) -> tuple[list[HeldRound], list[Fraction]]:
    made = draw(rounds())
    parts = draw(st.lists(st.integers(1, 9), min_size=len(made), max_size=len(made)))
    return made, [Fraction(one, sum(parts)) for one in parts]


@given(years())
def test_a_year_is_that_of_the_reference(given_: tuple[list[HeldRound], list[Fraction]]) -> None:
    made, weights = given_
    (part,) = year_of(made, weights).rubrics
    for one in part.schools:
        total = reference.total(one.cells, weights)
        assert one.total == (None if total is None else int(total * 10_000))
        rates = [reference.rate(one.cells, number) for number in range(len(made))]
        assert one.rates == tuple(None if it is None else int(it * 10_000) for it in rates)
        assert (one.moved.up if one.moved else None) == reference.moves(made[0], made[-1], one.id)
    # 不适用 in all rounds is no row, but counts where a school was looked at nevertheless.
    names = {id for one in made for id in one.rubrics["small"].schools}
    for item in part.items:
        expected = {
            id for id in names
            if reference.stuck([one.rubrics["small"].schools.get(id) for one in made], item.item)
        }  # fmt: skip
        assert set(item.stuck) == expected


@given(years())
def test_parts_add_up_and_a_missing_round_is_no_zero(
    given_: tuple[list[HeldRound], list[Fraction]],
) -> None:
    made, weights = given_
    (part,) = year_of(made, weights).rubrics
    for one in part.schools:
        totals = [cell.total for cell in one.cells if cell and cell.total is not None]
        if one.total is None:
            assert not totals
            continue
        assert sum(it for it in one.parts if it is not None) == one.total
        assert min(totals) <= one.total <= max(totals)
        assert one.rank is None or not one.lacking


@given(years())
def test_ranks_are_of_those_who_lack_no_round(
    given_: tuple[list[HeldRound], list[Fraction]],
) -> None:
    made, weights = given_
    (part,) = year_of(made, weights).rubrics
    for one in part.schools:
        mates = [it for it in part.schools if it.group == one.group and it.rank]
        if one.rank:
            assert one.rank == 1 + sum((it.total or 0) > (one.total or 0) for it in mates)
            assert one.place_open == any(it.open for it in mates)
        assert one.group_size == len(mates)


def school(id: str, total: int | None, **earned: int) -> HeldSchool:
    points = {"A1": 40_000, "A2": 30_000, "A3": 30_000, "B3": 30_000}
    items = {name: HeldItem(State.CHECKED, points[name], it) for name, it in earned.items()}
    return HeldSchool(id, id, "小学组", total, items=items)


def one_school(first: Rubric, last: Rubric) -> tuple[RubricYear, SchoolYear]:
    before = school("甲", 70_000, A1=20_000, A2=30_000, **{list(ids(first))[-1]: 20_000})
    after = school("甲", 60_000, A1=40_000, A2=0, **{list(ids(last))[-1]: 20_000})
    made = [a_round(0, held({"甲": before}, first)), a_round(1, held({"甲": after}, last))]
    (part,) = year_of(made, even(2)).rubrics
    return part, part.schools[0]


def ids(one: Rubric) -> list[str]:
    return [item.id for item in one.indicators]


def test_a_rubric_that_changed_is_compared_on_what_stayed() -> None:
    part, one = one_school(rubric(), rubric("2", kind="all_or_none", last="B3"))
    assert part.shared.items == {"A1"}
    assert {(it.id, it.why) for it in part.shared.left_out} == {
        ("A2", "分值或计分规则改了"), ("A3", "取消"), ("B3", "新增"),
    }  # fmt: skip
    assert one.by_rate and one.rates == (5_000, 10_000) and one.change == 5_000


def test_another_version_with_the_same_rules_compares_in_all() -> None:
    part, one = one_school(rubric(), rubric("2"))
    assert not part.shared.same and not part.shared.left_out
    assert not one.by_rate and one.change == -10_000
    assert part.slid(0) == (one,) and part.slid(10_001) == ()


def test_who_came_went_or_was_renamed_is_told() -> None:
    named = HeldSchool("乙", "乙（新校区）", "小学组", 1)
    made = [
        a_round(0, held({"甲": school("甲", 1), "乙": school("乙", 1)})),
        a_round(1, held({"乙": named, "丙": school("丙", 1)})),
    ]
    roll = year_of(made, even(2)).roll
    assert (roll.came, roll.went) == ((("丙", 1),), (("甲", 0),))
    assert roll.renamed == (("乙", "乙（新校区）"),)


@pytest.mark.parametrize(
    ("settings", "given", "right"),
    [
        ({}, ["0.4", "0.6"], True),
        ({}, ["40", "60"], True),
        ({}, ["0.4", "0.06"], False),
        ({}, ["1"], False),
        ({}, ["1.2", "-0.2"], False),
        ({"r0": "40", "r1": "60"}, [], True),
        ({"r0": "40", "other": "60"}, [], False),
        ({}, [], True),
    ],
)
def test_weights_are_one_in_all(settings: dict[str, str], given: list[str], right: bool) -> None:
    said = YearSettings.model_validate({"weights": settings})
    found, problems = shares(said, ["r0", "r1"], [Decimal(one) for one in given])
    assert {one.code for one in problems} == (set() if right else {"year-weights"})
    assert not right or sum(found) == 1


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ("r0: 40\n  r2: 60", [("第 4 行", "r2"), ("第 2 行", "没有写 r1")]),
        ("r0: 100\n  r1: 0", [("第 4 行", "大于 0")]),
        ("r0: 40\n  r1: 40", [("第 2 行", "合计是 80")]),
    ],
)
def test_weights_that_are_wrong_are_told_with_their_lines(
    weights: str, told: list[tuple[str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "year.yaml"
    path.write_text(f"title: 年\nweights:\n  {weights}\n", "utf-8")
    said, problems = read_year_settings(path)
    assert said and not problems
    _, problems = shares(said, ["r0", "r1"], (), path)
    assert all(
        (one.code, one.place.file) == ("year-weights", str(path))
        and one.place.cell.startswith(line)
        and word in str(one.params)
        for one, (line, word) in zip(problems, told, strict=True)
    )


def ranks(made: list[HeldRound], red_line: AfterRedLine | None = None) -> dict[str, int | None]:
    (part,) = year_of(made, even(len(made)), red_line).rubrics
    return {one.id: one.rank for one in part.schools}


@pytest.mark.parametrize("when", [(0,), (1,), (0, 1)])
@pytest.mark.parametrize("mark", [{"red_lines": 1}, {"failed": True}])
def test_a_red_line_or_the_lowest_grade_stands_behind_the_others(
    when: tuple[int, ...], mark: dict[str, int]
) -> None:
    totals = {"甲": 95_0000, "乙": 90_0000, "丙": 60_0000, "丁": 96_0000}
    clean = {id: school(id, total) for id, total in totals.items()}
    marked = clean | {id: replace(clean[id], **mark) for id in "甲丁"}  # type: ignore[arg-type]
    made = [a_round(number, held(marked if number in when else clean)) for number in range(2)]
    assert ranks(made) == {"乙": 1, "丙": 2, "丁": 3, "甲": 4}
    (part,) = year_of(made, even(2)).rubrics
    assert [one.id for one in part.schools if one.behind] == ["丁", "甲"]


def test_a_red_line_leaves_unranked_where_the_round_or_the_year_says_so() -> None:
    def made(**marks: object) -> list[HeldRound]:
        both = {"甲": school("甲", 95_0000), "乙": school("乙", 90_0000)}
        first = {**both, "甲": replace(both["甲"], red_lines=1, **marks)}  # type: ignore[arg-type]
        return [a_round(0, held(first)), a_round(1, held(both))]

    assert ranks(made()) == {"乙": 1, "甲": 2}
    assert ranks(made(unranked=True)) == {"乙": 1, "甲": None}
    assert ranks(made(), "unranked") == {"乙": 1, "甲": None}
    assert ranks(made(unranked=True), "last") == {"乙": 1, "甲": 2}


@given(years())
def test_the_year_is_worked_out_again_from_what_is_printed(
    given_: tuple[list[HeldRound], list[Fraction]],
) -> None:
    """By hand: printed totals times printed weights, rounded once."""
    made, weights = given_
    (part,) = year_of(made, weights).rubrics
    for one in part.schools:
        if one.total is None or any(cell is None or cell.total is None for cell in one.cells):
            continue
        printed = [
            Fraction(wording.total_cell(part, cell).removesuffix("（暂定）")) for cell in one.cells
        ]
        shares = [weight_of(wording.weight_text(weight)) for weight in weights]
        assert sum(shares) == 1
        by_hand = sum((a * b for a, b in zip(printed, shares, strict=True)), Fraction())
        assert reference.half_up(by_hand, part.held.places) == Decimal(one.total) / 10_000


def weight_of(text: str) -> Fraction:
    return Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)


@pytest.mark.parametrize(
    ("weight", "text"),
    [("2/5", "40%"), ("1/8", "12.5%"), ("1/3", "1/3"), ("1", "100%"), ("3333/10000", "33.33%")],
)
def test_weights_are_printed_whole(weight: str, text: str) -> None:
    assert wording.weight_text(Fraction(weight)) == text
