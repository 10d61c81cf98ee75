"""四、整改和报送, 五、异议: what the school does next, until when, and to whom it may object."""

from __future__ import annotations

from collections.abc import Iterator

from reports.letter.days import within
from reports.letter.subject import Letter
from reports.type.blocks import Block, Paragraph, heading
from rubrics.messages.plain_text import one_line


def demands(letter: Letter) -> Iterator[Block]:
    """Yields both sections."""
    yield heading("四、整改和报送")
    for text in _rectification(letter):
        yield Paragraph(text)
    yield heading("五、异议")
    yield Paragraph(_objection(letter))


def _rectification(letter: Letter) -> Iterator[str]:
    of = letter.round
    days = within(of, of.letters.report_days)
    bureau = one_line(of.bureau)
    waiting = any(fault.pending for fault in letter.faults)
    if not any(fault.stands for fault in letter.faults):
        if waiting:
            yield f"请在{days}将待核事项的佐证材料报送{bureau}，核定结果另行告知。"
        yield "没有须报送整改报告的问题。请坚持日常自查，保持现有水平。"
        return
    at_once = any(fault.days == 0 for fault in letter.faults if fault.stands)
    first = "立行立改的，收到后当即改正；" if at_once else ""
    yield (f"请对照上表逐项整改，明确责任人。{first}限期整改的，按期改好。")
    also = "待核事项的佐证材料一并报送，核定结果另行告知。" if waiting else ""
    yield (
        f"请在{days}向{bureau}报送整改报告，逐项写明整改措施、完成日期和佐证材料，"
        f"由主要负责人签字并加盖单位公章。{also}"
    )
    yield (f"整改情况将组织“回头看”逐项复查；逾期未改的，按有关规定处理。{_referral(letter)}")


def _referral(letter: Letter) -> str:
    """What is handed to another authority, as the rubric says."""
    owned = [line for item in letter.rubric.indicators for line in item.red_lines]
    crossed = {hit.title for hit in letter.score.red_lines}
    named = dict.fromkeys(
        line.consequence.refer
        for line in (*owned, *letter.rubric.red_lines)
        if line.title in crossed and line.consequence.refer
    )
    return f"触碰红线涉及的情况，{'、'.join(named)}依法处理。" if named else ""


def _objection(letter: Letter) -> str:
    settings = letter.round.letters
    to = one_line(settings.objection_to) or one_line(letter.round.bureau)
    days = within(letter.round, settings.objection_days)
    return f"如有异议，请在{days}向{to}书面提出，附理由和证明材料，加盖单位公章。"
