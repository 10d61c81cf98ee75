"""Who takes all that is published of a school learns no more of a small vote than its band."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from inspections.records.record import State
from inspections.round.targets import Target
from reports.letter.content import letter_blocks, texts
from reports.letter.peers import peers
from reports.letter.subject import Letter
from reports.ranking.book import write_ranking_book
from reports.ranking.measures import width
from rubrics.language.rubric import Rubric
from rubrics.rules import Votes
from rubrics.values.points import from_units
from scoring.explaining.closing import closed
from scoring.explaining.explanation import as_plain, explain
from scoring.results.ballots import BANDS, BESIDE, Band
from scoring.results.rounds import score_round
from scoring.results.scores import SchoolScore
from scoring.results.tables import indicator_rows, score_row
from tests.reference.nested import is_nested, normalised
from tests.scoring.small import a_round, item, roster, rubric, visit

OPTIONS = {"好": Fraction(1), "较好": Fraction(4, 5), "差": Fraction(0)}
VOTE: dict[str, Any] = {"kind": "votes", "options": {"好": 1, "较好": "0.8", "差": 0}}
SEVENTEEN = {"好": 17, "较好": 1, "差": 0, "invalid": 0, "entitled": 19}
THIRTY = {"好": 25, "较好": 5, "差": 0, "invalid": 0, "entitled": 30}


def voted(name: str, points: int = 5) -> dict[str, Any]:
    return item(name, points, rule=VOTE)


FOUR = (voted("A1"), item("A2", 5), item("A3", 6), item("B1", 4))


def weights() -> Rubric:
    """A vote that counts much beside an item of as many points that counts next to nothing."""
    made = rubric(voted("A1"), item("A2", 6, group="甲"), item("A3", 6), item("B1", 4))
    first, second = made.dimensions
    points = {"groups": {"甲": Decimal("0.1")}, "points": Decimal("11.1"), "weight": Decimal(60)}
    dimensions = (
        first.model_copy(update=points),
        second.model_copy(update={"weight": Decimal(40)}),
    )
    update = {"dimensions": dimensions, "points": Decimal(100), "excused": "dimension"}
    return made.model_copy(update=update)


COUNTIES: dict[str, tuple[Rubric, dict[str, Any]]] = {
    "beside a typed item": (
        rubric(voted("A1"), item("A2", 5), item("A3", 6), item("B1", 4)),
        {"A1": SEVENTEEN, "A2": "4.5", "A3": "6", "B1": "3"},
    ),
    "beside a vote of many": (
        rubric(voted("A1"), item("A2", 5), voted("A3"), item("B1", 5)),
        {"A1": SEVENTEEN, "A2": "4.5", "A3": THIRTY, "B1": "5"},
    ),
    "two small votes": (
        rubric(voted("A1"), voted("A2", 3), item("A3", 2), item("B1", 10)),
        {"A1": SEVENTEEN, "A2": SEVENTEEN | {"好": 3, "较好": 2, "entitled": 5}, "A3": 1, "B1": 9},
    ),
    "alone in its dimension": (
        rubric(voted("A1"), item("B1", 8), item("B2", 4), item("C1", 3)),
        {"A1": SEVENTEEN, "B1": "7.5", "B2": "4", "C1": "3"},
    ),
    "not all applies": (
        rubric(voted("A1"), item("A2", 5), item("B1", 7), item("B2", 3)),
        {"A1": SEVENTEEN, "A2": "4.5", "B1": "6", "B2": "NA"},
    ),
    "points of demerits": (
        rubric(*FOUR, scale="demerits", grades=[{"grade": "合格", "range": "≥0"}]),
        {"A1": SEVENTEEN, "A2": "0.5", "A3": "1", "B1": "1"},
    ),
    "items rounded first": (
        rubric(*FOUR, rounding="items"),
        {"A1": SEVENTEEN, "A2": "4.5", "A3": "6", "B1": "3"},
    ),
    "dimensions rounded first": (
        rubric(*FOUR, rounding="dimensions"),
        {"A1": SEVENTEEN, "A2": "4.5", "A3": "6", "B1": "3"},
    ),
    "a group that counts little": (weights(), {"A1": SEVENTEEN, "A2": "4.5", "A3": "5.5", "B1": 3}),
    "totals in whole points": (
        rubric(*FOUR, places=0),
        {"A1": SEVENTEEN, "A2": "4.5", "A3": "6", "B1": "3"},
    ),
}
each = pytest.mark.parametrize("name", COUNTIES)


def told_of(name: str) -> tuple[Rubric, SchoolScore, list[str]]:
    """A school's score as it leaves the bureau, and every text that leaves with it."""
    of, typed = COUNTIES[name]
    settings, people = a_round(), roster({"甲校": {}, "乙校": {}})
    other = {key: 1 if isinstance(value, str | int) else THIRTY for key, value in typed.items()}
    visits = [visit("甲校", typed), visit("乙校", other)]
    given = (settings, {of.id: of}, people, (), visits)
    scores, _ = score_round(*given)
    held = scores.rubrics[of.id]
    own = held.schools[0]
    letter = Letter(settings, of, own, people, peers(held.schools)[own.group])
    said = [text for block in letter_blocks(letter) for text in texts(block)]
    said += [cell for row in indicator_rows(held) if row[0] == "甲校" for cell in row]
    said += score_row(of, own)
    open_, _ = score_round(*given, open_records=True)
    for wanted in ("", *(one.id for one in of.indicators)):
        target = Target(people.schools["甲校"], of.id, wanted)
        shut = closed(explain(settings, open_, people.inspectors, target), settings, scores)
        said.append(json.dumps(as_plain(shut), ensure_ascii=False, default=str))
    return of, own, said


@each
def test_what_is_untold_stands_nowhere(name: str) -> None:
    _, own, said = told_of(name)
    text = "\n".join(said)
    for it in own.indicators:
        if it.band:
            share = Fraction(it.earned, it.points)
            for exact in (from_units(it.earned), from_units(it.points - it.earned)):
                # A figure as short as 4.5 may be any other one.
                short = f"{exact:.2f}"
                assert not short.strip("0")[-2:].isdigit() or short not in text, short
            assert f"{float(share) * 100:.1f}%" not in text


@each
def test_subtraction_leaves_more_than_one_count_of_ballots(name: str) -> None:
    of, own, _ = told_of(name)
    found = list(attacked(of, own))
    ballots = {counts for counts, _ in found}
    assert (17, 1, 0) in ballots
    assert len({kept for _, kept in found}) > 2
    assert len({counts[1:] for counts in ballots}) > 2


def attacked(of: Rubric, own: SchoolScore) -> Iterator[tuple[tuple[int, int, int], Fraction]]:
    """Yields every count of ballots that goes with all sums that are published."""
    hidden = {it.indicator: it for it in own.indicators if it.band}
    assert len(hidden) > 1
    vote = next(it for it in hidden if hidden[it].band != BESIDE)
    free = {name: list(possible(of, name, it.band)) for name, it in hidden.items() if name != vote}
    known = {it.indicator: Fraction(from_units(it.earned)) for it in own.indicators if not it.band}
    sums = []
    rate = rates(of, {it.indicator for it in own.indicators if it.state is State.CHECKED})
    for dimension, part in zip(of.dimensions, own.dimensions, strict=True):
        ids = {one.id for one in dimension.indicators}
        if not part.untold:
            sums.append((ids, Fraction(from_units(part.earned)), Fraction(1, 200)))
    assert own.total is not None
    scale = Fraction(own.applicable, 10_000) / Fraction(of.points)
    everything = {one.id for one in of.indicators}
    total = Fraction(from_units(own.total)) * scale
    sums.append((everything, total, scale / 2 / 10**of.places))
    sums.append((everything, Fraction(from_units(own.earned)), Fraction(1, 200)))
    others = [dict(zip(free, values, strict=True)) for values in product(*free.values())]
    for counts, kept in cast(of, vote, hidden[vote].band, 19):
        for company in others:
            tried = known | company | {vote: kept}
            if all(
                abs(sum(value * rate[it] for it, value in tried.items() if it in ids) - said)
                <= slack
                for ids, said, slack in sums
            ):
                yield counts, kept
                break


def rates(of: Rubric, checked: set[str]) -> dict[str, Fraction]:
    """What a point of each item counts in the sums."""
    ids = [one.id for one in of.indicators]
    if not is_nested(of):
        return dict.fromkeys(ids, Fraction(1))
    alone = {it: {one: Fraction(one == it) for one in checked} for it in ids}
    return {it: normalised(of, held) for it, held in alone.items()}


def possible(of: Rubric, name: str, band: str) -> Iterator[Fraction]:
    """What an item that is untold may come to."""
    one = next(it for it in of.indicators if it.id == name)
    if isinstance(one.rule, Votes):
        yield from {kept for _, kept in cast(of, name, band, 19 if band != BESIDE else 30)}
    else:
        yield from (Fraction(cents, 100) for cents in range(int(one.points * 100)))


def cast(
    of: Rubric, name: str, band: str, most: int
) -> Iterator[tuple[tuple[int, int, int], Fraction]]:
    points = Fraction(next(it.points for it in of.indicators if it.id == name))
    for number in range(1 if band != BESIDE else most, most + 1):
        for good in range(number + 1):
            for fair in range(number - good + 1):
                share = (good + fair * OPTIONS["较好"]) / number
                here = next(one.name for one in BANDS if share * 100 >= one.least)
                if band in (BESIDE, here):
                    counts = good, fair, number - good - fair
                    yield counts, (1 - share if of.scale == "demerits" else share) * points


def test_the_ranking_book_has_no_figure_of_it(tmp_path: Path) -> None:
    of, typed = COUNTIES["beside a typed item"]
    scores, _ = score_round(
        a_round(), {of.id: of}, roster({"甲校": {}}), (), [visit("甲校", typed)]
    )
    write_ranking_book(tmp_path / "book.xlsx", a_round(), scores, [])
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    figures = {round(Decimal(str(cell)), 2) for cell in cells if isinstance(cell, int | float)}
    assert not figures & {Decimal("4.94"), Decimal("0.06"), Decimal("98.89"), Decimal("0.99")}
    assert Decimal("15.44") in figures
    assert "90+" in cells
    assert BESIDE in cells
    assert any("90+ 是九成以上" in str(cell) for cell in cells)


@pytest.mark.parametrize("band", BANDS)
def test_a_band_is_printed_in_type_that_can_be_read(tmp_path: Path, band: Band) -> None:
    """Type that is shrunk to a third is there for nobody."""
    of, typed = COUNTIES["beside a typed item"]
    scores, _ = score_round(
        a_round(), {of.id: of}, roster({"甲校": {}}), (), [visit("甲校", typed)]
    )
    held = scores.rubrics[of.id]
    one = held.schools[0]
    items = tuple(replace(it, band=band.name) for it in one.indicators)
    held = replace(held, schools=(replace(one, indicators=items),))
    write_ranking_book(
        tmp_path / "book.xlsx", a_round(), replace(scores, rubrics={of.id: held}), []
    )
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    (sheet,) = (sheet for sheet in book if sheet.title.endswith("热力图"))
    shrunk = [c for row in sheet.iter_rows() for c in row if c.alignment.shrink_to_fit and c.value]
    assert sum(str(cell.value) in {"90+", "80+", "60+", "<60"} for cell in shrunk) == len(items)
    assert all(width(str(cell.value)) <= 8 for cell in shrunk)


def test_two_thirds_are_no_more_than_that() -> None:
    of = rubric(voted("A1"), item("A2", 5))
    counts = {"好": 6, "较好": 0, "差": 3, "invalid": 0, "entitled": 9}
    scores, _ = score_round(
        a_round(), {of.id: of}, roster({"甲校": {}}), (), [visit("甲校", {"A1": counts, "A2": 4})]
    )
    assert scores.rubrics[of.id].schools[0].indicator("A1").band == "六成以上、不足八成"


def test_all_good_and_all_but_one_read_the_same() -> None:
    of = rubric(voted("A1"), item("A2", 5), item("B1", 10))
    said = []
    for good, fair, other in ((18, 0, "4.50"), (17, 1, "4.5556")):
        counts = {"好": good, "较好": fair, "差": 0, "invalid": 0, "entitled": 18}
        seen = visit("甲校", {"A1": counts, "A2": other, "B1": 9})
        people = roster({"甲校": {}})
        scores, _ = score_round(a_round(), {of.id: of}, people, (), [seen])
        [own] = scores.rubrics[of.id].schools
        letter = Letter(a_round(), of, own, people, peers([own])[own.group])
        said.append([text for block in letter_blocks(letter) for text in texts(block)])
    assert said[0] == said[1]
