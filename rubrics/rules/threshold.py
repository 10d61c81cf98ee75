"""阈值: readings that lie within a range pass, every other one costs points."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from rubrics.rules import between
from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import Mask, clipped, inside, negated
from rubrics.rules.formulas import Rows, ends, literal, within
from rubrics.rules.kind import Keys, RuleKind, Wrong, pointless, too_many, without_ids
from rubrics.rules.rectify import Asked, Rectify
from rubrics.rules.slot import COUNT, Choice, Slot, Values, joined
from rubrics.rules.strict_model import Explained, Id, Measure
from rubrics.rules.units import AT_MOST_ALL, PER_CENT, foresees_more, odd_ranges
from rubrics.rules.words import (
    all_of_it,
    demanded,
    none_of_it,
    off,
    reading_text,
    told,
    until_nothing_is_left,
)
from rubrics.values.amounts import in_per_cent
from rubrics.values.points import Points, number_text, to_units
from rubrics.values.range_words import span_text
from rubrics.values.ranges import Range, RangeText, coverage_faults, overlap


class Reading(Explained):
    """One kind of reading and the range that passes; up to ``samples`` of them are taken.

    An ``optional`` kind may not be there at all (a school without a freezer): none is then taken.
    """

    about = "一个测量项目"
    meanings: ClassVar = {
        "within": "合格范围，如 [0, 8]、≥70、≤8:20",
        "each": "每个不合格扣多少分；不写则不合格即 0 分",
        "samples": "最多测几个样",
        "optional": "有的学校没有这种设备或样品，可以不测",
        "start": "读的是两个时刻、日期之差的：先填的叫什么，如 烧熟时间",
        "end": "后填的叫什么，如 食用时间；时刻比先填的早的，算第二天",
    }

    within: RangeText
    label: str
    unit: str = ""
    id: Id | None = None
    measure: Measure = "number"
    domain: RangeText | None = None
    samples: Annotated[int, Field(ge=1, le=40)] = 1
    each: Points | None = None
    optional: bool = False
    start: str = ""
    end: str = ""
    rectify: Rectify | None = None

    @model_validator(mode="before")
    @classmethod
    def _has_a_unit(cls, data: object) -> object:
        return between.with_unit_of_difference(data)

    @model_validator(mode="after")
    def _has_a_pair(self) -> Reading:
        if wrong := between.wrong_pair(self.measure, self.pair, self.samples):
            raise ValueError(wrong)
        return self

    @property
    def pair(self) -> tuple[str, str]:
        """What the two cells are called whose difference is read; empty for any other reading."""
        return self.start, self.end

    @property
    def slot_keys(self) -> list[str]:
        """The keys of its cells: those of its samples, or the two of a difference."""
        return [*between.keys_of(self.keys[0])] if self.start else self.keys

    @property
    def keys(self) -> list[str]:
        """The slot keys of its samples."""
        base = self.id or ""
        if self.samples == 1:
            return [base]
        return [joined(base, str(number)) for number in range(1, self.samples + 1)]

    def slots(self) -> Iterator[Slot]:
        """Yields a slot for every sample; beyond the first they may stay blank."""
        several = self.samples > 1
        if self.start:
            one = Slot(self.keys[0], self.label, "number", optional=self.optional)
            first, last = (f"{self.label}：{label}" for label in self.pair)
            yield from between.slots_of(one, self.measure, (first, last))
            return
        for number, key in enumerate(self.keys, 1):
            yield Slot(
                key,
                f"{self.label} {number}" if several else self.label,
                between.ENTRIES[self.measure],
                self.unit,
                range=self._readable,
                group=(self.id or "samples") if several else "",
                optional=self.optional or number > 1,
            )

    @property
    def _readable(self) -> Range | None:
        """What may be entered: of a percentage at most 100, unless the range speaks of more."""
        if self.domain is not None or self.measure != "number" or not in_per_cent(self.unit):
            return self.domain
        always = not coverage_faults(PER_CENT, [self.within])
        return None if always or foresees_more([self.within]) else AT_MOST_ALL

    def describe(self, demerits: bool, failed: str) -> str:
        """Returns what must be, and what happens otherwise."""
        must = demanded(self.within, self.measure, self.unit)
        name = f"{self.label}（没有的不测）" if self.optional else self.label
        if self.start:
            name += f"，{between.described(self.measure, self.pair)}"
        text = f"{name}应{must}"
        several = self.samples > 1
        if self.each is not None:
            each = "每个" if several else ""
            then = f"{each}不合格{off(demerits)} {number_text(self.each)} 分"
        else:
            then = f"有不合格的{failed}" if several else f"否则{failed}"
        return f"{text}（最多测 {self.samples} 个），{then}" if several else f"{text}，{then}"

    def odd(self, keys: Keys) -> Iterator[Wrong]:
        """Yields the ranges that are not in the unit of the reading."""
        for name, span in (("within", self.within), ("domain", self.domain)):
            if span is not None:
                spans = [((*keys, name), span)]
                yield from odd_ranges(self.label, self.unit, self.measure, spans)

    def one_sided(self) -> Iterator[tuple[str, str]]:
        """Yields (what, why) of what can never happen: that it passes, or that it fails."""
        if self.domain is None:
            return
        if not overlap(self.domain, self.within):
            yield f"合格范围 {self.within}", f"取值只能在 {self.domain}"
        elif not coverage_faults(self.domain, [self.within]):
            detail = f"{self.domain} 全在合格范围 {self.within} 内"
            yield f"“{self.label}”的扣分", detail

    def passes(self, entered: Entered, key: str) -> tuple[Mask, Mask]:
        """Returns whether a sample was taken, and whether it lies in the range if it was."""
        if not self.start:
            return entered.filled(key), entered.within(self.within, key)
        apart = between.difference(entered, key, self.measure)
        return between.taken(entered, key), inside(self.within, apart)

    def beyond(self, entry: Entry) -> Decimal | None:
        """Returns a difference that cannot be: an end before its start, where none may be."""
        apart = between.value(entry, self.keys[0], self.measure) if self.start else None
        return apart if apart is not None and apart not in (self.domain or COUNT) else None

    def told(self, entry: Entry) -> str:
        """Returns which samples fail, and what that costs; nothing where none does."""
        if self.start:
            apart = between.value(entry, self.keys[0], self.measure)
            if apart is None or apart in self.within:
                return ""
            text = between.said(entry, self.keys[0], self.measure, self.pair, self.unit)
            text = f"{told(self.label)}：{text}，应{demanded(self.within, self.measure, self.unit)}"
            return text if self.each is None else f"{text}，1 处 × {number_text(self.each)} 分"
        values = [entry.number(key) for key in self.keys]
        failed = [
            reading_text(value, self.measure, self.unit)
            for value in values
            if value is not None and value not in self.within
        ]
        if not failed:
            return ""
        must = demanded(self.within, self.measure, self.unit)
        text = f"{told(self.label)} {'、'.join(failed)}，应{must}"
        if self.each is None:
            return text
        return f"{text}，{len(failed)} 处 × {number_text(self.each)} 分"

    def formula(self, points: Decimal, rows: Rows) -> str:
        """Returns what the failing samples cost; blank samples fail nothing."""
        price = literal(points if self.each is None else self.each)
        if self.start:
            fits = within(between.cell_of(rows, self.keys[0], self.measure), self.within)
            return f"IF({self.taken(rows)},IF({fits},0,{price}),0)"
        cells = rows.cells(self.keys)
        if self.samples == 1:
            passes_here = within(cells, self.within)
            if self.optional:
                passes_here = f'OR({cells}="",{passes_here})'
            return f"IF({passes_here},0,{price})"
        passes = "*".join(f"({cells}{sign}{literal(end)})" for sign, end in ends(self.within))
        failing = f"SUMPRODUCT(ISNUMBER({cells})*(1-{passes or 1}))"
        return f"IF({failing}>0,{price},0)" if self.each is None else f"{failing}*{price}"

    def taken(self, rows: Rows) -> str:
        """Returns the condition that a sample was taken."""
        count = f"COUNT({rows.cells(self.slot_keys)})"
        return f"{count}=2" if self.start else f"{count}>0"

    def usable(self, rows: Rows) -> Iterator[str]:
        """Yields the conditions under which a difference can be reckoned with."""
        if self.start:
            yield f"COUNT({rows.cells(self.slot_keys)})<>1"
            apart = between.cell_of(rows, self.keys[0], self.measure)
            if self.measure == "days_between":
                fits = within(apart, self.domain or COUNT)
                yield f"IF({self.taken(rows)},{fits},TRUE)"


class Threshold(RuleKind):
    """阈值: P less ``each`` per failing sample, not below 0; without ``each`` a failure costs P.

    ``at_least``: so many kinds of readings must be taken, whichever; else it is not checked.
    """

    name = "阈值"
    about = "阈值：读数在 within 内为合格，每个不合格扣 each 分，不写 each 则不得分"
    meanings: ClassVar = {
        "readings": "测量项目",
        "Threshold.at_least": "至少要测其中几种（各种都写 optional: true 时用）；测得少的算未查",
    }
    demerits = "lost"
    rests_on = "reading"
    content = ("readings", "测量项目")

    kind: Literal["threshold"]
    readings: Annotated[tuple[Reading, ...], Field(min_length=1)]
    at_least: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _something_is_read(self) -> Threshold:
        if self.at_least is None and all(reading.optional for reading in self.readings):
            raise ValueError("各种读数都写了 optional 的，要写 at_least: 1，至少测其中一种")
        return self

    def choices(self) -> tuple[Choice, ...]:
        """Of its readings some suffice."""
        if self.at_least is None:
            return ()
        return (Choice(tuple(tuple(item.slot_keys) for item in self.readings), self.at_least),)

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """The samples of every reading."""
        return tuple(slot for reading in self.readings for slot in reading.slots())

    def in_order(self) -> Values | None:
        """A reading has to be entered."""
        return None

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``冷藏温度应在 [0, 8] ℃（最多测 4 个），每个不合格扣 1 分，扣完为止``."""
        failed = all_of_it(points, True) if demerits else none_of_it(False)
        text = "；".join(item.describe(demerits, failed) for item in self.readings)
        if any(item.each for item in self.readings):
            text += until_nothing_is_left(points, demerits)
        return text if self.at_least is None else f"{text}；至少测其中 {self.at_least} 种"

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """Ranges in another unit; readings that cost nothing, can never pass or fail, or cannot be
        told apart.
        """
        for n, reading in enumerate(self.readings):
            odd = list(reading.odd(("readings", n)))
            yield from odd
            if reading.each == 0:
                detail = f"“{reading.label}”不合格扣 0 分，没有作用"
                yield pointless(("readings", n, "each"), detail, points)
            for what, why in () if odd else reading.one_sided():
                said = {"what": what, "detail": why}
                yield Wrong(("readings", n, "within"), "rubric-unreachable", said)
        yield from too_many(self.at_least, len(self.readings), "种读数")
        yield from without_ids(("readings",), "测量项目", [item.id for item in self.readings])

    def contradictions(self, entry: Entry, indicator: str) -> Iterator[Wrong]:
        """A date that comes before the one that it should follow."""
        for reading in self.readings:
            apart = reading.beyond(entry)
            if apart is not None:
                span = span_text(reading.domain or COUNT, "number", reading.unit)
                said = {"value": reading_text(apart, reading.measure, reading.unit), "range": span}
                yield Wrong((reading.slot_keys[1],), "entry-out-of-range", said)

    def earned(self, points: int, entered: Entered) -> Outcome:
        """max(0, P - each per failing sample); without ``each`` one failure costs P."""
        cost, kinds = entered.full(0), entered.full(0)
        for reading in self.readings:
            taken: Mask = False
            each = points if reading.each is None else min(to_units(reading.each), points)
            for key in reading.keys:
                there, passes = reading.passes(entered, key)
                cost += (there & negated(passes)) * each
                taken = taken | there
            kinds = kinds + taken * 1
        too_few = False if self.at_least is None else kinds < self.at_least
        return Outcome(clipped(points - cost, low=0), void=too_few)

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``冷藏温度 9 ℃、12 ℃，应在 [0, 8] 内，2 处 × 1 分``, reading by reading."""
        yield from filter(None, (reading.told(entry) for reading in self.readings))

    def asks(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> Iterator[Asked]:
        """What each kind of reading with a failing sample asks for."""
        for reading in self.readings:
            if reading.told(entry):
                yield reading.rectify

    def asked_where(self, points: Decimal, rows: Rows) -> Iterator[tuple[str, Asked]]:
        """What each kind of reading asks for where a sample fails."""
        for reading in self.readings:
            cost = reading.formula(Decimal(1), rows)
            yield f"AND({reading.taken(rows)},{cost}>0)", reading.rectify

    def formula(self, points: Decimal, rows: Rows) -> str:
        """P less what failing samples cost, once every reading that is due has a sample."""
        taken = [(item, item.taken(rows)) for item in self.readings]
        tests = [test for reading, test in taken if not reading.optional]
        if self.at_least is not None:
            tests.append(f"{'+'.join(f'({test})' for _, test in taken)}>={self.at_least}")
        tests += [test for reading in self.readings for test in reading.usable(rows)]
        losses = "+".join(reading.formula(points, rows) for reading in self.readings)
        return f'IF(AND({",".join(tests)}),{rows.less(points, losses)},"")'
