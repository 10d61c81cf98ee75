"""四、整改和报送, 五、异议: what the school does next, until when, and to whom it may object."""

from __future__ import annotations

from collections.abc import Iterator

from inspections.records.record import State
from reports.letter import sentences
from reports.letter.days import within
from reports.letter.left_out import points_of
from reports.letter.subject import Letter
from reports.type.blocks import Block, Paragraph, heading
from rubrics.messages.plain_text import one_line


def demands(letter: Letter) -> Iterator[Block]:
    """Yields both sections."""
    yield heading("四、整改和报送")
    for text in _rectification(letter):
        yield Paragraph(text)
    yield heading("五、异议")
    yield Paragraph(_objection(letter), keep=True)


def _rectification(letter: Letter) -> Iterator[str]:
    of = letter.round
    days = within(of, of.letters.report_days, letter.paper)
    bureau = one_line(of.bureau)
    if not any(fault.stands and not fault.trifling for fault in letter.faults):
        yield _no_report(letter)
        return
    at_once = any(fault.days == 0 for fault in letter.faults if fault.stands)
    yield sentences.RECTIFY.format(at_once=sentences.AT_ONCE if at_once else "")
    yield sentences.REPORT.format(days=days, bureau=bureau)
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


def _objection(letter: Letter) -> str:
    settings = letter.round.letters
    to = one_line(settings.objection_to) or one_line(letter.round.bureau)
    days, unit = settings.objection_days, "日"
    if days is None:
        days, unit = settings.objection_working_days, "个工作日"
    term = sentences.FROM_RECEIPT.format(paper=letter.paper, days=days, unit=unit)
    return sentences.OBJECTION.format(days=term, to=to)
