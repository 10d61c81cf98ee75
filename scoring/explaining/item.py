"""One item of one school: its rule and basis, what each inspector entered, what it came to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from inspections.records.record import Observation, Record, State
from inspections.round.round import Round
from inspections.round.school import Inspector
from rubrics.language.basis import Basis, bases
from rubrics.language.bonuses import describe_extra
from rubrics.language.confidential import confidential
from rubrics.language.repeating import repeat_of
from rubrics.language.rubric import Dated, Extra, Indicator, RedLine, Rubric
from rubrics.language.slots import extra_slots, red_line_slots, slots
from rubrics.language.wording import (
    describe_consequence,
    describe_key,
    describe_trigger,
)
from rubrics.rules import Bonus, Entry, PeriodLength
from rubrics.values.points import from_units, plain
from scoring.explaining.agreed import agreed_entries
from scoring.explaining.combined import combined
from scoring.explaining.exact_text import exact_text
from scoring.explaining.records import RecordStep, record
from scoring.results.one_entry import exact_score, score_observation
from scoring.results.scores import IndicatorScore, SchoolScore

EVIDENCE = {"required": "须有佐证", "on_deduction": "扣分须有佐证", "none": "不要求佐证"}


@dataclass(frozen=True, slots=True)
class Item:
    """One item explained. ``gain`` is what mending it gives back to the total.

    ``section`` is its dimension, or 加分, 附加扣分, 红线. ``reason``: why excused, not checked, or
    how points were lost. ``combining``: how several records became one. ``confidential``: what was
    entered stays in the bureau. ``band``: the share of the points, in words, told instead of them.
    ``source`` tells what was verified and how, ``sources`` where. ``repeat``: what it costs when
    it is found again; ``again``: what was found before.
    """

    id: str
    title: str
    section: str
    rule: str
    basis: tuple[Basis, ...]
    verified: bool
    records: tuple[RecordStep, ...]
    points: Decimal | None = None
    state: str = ""
    earned: Decimal | None = None
    pending: bool = False
    gain: Decimal = Decimal(0)
    reason: str = ""
    applies: str = ""
    threshold: str = ""
    source: str = ""
    sources: tuple[str, ...] = ()
    evidence: str = ""
    key: str = ""
    key_failed: bool = False
    red_lines: tuple[str, ...] = ()
    combining: str = ""
    band: str = ""
    confidential: bool = False
    repeat: str = ""
    again: tuple[str, ...] = ()


def indicator_item(
    rubric: Rubric,
    indicator: Indicator,
    score: SchoolScore,
    settings: Round,
    elapsed: Mapping[PeriodLength, int],
    inspectors: Mapping[str, Inspector],
) -> Item:
    """Returns one indicator explained, down to the cells."""
    found, repeat = score.indicator(indicator.id), repeat_of(rubric, indicator)
    records: list[RecordStep] = []
    figures: list[tuple[Record, Fraction]] = []
    disputed: dict[str, list[int]] = {dispute.occasion: [] for dispute in found.disputes}
    for visit in score.visits:
        seen = visit.observation(indicator.id) or Observation(indicator.id, State.UNCHECKED)
        own = _own(rubric, indicator, visit, seen, score, elapsed, again=bool(found.again))
        units = own.earned if own.state is State.CHECKED else None
        if units is not None and visit.key.occasion in disputed:
            disputed[visit.key.occasion].append(units)
        records.append(
            record(
                visit,
                indicator.id,
                slots(indicator, score.school.traits),
                inspectors,
                state=own.state,
                points=None if units is None else from_units(units),
                pending=own.pending,
                reason=own.reason or (seen.reason if units is not None else ""),
            )
        )
    for visit, seen in agreed_entries(settings, indicator, score):
        whole = exact_score(
            rubric,
            indicator,
            seen,
            day=visit.day,
            elapsed=elapsed,
            traits=score.school.traits,
            again=bool(found.again),
        )
        if whole is not None:
            figures.append((visit, whole))
    dated, others = _in_force(indicator, [visit.day for visit in score.visits])
    in_force = dated.rule if dated else indicator.rule
    rule = in_force.describe(indicator.points, demerits=rubric.scale == "demerits")
    together = ""
    if figures:
        whole_of = combined(rubric, figures, score.visits, settings, disputed)
        together = whole_of.text
        if rubric.rounding == "items":
            # From the exact figure: what stands beside a record is rounded already.
            together = together or f"得 {exact_text(whole_of.units)}"
            together += f"；先四舍五入到 {rubric.places} 位小数再相加"
    return Item(
        id=indicator.id,
        title=indicator.title,
        section=next(it.title for it in rubric.dimensions if indicator in it.indicators),
        rule=rule + (f"（{others}）" if others else ""),
        basis=bases(rubric, dated.basis if dated else indicator.basis),
        verified=indicator.verified,
        records=tuple(records),
        points=from_units(found.points),
        state=found.state,
        earned=from_units(found.earned) if found.state is State.CHECKED else None,
        pending=found.pending,
        gain=from_units(found.gain),
        reason=found.reason,
        applies=f"限{indicator.when}" if indicator.when else "",
        threshold=(dated.threshold if dated else "") or indicator.threshold,
        source=indicator.source,
        sources=tuple(_sources(rubric, indicator.source)),
        evidence=EVIDENCE[indicator.evidence],
        key=describe_key(indicator),
        key_failed=found.key_failed,
        red_lines=tuple(_red_line(line, indicator) for line in indicator.red_lines),
        combining=together,
        confidential=confidential(indicator),
        repeat=repeat.describe(demerits=rubric.scale == "demerits") if repeat else "",
        again=tuple(one.text for one in found.again),
    )


def _own(
    rubric: Rubric,
    indicator: Indicator,
    visit: Record,
    seen: Observation,
    score: SchoolScore,
    elapsed: Mapping[PeriodLength, int],
    *,
    again: bool,
) -> IndicatorScore:
    """What one entry comes to by itself; what was found before costs more by it."""
    return score_observation(
        rubric,
        indicator,
        seen,
        day=visit.day,
        elapsed=elapsed,
        traits=score.school.traits,
        again=again,
    )


def extra_item(
    rubric: Rubric, extra: Extra, score: SchoolScore, inspectors: Mapping[str, Inspector]
) -> Item:
    """Returns one bonus or penalty item explained, down to the cells."""
    found = next((it for it in score.extras if it.extra == extra.id), None)
    records = []
    for visit in score.visits:
        seen = visit.observation(extra.id)
        points = None
        if seen and seen.state is State.CHECKED and isinstance(seen.values.get(""), Decimal):
            points = from_units(extra.rule.amount(Entry(seen.values)))
        state = seen.state if seen else State.UNCHECKED
        entered = record(
            visit, extra.id, extra_slots(extra), inspectors, state=state, points=points
        )
        records.append(entered)
    kind = "加分" if isinstance(extra.rule, Bonus) else "附加扣分"
    section = rubric.bonus if isinstance(extra.rule, Bonus) else rubric.penalty
    cap = f"；{kind}合计最多 {plain(section.cap)} 分" if section else ""
    return Item(
        id=extra.id,
        title=extra.title,
        section=kind,
        rule=describe_extra(rubric, extra) + cap,
        basis=bases(rubric, extra.basis),
        verified=extra.verified,
        records=tuple(records),
        earned=from_units(found.amount) if found else Decimal(0),
        pending=bool(found and found.pending),
        source=extra.source,
        sources=tuple(_sources(rubric, extra.source)),
        evidence=EVIDENCE[extra.evidence],
    )


def red_line_item(
    rubric: Rubric, line: RedLine, score: SchoolScore, inspectors: Mapping[str, Inspector]
) -> Item:
    """Returns a red line that belongs to no indicator explained, down to the cells."""
    owner = line.id or ""
    records = []
    for visit in score.visits:
        seen = visit.observation(owner)
        state = seen.state if seen else State.UNCHECKED
        records.append(record(visit, owner, red_line_slots(line), inspectors, state=state))
    crossed = any(it.owner == owner for it in score.red_lines)
    return Item(
        id=owner,
        title=line.title,
        section="红线",
        rule=_red_line(line, None),
        basis=bases(rubric, line.basis),
        verified=False,
        records=tuple(records),
        state="触及" if crossed else "没有触及",
    )


def _in_force(indicator: Indicator, days: Sequence[date]) -> tuple[Dated | None, str]:
    """The dated rule of the latest visit, and a word where earlier visits fell under another."""
    if not indicator.effective or not days:
        return None, ""
    used = list(dict.fromkeys(id(indicator.dated_on(day)) for day in sorted(days)))
    found = indicator.dated_on(max(days))
    if found is None:
        return None, "现行规则" if len(used) == 1 else "现行规则；较早的检查按当日有效的规则"
    span = f"{found.since or ''}至{found.until or '今'}有效"
    return found, span if len(used) == 1 else f"{span}；其他日期的检查按当日有效的规则"


def _sources(rubric: Rubric, written: str) -> Iterator[str]:
    """The sources whose codes stand in ``written`` (``V[S1][S3]``), with what they are."""
    for code in re.findall(r"[A-Za-z0-9_]+", written):
        if code in rubric.sources:
            yield f"{code}：{rubric.sources[code]}"


def _red_line(line: RedLine, indicator: Indicator | None) -> str:
    when = " 或 ".join(describe_trigger(trigger, indicator) for trigger in line.triggers)
    return f"{line.title}：{when} → {describe_consequence(line.consequence)}"
