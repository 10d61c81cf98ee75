from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.type.punctuation import CLOSING_HALVES, OPENING_HALVES, restore, squeeze


def shown(text: str) -> str:
    """Half-width marks in brackets, so that a test can be read."""
    return "".join(
        f"[{restore(c)}]" if c in CLOSING_HALVES + OPENING_HALVES else c for c in squeeze(text)
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("一，二。", "一，二。"),
        ("《法》，二", "《法[》]，二"),
        ("等次为“良好”。", "等次为“良好[”]。"),
        ("《法》《条例》", "《法[》]《条例》"),
        ("（“双减”）", "（[“]双减[”]）"),
        ("如下：“一”", "如下[：]“一”"),
    ],
)
def test_marks_that_meet_lose_their_empty_half(typed: str, printed: str) -> None:
    assert shown(typed) == printed


@given(st.text(alphabet="一A1 ，。（）“”《》、：…—"))
def test_squeezing_keeps_every_character_in_its_place(text: str) -> None:
    assert len(squeeze(text)) == len(text)
    assert restore(squeeze(text)) == text
