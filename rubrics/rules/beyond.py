"""Below 0 and above P: how far a rule goes on where it says so (倒扣, 超额完成)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from rubrics.rules.kind import Wrong
from rubrics.rules.words import then, until_nothing_is_left
from rubrics.values.points import number_text

Floor = Annotated[Decimal, Field(le=0, max_digits=12, decimal_places=4)]
"""The fewest points that a rule comes to: 0, or below it."""


def until_the_floor(points: Decimal, floor: Decimal, demerits: bool) -> str:
    """How far deductions go: ``，扣完为止``, ``，扣完以后倒扣，最低 -3 分``."""
    if not floor:
        return until_nothing_is_left(points, demerits)
    return f"，扣完以后倒扣，最低 {number_text(floor)} 分"


def up_to(ceiling: Decimal | None, reached: str) -> str:
    """How far more is earned beyond the goal: ``，超过的按比例多得，达到 5 个最多得 6 分``."""
    if ceiling is None:
        return ""
    return f"，超过的按比例多得，{then(f'达到 {reached}', f'最多得 {number_text(ceiling)} 分')}"


def wrong_ends(
    points: Decimal, demerits: bool, floor: Decimal = Decimal(0), ceiling: Decimal | None = None
) -> Iterator[Wrong]:
    """Yields that demerits go no further, or that a ceiling is not above P."""
    for name, end in (("floor", floor or None), ("ceiling", ceiling)):
        if end is not None and demerits:
            yield _wrong_end(name, f"计负分的细则不能写 {name}", f"去掉 {name}")
    if ceiling is not None and ceiling <= points:
        said = number_text(points)
        detail = f"ceiling 是 {number_text(ceiling)}，没有超过分值 {said}"
        yield _wrong_end("ceiling", detail, f"写大于 {said} 的数，或去掉 ceiling")


def out_of_reach(name: str, end: Decimal, reached: str) -> Wrong:
    """Returns that a rule never comes to its end; ``reached`` says how far it comes."""
    detail = f"{name} 是 {number_text(end)}，{reached}，到不了"
    return _wrong_end(name, detail, f"写到得了的数，或去掉 {name}")


def within_a_part(name: str, part: str) -> Wrong:
    """Returns that a part of a composite goes below 0 or above its points."""
    detail = f"“{part}”是复合规则的一部分，不能写 {name}"
    return _wrong_end(name, detail, f"去掉 {name}，或把它单列为一个指标")


def _wrong_end(name: str, detail: str, write: str) -> Wrong:
    return Wrong((name,), "rubric-rule-ends", {"detail": detail, "write": write})
