"""Texts as long as a cell can hold: a letter quotes their beginning and names the record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inspections.records.record import State
from reports.faults.quoting import MOST, REST, quoted
from reports.letter.content import letter_blocks, texts
from reports.letter.subject import Letter
from reports.letter.writing import letter_pdf
from tests.reports.letter.inspected import letter, rubric, with_faults
from tests.reports.letter.test_pages import Words, inside

LONG = "后厨地面积水未清。" * 3_640  # 32,760 characters
OTHER = "消毒记录缺三天"


def written(made: Letter, *said: str) -> Letter:
    """The same letter, with what inspectors wrote at the item of its first fault."""
    owner = made.faults[0].owner
    (visit, *_) = made.score.visits
    records = tuple(
        replace(
            visit,
            key=replace(visit.key, inspector=f"督学{n}"),
            observations=tuple(
                replace(item, fault=text, remark=LONG) if item.owner == owner else item
                for item in visit.observations
            ),
        )
        for n, text in enumerate(said)
    )
    return replace(made, score=replace(made.score, visits=records))


def all_text(made: Letter) -> str:
    return "".join(text for block in letter_blocks(made) for text in texts(block))


def test_a_long_fact_does_not_fill_pages_and_hides_no_other(words: Words) -> None:
    of = rubric("canteen")
    made = written(letter(of, with_faults(of, 5)), LONG, OTHER)
    told = all_text(made)
    assert told.count("后厨地面积水未清") == MOST // 9
    assert told.count(REST) == 1
    assert OTHER in told
    pdf = letter_pdf(made)
    inside(words, pdf)
    assert max(page for page, *_ in words(pdf)) <= 5


def test_a_long_reason_of_an_excused_item_is_cut_too() -> None:
    of = rubric("canteen")
    made = letter(of, with_faults(of, 0))
    first, *others = made.score.indicators
    excused = replace(first, state=State.EXCUSED, earned=0, reason="因故停用" * 8_000)
    told = all_text(replace(made, score=replace(made.score, indicators=(excused, *others))))
    assert told.count("因故停用") == MOST // 4
    assert REST in told


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("字" * MOST, "字" * MOST),
        ("字" * (MOST + 1), "字" * MOST + REST),
        ("字" * (MOST - 3) + "138****5678", "字" * (MOST - 3) + REST),
        ("字" * (MOST - 1) + "，然后", "字" * (MOST - 1) + REST),
        ("x" * 32_767, "x" * (MOST // 2) + REST),
    ],
)
def test_the_cut_never_makes_another_figure(text: str, cut: str) -> None:
    assert quoted(text) == cut
