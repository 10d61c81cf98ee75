"""公平性分析.pdf: what a bureau's chief reads in five minutes, from top to bottom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from reports.fairness.buying import buying_blocks
from reports.fairness.checks import Check, together
from reports.fairness.conclusions import conclusions, next_steps
from reports.fairness.places import place_blocks
from reports.fairness.rubric_itself import itself_blocks
from reports.fairness.spoken import spoken
from reports.fairness.strictness import agreement_blocks, severity_blocks
from reports.fairness.styles import SMALL, TEXT
from reports.fairness.subject import Subject
from reports.type.blocks import Block, Column, PageMark, Paragraph, Table, heading, title
from reports.type.numerals import numeral
from reports.type.paper import UNDER_TITLE
from rubrics.messages.outgoing import outgoing

_MOST_STEPS: Final = 6
_APART: Final = "偏严偏松、总分相差多、评分忽高忽低，每份细则各另算，错提示的机会也各不超过 5%。"
_ABOUT: Final = "本分析供局内参考，不公开。{effect}“提示”只说明值得再看一眼，不说明谁有错。"


@dataclass(frozen=True, slots=True)
class Length:
    """How much is told at most of each kind; the workbook has all."""

    bars: int
    groups: int
    indicators: int
    checks: int
    alike: int


LENGTHS: Final = (
    Length(12, 10, 8, 8, 3),
    Length(10, 8, 6, 6, 3),
    Length(10, 6, 6, 5, 2),
    Length(8, 6, 5, 4, 2),
    Length(6, 4, 6, 6, 3),
    Length(6, 4, 4, 3, 1),
)
"""From the longest paper to the shortest."""


def bureau_blocks(
    subject: Subject, checks: Sequence[Check], length: Length = LENGTHS[0]
) -> list[Block]:
    """Returns the blocks of the bureau's paper; ``checks``: all that is worth a second look."""
    return list(spoken(subject.opened.words, _blocks(subject, checks, length)))


def _blocks(subject: Subject, checks: Sequence[Check], length: Length) -> Iterator[Block]:
    opened = subject.opened
    if subject.corrected:
        yield PageMark(subject.corrected)
    yield title("评分公平性分析")
    yield Paragraph(outgoing(f"{opened.round.title}　{opened.round.bureau}"), UNDER_TITLE)
    yield Paragraph(_ABOUT.format(effect=subject.effect), SMALL)
    yield heading("一、结论")
    yield from _numbered(conclusions(subject, checks))
    yield heading("二、下一步")
    yield from _numbered(islice(next_steps(subject, checks), _MOST_STEPS))
    yield heading("三、几位看得一样吗，谁严谁松")
    yield from agreement_blocks(subject)
    yield from severity_blocks(subject, length.bars)
    yield heading("四、名次有多大把握，多派人能准多少")
    yield from place_blocks(subject, length.groups)
    yield from buying_blocks(subject)
    yield heading("五、细则本身")
    yield from itself_blocks(subject, length.indicators)
    yield heading("六、请核对")
    yield from _checks(subject, checks, length)


def _numbered(texts: Iterator[str]) -> Iterator[Block]:
    count = 0
    for count, text in enumerate(texts, 1):
        yield Paragraph(f"（{numeral(count)}）{text}", TEXT)
    if not count:
        yield Paragraph("照现在的办法做就可以。", TEXT)


def _checks(subject: Subject, checks: Sequence[Check], length: Length) -> Iterator[Block]:
    if not checks:
        yield Paragraph("没有需要核对的。", TEXT)
    else:
        shown: list[Check] = []
        told = 0
        kinds: Counter[str] = Counter()
        for one, count in together(checks):
            if len(shown) < length.checks and kinds[one.kind] < length.alike:
                shown.append(one)
                kinds[one.kind] += 1
                told += count
        yield checks_table(subject, shown)
        if told < len(checks):
            yield Paragraph(f"另有 {len(checks) - told} 处，见工作簿“请核对”。", SMALL)
    yield Paragraph(f"{subject.measured.patterns.words}{_APART}", SMALL)


def checks_table(subject: Subject, checks: Sequence[Check]) -> Table:
    """Returns what is to be looked at as a table."""
    return Table(
        (
            Column("情形", 0.13, "centre"),
            Column("填表人", 0.17),
            Column("说明", 0.44),
            Column("在哪里", 0.26),
        ),
        tuple(
            (one.kind, subject.people(one.inspectors), one.words, subject.places(one.cells))
            for one in checks
        ),
    )
