"""How figures of a year, changes and what is still open are put."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from rubrics.values.points import fixed
from scoring.results.published import percent_text, percentage_points
from scoring.years.held import HeldSchool
from scoring.years.year import RubricYear, SchoolYear

HOW: Final = (
    "年度分＝各轮公布的总分×权重之和，四舍五入一次，按印出的总分可以重新算出。"
    "某轮没有成绩的，不按零分，权重由其余各轮分担，不排名。"
)
"""What a figure of the year is made of, in whatever paper it stands."""

_PERCENT = 100_00


def weight_text(weight: Fraction) -> str:
    """Returns a weight with which the year can be worked out again: ``40%``, ``1/3``."""
    hundredths = weight * _PERCENT
    if hundredths.denominator > 1:
        return f"{weight.numerator}/{weight.denominator}"
    whole, rest = divmod(hundredths.numerator, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") + "%" if rest else f"{whole}%"


def behind_note(part: RubricYear) -> str:
    """Returns why some stand behind others with lower totals; empty where nobody does."""
    held = [one for one in part.schools if one.behind]
    if not held:
        return ""
    return f"任何一轮{behind_why(held)}，不论年度分多少，也不作为先进点名。"


def behind_why(held: Sequence[SchoolYear]) -> str:
    """Returns what put schools behind others: ``触碰红线或等次为“不合格”的，排在……之后``."""
    said = []
    if behind := [one for one in held if not one.dropped]:
        which = ["触碰红线"] if any(one.red for one in behind) else []
        which += [_failed(one) for one in behind if one.failed][:1]
        said.append(f"{'或'.join(which)}的，排在本组其他学校之后")
    if any(one.dropped for one in held):
        said.append("触碰了规定不排名的红线的，不参加年度排名")
    return "，".join(said)


def total_cell(part: RubricYear, cell: HeldSchool | None) -> str:
    """Returns a school's total in a round, or why there is none."""
    if cell is None:
        return "不在册"
    if cell.total is None:
        return cell.without
    return fixed(cell.total, part.held.places) + ("（暂定）" if cell.open else "")


def totals_text(part: RubricYear, one: SchoolYear) -> str:
    """Returns the totals of all rounds; a reason why there is none once, where it is always that.

    Which of them may yet change stands in the remark.
    """
    told = [total_cell(part, cell and replace(cell, open=False)) for cell in one.cells]
    return told[0] if one.total is None and len(set(told)) == 1 else "／".join(told)


def rank_cell(cell: HeldSchool | None) -> str:
    """Returns ``3/22``; a school that is alone in its group has no rank."""
    if cell is None or cell.rank is None or cell.group_size < 2:
        return "—"
    return f"{cell.rank}/{cell.group_size}" + ("（暂列）" if cell.group_open else "")


def year_rank(one: SchoolYear) -> str:
    """Returns the rank of the year; a dash for those without one."""
    if one.rank is None or one.group_size < 2:
        return "—"
    return f"{one.rank}/{one.group_size}" + ("（暂列）" if one.place_open else "")


def change_text(part: RubricYear, one: SchoolYear) -> str:
    """Returns the change from the first round to the last: ``升2.10分``, ``降3.5个百分点``."""
    if one.change is None:
        return "—"
    if not one.change:
        return "持平"
    size = abs(one.change)
    if one.by_rate:
        shown = f"{percentage_points(size)}个百分点"
    else:
        shown = f"{fixed(size, part.held.places)}分"
    return f"{better_word(one.change)}{shown}"


def short_change(part: RubricYear, one: SchoolYear) -> str:
    """Returns the same for a narrow column: ``升2.10``, ``降3.5点``."""
    return change_text(part, one).removesuffix("分").replace("个百分点", "点")


def better_word(change: int) -> str:
    """Returns whether it is better or worse now."""
    return "升" if change > 0 else "降"


def moved_text(one: SchoolYear) -> str:
    """Returns by how many places a school moved among those that can be compared."""
    if one.moved is None:
        return "—"
    places = abs(one.moved.up)
    word = f"{better_word(one.moved.up)}{places}位" if places else "未变"
    return word + ("（暂）" if one.moved.open else "")


def grades_text(one: SchoolYear) -> str:
    """Returns ``良好→优秀``, or the one grade that stayed."""
    grades = [cell.grade or cell.without or "—" if cell else "不在册" for cell in one.cells]
    return grades[0] if len(set(grades)) == 1 else "→".join(grades)


def remark(one: SchoolYear, labels: Sequence[str]) -> str:
    """Returns what has to be known of a school's figure of the year."""
    said = []
    if one.lacking:
        left_out = tuple(it for it in one.lacking if (cell := one.cells[it]) and cell.left_out)
        others = tuple(it for it in one.lacking if it not in left_out)
        why = [f"{_named(others, one, labels)}没有成绩"] if others else []
        why += [f"{_named(left_out, one, labels)}{_left_out(one)}"] if left_out else []
        then = "，年度分按其余各轮折算，不排名" if one.total is not None else ""
        said.append("，".join(why) + then)
    if one.behind:
        # A red line that fixes the grade is told once.
        failed = tuple(number for number in one.failed if number not in one.red)
        marks = "，".join(
            f"{_named(numbers, one, labels)}{what}"
            for numbers, what in ((one.red, "触碰红线"), (failed, _failed(one)))
            if numbers
        )
        then = "，不排名" if one.dropped else "，排在其他学校之后" if one.rank else ""
        said.append(f"{marks}{then}")
    groups = list(dict.fromkeys(cell.group for cell in one.cells if cell))
    if len(groups) > 1:
        said.append(f"组别由{groups[0]}改为{groups[-1]}，名次不比较")
    if one.by_rate and one.change is not None:
        said.append("细则有变，变化按没有变的指标的得分率")
    if one.open and one.total is not None:
        still = tuple(number for number, cell in enumerate(one.cells) if cell and cell.open)
        said.append(f"{_named(still, one, labels)}成绩尚未核定，暂定")
    return "；".join(said)


def _named(numbers: Sequence[int], one: SchoolYear, labels: Sequence[str]) -> str:
    """The rounds that are meant; of several all together."""
    if len(numbers) == len(one.cells) > 1:
        return "各轮"
    return "、".join(labels[number] for number in numbers)


def _left_out(one: SchoolYear) -> str:
    """Why the plan of a round sent nobody to a school."""
    return next((cell.without for cell in one.cells if cell and cell.left_out), "")


def _failed(one: SchoolYear) -> str:
    """What put a school behind; the composite has no grade, but is made of some that do."""
    grades = (cell.grade for number in one.failed if (cell := one.cells[number]) and cell.grade)
    return next((f"等次为“{grade}”" for grade in grades), "有细则等次最低")


def rate_text(rate: int | None) -> str:
    """Returns a share as a percentage with one decimal, a dash for none."""
    return "—" if rate is None else percent_text(rate)


def rates_text(rates: Sequence[int | None]) -> str:
    """Returns shares in order of time: ``91.3%→86.7%``."""
    return "→".join(map(rate_text, rates))
