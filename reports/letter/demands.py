"""四、整改和报送, 五、异议: what the school does next, until when, and to whom it may object.

A first opinion demands nothing yet but what cannot wait; it hears the school.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspections.records.record import State
from inspections.round.days import day_text
from inspections.round.objection_period import last_day_of_objection, term_of_objection
from inspections.round.working_days import PROVISIONAL, provisional
from reports.letter import sentences
from reports.letter.answered import answered
from reports.letter.days import within
from reports.letter.left_out import points_of
from reports.letter.subject import Letter
from reports.type.blocks import Block, Paragraph, heading
from rubrics.messages.plain_text import one_line


def demands(letter: Letter) -> Iterator[Block]:
    """Yields both sections."""
    yield heading("四、整改" if letter.first else "四、整改和报送")
    for text in _rectification(letter):
        yield Paragraph(text)
    answers = list(answered(letter))
    heard = letter.first or bool(answers)
    yield heading("五、陈述和申辩" if letter.first else "五、异议和答复" if heard else "五、异议")
    for text in answers:
        yield Paragraph(text)
    told = letter.round.contact.told
    yield Paragraph(_objection(letter, again=bool(answers)), keep=not told)
    if told:
        yield Paragraph(sentences.CONTACT.format(contact=told), keep=True)


def _rectification(letter: Letter) -> Iterator[str]:
    of = letter.round
    days = within(of, of.letters.report_days, letter.paper)
    bureau = _bureau(letter)
    demanded = [fault for fault in letter.faults if fault.stands and not fault.trifling]
    if not demanded:
        yield _no_report(letter)
        return
    todo = [fault for fault in demanded if not fault.put_right]
    terms = {item.days > 0 for fault in todo for item in fault.demands}
    # What has no demand of its own is put right with the report.
    terms |= {True for fault in todo if not fault.demands}
    if letter.first:
        yield (sentences.FIRST_AT_ONCE if False in terms else "") + sentences.FIRST_RECTIFY
        return
    if todo:
        when = "；".join(sentences.TERMS[later] for later in sorted(terms))
        yield sentences.RECTIFY.format(when=when)
        yield sentences.REPORT.format(days=days, bureau=bureau)
    else:
        yield sentences.ALL_PUT_RIGHT
    yield sentences.FOLLOW_UP.format(referral=_referral(letter))


def _no_report(letter: Letter) -> str:
    """That nothing has to be reported: of what was seen, and praise only where that is all."""
    unseen, score = letter.of_state(State.UNCHECKED), letter.score
    waiting = sum(fault.pending for fault in letter.faults)
    counts = {
        "unchecked": len(unseen),
        "pending": waiting,
        "owed": len(score.owed),
        "disputed": letter.disputed,
        "unsifted": int(score.unsifted),
    }
    still_open = {name: count for name, count in counts.items() if count}
    if not still_open:
        return sentences.NO_REPORT
    points = points_of(letter, unseen)
    later = dict.fromkeys(sentences.NO_REPORT_LATER[name] for name in still_open)
    return sentences.NO_REPORT_YET.format(
        seen=sentences.NO_REPORT_SEEN if unseen else sentences.NO_REPORT_PROVED,
        open="，".join(
            sentences.NO_REPORT_OPEN[name].format(count=count, points=points)
            for name, count in still_open.items()
        ),
        later="、".join(later),
    )


def _referral(letter: Letter) -> str:
    """What is handed to another authority, as the rubric says."""
    owned = [line for item in letter.rubric.indicators for line in item.red_lines]
    crossed = {hit.title for hit in letter.score.red_lines}
    named = dict.fromkeys(
        line.consequence.refer
        for line in (*owned, *letter.rubric.red_lines)
        if line.title in crossed and line.consequence.refer
    )
    return sentences.REFERRAL.format(bodies="、".join(named)) if named else ""


def _objection(letter: Letter, *, again: bool) -> str:
    settings = letter.round.letters
    to = one_line(settings.objection_to) or one_line(letter.round.bureau)
    days, unit = term_of_objection(settings)
    term = sentences.FROM_RECEIPT.format(paper=letter.paper, days=days, unit=unit)
    if not letter.first:
        said = sentences.OBJECTION_AGAIN if again else sentences.OBJECTION
        return said.format(days=term, to=to, paper=letter.paper)
    until = ""
    if letter.day:
        last = last_day_of_objection(settings, letter.day)
        unknown = provisional(letter.day, last)
        years = PROVISIONAL.format(years="、".join(map(str, unknown))) if unknown else ""
        counted = years if settings.objection_days is None else ""
        until = sentences.FIRST_UNTIL.format(day=day_text(letter.day), last=day_text(last))
        until = f"{until}{counted}"
    return sentences.FIRST_OBJECTION.format(days=term, to=to, until=until, bureau=_bureau(letter))


def _bureau(letter: Letter) -> str:
    return one_line(letter.round.bureau)
