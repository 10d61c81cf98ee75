"""比率: what is there, out of what should be; or so much of one thing for each of another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator
from pydantic.config import JsonDict

from rubrics.rules.bands import Band, describe_bands, wrong_bands
from rubrics.rules.beyond import (
    Floor,
    out_of_reach,
    until_the_floor,
    up_to,
    wrong_ends,
)
from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import (
    Units,
    clipped,
    compared,
    either,
    portion,
    priced,
    put,
    share_inside,
    times,
)
from rubrics.rules.formulas import (
    CONTRADICTION,
    NOTHING_DUE,
    Rows,
    all_of,
    ends,
    first_of,
    literal,
    quoted,
    quotient,
)
from rubrics.rules.kind import RuleKind, Wrong, no_share, pointless
from rubrics.rules.slot import COUNT, Slot, Values, counted
from rubrics.rules.units import odd_unit
from rubrics.rules.words import (
    all_of_it,
    hundredths,
    percent,
    told,
)
from rubrics.values.amounts import Number
from rubrics.values.points import (
    SCALE,
    SHARE,
    Points,
    number_text,
    parse_share,
    share_text,
    to_units,
)
from rubrics.values.range_words import with_unit
from rubrics.values.ranges import Range, parse_range

_GOAL = r"^\s*(\d+(\.\d+)?\s*%?|\d+\s*/\s*\d+)\s*$"
_WHOLE = parse_range("[0, 1]")

Goal = Annotated[
    Fraction,
    BeforeValidator(
        parse_share, json_schema_input_type=float | Annotated[str, Field(pattern=_GOAL)]
    ),
    PlainSerializer(
        lambda value: share_text(value) if value <= 1 else number_text(value), return_type=str
    ),
]
"""What earns all points: a share (``90%``, ``2/3``), or so much for each (``7.5``)."""


_ONLY_SHARES: JsonDict = {
    "if": {"not": {"required": ["quotient"]}},
    "then": {
        "properties": {
            "full": {
                "anyOf": [
                    {"type": "string", "pattern": SHARE},
                    {"type": "number", "minimum": 0, "maximum": 1},
                ]
            }
        }
    },
}
"""For editors: without ``quotient`` it is a share that earns all points."""


_PARTS = {"proportion": "按比例", "whole": "按 1 个", "none": "不扣"}
"""What is done with a percentage point that is not whole."""


class Ratio(RuleKind):
    """比率: numerator / denominator, exactly one of linear up to ``full``, ``bands``, ``each``,
    or ``per_point`` below ``full``.

    ``each`` costs that many points per unit missing (denominator - numerator). A denominator of
    0 excuses the indicator; a numerator above the denominator is a mistake of the inspector.

    ``per_point`` costs that many points for every hundredth below ``full``; of one that is not
    whole its share, or as ``part_points`` says: all of it, or nothing.

    ``quotient: 平方米/人`` says that it is no share but so much for each: both are then readings
    in those units, the quotient may be above 1, and the points go by ``full`` or ``bands``.
    ``every: 100`` reckons for each hundred of the denominator.

    What is taken off goes on below 0 to a ``floor``, what is linear above P to a ``ceiling``.
    """

    name = "比率"
    about = "比率：实有÷应有；full、bands、each 写一个；per_point 与 full 一起写"
    meanings: ClassVar = {
        "numerator": "实有数叫什么",
        "denominator": "应有数叫什么",
        "quotient": "不是占比而是平均每一个有多少的，写两数的单位，如 平方米/人；可以大于 1",
        "every": "写了 quotient 的，按每多少个应有数算，如 100 是每百名学生",
        "per_point": "比 full 每低 1 个百分点扣多少分",
        "part_points": (
            "不足 1 个百分点的：proportion 按比例扣；whole 按 1 个扣；none 不扣；不写是 proportion"
        ),
        "ceiling": "超过 full 的按比例多得，最多得多少分（大于分值）；不写的最多得满分",
        "floor": "写了 each、per_point 的，扣完以后倒扣，最低多少分，如 -3；不写是 0",
    }
    demerits = "refused"
    rests_on = "figures"
    excuse = "应有数为 0"
    words = (CONTRADICTION, NOTHING_DUE)
    content = ("bands", "档")

    model_config = ConfigDict(json_schema_extra=_ONLY_SHARES)

    kind: Literal["ratio"]
    numerator: str
    denominator: str
    unit: str = ""
    full: Goal | None = None
    bands: tuple[Band, ...] = ()
    each: Points | None = None
    quotient: Annotated[str, Field(pattern=r"^([^/]+/[^/]+)?$")] = ""
    every: Annotated[int, Field(ge=1, le=100_000)] = 1
    per_point: Points | None = None
    part_points: Literal["proportion", "whole", "none"] = "proportion"
    floor: Floor = Decimal(0)
    ceiling: Points | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Ratio:
        if (self.full is not None) + bool(self.bands) + (self.each is not None) != 1:
            raise ValueError("full、bands、each 三者只写一个")
        if self.quotient and (self.unit or self.each is not None or self.per_point is not None):
            raise ValueError("写了 quotient（如 平方米/人），就不写 unit、each 和 per_point")
        if self.per_point is not None and self.full is None:
            raise ValueError("per_point 要与 full 一起写：比 full 每低 1 个百分点扣多少分")
        if self.per_point is None and self.part_points != "proportion":
            raise ValueError("part_points 只与 per_point 一起写")
        if self.every > 1 and not self.quotient:
            raise ValueError("every 只与 quotient 一起写，如 quotient: 台/人、every: 100")
        if self.floor and self.each is None and self.per_point is None:
            raise ValueError("floor 只与 each 或 per_point 一起写：扣完以后倒扣")
        if self.ceiling is not None and (self.full is None or self.per_point is not None):
            raise ValueError("ceiling 只与 full 一起写（不写 per_point）：超过的按比例多得")
        return self

    def lowest(self, points: Decimal) -> Decimal:
        """See :class:`RuleKind`."""
        return self.floor

    def highest(self, points: Decimal) -> Decimal:
        """See :class:`RuleKind`."""
        return points if self.ceiling is None else self.ceiling

    @property
    def rate_unit(self) -> str:
        """The unit of the quotient: ``平方米/人``, ``台/100 人``."""
        over, under = self.units
        return f"{over}/{self.every} {under}" if self.every > 1 else self.quotient

    @property
    def units(self) -> tuple[str, str]:
        """The units of what is there and of what should be."""
        over, _, under = self.quotient.partition("/")
        return (over.strip(), under.strip()) if self.quotient else (self.unit, self.unit)

    @property
    def shares(self) -> list[Range]:
        """The ranges of the bands, as the quotient itself is compared with them."""
        return [band.range.shares() for band in self.bands]

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """What is there, and what should be."""
        over, under = self.units
        if self.quotient:
            return (
                Slot("have", self.numerator, "number", over, range=COUNT),
                Slot("due", self.denominator, "number", under, range=COUNT),
            )
        return (
            counted("have", self.numerator, over),
            counted("due", self.denominator, under),
        )

    def in_order(self) -> Values | None:
        """Both counts have to be entered."""
        return None

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``达标÷全部达到 90% 得 3 分，不足的按比例折算``."""
        name = f"{self.numerator}÷{self.denominator}"
        if self.each is not None:
            fewer = f"{self.numerator}比{self.denominator}每少 1 {self.unit}".rstrip()
            rest = until_the_floor(points, self.floor, demerits)
            return f"{fewer}扣 {number_text(self.each)} 分{rest}"
        if self.bands:
            return (
                f"{name}：{describe_bands(self.bands, 'number', self.rate_unit, demerits=demerits)}"
            )
        if self.full is not None and self.per_point is not None:
            enough = f"{name}达到 {share_text(self.full)} {all_of_it(points, demerits)}"
            less = f"每低 1 个百分点扣 {number_text(self.per_point)} 分"
            rest = until_the_floor(points, self.floor, demerits)
            return f"{enough}，{less}（不足 1 个的{_PARTS[self.part_points]}）{rest}"
        if self.full == 1 and not self.quotient and self.ceiling is None:
            return f"得分＝{number_text(points)}×{name}"
        goal = self.full or Fraction(1)
        full = with_unit(number_text(goal), self.rate_unit) if self.quotient else share_text(goal)
        said = f"{name}达到 {full} {all_of_it(points, demerits)}，不足的按比例折算"
        if self.ceiling is None:
            return said
        top = self._top(points)
        reached = with_unit(number_text(top), self.rate_unit) if self.quotient else percent(top)
        return said + up_to(self.ceiling, reached)

    def _top(self, points: Decimal) -> Fraction:
        """The quotient that earns the most."""
        return (self.full or Fraction(1)) * Fraction(self.highest(points)) / Fraction(points or 1)

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """A share that is none, a price of nothing, bands that do not cover all shares."""
        yield from wrong_ends(points, demerits, self.floor, self.ceiling)
        if self.per_point == 0:
            yield pointless(("per_point",), "每低 1 个百分点扣 0 分，没有作用", points)
        if self.full is not None and self.quotient:
            if self.full <= 0:
                said = {"value": number_text(self.full), "detail": f"应大于 0 {self.quotient}"}
                yield Wrong(("full",), "rubric-value", said)
        elif self.full is not None:
            yield from no_share(full=self.full)
            if self.ceiling is not None and self.ceiling > points and self._top(points) > 1:
                reached = f"{self.numerator}÷{self.denominator}要到 {percent(self._top(points))}"
                yield out_of_reach("ceiling", self.ceiling, reached)
        elif self.each == 0:
            yield pointless(("each",), "每少一个扣 0 分，没有作用", points)
        elif self.bands:
            odd = [*self._odd()]
            yield from odd
            if not odd:
                domain, show = (COUNT, number_text) if self.quotient else (_WHOLE, _percent)
                yield from wrong_bands(self.bands, self.shares, domain, show, points, demerits)

    def _odd(self) -> Iterator[Wrong]:
        """Bands that are no shares, or of a quotient no numbers."""
        name = f"{self.numerator}÷{self.denominator}"
        for n, band in enumerate(self.bands):
            keys = ("bands", n, "range")
            for end in band.range.ends:
                if end.kind == "time":
                    yield odd_unit(keys, f"“{name}”是比率，“{end}”是时刻", "写成比例，如 90%、2/3")
                elif self.quotient and end.kind == "percent":
                    what = f"“{name}”的单位是“{self.quotient}”，“{end}”是百分数"
                    yield odd_unit(keys, what, f"写成以“{self.quotient}”计的数")
                elif not self.quotient and end.kind == "number" and end.value > 1:
                    what = f"“{name}”是占比，“{end}”大于 1"
                    write = f"写成 {end}%；不是占比而是平均数的，写上 quotient: 单位/单位"
                    yield odd_unit(keys, what, write)

    def contradictions(self, entry: Entry, indicator: str) -> Iterator[Wrong]:
        """More there than should be."""
        have, due = entry.number("have"), entry.number("due")
        if not self.quotient and have is not None and due is not None and have > due:
            names = {"numerator": self.numerator, "denominator": self.denominator}
            said = {"indicator": indicator, **names, "have": have, "due": due}
            yield Wrong(("have",), "ratio-above-one", said)

    def earned(self, points: int, entered: Entered) -> Outcome:
        """Linear, banded, or ``each`` per unit missing; excused where nothing was due."""
        # Of classes that are weighed, what is there is no whole number.
        read = entered.reading if self.each is None else entered.count
        have, due = times(read("have"), self.every), read("due")
        earned, floor = entered.full(points), to_units(self.floor)
        if self.full is not None and self.per_point is not None:
            earned = clipped(points - self._below(points - floor, have, due), low=floor)
        elif self.full is not None:
            best = points if self.ceiling is None else to_units(self.ceiling)
            over, under = compared(have, due, self.full * Fraction(best, points or 1))
            part = portion(points * self.full.denominator, have, self.full.numerator, due)
            earned = either(over >= under, best, part)
        elif self.each is not None:
            missing = clipped(due - have, low=0)
            cost = priced(missing, to_units(self.each), points - floor)
            earned = clipped(points - cost, low=floor)
        else:
            for band, span in zip(self.bands, self.shares, strict=True):
                here = share_inside(span, have, due)
                earned = put(to_units(band.points), here, earned)
        return Outcome(earned, excused=due == 0)

    def _below(self, points: int, have: Units, due: Units) -> Units:
        """What it costs to lie below ``full`` (units), exactly up to ``points``."""
        assert self.full is not None and self.per_point is not None
        over, under = compared(have, due, self.full)
        over, under = times(clipped(under - over, low=0), 100), times(due, self.full.denominator)
        if self.part_points == "proportion":
            return portion(to_units(self.per_point), over, 1, under)
        under = clipped(under, low=1)
        whole = -(-over // under) if self.part_points == "whole" else over // under
        return priced(whole, to_units(self.per_point), points)

    def _points_below(self, share: Fraction) -> Fraction:
        """How many hundredths count that a share lies below ``full``."""
        below = max(Fraction(0), ((self.full or Fraction(0)) - share) * 100)
        how = {"proportion": below, "whole": Fraction(ceil(below)), "none": Fraction(floor(below))}
        return how[self.part_points]

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``全部 4 个，达标 3 个（75%）``, or how many are missing."""
        have, due = entry.number("have"), entry.number("due")
        if have is None or not due:
            return
        over, under = self.units
        text = f"{told(self.denominator)} {with_unit(number_text(due), under)}，"
        text += f"{told(self.numerator)} {with_unit(number_text(have), over)}"
        share = Fraction(have) * self.every / Fraction(due)
        shown = with_unit(hundredths(share), self.rate_unit) if self.quotient else percent(share)
        if self.each is not None:
            if have < due:
                short = f"{number_text(due - have)} {self.unit}".rstrip()
                yield f"{text}，缺 {short} × {number_text(self.each)} 分"
        elif self.full is None:
            if not any(
                band.points == points and share in span
                for band, span in zip(self.bands, self.shares, strict=True)
            ):
                yield f"{text}（{shown}）"
        elif self.per_point is not None:
            if below := self._points_below(share):
                short = f"比 {share_text(self.full)} 低 {hundredths(below)} 个百分点"
                yield f"{text}（{shown}），{short} × {number_text(self.per_point)} 分"
        elif share < self.full:
            yield f"{text}（{shown}）"

    def formula(self, points: Decimal, rows: Rows) -> str:
        """P by the proportion; words where nothing is due, or more is there than due."""
        have, due = rows.cell("have"), rows.cell("due")
        if self.quotient:  # whole numbers, which a spreadsheet multiplies exactly
            have, due = (f"ROUND({cell}*{SCALE},0)" for cell in (have, due))
            have = f"{have}*{self.every}" if self.every > 1 else have
        if self.full is not None and self.per_point is not None:
            goal, part = self.full.numerator, self.full.denominator
            below = f"MAX(0,{due}*{goal}-{have}*{part})*100/({due}*{part})"
            whole = {"proportion": below, "whole": f"-INT(-{below})", "none": f"INT({below})"}
            lost = f"({whole[self.part_points]})*{literal(self.per_point)}"
            value = f"MAX({literal(self.floor)},{literal(points)}-{lost})"
        elif self.full is not None:
            most, got = f"{due}*{self.full.numerator}", f"{have}*{self.full.denominator}"
            if self.ceiling is None:
                value = quotient(f"{to_units(points)}*MIN({most},{got})", most)
            else:
                value = quotient(f"{to_units(points)}*{got}", most)
                value = f"MIN({literal(self.ceiling)},{value})"
        elif self.each is not None:
            left = f"{literal(points)}-({due}-{have})*{literal(self.each)}"
            value = f"ROUND(MAX({literal(self.floor)},{left}),4)"
        else:
            chain = [
                (_share_within(have, due, span), literal(band.points))
                for band, span in zip(self.bands, self.shares, strict=True)
            ]
            value = first_of(chain[:-1], chain[-1][1])
        chain = [(f"{due}=0", quoted(NOTHING_DUE))]
        if not self.quotient:
            chain.insert(0, (f"{have}>{due}", quoted(CONTRADICTION)))
        return rows.complete(first_of(chain, value))


def _percent(value: Number) -> str:
    return share_text(Fraction(value))


def _share_within(have: str, due: str, allowed: Range) -> str:
    """The condition that have / due lies in ``allowed``, without dividing."""
    exact = [(sign, Fraction(end)) for sign, end in ends(allowed)]
    return all_of(f"{have}*{end.denominator}{sign}{due}*{end.numerator}" for sign, end in exact)
