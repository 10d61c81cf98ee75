"""The end of a letter: who signs, and the slip that comes back signed."""

from __future__ import annotations

from collections.abc import Iterator

from inspections.round.days import day_text
from reports.letter import sentences
from reports.letter.subject import Letter
from reports.type.blocks import Block, Column, CutLine, Gap, Signature, Table
from reports.type.paper import SIZES
from rubrics.messages.plain_text import one_line

_BY_HAND = "　　　　年　　月　　日"
_LEAST = 24.0


def receipt(letter: Letter) -> Iterator[Block]:
    """Yields the signature with room for the seal, and the receipt slip."""
    day, number = letter.day, letter.number
    code = letter.mark.code if letter.mark else None
    yield Gap(1)
    yield Signature((one_line(letter.round.bureau),), day_text(day) if day else _BY_HAND, code)
    yield Gap(0.5)
    yield CutLine("初步意见送达回执" if letter.first else "送达回执")
    document = letter.title + (f"\n（{number}）" if number else "")
    yield Table(
        (Column("", 6, label=True), Column("", 9.2), Column("", 3.4, label=True), Column("", 9.4)),
        (
            ("收件单位（盖章）", one_line(letter.score.school.name), None, None),
            ("文书", document, "依据细则", one_line(letter.rubric.title)),
            ("签收人（职务）", "", "收到日期", "　　　　年　　月　　日"),
            (f"对{letter.paper}的意见", sentences.RECEIPT_ANSWER, None, None),
        ),
        size=SIZES["五号"],
        least=_LEAST,
        keep=True,
    )
