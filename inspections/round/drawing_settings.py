"""How schools are drawn and inspectors sent (双随机): the part ``drawing`` of round.yaml."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from inspections.round.basis import Basis
from rubrics.rules import StrictModel
from rubrics.values.conditions import ConditionText
from rubrics.values.points import PartShare

Weight = Annotated[Decimal, Field(ge=0, le=100, max_digits=6, decimal_places=3)]
"""What a school weighs more in a draw: as much as so many schools of which nothing is known."""


def _with_percent(value: object) -> object:
    """A whole number may be a percentage whose sign was forgotten, and 1 may be all or one in a
    hundred.
    """
    text = str(value).strip()
    if not isinstance(value, (bool, Fraction)) and text.isdecimal() and int(text) > 0:
        raise ValueError(f"百分数请带上 %：{text}%；每所都抽的写 100%")
    return value


def _of_some(share: Fraction) -> Fraction:
    if not share:
        raise ValueError("share 应大于 0")
    return share


Drawn = Annotated[PartShare, BeforeValidator(_with_percent), AfterValidator(_of_some)]
"""What part of a stratum is drawn: ``30%``, ``1/3``, ``0.3``."""


class Stratum(StrictModel):
    """Some schools that are drawn apart, under all rubrics of the round or some.

    ``when``: which schools; ``rubrics``: ids, empty for all. What is not written is as ``drawing``
    has it. A school belongs to the first stratum that takes it, for each rubric.
    """

    name: str = ""
    when: ConditionText | None = None
    rubrics: tuple[str, ...] = ()
    share: Drawn | None = None
    at_least: Annotated[int, Field(ge=0)] | None = None
    times: Annotated[int, Field(ge=0)] | None = None


class Risk(StrictModel):
    """What a school weighs in its stratum: 1, and more for what is known of it, up to ``limit``.

    ``results``: by the worst grade of the last round; ``open_items``: for each matter of earlier
    rounds that is not closed; ``complaints``: for each of this and of earlier rounds; ``months``:
    for each whole month since the last visit.
    """

    results: dict[str, Weight] = Field(default_factory=dict)
    open_items: Weight = Decimal(0)
    complaints: Weight = Decimal(0)
    months: Weight = Decimal(0)
    limit: Annotated[Decimal, Field(ge=1, le=1000, max_digits=7, decimal_places=3)] = Decimal(5)

    @property
    def weighs(self) -> bool:
        """Whether any school can weigh more than another."""
        parts = self.open_items, self.complaints, self.months, *self.results.values()
        return any(parts)


class TeamSettings(StrictModel):
    """Who makes a team. ``size``: inspectors; ``days``: working days that they stay together.

    ``skills``: by rubric, what one of a team has to know (审计, 食品); ``offices``: by rubric, from
    which offices (单位) one has to come each. ``rotate``: no two go together in two teams that
    follow each other.
    """

    size: Annotated[int, Field(ge=1, le=9)] = 2
    days: Annotated[int, Field(ge=1, le=30)] = 1
    skills: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    offices: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    rotate: bool = True

    @property
    def asked(self) -> frozenset[str]:
        """All skills that some rubric asks for."""
        return frozenset(it for held in self.skills.values() for it in held)


class DaySettings(StrictModel):
    """What a team can do in a day: so many ``visits``, and, with ``travel`` between them, no more
    than ``minutes``; a visit takes what its rubrics ask for, at least ``visit`` minutes.

    ``near``: traits of which schools of one day should have the same value. ``closed``: working
    days on which nobody sets out (examinations, a sports day).
    """

    visits: Annotated[int, Field(ge=1, le=20)] = 2
    minutes: Annotated[int, Field(ge=30, le=1440)] = 420
    travel: Annotated[int, Field(ge=0, le=720)] = 40
    visit: Annotated[int, Field(ge=0, le=1440)] = 60
    near: tuple[str, ...] = ()
    closed: tuple[date, ...] = ()


class DrawingPaper(StrictModel):
    """What papers of a draw say that nobody can work out. No number is made, a bureau types it.

    ``number``: of the task (任务编号); ``basis``: on what it rests; ``joint``: offices that take
    part; ``held``: when and where it is drawn; ``watch``: who may watch, and how to ask for it;
    ``dates``: which days the public list tells, all, or those alone on which a school was visited
    (不打招呼: a sheet has come).
    Nothing is drawn from it, so that it may still be changed after the commitment.
    """

    number: str = ""
    basis: tuple[Basis, ...] = ()
    joint: tuple[str, ...] = ()
    held: str = ""
    watch: str = ""
    dates: Literal["all", "visited"] = "all"


class Drawing(StrictModel):
    """How the schools of each occasion are drawn, and who goes there.

    ``by``: traits by whose values strata part; ``share`` of each stratum is drawn on each
    occasion, ``at_least`` so many; those that have had fewer visits come first, so that a third
    each month is everybody in three; ``times``: how often every school has to be visited in the
    round. ``strata``: schools for which this is otherwise. ``announced``: how many days a
    commitment has to be public before the draw; ``added``: what number of the day of the draw goes
    with the seed, said before anybody can know it (a lottery's result, dice of a witness): then
    nothing is drawn without it.
    """

    by: tuple[str, ...] = ()
    share: Drawn = Fraction(1)
    at_least: Annotated[int, Field(ge=0)] = 1
    times: Annotated[int, Field(ge=0)] = 0
    strata: tuple[Stratum, ...] = ()
    risk: Risk = Risk()
    team: TeamSettings = TeamSettings()
    day: DaySettings = DaySettings()
    announced: Annotated[int, Field(ge=0, le=90)] = 0
    added: str = ""
    paper: DrawingPaper = DrawingPaper()
