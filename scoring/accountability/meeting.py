"""Whether a school meets conditions, and by which figures; ranks are looked at apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from rubrics.values.points import fixed, share_text, to_units
from rubrics.values.range_words import span_text
from rubrics.values.ranges import Range
from scoring.accountability.rules import Conditions
from scoring.accountability.standing import Standing


def figures_met(asked: Conditions, one: Standing) -> tuple[str, ...] | None:
    """Returns the figures by which all conditions but those on ranks and other rounds are met.

    None where one is not. What is not known (no total, an untold share) meets nothing.
    """
    found: list[str] = []
    for told in _each(asked, one):
        if told is None:
            return None
        found.append(told)
    return tuple(found)


def _each(asked: Conditions, one: Standing) -> Iterator[str | None]:
    if asked.red_line is not None:
        named = None if asked.red_line is True else asked.red_line
        hit = [line for line in one.red_lines if named is None or line[0] in named]
        yield f"触红线：{'、'.join(f'{title}（{owner}）' for owner, title in hit)}" if hit else None
    if asked.award_lost is not None:
        lost = not one.award_eligible
        told = "失去评优评先资格" if lost else "保有评优评先资格"
        yield told if lost == asked.award_lost else None
    if asked.grade:
        yield f"等次“{one.grade}”" if one.grade in asked.grade else None
    if asked.total is not None:
        yield _total(asked.total, one)
    yield from _shares(asked, one)
    if asked.key_failed is not None:
        yield _count("关键项不合格", asked.key_failed, one.key_failed, "项")
    if asked.key_items:
        failed = [key for key in asked.key_items if key in one.key_failed]
        yield f"关键项不合格：{'、'.join(failed)}" if failed else None
    for tier, span in asked.tier_failed.items():
        yield _count(f"{tier}项不合格", span, one.tier_failed.get(tier, ()), "项")
    if asked.same_fault is not None:
        most = [(fault, n) for fault, n in one.faults if _holds(asked.same_fault, n)]
        told = "、".join(f"{fault} {n} 处（次）" for fault, n in most)
        yield f"同一问题：{told}（{span_text(asked.same_fault)}）" if most else None
    if asked.overdue is not None:
        yield _count("整改逾期", asked.overdue, one.rectify.overdue, "条")
    if asked.follow_up_failed is not None:
        yield _count("复查不通过", asked.follow_up_failed, one.rectify.failed, "条")
    if asked.complaints is not None:
        count = one.complaints
        met = count is not None and _holds(asked.complaints, count)
        yield f"投诉 {count} 件（{span_text(asked.complaints)}）" if met else None


def _total(span: Range, one: Standing) -> str | None:
    if one.total is None or not _within(span, one.total):
        return None
    return f"总分 {fixed(one.total, one.places)}（{span_text(span)}{one.corrected_words}）"


def _shares(asked: Conditions, one: Standing) -> Iterator[str | None]:
    for name, least in asked.at_least.items():
        yield _share(one, name, f"不低于 {share_text(least)}", least.__le__)
    for name, most in asked.below.items():
        yield _share(one, name, f"低于 {share_text(most)}", most.__gt__)
    if asked.dimensions_at_least is not None:
        held = [one.kept[name].share for name in one.dimensions if name in one.kept]
        least = asked.dimensions_at_least
        told = f"各一级指标得分率都不低于 {share_text(least)}"
        fits = held and min(held) >= least
        yield f"{told}（最低 {per_cent(min(held))}）" if fits else None


def _share(one: Standing, name: str, words: str, fits: Callable[[Fraction], bool]) -> str | None:
    kept = one.kept.get(name)
    if kept is None or not fits(kept.share):
        return None
    return f"{name} {kept.title}得分率 {per_cent(kept.share)}（{words}）"


def per_cent(share: Fraction) -> str:
    """Returns a share as printed, cut short: what is below a bound never reads as if at it."""
    units = int(share * 10_000)
    return f"{units // 100}.{units % 100:02d}%"


def _count(what: str, span: Range, named: Sequence[str], unit: str) -> str | None:
    if not _holds(span, len(named)):
        return None
    listed = f"：{'、'.join(named)}" if named else ""
    return f"{what} {len(named)} {unit}{listed}（{span_text(span)}）"


def _holds(span: Range, count: int) -> bool:
    return Decimal(count) in span


def _within(span: Range, units: int) -> bool:
    return Decimal(units) / to_units(1) in span


def joined_figures(parts: Iterable[Sequence[str]]) -> str:
    """Returns the figures of all alternatives that are met, each once."""
    return "；".join(dict.fromkeys(text for part in parts for text in part))
