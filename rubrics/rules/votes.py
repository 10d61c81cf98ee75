"""民主测评: ballots, each option with its share of the points."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import Units, compared, negated, portion
from rubrics.rules.formulas import CONTRADICTION, NO_QUORUM, Rows, first_of, quoted, quotient
from rubrics.rules.kind import RuleKind, Wrong, no_share, unlike
from rubrics.rules.rectify import OPINIONS, Asked
from rubrics.rules.slot import Slot, Values, counted
from rubrics.rules.strict_model import Coefficient, Id
from rubrics.values.points import SCALE, Share, number_text, share_text, to_units


class Votes(RuleKind):
    """民主测评: P x sum(n x coefficient) / valid ballots.

    Fewer valid ballots than ``quorum`` x people entitled: the vote is invalid, not zero. With
    ``trim_from`` ballots or more, one highest and one lowest are left out. What people think is no
    fault that was found on a day; how many ballots said what is a fact of the one vote.
    """

    name = "民主测评"
    about = "民主测评：得分＝分值×Σ(票数×系数)÷有效票"
    meanings: ClassVar = {
        "options": "选项 → 系数（0 到 1）",
        "quorum": "有效票至少占应到人数多少，如 2/3",
        "trim_from": "满几票时去掉一个最高、一个最低",
        "question": "测评票上问什么",
    }
    judgement = True
    counted = True
    secret = True
    demerits = "refused"
    on_site = False
    words = (CONTRADICTION, NO_QUORUM)
    content = ("options", "选项")

    kind: Literal["votes"]
    options: Annotated[dict[Id, Coefficient], Field(min_length=2)]
    quorum: Share = Fraction(0)
    trim_from: Annotated[int, Field(ge=3)] | None = None
    question: str = ""

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """The ballots for every option, those that do not count, and the people entitled."""
        return (
            *(counted(name, f"“{name}”票", "票") for name in self.options),
            counted("invalid", "弃权和废票", "票"),
            counted("entitled", "应到人数", "人"),
        )

    def in_order(self) -> Values | None:
        """The ballots have to be counted."""
        return None

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``得分＝5×Σ(票数×系数)÷有效票（系数：好 1、差 0.4）``, and when it counts."""
        options = "、".join(
            f"{name} {number_text(coefficient)}" for name, coefficient in self.options.items()
        )
        text = f"得分＝{number_text(points)}×Σ(票数×系数)÷有效票（系数：{options}）"
        if self.trim_from is not None:
            text += f"；满 {self.trim_from} 票时去掉一个最高、一个最低"
        if self.quorum:
            text += f"；有效票不足应到人数 {share_text(self.quorum)} 的，测评无效"
        return text

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """Options that do not reach P, or all earn the same; a quorum that is none."""
        earned = [coefficient * points for coefficient in self.options.values()]
        yield from unlike(("options",), earned, points, demerits)
        yield from no_share(quorum=self.quorum)

    def contradictions(self, entry: Entry, indicator: str) -> Iterator[Wrong]:
        """More ballots than people entitled."""
        cast, entitled = self.valid(entry) + entry.count("invalid"), entry.count("entitled")
        if cast > entitled:
            said = {"indicator": indicator, "cast": cast, "entitled": entitled}
            yield Wrong(("entitled",), "votes-above-entitled", said)

    def valid(self, entered: Entered) -> Units:
        """Returns how many ballots count."""
        return sum(entered.count(name) for name in self.options)

    def below_quorum(self, entered: Entered) -> Units:
        """Returns whether too few ballots count, or none."""
        valid = self.valid(entered)
        over, under = compared(valid, entered.count("entitled"), self.quorum)
        return (over < under) | (valid == 0)

    def earned(self, points: int, entered: Entered) -> Outcome:
        """P x sum(n x coefficient) / valid ballots; void below the quorum.

        With ``trim_from`` valid ballots or more, one of the highest and one of the lowest are left
        out.
        """
        best_first = sorted(self.options, key=lambda name: -self.options[name])
        ballots = {name: entered.count(name) for name in best_first}
        kept = valid = self.valid(entered)
        if self.trim_from is not None:
            trimmed = valid >= self.trim_from
            kept = valid - 2 * trimmed
            for order in (best_first, best_first[::-1]):
                left = trimmed
                for name in order:
                    taken = left & (ballots[name] > 0)
                    ballots[name] = ballots[name] - taken
                    left = left & negated(taken)
        weight = {name: to_units(coefficient) for name, coefficient in self.options.items()}
        common = gcd(*weight.values(), SCALE)
        total = sum(ballots[name] * (weight[name] // common) for name in best_first)
        earned = portion(points, total, SCALE // common, kept)
        return Outcome(earned, void=self.below_quorum(entered))

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``测评票：好 8、差 1``."""
        counts = {name: entry.number(name) or Decimal(0) for name in self.options}
        if any(count and self.options[name] != 1 for name, count in counts.items()):
            ballots = "、".join(f"{name} {number_text(count)}" for name, count in counts.items())
            yield f"测评票：{ballots}"

    def asks(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> Iterator[Asked]:
        """The whole demand, or a milder one where nearly all of P was earned."""
        if self.costs(points, entry, demerits=demerits):
            yield OPINIONS if self.close(points, entry) else None

    def formula(self, points: Decimal, rows: Rows) -> str:
        """P by the weighed ballots; words where they do not count."""
        ballots = [(rows.cell(name), to_units(share)) for name, share in self.options.items()]
        valid = "+".join(cell for cell, _ in ballots)
        weighed = "+".join(f"{cell}*{weight}" for cell, weight in ballots)
        entitled, whole = rows.cell("entitled"), to_units(points)
        value = quotient(f"{whole}*({weighed})", f"({valid})*{SCALE}")
        if self.trim_from is not None:
            best_first = sorted(ballots, key=lambda ballot: -ballot[1])
            highest, lowest = (
                first_of([(f"{cell}>0", str(weight)) for cell, weight in some], str(last[1]))
                for *some, last in (best_first, best_first[::-1])
            )
            trimmed = quotient(f"{whole}*({weighed}-{highest}-{lowest})", f"({valid}-2)*{SCALE}")
            value = f"IF({valid}>={self.trim_from},{trimmed},{value})"
        too_few = f"({valid})*{self.quorum.denominator}<{entitled}*{self.quorum.numerator}"
        chain = [
            (f"{valid}+{rows.cell('invalid')}>{entitled}", quoted(CONTRADICTION)),
            (f"OR({valid}=0,{too_few})", quoted(NO_QUORUM)),
        ]
        return rows.complete(first_of(chain, value))
