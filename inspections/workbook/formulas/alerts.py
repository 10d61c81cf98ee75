"""Live alerts: key items that fail and red lines that are crossed, on what the sheet holds now."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from inspections.workbook.form.layout import Column
from inspections.workbook.formulas.text import listing
from rubrics.language.rubric import Indicator, RedLine, Trigger
from rubrics.rules import RuleKind, Votes, joined
from rubrics.rules.formulas import Setting, literal, quoted, settled

Alerts = list[tuple[Column, int, str]]


def indicator_alerts(
    item: Indicator, rows: Mapping[str, int], owner_row: int, setting: Setting
) -> Alerts:
    """Returns (column, row, formula) of an indicator's alerts: its id where one is due."""
    made = []
    if item.key:
        failing = [
            _triggered(trigger, item, rows, owner_row, setting) for trigger in item.key.triggers
        ] or [_below(owner_row, item.points, item.points, setting)]
        made.append((Column.KEY, owner_row, _named(failing, item.id, owner_row)))
    crossed = [
        _triggered(trigger, item, rows, owner_row, setting)
        for line in item.red_lines
        for trigger in line.triggers
    ]
    if crossed:
        made.append((Column.LINE, owner_row, _named(crossed, item.id, owner_row)))
    return made


def _named(tests: list[str], name: str, scored_row: int | None = None) -> str:
    """The name where a test is met, and a score stands in ``scored_row``: what is not checked,
    or does not count, alerts to nothing.
    """
    test = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
    if scored_row is not None:
        test = f"AND(ISNUMBER({Column.SCORE.at(scored_row)}),{test})"
    return f'IF({test},{quoted(name + " ")},"")'


def _below(owner_row: int, points: Decimal, limit: Decimal, setting: Setting) -> str:
    """The condition that less than ``limit`` of ``points`` is left, of a score that is there."""
    cell = settled(f"N({Column.SCORE.at(owner_row)})")
    if setting.demerits:
        return f"{cell}>{literal(points - limit)}"
    return f"{cell}<{literal(limit)}"


def _triggered(
    trigger: Trigger,
    item: Indicator | RedLine,
    rows: Mapping[str, int],
    owner_row: int,
    setting: Setting,
) -> str:
    """The condition that a trigger is met, on what stands in the sheet now."""
    if trigger.flag is not None:
        return f"{Column.READ.at(rows[trigger.flag])}=1"
    if trigger.below is not None and isinstance(item, Indicator):
        return _below(owner_row, item.points, trigger.below, setting)
    part = trigger.part or ""
    samples = [row for key, row in rows.items() if key == part or _is_sample(key, part)]
    if trigger.at_least is not None and samples:
        return f"MAX({listing(samples)})>={literal(trigger.at_least.value)}"
    if trigger.share_at_least is not None and samples and isinstance(item, Indicator):
        share = trigger.share_at_least
        ballots = [rows[key] for key in _ballots(item.rule, part)]
        valid = f"SUM({listing(ballots)})"
        cast = f"N({Column.READ.at(samples[0])})"
        test = f"{cast}*{share.denominator}>={valid}*{share.numerator}"
        return f"AND({valid}>0,{test})"
    return "FALSE"


def _is_sample(key: str, part: str) -> bool:
    head, _, number = key.rpartition(".")
    return head == part and number.isdigit()


def _ballots(rule: RuleKind, part: str) -> list[str]:
    """The options of the vote that ``part`` is one of."""
    for own in rule.simple_parts(Decimal(0)):
        if isinstance(own.rule, Votes):
            options = [joined(own.id, option) for option in own.rule.options]
            if part in options:
                return options
    return [part]


def red_line_alerts(
    line: RedLine, rows: Mapping[str, int], owner_row: int, setting: Setting
) -> Alerts:
    """Returns (column, row, formula) of a red line of its own."""
    crossed = [_triggered(trigger, line, rows, owner_row, setting) for trigger in line.triggers]
    return [(Column.LINE, owner_row, _named(crossed, line.id or ""))]
