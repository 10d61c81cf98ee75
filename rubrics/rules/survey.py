"""问卷: how many of those who answered are satisfied."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import compared, either, portion, times
from rubrics.rules.formulas import (
    CONTRADICTION,
    TOO_SMALL,
    Rows,
    first_of,
    literal,
    quoted,
    quotient,
)
from rubrics.rules.kind import RuleKind, Wrong, no_share
from rubrics.rules.rectify import CLOSE, OPINIONS, Asked
from rubrics.rules.slot import Slot, Values, counted
from rubrics.rules.strict_model import Id
from rubrics.rules.words import all_of_it, percent, then
from rubrics.values.points import SCALE, Share, number_text, share_text, to_units

FEWEST: Final = 5
"""Answers of fewer people than this are not told in words: somebody could know them by it."""


class Survey(RuleKind):
    """问卷: P x min(1, satisfied / returned / full); too small a sample is not counted.

    ``question``, ``options`` (the best first): what a questionnaire asks; ``satisfied``: which of
    them count as satisfied, the better of a common scale where none is named; ``people``: whose
    answers alone count (家长), where a questionnaire asks for that.
    What people think is no fault that was found on a day.
    """

    name = "问卷"
    about = "问卷：满意率达到 full 得满分，不足按比例"
    meanings: ClassVar = {
        "min_returned": "至少收回几份",
        "min_rate": "回收率至少，如 60%",
        "question": "问什么，如 您对学校的课后服务满意吗",
        "options": "选项，从好到差",
        "satisfied": "哪些选项算满意",
        "people": "只算谁的回答，如 家长",
    }
    demerits = "refused"
    rests_on = "figures"
    on_site = False
    excuse = TOO_SMALL
    words = (CONTRADICTION, TOO_SMALL)

    kind: Literal["survey"]
    full: Share
    min_returned: Annotated[int, Field(ge=1)] = 1
    min_rate: Share = Fraction(0)
    question: str = ""
    options: tuple[Id, ...] = ()
    satisfied: tuple[Id, ...] = ()
    people: tuple[Id, ...] = ()

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """Who is satisfied, who answered, who was asked."""
        return (
            counted("satisfied", "满意份数", "份"),
            counted("returned", "收回有效份数", "份"),
            counted("sent", "发出份数", "份"),
        )

    def in_order(self) -> Values | None:
        """The answers have to be counted."""
        return None

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``满意率达到 90% 得 2 分，不足的按比例折算``, and when it counts."""
        rate = "满意率 100%" if self.full == 1 else f"满意率达到 {share_text(self.full)}"
        text = f"{rate} {all_of_it(points, demerits)}，不足的按比例折算"
        few = [f"收回不足 {self.min_returned} 份"] if self.min_returned > 1 else []
        few += [f"回收率低于 {share_text(self.min_rate)}"] if self.min_rate else []
        return f"{text}；{then('或'.join(few), '的')}，样本不足，不计分" if few else text

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """Shares that are none."""
        yield from no_share(full=self.full, min_rate=self.min_rate)
        for n, option in enumerate(self.satisfied):
            if self.options and option not in self.options:
                said = {"value": option, "detail": f"选项里没有，可以写：{'、'.join(self.options)}"}
                yield Wrong(("satisfied", n), "rubric-value", said)
        if self.options and set(self.satisfied) == set(self.options):
            said = {"value": "、".join(self.satisfied), "detail": "所有选项都算满意，没有作用"}
            yield Wrong(("satisfied",), "rubric-value", said)

    def contradictions(self, entry: Entry, indicator: str) -> Iterator[Wrong]:
        """More satisfied than answered, or more answered than were asked."""
        counts = {
            name: entry.number(name) or Decimal(0) for name in ("satisfied", "returned", "sent")
        }
        if not counts["satisfied"] <= counts["returned"] <= counts["sent"]:
            key = "satisfied" if counts["satisfied"] > counts["returned"] else "returned"
            yield Wrong((key,), "survey-inconsistent", {"indicator": indicator, **counts})

    def earned(self, points: int, entered: Entered) -> Outcome:
        """P x min(1, satisfied / returned / full); excused where the sample is too small."""
        satisfied, returned = entered.reading("satisfied"), entered.count("returned")
        over, under = compared(returned, entered.count("sent"), self.min_rate)
        small = (returned < self.min_returned) | (over < under)
        # Of classes that are weighed the satisfied are no whole number.
        returned = times(returned, SCALE)
        over, under = compared(satisfied, returned, self.full)
        part = portion(points * self.full.denominator, satisfied, self.full.numerator, returned)
        return Outcome(either(over >= under, points, part), excused=small)

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``满意 40 份、收回 50 份（80%），满分线 90%``; counts of few people are not told."""
        satisfied, returned = entry.number("satisfied"), entry.number("returned")
        if satisfied is None or not returned:
            return
        rate = Fraction(satisfied) / Fraction(returned)
        if rate >= self.full:
            return
        if any(0 < count < FEWEST for count in (satisfied, returned - satisfied)):
            few = f"有一类答卷不足 {FEWEST} 份，不列份数"
            yield f"满意率不到满分线 {share_text(self.full)}（{few}）"
        else:
            yield (
                f"满意 {number_text(satisfied)} 份、收回 {number_text(returned)} 份"
                f"（{percent(rate)}），满分线 {share_text(self.full)}"
            )

    def asks(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> Iterator[Asked]:
        """The whole demand, or a milder one where nearly all of P was earned."""
        if self.costs(points, entry, demerits=demerits):
            yield OPINIONS if self.close(points, entry) else None

    def asked_where(self, points: Decimal, rows: Rows) -> Iterator[tuple[str, Asked]]:
        """The whole demand, or a milder one where nearly all of P was earned."""
        lost = f"IFERROR(({literal(points)}-({self.formula(points, rows)}))*{CLOSE},0)"
        close = f"{lost}<={literal(points)}"
        yield close, OPINIONS
        yield f"NOT({close})", None

    def formula(self, points: Decimal, rows: Rows) -> str:
        """P by the rate of the satisfied; words where the sample is too small."""
        satisfied, returned, sent = (rows.cell(key) for key in ("satisfied", "returned", "sent"))
        most, got = f"{returned}*{self.full.numerator}", f"{satisfied}*{self.full.denominator}"
        rate = self.min_rate
        few = f"{returned}<{self.min_returned}"
        small = f"OR({few},{returned}*{rate.denominator}<{sent}*{rate.numerator})"
        chain = [
            (f"OR({satisfied}>{returned},{returned}>{sent})", quoted(CONTRADICTION)),
            (small, quoted(TOO_SMALL)),
        ]
        value = quotient(f"{to_units(points)}*MIN({most},{got})", most)
        return rows.complete(first_of(chain, value))
