"""What the school objected to the first opinion, and how that was answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from inspections.ledger.objections import Objection, Outcome
from inspections.round.days import day_text
from inspections.round.objection_period import is_late
from reports.letter import sentences
from reports.letter.subject import Letter
from rubrics.messages.outgoing import outgoing
from rubrics.messages.plain_text import one_line


def answered(letter: Letter) -> Iterator[str]:
    """Yields a paragraph for the first opinion and two for each objection; none in a first opinion.

    That nothing was objected is said only where there was a first opinion, and the period for
    objecting had ended on the day of the letter.
    """
    hearing = letter.hearing
    if letter.first or not (hearing.objections or hearing.over(letter.round)):
        return
    yield _heard(letter) + _count(letter)
    for one in hearing.objections:
        late = (
            sentences.LATE_OBJECTION
            if is_late(letter.round.letters, one.since, one.received)
            else ""
        )
        day = day_text(date.fromisoformat(one.received))
        yield sentences.ONE_OBJECTION.format(
            number=one.number, day=day, late=late, text=_typed(one.text)
        )
        yield _answer(letter, one)


def _heard(letter: Letter) -> str:
    first = letter.hearing.first
    if first is None:
        return ""
    if not first.day:
        return sentences.HEARD_UNDATED.format(number=first.number, you=letter.you)
    day = day_text(date.fromisoformat(first.day))
    return sentences.HEARD.format(day=day, number=first.number, you=letter.you)


def _count(letter: Letter) -> str:
    count = len(letter.hearing.objections)
    said = sentences.OBJECTED if count else sentences.NOT_OBJECTED
    return said.format(count=count, you=letter.you)


def _answer(letter: Letter, one: Objection) -> str:
    if one.answer is None:
        return sentences.NOT_ANSWERED
    corrected = bool(one.answer.decisions) and one.answer.outcome is not Outcome.REJECTED
    return sentences.ONE_ANSWER.format(
        outcome=one.answer.outcome.value,
        reasons=_typed(one.answer.reasons),
        corrected=sentences.CORRECTED_FOR.format(paper=letter.paper) if corrected else "",
    )


def _typed(text: str) -> str:
    """What somebody typed, on one line, that ends as a sentence does."""
    said = one_line(outgoing(text)).strip()
    if not said:
        return sentences.ERASED
    return said if said[-1] in "。！？；" else f"{said}。"
