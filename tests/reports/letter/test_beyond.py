"""Letters of what lies below zero or above an indicator's points: what is printed still adds up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.letter.content import letter_blocks, texts
from reports.letter.peers import peers
from reports.letter.subject import Letter
from scoring.results.rounds import score_round
from tests.scoring.small import a_round, item, roster, rubric, visit

FINE = {"kind": "points", "step": "0.5", "floor": -3, "ceiling": 6}
OF = rubric(item("A1", 4, rule=FINE), item("A2", 4, rule=FINE), item("B1", 4, rule=FINE))
TYPED = st.integers(-6, 12).map(lambda half: half / 2)


def letter(*typed: float) -> Letter:
    settings, people = a_round(), roster({"甲校": {}, "乙校": {}})
    visits = [
        visit("甲校", dict(zip(["A1", "A2", "B1"], typed, strict=True))),
        visit("乙校", {"A1": 4, "A2": 4, "B1": 4}),
    ]
    scores, _ = score_round(settings, {OF.id: OF}, people, (), visits)
    held = scores.rubrics[OF.id].schools
    return Letter(settings, OF, held[0], people, peers(held)[held[0].group])


@given(TYPED, TYPED, TYPED)
def test_what_is_due_less_losses_with_what_is_more_is_what_is_earned(
    a1: float, a2: float, b1: float
) -> None:
    made = letter(a1, a2, b1)
    held = made.printed
    lost = sum(held.proved.values()) + sum(held.unproved.values())
    assert all(units > 0 for units in [*held.proved.values(), *held.surplus.values()])
    assert held.applicable - lost + sum(held.surplus.values()) == held.earned
    assert sum(earned for earned, _ in held.dimensions) == held.earned


def test_a_letter_says_which_indicators_earned_more_and_how_to_add_up() -> None:
    assert "“A1 指标A1”多2分；得分＝应得－扣分＋超过的分。" in said_in(letter(6, -3, 4))
    assert "超过的分" not in said_in(letter(4, -3, 4))


def said_in(made: Letter) -> str:
    return "\n".join(text for block in letter_blocks(made) for text in texts(block))
