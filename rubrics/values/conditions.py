"""Conditions on a school's traits: ``when: {学段: [小学, 九年一贯制], 正式党员数: ≥7}``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from rubrics.values.range_words import span_text
from rubrics.values.ranges import parse_range

TraitValue: TypeAlias = str | Decimal
"""A trait of one school: a choice (``小学``, ``是``) or a number (Decimal)."""

Traits: TypeAlias = Mapping[str, TraitValue]
Alternative: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]


class Condition(BaseModel):
    """One or several alternatives; each is a list of traits with the values that it admits.

    Within an alternative every trait must fit, and one alternative is enough. A number trait is
    compared with intervals (``≥7``, ``[3, 50)``), any other with its listed values.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    alternatives: tuple[Alternative, ...]

    def __str__(self) -> str:
        """As people read it: ``学段为小学、初中且正式党员数不少于 7 或 有食堂``."""
        return self._line(_in_words)

    @property
    def notation(self) -> str:
        """As a rubric workbook holds it, to be read back: ``正式党员数≥7``."""
        return self._line(_clause)

    def _line(self, clause: Callable[[str, tuple[str, ...]], str]) -> str:
        return " 或 ".join(
            "且".join(clause(trait, values) for trait, values in alternative)
            for alternative in self.alternatives
        )

    def clauses(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yields every (trait, admitted values) of every alternative, for checking."""
        for alternative in self.alternatives:
            yield from alternative

    def holds(self, traits: Traits) -> bool:
        """Whether a school with these traits meets the condition.

        A trait that the school lacks counts as met: nothing is excused because a roster has a
        hole (the roster's reader reports the hole).
        """
        return any(
            all(_fits(traits.get(trait), values) for trait, values in alternative)
            for alternative in self.alternatives
        )


def _clause(trait: str, values: tuple[str, ...]) -> str:
    match values:
        case ("是",):
            return trait
        case ("否",):
            return f"非{trait}"
        case (single,) if single and single[0] in "≤≥<>=([":
            return f"{trait}{single}"
    return f"{trait}为{'、'.join(values)}"


def _in_words(trait: str, values: tuple[str, ...]) -> str:
    """One trait with what it may be, ranges in words: ``学生数不足 3 或不少于 50``."""
    try:
        spans = [span_text(parse_range(text)) for text in values]
    except ValueError:
        return _clause(trait, values)
    # What begins with a figure is equal to it or lies between two; a word says so itself.
    told = (f"为 {text}" if text[:1] in "-0123456789" else text for text in spans)
    return trait + " 或".join(told)


def _fits(value: TraitValue | None, admitted: tuple[str, ...]) -> bool:
    if value is None:
        return True
    if isinstance(value, Decimal):
        return any(value in parse_range(text) for text in admitted)
    return value in admitted


def both(one: Condition | None, other: Condition | None) -> Condition | None:
    """Returns the condition that two conditions hold; None is always met."""
    if one is None or other is None:
        return other if one is None else one
    pairs = [(*a, *b) for a in one.alternatives for b in other.alternatives]
    return Condition(alternatives=tuple(pairs))


def holds(condition: Condition | None, traits: Traits) -> bool:
    """Whether ``condition`` (None: none was set) is met by a school with these traits."""
    return condition is None or condition.holds(traits)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (str, int, Decimal)):
        return str(value).strip()
    raise ValueError("条件的值应是文字、数或区间")


def _coerce(value: object) -> object:
    if isinstance(value, Mapping) and "alternatives" not in value:
        value = [value]
    if isinstance(value, list):
        alternatives = []
        for alternative in value:
            if not isinstance(alternative, Mapping) or not alternative:
                raise ValueError("条件应写成“特征: 值”，例如 {学段: [小学, 初中]}")
            alternatives.append(
                tuple(
                    (
                        str(trait),
                        tuple(map(_text, values))
                        if isinstance(values, (list, tuple))
                        else (_text(values),),
                    )
                    for trait, values in alternative.items()
                )
            )
        return {"alternatives": tuple(alternatives)}
    return value


def _written(condition: Condition) -> object:
    """The condition as it stands in YAML: one mapping, or a list of them."""
    plain = [
        {trait: values[0] if len(values) == 1 else list(values) for trait, values in alternative}
        for alternative in condition.alternatives
    ]
    return plain[0] if len(plain) == 1 else plain


ConditionText = Annotated[
    Condition,
    BeforeValidator(_coerce, json_schema_input_type=dict[str, object] | list[dict[str, object]]),
    PlainSerializer(_written, return_type=object),
]
"""A condition in a rubric file."""
