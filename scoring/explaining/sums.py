"""From the total back to the points earned: every sum as it was done, with exact fractions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from inspections.records.record import Record, State
from inspections.round.round import Round
from rubrics.language.rubric import Rubric
from rubrics.rules import PeriodLength
from rubrics.values.points import SCALE, fixed, from_units, plain, to_units
from scoring.explaining.agreed import agreed_entries
from scoring.explaining.combined import combined
from scoring.results.one_entry import score_observation
from scoring.results.scores import SchoolScore
from scoring.verdict.redlines import red_lines


@dataclass(frozen=True, slots=True)
class Step:
    """A figure by name, its value, and where it comes from."""

    name: str
    value: str
    because: str = ""


def total_steps(
    settings: Round, rubric: Rubric, score: SchoolScore, elapsed: Mapping[PeriodLength, int]
) -> Iterator[Step]:
    """Yields the total and what it is made of, exactly; the school has one."""
    assert score.total is not None and score.normalised is not None
    places, demerits = rubric.places, rubric.scale == "demerits"
    full = to_units(rubric.points)
    by_records = settings.combining.level == "total"
    if by_records:
        figure, told = _of_records(settings, rubric, score, elapsed)
    elif demerits:
        figure, told = Fraction(score.earned), "各项记分之和，不标化"
    else:
        figure = Fraction(score.earned * full, score.applicable)
        told = (
            f"实得 {_n(score.earned)} ÷ 应得 {_n(score.applicable)} × {_n(full)}"
            f" ＝ {_exact(figure)}"
        )
    change = score.bonus - score.penalty
    exact = figure - change if demerits else figure + change
    plus, minus = ("－", "＋") if demerits else ("＋", "－")
    sums = f"标化分 {_exact(figure)}"
    sums += f" {plus} 加分 {_n(score.bonus)}" if score.bonus else ""
    sums += f" {minus} 附加扣分 {_n(score.penalty)}" if score.penalty else ""
    sums += f" ＝ {_exact(exact)}" if score.bonus or score.penalty else ""
    sums += f"，四舍五入到 {places} 位小数" if places else "，四舍五入到整数"
    step = SCALE // 10**places
    by_points = _half_up(exact / step) * step
    if zeroed := _zeroed(rubric, score):
        sums += f" ＝ {fixed(by_points, places)}；触及红线“{'、'.join(zeroed)}”，总分改记"
    yield Step("总分", fixed(score.total, places), sums)
    yield Step("标化分", fixed(score.normalised, places), told)
    yield Step("实得", _n(score.earned), "＋".join(_addends(rubric, score)))
    yield Step("应得", _n(score.applicable), _due(rubric, score))
    if score.gap is not None and score.median is not None:
        ahead = "高" if score.gap > 0 else "低"
        gap = f"比中位数{ahead} {_n(abs(score.gap))}" if score.gap else "与中位数相同"
        yield Step("组内", gap, f"{score.group}总分的中位数是 {_n(score.median)}")


def _of_records(
    settings: Round, rubric: Rubric, score: SchoolScore, elapsed: Mapping[PeriodLength, int]
) -> tuple[Fraction, str]:
    """The combined figure of the records, each normalised alone (``level: total``)."""
    figures: list[tuple[Record, int]] = []
    demerits, full = rubric.scale == "demerits", to_units(rubric.points)
    counted = [agreed_entries(settings, indicator, score) for indicator in rubric.indicators]
    for place, visit in enumerate(score.visits):
        earned = due = 0
        for indicator, entries in zip(rubric.indicators, counted, strict=True):
            _, seen = entries[place]
            own = score_observation(
                rubric,
                indicator,
                seen,
                day=visit.day,
                elapsed=elapsed,
                traits=score.school.traits,
            )
            if own.state is State.CHECKED:
                earned, due = earned + own.earned, due + own.points
        if due:
            figures.append((visit, earned if demerits else _half_up(Fraction(earned * full, due))))
    found = combined(rubric, figures, score.visits, settings)
    return Fraction(found.units), f"每份检查表各自标化；{found.text}".rstrip("；")


def _addends(rubric: Rubric, score: SchoolScore) -> Iterator[str]:
    for dimension, part in zip(rubric.dimensions, score.dimensions, strict=True):
        if part.applicable:
            yield f"{dimension.id} {_n(part.earned)}"


def _due(rubric: Rubric, score: SchoolScore) -> str:
    left_out: dict[State, int] = {}
    for item in score.indicators:
        if item.state is not State.CHECKED:
            left_out[item.state] = left_out.get(item.state, 0) + item.points
    if not left_out:
        return "各项都计入"
    listed = "".join(f" － {state} {_n(units)}" for state, units in left_out.items())
    return f"{plain(rubric.points)}{listed}"


def _zeroed(rubric: Rubric, score: SchoolScore) -> list[str]:
    """Titles of the crossed red lines that zero the total."""
    zeroing = {
        (line.owner, line.line.title)
        for line in red_lines(rubric)
        if line.line.consequence.zero_total
    }
    return [hit.title for hit in score.red_lines if (hit.owner, hit.title) in zeroing]


def _exact(units: Fraction) -> str:
    """A figure in points, exactly: ``8000/87（91.95402…）`` where it has no end."""
    value = units / SCALE
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        digits = str(Fraction(value))
        return digits if "/" not in digits else _decimal(value)
    cut = int(abs(value) * 100_000)
    sign = "-" if value < 0 else ""
    return f"{value.numerator}/{value.denominator}（{sign}{cut // 100_000}.{cut % 100_000:05}…）"


def _decimal(value: Fraction) -> str:
    """A fraction whose decimals end, in full."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    whole = abs(value * 10**places).numerator
    sign = "-" if value < 0 else ""
    return f"{sign}{whole // 10**places}.{whole % 10**places:0{places}}"


def _half_up(value: Fraction) -> int:
    whole = (abs(value) * 2 + 1) // 2
    return int(whole if value >= 0 else -whole)


def _n(units: int) -> str:
    return str(from_units(units))
