"""Which figures of a round are counted from what many people said, not entered by inspectors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, model_validator

from rubrics.language.rubric import Extra, Indicator, RedLine, Rubric
from rubrics.language.slots import extra_slots, red_line_slots, slots
from rubrics.rules import Ratio, RuleKind, Slot, StrictModel, Survey, Votes, joined


class Voiced(StrictModel):
    """One figure, or the figures of one rule, that answers to a question give.

    ``item``: where they stand: ``细则/指标``, followed by ``.`` and the part of a composite, or
    the key of one count (``canteen/A1.投诉``); a bonus or penalty item goes by its id alone.
    ``survey``: its name in the ledger; ``question``: its id or its text; without one, answers are
    counted as they are (complaints). ``satisfied``: the options that count as satisfied (of a
    ratio: as what is there), where neither the rubric nor the scale is meant. ``options``: of
    ballots, what an option is called in the rubric. ``only``: whose answers count, by a question
    or by what it divides people by (``{身份: [家长]}``); others do not. ``at_least``: of a question
    of 是 or 否, from how many answers on it is 是. ``weighed_by``: of a share, the name of a table
    of pupils by class in the ledger: each class then weighs as many as it has.
    """

    item: Annotated[str, Field(pattern=r"^[^/]+/[^/]+$")]
    survey: Annotated[str, Field(min_length=1)]
    question: str = ""
    satisfied: tuple[str, ...] = ()
    options: dict[str, str] = Field(default_factory=dict)
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    at_least: Annotated[int, Field(ge=1)] = 1
    weighed_by: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Voiced:
        if self.satisfied and self.options:
            raise ValueError("satisfied 和 options 只写一个")
        return self

    @property
    def rubric(self) -> str:
        """The id of the rubric."""
        return self.item.partition("/")[0]

    @property
    def owner(self) -> str:
        """The id of the indicator, red line, bonus or penalty item."""
        return self.item.partition("/")[2].partition(".")[0]

    @property
    def part(self) -> str:
        """The part of a composite, or the key of a slot; empty mostly."""
        return self.item.partition("/")[2].partition(".")[2]


@dataclass(frozen=True, slots=True)
class Target:
    """What answers fill in: the ``slots`` of an item, by key, all of them of one ``rule``.

    ``rule``: None where it is a single count, or a question of 是 or 否. ``whole``: the item asks
    for nothing else.
    """

    item: Indicator | RedLine | Extra
    rule: RuleKind | None
    slots: Mapping[str, Slot]
    whole: bool


def target_of(rubric: Rubric, voiced: Voiced) -> Target | None:
    """Returns what a setting fills in under its rubric; None where answers cannot."""
    for item in rubric.indicators:
        if item.id == voiced.owner:
            own = slots(item)
            for part in item.rule.simple_parts(item.points):
                if part.id == voiced.part and _counts(part.rule):
                    keys = {joined(part.id, slot.key) for slot in part.rule.slots(part.points)}
                    found = {slot.key: slot for slot in own if slot.key in keys}
                    return Target(item, part.rule, found, len(found) == len(own))
            return _single(item, own, voiced.part)
    for line in rubric.red_lines:
        if line.id == voiced.owner:
            return _single(line, red_line_slots(line), voiced.part)
    for extra in rubric.extras:
        if extra.id == voiced.owner:
            return _single(extra, extra_slots(extra), voiced.part)
    return None


def can_be_voiced(rubric: Rubric, owner: str = "") -> list[str]:
    """Returns the items of a rubric that answers can give, as a setting names them: those of one
    item where it has any, and whole rules where there are.
    """
    found: dict[str, list[str]] = {}
    for item in rubric.indicators:
        parts = item.rule.simple_parts(item.points)
        rules = [part.id for part in parts if _counts(part.rule)]
        cells = [slot.key for slot in slots(item) if slot.entry in ("count", "flag")]
        found[item.id] = rules or cells
    for line in rubric.red_lines:
        cells = [slot.key for slot in red_line_slots(line)]
        found[line.id or ""] = cells
    found |= {extra.id: [""] for extra in rubric.extras}
    mine = {owner: found[owner]} if found.get(owner) else found
    return [
        f"{rubric.id}/{joined(name, key) if key else name}"
        for name, keys in mine.items()
        for key in keys
    ]


def _counts(rule: RuleKind) -> bool:
    return isinstance(rule, Survey | Votes) or (isinstance(rule, Ratio) and not rule.quotient)


def _single(item: Indicator | RedLine | Extra, own: Iterable[Slot], key: str) -> Target | None:
    held = {slot.key: slot for slot in own}
    slot = held.get(key)
    if slot is None or slot.entry not in ("count", "flag"):
        return None
    return Target(item, None, {key: slot}, len(held) == 1)


def weighs(target: Target) -> bool:
    """Returns whether answers give a share, which classes may be weighed for."""
    rule = target.rule
    return isinstance(rule, Survey) or (isinstance(rule, Ratio) and rule.each is None)


def voiced_slots(rubric: Rubric, voices: Iterable[Voiced]) -> dict[str, frozenset[str]]:
    """Returns the keys of the slots that answers fill in under a rubric, by owner."""
    found: dict[str, frozenset[str]] = {}
    for one in voices:
        target = target_of(rubric, one) if one.rubric == rubric.id else None
        if target is not None:
            found[one.owner] = found.get(one.owner, frozenset()) | frozenset(target.slots)
    return found
