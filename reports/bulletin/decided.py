"""五、表彰和处理决定: what somebody decided on schools, and nothing that is only proposed.

Schools alone are named, and no reason that somebody typed is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inspections.accountability.measures import (
    AWARD_LOST,
    COMMENDATION,
    CRITICISM,
    last_day_of,
)
from inspections.accountability.states import Decided
from inspections.rectification.numbers import short
from inspections.round.days import day_text
from reports.bulletin.subject import Subject
from reports.bulletin.told import Figure, Told
from reports.bulletin.wording import MOST_NAMED
from rubrics.messages.outgoing import outgoing
from rubrics.messages.plain_text import one_line


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A school in a list: why, when it was decided, for how long."""

    school: str
    matter: str
    day: str
    term: str


@dataclass(frozen=True, slots=True)
class DecidedTable:
    """The list of one measure."""

    title: str
    rows: tuple[DecidedRow, ...]


def decided(subject: Subject) -> Iterator[Told]:
    """Yields a paragraph for each measure, commendations by what they are for."""
    best = _of(subject, COMMENDATION)
    for title in dict.fromkeys(one.title for one in best):
        held = [one for one in best if one.title == title]
        text = f"对“{one_line(title)}”{len(held)}个单位予以表彰：{_names(subject, held)}。"
        yield Told(text, (_figure("表彰", held),))
    if held := _of(subject, CRITICISM):
        schools = _schools(held)
        text = f"对{schools}所学校予以通报批评：{_names(subject, held)}。"
        yield Told(text, (_figure("通报批评", held, schools),))
    if held := _of(subject, AWARD_LOST):
        schools = _schools(held)
        by_years = [(years, _over(held, years)) for years in sorted({it.years for it in held})]
        if len(by_years) == 1:
            said = f"，期限{by_years[0][0]}年：{_names(subject, held)}"
        else:
            said = "：" + "；".join(
                f"期限{years}年的{_schools(own)}所，{_names(subject, own)}"
                for years, own in by_years
            )
        figures = (
            _figure(f"取消评优评先资格{years}年", own, _schools(own)) for years, own in by_years
        )
        yield Told(
            f"取消{schools}所学校评优评先资格{said}。",
            (
                _figure("取消评优评先资格", held, schools),
                *figures,
                *(
                    Figure("年限", str(years), f"台账里的决定 {_numbers(own)}")
                    for years, own in by_years
                ),
            ),
        )


def decided_tables(subject: Subject) -> Iterator[DecidedTable]:
    """Yields the lists, where a paragraph cannot name all schools or a decision has an end."""
    for kind in (COMMENDATION, CRITICISM, AWARD_LOST):
        if held := _of(subject, kind):
            yield DecidedTable(kind, tuple(_row(subject, one) for one in held))


def years_told(lost: Sequence[Decided]) -> str:
    """Returns ``1年``, or ``1年、2年``."""
    return "、".join(f"{years}年" for years in sorted({one.years for one in lost}))


def _over(held: Sequence[Decided], years: int) -> list[Decided]:
    return [one for one in held if one.years == years]


def _of(subject: Subject, kind: str) -> list[Decided]:
    return [one for one in subject.decided if one.kind == kind]


def _schools(held: Sequence[Decided]) -> int:
    """A school may have lost it for two things."""
    return len({one.school for one in held})


def _row(subject: Subject, one: Decided) -> DecidedRow:
    term = ""
    if one.kind == AWARD_LOST:
        term = f"{one.years}年\n至{day_text(last_day_of(one.day, one.years))}"
    return DecidedRow(_name(subject, one), one_line(one.title), day_text(one.day), term or "—")


def _names(subject: Subject, held: Sequence[Decided]) -> str:
    found = list(dict.fromkeys(_name(subject, one) for one in held))
    if len(found) > MOST_NAMED:
        mark = subject.mark(subject.attachments[-1])
        return f"{'、'.join(found[:MOST_NAMED])}等，名单见{mark}"
    return "、".join(found)


def _name(subject: Subject, one: Decided) -> str:
    known = subject.roster.schools.get(one.school)
    return one_line(outgoing(known.name if known else one.school))


def _figure(name: str, held: Sequence[Decided], count: int = 0) -> Figure:
    return Figure(name, str(count or len(held)), f"台账里的决定 {_numbers(held)}")


def _numbers(held: Sequence[Decided]) -> str:
    return "、".join(short(one.number) for one in held)
