"""Letters of rubrics with weights: what is printed adds up, in the points of the total."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reports.letter.content import letter_blocks, texts
from reports.letter.peers import peers
from reports.letter.subject import Letter
from rubrics.language.rubric import Rubric
from rubrics.values.points import round_units
from scoring.results.rounds import score_round
from tests.scoring.small import a_round, item, roster, rubric, visit

POINTS = {"A1": 3, "A2": 3, "A3": 3, "A4": 10, "B1": 7, "B2": 20}
TYPED = st.fixed_dictionaries(
    {name: st.integers(0, most) | st.just("NA") for name, most in POINTS.items()}
)


def weighed(excused: str) -> Rubric:
    own = [
        item(name, most, excusable=True, group="课程" if name < "A4" else "")
        for name, most in POINTS.items()
    ]
    made = rubric(*own)
    first, second = made.dimensions
    first = first.model_copy(update={"groups": {"课程": Decimal(30)}, "points": Decimal(40)})
    dimensions = [
        one.model_copy(update={"weight": weight})
        for one, weight in ((first, Decimal(60)), (second, Decimal(40)))
    ]
    update = {"dimensions": tuple(dimensions), "points": Decimal(100), "excused": excused}
    return made.model_copy(update=update)


def letter(of: Rubric, typed: dict[str, int | str]) -> Letter:
    settings, people = a_round(), roster({"甲校": {}, "乙校": {}})
    visits = [visit("甲校", typed), visit("乙校", POINTS)]
    scores, _ = score_round(settings, {of.id: of}, people, (), visits)
    held = scores.rubrics[of.id].schools
    return Letter(settings, of, held[0], people, peers(held)[held[0].group])


@given(st.sampled_from(["rubric", "dimension", "group"]), TYPED)
def test_dimensions_add_up_to_the_total_and_losses_to_what_is_missing(
    excused: str, typed: dict[str, int | str]
) -> None:
    made = letter(weighed(excused), typed)
    if made.score.total is None:
        return
    held = made.printed
    assert sum(earned for earned, _ in held.dimensions) == held.earned
    assert sum(due for _, due in held.dimensions) == held.applicable == 100 * 10_000
    assert held.earned == made.score.normalised
    lost = sum(held.proved.values()) + sum(held.unproved.values())
    assert lost == held.applicable - held.earned


@given(st.sampled_from(["rubric", "dimension", "group"]), TYPED)
def test_faults_are_told_by_what_they_cost_of_the_total(
    excused: str, typed: dict[str, int | str]
) -> None:
    made = letter(weighed(excused), typed)
    told = [made.cost(fault) for fault in made.faults]
    # The last digit of some is moved, so that they add up.
    assert all(before >= after - 100 for before, after in pairwise(told))


def test_what_an_item_costs_is_what_mending_it_gives_back() -> None:
    made = letter(weighed("group"), {"A1": 2, "A2": "NA", "A3": 3, "A4": 10, "B1": 7, "B2": 10})
    gains = {it.indicator: it.gain for it in made.score.indicators if it.gain}
    assert {name: round_units(cost, 2) for name, cost in made.printed.proved.items()} == gains
    said = "".join(text for block in letter_blocks(made) for text in texts(block))
    assert "一级指标按权重计入总分" in said
    assert "都已折合到总分" in said


def said_of(typed: dict[str, int | str], **more: object) -> str:
    """The letter of a weighed rubric whose item B2 (20 of 27 points, 40 of the total) is so."""
    of = weighed("rubric")
    last = of.dimensions[1]
    items = (last.indicators[0], last.indicators[1].model_copy(update=more))
    dimensions = (of.dimensions[0], last.model_copy(update={"indicators": items}))
    made = letter(of.model_copy(update={"dimensions": dimensions}), typed)
    return "".join(text for block in letter_blocks(made) for text in texts(block))


def test_what_is_said_in_confidence_is_told_out_of_its_own_points() -> None:
    said = said_of(POINTS | {"B2": 2}, confidential=True)
    assert "按汇总结果，满分20分，计2分" in said


def test_what_waits_for_evidence_is_told_as_it_counts_in_the_total() -> None:
    said = said_of(POINTS | {"B2": 11}, evidence="required")
    assert "13.33分" in said and "9分" not in said  # 9 of 27 points, which are 40 of the total
