"""Corrections for the severity of inspectors as they stand: with the first letter that is numbered,
or measured anew by somebody. The latest of a rubric holds; none is ever changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine, func, select

from inspections.ledger.bodies.severity import Severity
from inspections.ledger.chain import Act, By, Said, act, acts_by_id
from inspections.ledger.facts import bodies_of
from inspections.ledger.local_time import local_time
from inspections.ledger.tables import facts, index

_WHOSE = "inspector/"


@dataclass(frozen=True, slots=True)
class HeldSeverity:
    """What totals under a rubric are corrected by. ``number``: 0 until it stands in the ledger.

    ``inspectors`` and ``numbers``: by code, in units (1/10000 of a point) that are above 0 where a
    total becomes a better one, and what each goes by on paper; ``late``: codes of those who had no
    sheet when it was measured, and are corrected by 0. The rest as
    :class:`inspections.ledger.bodies.severity.Severity` has it. ``taken``: the highest number that
    anybody goes by, be they erased. ``who``, ``why`` and ``at`` (the office's time): of measuring,
    or of the first letters.
    """

    rubric: str
    inspectors: Mapping[str, int]
    numbers: Mapping[str, int]
    late: frozenset[str]
    left: tuple[str, ...]
    nothing: str
    records: str
    sheets: int
    again: bool = False
    continues: int = 0
    number: int = 0
    taken: int = 0
    who: str = ""
    why: str = ""
    at: str = ""

    def same(self, other: HeldSeverity | None) -> bool:
        """Whether another corrects all alike."""
        return other is not None and self.told == other.told

    @property
    def told(self) -> tuple[object, ...]:
        """All by which totals follow, or pages tell of it."""
        return (
            self.rubric, dict(self.inspectors), dict(self.numbers), self.late, self.left,
            self.nothing, self.again, self.continues,
        )  # fmt: skip

    @property
    def text(self) -> str:
        """When and how it was fixed, and of how many sheets it was measured, in Chinese."""
        who = f"由{self.who}" if self.who and self.again else ""
        why = f"（理由：{self.why}）" if self.again and self.why else ""
        how = f"{who}重新测定{why}" if self.again else "随意见书编号定下"
        what = f"定为不校正：{self.nothing}" if self.nothing else "测得"
        return f"{self.day} {how}，由当时的 {self.sheets} 份检查表{what}"

    @property
    def day(self) -> str:
        """When it was measured, or first stood: ISO 8601."""
        return self.at[:10]


@dataclass(frozen=True, slots=True)
class Holding:
    """What is to stand for a rubric once a letter says it.

    ``seen``: the number of what stood when the scores were made, 0 for nothing; ``new``: what is to
    stand in its place, None where that goes on.
    """

    seen: int
    new: HeldSeverity | None


def hold(doing: Act, wanted: Iterable[Holding]) -> None:
    """Adds, within an act, all that is to stand from now on and does not yet."""
    stands = standing_now(doing.connection)
    number = _last(doing.connection)
    said = []
    for one in wanted:
        if one.new is not None and not one.new.same(stands.get(one.new.rubric)):
            number += 1
            said.append(severity(replace(one.new, number=number)))
    doing.add("severity", said)


def moved_on(doing: Act, wanted: Mapping[str, Holding], rubrics: Collection[str]) -> bool:
    """Whether other corrections stand for some of the ``rubrics`` than scores were made with."""
    stands = standing_now(doing.connection)
    for name in rubrics:
        one, now = wanted.get(name), stands.get(name)
        if one is None or one.seen == (now.number if now else 0):
            continue
        if one.new is None or not one.new.same(now):
            return True
    return False


def severity(one: HeldSeverity) -> Said:
    """Returns what the fact of a held correction says."""
    codes = sorted(one.numbers, key=lambda code: one.numbers[code])
    body = Severity(
        one.number,
        one.rubric,
        [one.numbers[code] for code in codes],
        [one.inspectors[code] for code in codes],
        sorted(one.numbers[code] for code in one.late),
        list(one.left),
        one.nothing,
        one.records,
        one.sheets,
        one.again,
        one.continues,
    )
    return Said(body, [(f"{_WHOSE}{place}", code) for place, code in enumerate(codes)])


def measure_again(ledger: Engine, made: Iterable[Holding], by: By) -> bool:
    """Adds corrections that somebody wants from now on, in one act, be they as they were.

    False, and nothing is added, where others have come to stand since.
    """
    with act(ledger, "severity", by) as doing:
        stands = standing_now(doing.connection)
        said = []
        for number, one in enumerate(made, _last(doing.connection) + 1):
            if one.new is None:
                continue
            now = stands.get(one.new.rubric)
            if one.seen != (now.number if now else 0):
                return False
            said.append(severity(replace(one.new, number=number)))
        doing.add("severity", said)
    return True


def standing_severity(ledger: Engine) -> dict[str, HeldSeverity]:
    """Returns the corrections that stand, by rubric."""
    with ledger.connect() as connection:
        return standing_now(connection)


def standing_now(connection: Connection) -> dict[str, HeldSeverity]:
    """Returns the same within an act."""
    acts = acts_by_id(connection)
    wanted = select(facts.c.id, facts.c.act).where(facts.c.kind == "severity")
    of_fact = {id: acts[number] for id, number in connection.execute(wanted)}
    found: dict[int, HeldSeverity] = {}
    for id, body, texts in bodies_of(connection, "severity"):
        if body is None:
            continue
        codes = [texts.get(f"{_WHOSE}{place}", "") for place in range(len(body.numbers))]
        own = of_fact[id]
        first = found.get(body.continues)
        found[body.number] = HeldSeverity(
            body.rubric,
            {code: units for code, units in zip(codes, body.amounts, strict=True) if code},
            {code: number for code, number in zip(codes, body.numbers, strict=True) if code},
            frozenset(
                code
                for code, number in zip(codes, body.numbers, strict=True)
                if code and number in body.late
            ),
            tuple(body.left),
            body.nothing,
            body.records,
            body.sheets,
            body.again,
            body.continues,
            body.number,
            max(body.numbers, default=0),
            *(
                (first.who, first.why, first.at)
                if first
                else (own.who, own.why, local_time(own.at))
            ),
        )
    return {one.rubric: one for one in found.values()}


def _last(connection: Connection) -> int:
    last = select(func.max(index.c.parent)).where(index.c.kind == "severity")
    return connection.execute(last).scalar_one_or_none() or 0
