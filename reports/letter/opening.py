"""The top of a letter: room for the letterhead, number, title, addressee, who came and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from inspections.records.record import Record, State
from reports.letter.days import days_text
from reports.letter.sentences import OCCASION, WHO, WHO_ELSE, WHO_UNKNOWN
from reports.letter.subject import Letter
from reports.type.blocks import Block, Gap, Paragraph, title
from reports.type.paper import CENTRED, FLUSH, UNDER_TITLE
from rubrics.language.rubric import Method
from rubrics.messages.plain_text import one_line

_BY_HAND = "编号：____________"
# The bureau's name in red stands here on paper of its own, then the number, then a red rule.
_LETTERHEAD = 2.5
_RULE = 1.0


def opening(letter: Letter) -> Iterator[Block]:
    """Yields everything above the first heading."""
    yield Gap(_LETTERHEAD, fixed=True)
    yield Paragraph(one_line(letter.round.letters.number) or _BY_HAND, CENTRED)
    yield Gap(_RULE, fixed=True)
    yield title(letter.rubric.letter_title)
    if letter.round.note.strip():
        yield Paragraph(f"（{one_line(letter.round.note).rstrip('。')}）", UNDER_TITLE, keep=True)
    yield Gap(0.5)
    yield Paragraph(f"{one_line(letter.score.school.name)}：", FLUSH, keep=True)
    yield Paragraph(_occasion(letter))


def _occasion(letter: Letter) -> str:
    return OCCASION.format(
        when=_when(letter),
        who=_who(letter),
        round=one_line(letter.round.title),
        you=letter.you,
        rubric=_rubric(letter),
        how=_how(letter),
    )


def _who(letter: Letter) -> str:
    """Names the roster's people only: what else was typed may be a misspelt name, or anybody's."""
    roster = letter.roster.inspectors
    codes = dict.fromkeys(code for visit in letter.score.visits for code in visit.inspectors)
    known = [roster[code] for code in codes if code in roster]
    unknown = len(codes) - len(known)
    if not known:
        return WHO_UNKNOWN.format(count=unknown)
    teams = dict.fromkeys(person.team for person in known)
    names = [one_line(person.name) for person in known]
    team = "、".join(one_line(team) for team in teams if team)
    who = WHO.format(
        teams=f"（{team}）" if team else "",
        names="、".join(names),
        count=len(names),
        people=one_line(letter.rubric.people),
    )
    return who + WHO_ELSE.format(count=unknown) if unknown else who


def _when(letter: Letter) -> str:
    visits = letter.score.visits
    occasions = dict.fromkeys(visit.key.occasion for visit in visits)
    if len(occasions) < 2:
        return days_text(visit.day for visit in visits)
    parts = (f"{_days(visits, name)}（{one_line(name)}）" for name in occasions)
    return "、".join(parts)


def _days(visits: Sequence[Record], occasion: str) -> str:
    return days_text(visit.day for visit in visits if visit.key.occasion == occasion)


def _rubric(letter: Letter) -> str:
    name = one_line(letter.rubric.title)
    return f"{name if '《' in name else f'《{name}》'}（{letter.rubric.version}版）"


def _how(letter: Letter) -> str:
    used = {
        method
        for item in letter.of_state(State.CHECKED)
        for method in letter.indicators[item.indicator].method
    }
    return "、".join(method for method in get_args(Method) if method in used) or "现场查看"
