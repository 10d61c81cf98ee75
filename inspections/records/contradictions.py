"""Entries of one rule that cannot all be right: more held than due, more votes than people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from inspections.records.entries import Finding
from inspections.records.losses import joined
from inspections.records.record import Value
from rubrics.rules.model import Discretionary, Ratio, SimpleRule, Survey, Votes
from rubrics.values.points import plain

CHECKED = (Ratio, Votes, Survey, Discretionary)
"""The kinds of rules whose values can contradict each other."""


def contradictions(
    rule: SimpleRule, values: Mapping[str, Value], part: str, indicator: str
) -> Iterator[tuple[str, Finding]]:
    """Yields (slot key, finding) for values that contradict each other; all needed ones are there.

    ``part`` is the composite's part that the rule belongs to, or empty; ``indicator`` its name
    for people. Codes: ratio-above-one, votes-above-entitled, survey-inconsistent,
    entry-out-of-range (a deduction below the least).
    """

    def number(key: str) -> Decimal:
        value = values[joined(part, key)]
        assert isinstance(value, Decimal)
        return value

    def found(key: str, code: str, **params: object) -> tuple[str, Finding]:
        return joined(part, key), Finding(code, {k: str(v) for k, v in params.items()})

    match rule:
        case Ratio() if number("have") > number("due"):
            yield found(
                "have",
                "ratio-above-one",
                indicator=indicator,
                numerator=rule.numerator,
                denominator=rule.denominator,
                have=number("have"),
                due=number("due"),
            )
        case Votes():
            entitled = number("entitled")
            cast = sum((number(name) for name in rule.options), number("invalid"))
            if cast > entitled:
                counts = {"cast": cast, "entitled": entitled}
                yield found("entitled", "votes-above-entitled", indicator=indicator, **counts)
        case Survey():
            counts = {name: number(name) for name in ("satisfied", "returned", "sent")}
            if not counts["satisfied"] <= counts["returned"] <= counts["sent"]:
                key = "satisfied" if counts["satisfied"] > counts["returned"] else "returned"
                yield found(key, "survey-inconsistent", indicator=indicator, **counts)
        case Discretionary() if 0 < number("") < rule.least:
            allowed = f"0 或 {plain(rule.least)}～{plain(rule.most)}"
            yield found("", "entry-out-of-range", value=number(""), range=allowed)
        case _:
            pass
