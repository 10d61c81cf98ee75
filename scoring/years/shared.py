"""What stayed the same of a rubric: the indicators whose points and rule no round changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rubrics.language.digest import rule_digest
from rubrics.language.rubric import Indicator
from scoring.years.held import HeldRubric


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An indicator that is not compared, and why (新增, 取消, 改了)."""

    id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Shared:
    """``items``: the ids that can be compared in all rounds. ``same``: nothing at all changed."""

    items: frozenset[str]
    left_out: tuple[LeftOut, ...]
    versions: tuple[str, ...]
    same: bool


def shared(held: Sequence[HeldRubric]) -> Shared:
    """Returns what can be compared of a rubric, from its versions in order of time."""
    rubrics = [one.rubric for one in held if one.rubric is not None]
    versions = tuple(dict.fromkeys(one.version for one in rubrics))
    if len({one.digest for one in held}) == 1:
        items = frozenset(one.id for one in rubrics[0].indicators) if rubrics else frozenset[str]()
        return Shared(items, (), versions, True)
    by_id = [{one.id: one for one in rubric.indicators} for rubric in rubrics]
    names = dict.fromkeys(id for known in by_id for id in known)
    left = tuple(_left_out(names, by_id))
    out = {one.id for one in left}
    # A round that scores on another scale compares in nothing.
    scales = {(rubric.scale, rubric.points) for rubric in rubrics}
    same_scale = len({scale for scale, _ in scales}) == 1
    items = frozenset(id for id in names if id not in out and same_scale)
    return Shared(items, left, versions, False)


def same_totals(held: Sequence[HeldRubric]) -> bool:
    """Returns whether totals of all rounds have the same full marks and direction."""
    return len({(one.demerits, one.rubric and one.rubric.points) for one in held}) == 1


def _left_out(names: dict[str, None], by_id: Sequence[dict[str, Indicator]]) -> Iterator[LeftOut]:
    for id in names:
        there = [known[id] for known in by_id if id in known]
        if len(there) < len(by_id):
            yield LeftOut(id, there[-1].title, "取消" if id not in by_id[-1] else "新增")
        elif len({rule_digest(one) for one in there}) > 1:
            yield LeftOut(id, there[-1].title, "分值或计分规则改了")
