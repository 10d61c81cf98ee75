"""Which columns a row of the rule sheet uses: one row a rule, one row for each thing in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from rubrics.rules import KINDS, joined
from rubrics.workbook.sheets import RULE_ROW

Plain = dict[str, Any]

OWN = frozenset({"indicator", "period", "part", "row"})
"""Keys that say what a row belongs to."""
NAMED = ("levels", "options")
"""What a rule holds as name -> coefficient."""


_DEMAND = frozenset({"rectify.demand", "rectify.days"})


def keys_of(kind: str, row: str) -> frozenset[str]:
    """Returns the keys that a row of a rule of ``kind`` may fill."""
    model = KINDS[kind]
    held, _ = model.content
    if row == RULE_ROW:
        return frozenset(model.model_fields) - {held}
    if held in NAMED:
        return frozenset({"id", "coefficient"})
    item = get_args(model.model_fields[held].annotation)[0]
    own = frozenset(item.model_fields) - {"rule"}
    return own - {"rectify"} | _DEMAND if "rectify" in own else own


def rule_rows(rule: Mapping[str, Any], owner: Plain) -> Iterator[Plain]:
    """Yields the rows of a rule: its own, then those of what it holds, parts with their rules.

    ``owner`` holds ``indicator`` and, for dated rules, ``period``; for parts also ``part``, the
    way down to it: ``甲.乙``.
    ``of`` is added: the kind of the rule that a row belongs to.
    """
    held, row = KINDS[rule["kind"]].content
    own = {key: value for key, value in rule.items() if key != held}
    of = rule["kind"]
    yield owner | own | {"row": RULE_ROW, "of": of}
    content = rule.get(held, ())
    if isinstance(content, Mapping):
        content = [{"id": name, "coefficient": value} for name, value in content.items()]
    for item in content:
        fields = {key: value for key, value in item.items() if key not in ("rule", "rectify")}
        demand = item.get("rectify") or {}
        fields |= {f"rectify.{key}": value for key, value in demand.items()}
        yield owner | fields | {"row": row, "of": of}
        if "rule" in item:
            way = joined(owner.get("part", ""), item["id"])
            yield from rule_rows(item["rule"], owner | {"part": way})
