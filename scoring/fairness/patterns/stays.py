"""Whether a visit was too short for its work, and whether somebody was at two schools at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from inspections.records.on_site import length
from rubrics.messages.problems import Place
from scoring.fairness.patterns.pattern import LEAST, MOST_CELLS, Kind, Pattern, unknown
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.ratings import Floats

_SHORT = 2 / 3
_CLOCK = 5
_LEFT = "离校时间"
_ARRIVED = "到校时间"


def stays(all_sheets: Sequence[Sheets]) -> list[Pattern]:
    """Returns for every inspector whether a visit was far shorter than their others for its work.

    Sheets of one inspector, school and day are one stay, of however many rubrics: what they say of
    arrival and departure counts once, and the work is the indicators that were checked. Minutes
    are taken per work as far as they go with it in this round. ``statistic``: the shortest stay as
    a share of what is usual for the inspector. p: of a stay being so short if all of theirs were
    at two thirds of the usual at least (Student's t for one more observation of log minutes, its
    spread that of their other stays, and no less than what inspectors' stays spread in this round
    and what rounding to five minutes gives), times the stays. Single outliers: Grubbs (1969),
    "Procedures for detecting outlying observations in samples", Technometrics 11.

    Facts come as ``certain``: stays below the minutes that a rubric asks for, and two schools at
    the same time.

    >>> [found.words for found in stays([sheets])]  # doctest: +SKIP
    """
    held = _stays(all_sheets)
    usual = _usual(held)
    found: list[Pattern] = []
    for who, own in held.items():
        found += _below_the_rule(who, own) + _at_two_places(who, own)
        known = [stay for stay in own if stay.minutes > 0]
        if len(known) < LEAST:
            words = (
                f"写了到校、离校时间的检查只有 {len(known)} 次，停留是否偏短无法与本人平时相比。"
                f"有 {LEAST} 次以上，就能知道。"
            )
            found.append(unknown(Kind.STAY, "", (who,), words))
            continue
        found.append(_shortest(who, known, usual))
    return found


@dataclass(frozen=True, slots=True)
class _Stay:
    """One inspector at one school on one day. ``least``: the most minutes that a rubric asks for;
    ``sheets``: with the row of each sheet.
    """

    school: str
    name: str
    spans: tuple[tuple[datetime, datetime], ...]
    minutes: int
    work: int
    least: int
    sheets: tuple[tuple[Sheets, int], ...]

    def cells(self) -> list[Place]:
        return [
            sheets.head_cell(row, label)
            for sheets, row in self.sheets
            for label in (_ARRIVED, _LEFT)
        ]

    @property
    def told(self) -> str:
        sheets, row = self.sheets[0]
        return f"{sheets.records.heads[row].day}《{self.name}》"


def _stays(all_sheets: Sequence[Sheets]) -> dict[str, list[_Stay]]:
    """All stays by inspector's code, in order of time."""
    parts: dict[tuple[str, str, int], list[tuple[Sheets, int]]] = defaultdict(list)
    for sheets in all_sheets:
        for row, head in enumerate(sheets.records.heads):
            if sheets.ratings.there[row].any():
                key = head.key.inspector, head.key.school, head.day.toordinal()
                parts[key].append((sheets, row))
    found: dict[str, list[_Stay]] = defaultdict(list)
    for (who, school, _), own in sorted(parts.items(), key=lambda part: (part[0][0], part[0][2])):
        spans = tuple(
            (head.arrived, head.left)
            for sheets, row in own
            if (head := sheets.records.heads[row]).arrived
            and head.left
            and head.left > head.arrived
        )
        # Where one of its sheets does not tell, the stay is not known.
        minutes = int(length(spans).total_seconds() // 60) if len(spans) == len(own) else 0
        found[who].append(
            _Stay(
                school,
                own[0][0].name(own[0][1]),
                spans,
                minutes,
                sum(int(sheets.ratings.there[row].sum()) for sheets, row in own),
                max(sheets.ratings.rubric.visit.min_minutes for sheets, _ in own),
                tuple(own),
            )
        )
    return dict(found)


@dataclass(frozen=True, slots=True)
class _Usual:
    """``growth``: by how much log minutes grow with log work, 0 to 1; ``spread``: of log minutes
    for their work, about the inspector's own.
    """

    growth: float
    spread: float


def _usual(held: dict[str, list[_Stay]]) -> _Usual:
    minutes: list[Floats] = []
    work: list[Floats] = []
    for own in held.values():
        known = [stay for stay in own if stay.minutes > 0]
        if len(known) > 1:
            for into, values in (
                (minutes, [stay.minutes for stay in known]),
                (work, [stay.work for stay in known]),
            ):
                logs = np.log(np.array(values, float))
                into.append(logs - np.median(logs))
    if not minutes:
        return _Usual(0.0, 0.0)
    took, done = np.concatenate(minutes), np.concatenate(work)
    varied = float(done @ done)
    growth = min(max(float(done @ took) / varied, 0.0), 1.0) if varied > 1e-9 else 0.0
    rest = took - growth * done
    # Half of all are so near the middle: a few short ones do not widen it.
    return _Usual(growth, float(np.median(abs(rest))) * 1.4826)


def _shortest(who: str, known: list[_Stay], usual: _Usual) -> Pattern:
    from scipy.special import stdtr

    minutes = np.array([stay.minutes for stay in known], float)
    work = np.array([stay.work for stay in known], float)
    logs = np.log(minutes) - usual.growth * np.log(work)
    middle = float(np.median(logs))
    # Other short ones are no measure of what is usual.
    rest = logs >= middle + np.log(_SHORT)
    clock = (_CLOCK / 12**0.5 / np.median(minutes)) ** 2
    at = int(np.argmin(logs))
    base = logs[rest & (np.arange(len(logs)) != at)]
    spread = max(float(base.var(ddof=1)) if len(base) > 1 else 0.0, usual.spread**2) + clock
    apart = float(logs[at] - base.mean() - np.log(_SHORT)) / (spread * (1 + 1 / len(base))) ** 0.5
    one = float(stdtr(max(len(base) - 1, 1), apart))
    share = float(np.exp(logs[at] - base.mean()))
    stay = known[at]
    words = (
        f"{stay.told}停留 {stay.minutes} 分钟，查了 {stay.work} 项；"
        f"照本人其他 {len(known) - 1} 次检查，"
        f"查这么多项一般要 {stay.minutes / share:.0f} 分钟左右，这次是平时的 {share:.0%}。"
        "请核对到校、离校时间是否填对，各项是否都看了。"
    )
    short = [known[place] for place in np.argsort(logs, kind="stable") if not rest[place]] or [stay]
    cells = [place for one_of in short for place in one_of.cells()]
    p = min(1.0, one * len(known))
    return Pattern(Kind.STAY, "", (who,), "tested", words, share, p, tuple(cells[:MOST_CELLS]))


def _below_the_rule(who: str, own: list[_Stay]) -> list[Pattern]:
    short = [stay for stay in own if 0 < stay.minutes < stay.least]
    if not short:
        return []
    lowest = min(short, key=lambda stay: stay.minutes / stay.least)
    words = (
        f"{len(short)} 次检查停留的时间少于细则要求，"
        f"最短的是{lowest.told}：停留 {lowest.minutes} 分钟，细则要求至少 {lowest.least} 分钟。"
        "请核对到校、离校时间是否填对；确实没有查完的，请安排补查。"
    )
    cells = tuple(place for stay in short for place in stay.cells())[:MOST_CELLS]
    return [Pattern(Kind.STAY, "", (who,), "certain", words, float(len(short)), cells=cells)]


def _at_two_places(who: str, own: list[_Stay]) -> list[Pattern]:
    spans = sorted(
        ((start, stop, stay) for stay in own for start, stop in stay.spans),
        key=lambda span: span[:2],
    )
    both: dict[tuple[int, int], tuple[_Stay, _Stay]] = {}
    for place, (_, stop, one) in enumerate(spans):
        for start, _, other in spans[place + 1 :]:
            if start >= stop:
                break
            if other.school != one.school:
                both.setdefault((id(one), id(other)), (one, other))
    if not both:
        return []
    one, other = next(iter(both.values()))
    words = (
        f"有 {len(both)} 次，同一时间在两所学校，如{one.told}和{other.told}。"
        "多半是时间填错了；几个人合填一份、分头去的，请在备注写明。请核对到校、离校时间。"
    )
    cells = tuple(place for pair in both.values() for stay in pair for place in stay.cells())
    size = float(len(both))
    return [Pattern(Kind.TWO_PLACES, "", (who,), "certain", words, size, cells=cells[:MOST_CELLS])]
