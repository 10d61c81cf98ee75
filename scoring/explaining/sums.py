"""From the total back to the points earned: every sum as it was done, with exact fractions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np

from inspections.records.record import Record, State
from inspections.round.round import Round
from rubrics.language.rubric import Rubric
from rubrics.language.wording import describe_excused
from rubrics.language.worth import by_points_alone
from rubrics.rules import PeriodLength
from rubrics.rules.exact import plain_number, quotient
from rubrics.values.points import SCALE, fixed, plain, to_units
from scoring.engine.rounding import added
from scoring.explaining.agreed import agreed_entries
from scoring.explaining.combined import combined
from scoring.explaining.corrected import PLAIN, corrected_steps
from scoring.explaining.exact_text import exact_text, sum_text
from scoring.explaining.step import Step
from scoring.explaining.weighed import Share, normalised, shares
from scoring.results.ballots import BESIDE
from scoring.results.one_entry import exact_score
from scoring.results.published import POINTS, dimension_points, points_text, to_median, total_text
from scoring.results.scores import Exact, SchoolScore
from scoring.results.zeroed import zeroed

_UNTOLD = "按准确得分计算；有的项目票数少，不写算式"


def total_steps(
    settings: Round, rubric: Rubric, score: SchoolScore, elapsed: Mapping[PeriodLength, int]
) -> Iterator[Step]:
    """Yields the total and what it is made of; the school has one.

    Exactly, but where points of some items are untold: from the sums they could be worked out.
    """
    assert score.plain_total is not None and score.normalised is not None
    yield from corrected_steps(settings, rubric, score)
    if any(it.band for it in score.indicators):
        yield Step(_total_name(score), total_text(rubric, score.plain_total), _UNTOLD)
        yield Step("标化分", total_text(rubric, score.normalised), _UNTOLD)
    else:
        yield from _exact_steps(settings, rubric, score, elapsed)
    yield from _points_steps(rubric, score)
    if apart := to_median(rubric, score):
        ahead = "高" if apart.apart > 0 else "低"
        by = total_text(rubric, abs(apart.apart))
        gap = f"比中位数{ahead} {by}" if apart.apart else "与中位数相同"
        is_ = "暂为" if score.place_provisional else "是"
        middle = total_text(rubric, apart.other)
        yield Step("组内", gap, f"{score.group}总分的中位数{is_} {middle}")


def no_total_steps(rubric: Rubric, score: SchoolScore) -> Iterator[Step]:
    """Yields why there is no total, and what was earned out of how much, which is no verdict."""
    yield Step("总分", "没有", score.unranked or "；".join(score.limits))
    if score.applicable:
        yield from _points_steps(rubric, score)


def _points_steps(rubric: Rubric, score: SchoolScore) -> Iterator[Step]:
    weighed = not by_points_alone(rubric)
    told = "各一级指标折合：" if weighed else ""
    added_up = told + sum_text(_addends(rubric, score), "")
    yield Step("实得", _n(score.earned), added_up + _ADJUSTED * _adjusted(rubric, score))
    yield Step("应得", _n(score.applicable), _shared(rubric) if weighed else _due(rubric, score))


def _exact_steps(
    settings: Round, rubric: Rubric, score: SchoolScore, elapsed: Mapping[PeriodLength, int]
) -> Iterator[Step]:
    """How the points earned become the total, with exact fractions."""
    assert score.plain_total is not None and score.normalised is not None
    places, demerits = rubric.places, rubric.scale == "demerits"
    full = to_units(rubric.points)
    sums_of = score.exact or Exact(
        Fraction(score.earned), Fraction(score.bonus), Fraction(score.penalty)
    )
    found: list[Share] = []
    by_records = settings.combining.level == "total"
    if by_records:
        figure, told = _of_records(settings, rubric, score, elapsed)
    elif demerits:
        figure, told = sums_of.earned, "各项记分之和，不标化"
    elif sums_of.items:
        found = shares(rubric, sums_of.items)
        figure, told = normalised(rubric, found)
    else:
        figure = sums_of.earned * full / score.applicable
        told = (
            f"实得 {exact_text(sums_of.earned)} ÷ 应得 {_n(score.applicable)} × {_n(full)}"
            f" ＝ {exact_text(figure)}"
        )
    change = sums_of.bonus - sums_of.penalty
    exact = figure - change if demerits else figure + change
    plus, minus = ("－", "＋") if demerits else ("＋", "－")
    sums = f"标化分 {exact_text(figure)}"
    sums += f" {plus} 加分 {exact_text(sums_of.bonus)}" if score.bonus else ""
    sums += f" {minus} 附加扣分 {exact_text(sums_of.penalty)}" if score.penalty else ""
    sums += f" ＝ {exact_text(exact)}" if score.bonus or score.penalty else ""
    sums += f"，四舍五入到 {places} 位小数" if places else "，四舍五入到整数"
    step = SCALE // 10**places
    by_points = _half_up(exact / step) * step
    for name, end, beyond in (("最低", rubric.floor, -1), ("最高", rubric.cap, 1)):
        if end is not None and (by_points - to_units(end)) * beyond > 0:
            sums += f" ＝ {fixed(by_points, places)}，总分{name} {plain(end)}"
            by_points = to_units(end)
    if titles := zeroed(rubric, score):
        sums += f" ＝ {fixed(by_points, places)}；触及红线“{'、'.join(titles)}”，总分改记"
    yield Step(_total_name(score), fixed(score.plain_total, places), sums)
    yield Step("标化分", fixed(score.normalised, places), told)
    if not by_records:
        for share in found:
            yield Step(share.dimension.id, _n(quotient(share.figure, 1)), share.text)


def _total_name(score: SchoolScore) -> str:
    return PLAIN if score.correction else "总分"


def _of_records(
    settings: Round, rubric: Rubric, score: SchoolScore, elapsed: Mapping[PeriodLength, int]
) -> tuple[Fraction, str]:
    """The combined figure of the records, each normalised alone (``level: total``)."""
    figures: list[tuple[Record, Fraction]] = []
    demerits, full = rubric.scale == "demerits", to_units(rubric.points)
    counted = [agreed_entries(settings, indicator, score) for indicator in rubric.indicators]
    for place, visit in enumerate(score.visits):
        entered: list[Fraction] = []
        own_figures: dict[str, Fraction] = {}
        due = 0
        for indicator, entries in zip(rubric.indicators, counted, strict=True):
            _, seen = entries[place]
            own = exact_score(
                rubric,
                indicator,
                seen,
                day=visit.day,
                elapsed=elapsed,
                traits=score.school.traits,
                again=bool(score.indicator(indicator.id).again),
            )
            entered.append(own or Fraction(0))
            if own is not None:
                own_figures[indicator.id] = own
            due += 0 if own is None else to_units(indicator.points)
        if due:
            if not by_points_alone(rubric):
                figures.append((visit, normalised(rubric, shares(rubric, own_figures))[0]))
                continue
            earned = Fraction(plain_number(added(rubric, np.array([entered], object), 1), 0))
            figures.append((visit, earned if demerits else earned * full / due))
    found = combined(rubric, figures, score.visits, settings)
    return found.units, f"每份检查表各自标化；{found.text}".rstrip("；")


def _addends(rubric: Rubric, score: SchoolScore) -> Iterator[tuple[bool, str]]:
    """Each dimension that counts, with its points; whether they are below zero."""
    shown = dimension_points(score, POINTS)
    for dimension, part, units in zip(rubric.dimensions, score.dimensions, shown, strict=True):
        if part.applicable:
            told = BESIDE if part.untold else _n(abs(units))
            yield units < 0 and not part.untold, f"{dimension.id} {told}"


def _adjusted(rubric: Rubric, score: SchoolScore) -> bool:
    """Whether a dimension stands with another figure than its indicators add up to, as it may where
    some are untold: then sums are told no finer than they are printed.
    """
    if not by_points_alone(rubric) or not any(item.band for item in score.indicators):
        return False
    held = {item.indicator: item for item in score.indicators}
    shown = dimension_points(score, POINTS)
    for dimension, part, units in zip(rubric.dimensions, score.dimensions, shown, strict=True):
        items = [held[item.id] for item in dimension.indicators if item.id in held]
        told = not (part.untold or any(item.band for item in items))
        if told and sum(item.earned or 0 for item in items) != units:
            return True
    return False


_ADJUSTED = "；各一级指标按公布的位数列出，尾数已作调整，使各项之和等于实得"


def _shared(rubric: Rubric) -> str:
    return f"按权重折合；{describe_excused(rubric)}"


def _due(rubric: Rubric, score: SchoolScore) -> str:
    left_out: dict[State, int] = {}
    for item in score.indicators:
        if item.state is not State.CHECKED:
            left_out[item.state] = left_out.get(item.state, 0) + item.points
    if not left_out:
        return "各项都计入"
    listed = "".join(f" － {state} {_n(units)}" for state, units in left_out.items())
    return f"{plain(rubric.points)}{listed}"


def _half_up(value: Fraction) -> int:
    whole = (abs(value) * 2 + 1) // 2
    return int(whole if value >= 0 else -whole)


def _n(units: int) -> str:
    return points_text(units)
