"""What every kind of rule brings; a kind's own file has all of it.

A new kind is a file beside this one with its class, and the name of that class in
:mod:`rubrics.rules.simple`. ``tests/scoring/rules/test_kinds.py`` lists what else it wants.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal, NamedTuple, TypeAlias

from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import quotient
from rubrics.rules.formulas import Rows
from rubrics.rules.rectify import CLOSE, Asked
from rubrics.rules.slot import Choice, Slot, Value, Values, joined
from rubrics.rules.strict_model import Explained
from rubrics.values.conditions import Condition, Traits
from rubrics.values.points import number_text, share_text, to_units

Keys: TypeAlias = tuple[str | int, ...]
"""The way down in a rubric: ``("dimensions", 0, "indicators", 2, "rule")``."""


class Wrong(NamedTuple):
    """What is wrong with a rule, or with what was entered for it.

    ``keys`` is the way down from the rule, for an entry the slot's key; ``code`` and ``params``
    are those of the problem.
    """

    keys: Keys
    code: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Part:
    """A rule by itself, or one part of a composite.

    ``points`` is its own P (points). ``id`` leads its slots' keys, ids of parts in parts joined by
    dots, and is empty for a rule by itself; ``keys`` is the way down to it from the whole rule. It
    applies to schools that meet ``when``. ``factor``: what it earns multiplies what others earn.
    """

    rule: RuleKind
    points: Decimal
    id: str = ""
    label: str = ""
    when: Condition | None = None
    keys: Keys = ()
    factor: bool = False


class RuleKind(Explained):
    """One kind of rule, told by ``kind``: how an observation becomes points.

    P stands for the points of the indicator (or of the part of a composite) that carries the rule.
    """

    kind: str

    name: ClassVar[str]
    """The kind in Chinese."""

    judgement: ClassVar[bool] = False
    """It rests on judgement alone."""

    counted: ClassVar[bool] = False
    """What inspectors enter was counted, even where it counts what others judge: a fact of the
    visit, on which they agree. Only judgement of their own is combined.
    """

    secret: ClassVar[bool] = False
    """What is entered tells who said what, and stays in the bureau."""

    demerits: ClassVar[Literal["lost", "outright", "refused"]]
    """In a rubric that counts demerits: what is lost are the demerits, or the rule says them
    outright, or it may not be used.
    """

    on_site: ClassVar[bool] = True
    """Points are lost by what is found on the day of a visit: facts and evidence are wanted."""

    rests_on: ClassVar[Literal["finding", "count", "level", "figures", "reading"]] = "finding"
    """What a loss rests on, so that a letter tells it where it was not written down."""

    excuse: ClassVar[str] = ""
    """Why an entry may leave the denominator by the rule's own arithmetic, in Chinese."""

    words: ClassVar[tuple[str, ...]] = ()
    """What its formula may show in place of a score."""

    content: ClassVar[tuple[str, str]] = ("", "")
    """The key of what it holds, and what the rows of those are called in a rubric workbook."""

    @property
    def depth(self) -> int:
        """How many composites lie in each other, this one included: none in a rule by itself."""
        return 0

    def lowest(self, points: Decimal) -> Decimal:
        """Returns the fewest points that it comes to: 0, or below it where it goes on there."""
        return Decimal(0)

    def highest(self, points: Decimal) -> Decimal:
        """Returns the most points that it comes to: P, or above it where it goes on there."""
        return points

    @abstractmethod
    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """Returns what an inspector fills in; P is ``points`` (points)."""

    def simple_parts(self, points: Decimal, traits: Traits | None = None) -> tuple[Part, ...]:
        """Returns the rules without parts that it consists of: itself, or a composite's.

        With ``traits`` those that do not apply to such a school are left out.
        """
        return (Part(self, points),)

    def parts_within(self, points: Decimal) -> Iterator[Part]:
        """Yields the parts of a composite, each followed by those within it.

        Each stands with its own condition; a part within another also needs that of the other.
        """
        yield from ()

    def slots_for(self, points: Decimal, traits: Traits | None = None) -> tuple[Slot, ...]:
        """Returns the slots of all its parts, or of those that apply to a school."""
        return tuple(
            replace(
                slot,
                key=joined(part.id, slot.key),
                group=joined(part.id, slot.group) if slot.group else "",
                beside=joined(part.id, slot.beside) if slot.beside else "",
                label=f"{part.label}：{slot.label}" if part.label else slot.label,
            )
            if part.id
            else slot
            for part in self.simple_parts(points, traits)
            for slot in part.rule.slots(part.points)
        )

    def choices(self) -> tuple[Choice, ...]:
        """Returns of which slots some suffice, beyond what the slots themselves say."""
        return ()

    def choices_for(self, traits: Traits | None = None) -> tuple[Choice, ...]:
        """Returns the same for all its parts, or for those that apply to a school."""
        return tuple(
            Choice(
                tuple(tuple(joined(part.id, key) for key in keys) for keys in choice.things),
                choice.at_least,
            )
            for part in self.simple_parts(Decimal(0), traits)
            for choice in part.rule.choices()
        )

    @abstractmethod
    def in_order(self) -> Values | None:
        """Returns what its slots hold where all of it was seen and nothing is wrong.

        None where that takes a figure or a judgement which such a word does not give: a reading,
        a count of what is there, a grade. Slots that may stay blank need not be among them.
        """

    def in_order_for(self, traits: Traits | None = None) -> Values | None:
        """Returns the same for all its parts, or for those that apply to a school."""
        found: dict[str, Value] = {}
        for part in self.simple_parts(Decimal(0), traits):
            own = part.rule.in_order()
            if own is None:
                return None
            found |= {joined(part.id, key): value for key, value in own.items()}
        return found

    @abstractmethod
    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """Returns how what is found becomes points, in one short Chinese sentence.

        ``points`` is P. ``demerits``: points are bad ones (计负分).
        """

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """Yields what is wrong with the meaning of the rule.

        Codes: rubric-rule-points, rubric-value, rubric-bands-gap, rubric-bands-overlap,
        rubric-unreachable, rubric-id-needed, rubric-rule-ends.
        """
        yield from ()

    def wrong_factor(self, points: Decimal) -> Iterator[Wrong]:
        """Yields the same of a part whose share of P multiplies what other parts earn."""
        yield from self.wrong(points, False)

    def contradictions(self, entry: Entry, indicator: str) -> Iterator[Wrong]:
        """Yields what cannot all be right in an entry; all values that are needed are there.

        ``indicator`` is its name for people. Codes: ratio-above-one, votes-above-entitled,
        survey-inconsistent, entry-out-of-range.
        """
        yield from ()

    @abstractmethod
    def earned(self, points: int, entered: Entered) -> Outcome:
        """Returns what is earned by the rule (units): one entry, or columns.

        It lies from 0 to P, or as far as ``lowest`` and ``highest`` say.

        In a rubric of demerits a rule that says them outright gives those.
        """

    @abstractmethod
    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """Yields in which values points were lost: ``缺公示 3 班日 × 0.5 分``.

        ``points`` is the best that can be: P, or 0 where the rule says demerits outright.
        """

    def asks(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> Iterator[Asked]:
        """Yields for each thing that cost points what it asks of the school.

        None where it asks for nothing of its own, and the indicator's demand holds; a milder one
        where that would say more than was found. P is ``points``.
        """
        if self.costs(points, entry, demerits=demerits):
            yield None

    def asked_where(self, points: Decimal, rows: Rows) -> Iterator[tuple[str, Asked]]:
        """Yields what :meth:`asks` does as formulas: (condition on the cells, what that asks).

        Nothing where the indicator's demand holds for whatever is lost.
        """
        yield from ()

    @abstractmethod
    def formula(self, points: Decimal, rows: Rows) -> str:
        """Returns the formula (without ``=``) of the score, for entries in ``rows``."""

    def part_formulas(self, points: Decimal, rows: Rows) -> Mapping[tuple[int, int], str]:
        """Returns the formulas of a composite's parts, by the row and the level of each.

        The level is 0 for a part without parts, else how deep that composite lies in others.
        """
        return {}

    def score(self, points: int, entered: Entered, *, demerits: bool = False) -> Outcome:
        """Returns what is earned, or of a rubric of demerits charged, from 0 to P (units)."""
        outcome = self.earned(points, entered)
        if demerits and self.demerits != "outright":
            return Outcome(points - outcome.earned, outcome.excused, outcome.void)
        return outcome

    def loses(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> bool:
        """Whether what was found on the day of one visit costs points: facts are then wanted.

        It is asked of the arithmetic itself, so it is right also where a loss is rounded away, or
        where other parts of a composite make up for it.
        """
        return self.on_site and self.costs(points, entry, demerits=demerits)

    def close(self, points: Decimal, entry: Entry) -> bool:
        """Whether one entry earns nearly all of P."""
        earned = quotient(self.earned(to_units(points), entry).earned, 1)
        return earned * CLOSE >= to_units(points) * (CLOSE - 1)

    def costs(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> bool:
        """Whether one entry counts, and earns less than P; of demerits, costs any."""
        units = to_units(points)
        outcome = self.score(units, entry, demerits=demerits)
        if outcome.excused or outcome.void:
            return False
        earned = quotient(outcome.earned, 1)
        return earned > 0 if demerits else earned < units


def pointless(keys: Keys, detail: str, points: Decimal) -> Wrong:
    """Returns that a rule's points make no sense; P is ``points``."""
    return Wrong(keys, "rubric-rule-points", {"detail": detail, "points": number_text(points)})


def unlike(
    keys: Keys, earned: Sequence[Decimal], points: Decimal, demerits: bool
) -> Iterator[Wrong]:
    """Yields where a choice of ``earned`` points does not reach P, or is none."""
    best, worst = max(earned), min(earned)
    said = number_text(points)
    if best > points:
        yield pointless(keys, f"最多可得 {number_text(best)} 分，超过分值 {said}", points)
    elif best < points:
        what = "扣" if demerits else "得"
        detail = f"最多只能{what} {number_text(best)} 分，到不了 {said} 分"
        yield pointless(keys, detail, points)
    if demerits and worst > 0:
        yield pointless(keys, f"最少也要扣 {number_text(worst)} 分", points)
    elif best == worst:
        yield pointless(keys, "不论怎样得分都一样", points)


def no_share(**shares: Fraction) -> Iterator[Wrong]:
    """Yields which of the named shares is none between 0 and 100 %; ``full`` may not be 0."""
    for name, share in shares.items():
        if not 0 <= share <= 1 or (name == "full" and share == 0):
            said = {"value": share_text(share), "detail": "应在 0 到 100% 之间，如 90%"}
            yield Wrong((name,), "rubric-value", said)


def too_many(at_least: int | None, things: int, what: str) -> Iterator[Wrong]:
    """Yields that more are asked for than there are; ``what`` says what is counted."""
    if at_least is not None and at_least > things:
        said = {"value": str(at_least), "detail": f"只写了 {things} {what}，at_least 不能更多"}
        yield Wrong(("at_least",), "rubric-value", said)


def without_ids(keys: Keys, what: str, ids: Sequence[str | None]) -> Iterator[Wrong]:
    """Yields which of several things that are filled in apart lacks an id."""
    for n, name in enumerate(ids if len(ids) > 1 else ()):
        if not name:
            said = {"what": f"有几种{what}，第 {n + 1} 种"}
            yield Wrong((*keys, n), "rubric-id-needed", said)
