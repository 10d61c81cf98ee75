"""The top of a letter: room for the letterhead, number, title, addressee, who came and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from inspections.records.record import Record, State
from reports.letter.days import days_text
from reports.letter.mark import DRAFT
from reports.letter.sentences import (
    ASKED,
    LEADER,
    OCCASION,
    REPLACES,
    REPLACES_ONCE,
    WHO,
    WHO_ELSE,
    WHO_UNKNOWN,
)
from reports.letter.subject import Letter
from reports.type.blocks import Block, Gap, PageMark, Paragraph, title
from reports.type.paper import CENTRED, FLUSH, UNDER_TITLE
from rubrics.language.method import METHODS
from rubrics.messages.plain_text import one_line
from rubrics.rules import Survey, joined
from scoring.results.corrected_words import CORRECTED

_BY_QUESTIONNAIRE: Final = "问卷"
_BY_HAND = "编号：____________"
_DRAFT = "（草稿，未编号）"
# The bureau's name in red stands here on paper of its own, then the number, then a red rule.
_LETTERHEAD = 2.5
_RULE = 1.0


def opening(letter: Letter) -> Iterator[Block]:
    """Yields everything above the first heading."""
    mark = letter.mark
    on_pages = [CORRECTED] if letter.score.correction else []
    on_pages += [DRAFT] if mark and not mark.number else []
    if on_pages:
        yield PageMark("　".join(on_pages))
    yield Gap(_LETTERHEAD, fixed=True)
    yield Paragraph(letter.number or (_DRAFT if mark else _BY_HAND), CENTRED)
    yield Gap(_RULE, fixed=True)
    yield title(letter.title)
    if mark and mark.replaces:
        said = REPLACES if mark.number else REPLACES_ONCE
        told = said.format(paper=letter.paper, number=mark.replaces)
        yield Paragraph(told, UNDER_TITLE, keep=True)
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
        counted=_counted(letter),
    )


def _who(letter: Letter) -> str:
    """Names the roster's people only: what else was typed may be a misspelt name, or anybody's."""
    roster = letter.roster.inspectors
    codes = dict.fromkeys(code for visit in letter.score.visits for code in visit.inspectors)
    known = [roster[code] for code in codes if code in roster]
    unknown = len(codes) - len(known)
    if not known:
        return WHO_UNKNOWN.format(count=unknown)
    # Of teams that were drawn the roster says nothing.
    teams = {} if letter.roster.drawn else dict.fromkeys(person.team for person in known)
    # Whoever leads stands in front; without a column that says so nobody is called the leader.
    known.sort(key=lambda person: not person.leads)
    names = [
        LEADER.format(name=one_line(person.name)) if person.leads else one_line(person.name)
        for person in known
    ]
    team = "、".join(one_line(team) for team in teams if team)
    who = WHO.format(
        teams=f"（{team}）" if team else "",
        names="、".join(names),
        count=len(names),
        people=one_line(letter.rubric.people),
    )
    return who + WHO_ELSE.format(count=unknown) if unknown else who


def _counted(letter: Letter) -> str:
    """How many questionnaires came back, where inspectors have entered it.

    The inspectors of one visit counted the same ones; while they do not agree, nothing is told.
    """
    keys = {
        (item.indicator, joined(part.id, "returned"))
        for item in letter.of_state(State.CHECKED)
        if _BY_QUESTIONNAIRE in letter.indicators[item.indicator].method
        and not letter.confidential(item.indicator)
        for part in letter.indicators[item.indicator].rule.simple_parts(
            letter.indicators[item.indicator].points, letter.score.school.traits
        )
        if isinstance(part.rule, Survey)
    }
    counts: dict[tuple[str, str, str], set[Decimal]] = {}
    for visit in letter.score.visits if keys else ():
        for indicator, key in keys:
            seen = visit.observation(indicator)
            count = seen.values.get(key) if seen else None
            if isinstance(count, Decimal):
                counts.setdefault((visit.key.occasion, indicator, key), set()).add(count)
    agreed = all(len(found) == 1 for found in counts.values())
    total = int(sum(max(found) for found in counts.values()))
    return ASKED.format(count=total) if total and agreed else ""


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
    known = (*METHODS, *letter.rubric.methods)
    return "、".join(method for method in known if method in used) or "现场查看"
