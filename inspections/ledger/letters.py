"""Numbers of letters: given within an act, one after another, and never twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, Engine, func, select

from inspections.ledger.bodies.letters import Letter
from inspections.ledger.chain import By, Said, act, compact
from inspections.ledger.facts import bodies_of
from inspections.ledger.severity import Holding, hold, moved_on
from inspections.ledger.tables import index
from inspections.round.letter_numbers import number_in

FIRST = "初步"
FINAL = "正式"
STAGES = (FIRST, FINAL)
"""What a letter can be: heard before it is final, or final."""

NOTHING_HELD: Final[Mapping[str, Holding]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Asked:
    """A letter that is to bear a number. ``digest``: SHA-256 (hex) of what it says.

    ``series``: as ``series_of`` gives it; ``day``: its date in ISO 8601, empty without one.
    ``certainty``: what it says of how sure its rank is; None where the round does not ask.
    """

    stage: str
    rubric: str
    school: str
    digest: str
    series: str
    day: str = ""
    certainty: str | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A letter that bears a number; ``replaces``: the number that it takes the place of.

    ``school`` and ``rubric`` are empty where they were erased. ``fact``: its fact in the ledger.
    ``certainty``: what it said of how sure its rank is; None where it was not asked or is erased.
    """

    number: str
    stage: str
    rubric: str
    school: str
    digest: str
    day: str
    replaces: str
    fact: int = field(compare=False, repr=False)
    certainty: str | None = None

    @property
    def whose(self) -> tuple[str, str, str]:
        """Stage, rubric and school: of letters of the same, the latest holds."""
        return self.stage, self.rubric, self.school


def number_letters(
    ledger: Engine,
    asked: Sequence[Asked],
    by: By,
    severities: Mapping[str, Holding] = NOTHING_HELD,
) -> list[Numbered]:
    """Returns the number of each letter, in order; new ones are given in one act.

    A letter that says what the latest of its stage, rubric and school says keeps that one's
    number. The next number of a series is found within the act, so that computers that share a
    ledger never give the same. ``severities``: by rubric, the corrections that letters name; with
    the first letter of a rubric they stand, in the same act. Nothing is returned, and no number
    given, where others have come to stand since the scores were made.
    """
    with act(ledger, "letters", by) as doing:
        before = _letters(doing.connection)
        latest, used = standing(before), {one.number for one in before}
        last: dict[str, int] = {}
        new: list[tuple[Asked, Letter]] = []
        for one in asked:
            held = latest.get((one.stage, one.rubric, one.school))
            if held is None or held.digest != one.digest:
                if one.series not in last:
                    last[one.series] = _last_of(doing.connection, one.series)
                last[one.series] += 1
                # Of two series one may go on as the other ends: X1{n} and X{n} both give X11.
                while number_in(one.series, last[one.series]) in used:
                    last[one.series] += 1
                replaced = held.fact if held else 0
                n = last[one.series]
                body = Letter(one.series, n, one.stage, one.digest, one.day, replaced)
                new.append((one, body))
        rubrics = {one.rubric for one, _ in new}
        if moved_on(doing, severities, rubrics):
            return []
        hold(doing, (one for name, one in severities.items() if name in rubrics))
        doing.add("letter", [letter(one, body) for one, body in new])
        if new:
            latest = standing(_letters(doing.connection))
        return [latest[one.stage, one.rubric, one.school] for one in asked]


def letter(one: Asked, body: Letter) -> Said:
    """Returns what the fact of a numbered letter says."""
    about = compact({"school": one.school, "rubric": one.rubric})
    told = [] if one.certainty is None else [("certainty", one.certainty)]
    return Said(body, [("about", about), *told])


def all_letters(ledger: Engine) -> list[Numbered]:
    """Returns every letter that was given a number, in the order of giving."""
    with ledger.connect() as connection:
        return _letters(connection)


def standing(letters: Iterable[Numbered]) -> dict[tuple[str, str, str], Numbered]:
    """Returns the latest letter of each stage, rubric and school; ``letters`` in order."""
    return {one.whose: one for one in letters if one.school}


def _last_of(connection: Connection, series: str) -> int:
    """The number of a series that was given last; 0 where none was."""
    wanted = select(func.max(index.c.parent)).where(
        index.c.kind == "letter", index.c.name == series
    )
    return connection.execute(wanted).scalar_one_or_none() or 0


def _letters(connection: Connection) -> list[Numbered]:
    found: dict[int, Numbered] = {}
    for id, body, texts in bodies_of(connection, "letter"):
        about = json.loads(texts.get("about", "{}"))
        replaced = found.get(body.replaces)
        found[id] = Numbered(
            number_in(body.series, body.n),
            body.stage,
            about.get("rubric", ""),
            about.get("school", ""),
            body.digest,
            body.day,
            replaced.number if replaced else "",
            id,
            texts.get("certainty"),
        )
    return list(found.values())
