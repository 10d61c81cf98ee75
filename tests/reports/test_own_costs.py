"""What a school's own score costs, where people read it: every sum can be done again as printed."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inspections.round.opened import OpenRound
from inspections.steps.collecting import collect_round
from inspections.steps.self_assessing import collect_self_assessment
from reports.letter.content import texts
from reports.letter.own_scores import own_scores
from reports.letter.peers import Peers
from reports.letter.result import result
from reports.letter.subject import Letter
from reports.ranking.book import ranking_book
from scoring.results.scores import SchoolScore, Scores
from scoring.steps.explaining import explain_school
from scoring.steps.scoring import write_scores
from tests.inspections.rectification.items import BY
from tests.inspections.self_assessment.asking_round import FILLED, asking, filled
from tests.inspections.small_round import KITCHEN, SCHOOLS, write

OWN = {**FILLED, "A1": 4, "A4": 2}
"""A point more than the visit gives."""

ASKS = (
    "{step: 0.5, each: 0.35, limit: 3}",
    "{step: 0.5, free: 0.4, each: 0.35, limit: 2}",
    "{step: 0.5, free: 0.005, each: 0.125, limit: 2, counts: both}",
    "{step: 0.5, each: 5, limit: 1.25}",
    "{step: 0.5, each: 0.505, limit: 0.5}",
    "{step: 0.5, above: {0.5: 0.25, 3: 2}}",
    "{step: 0.5, free: 2, each: 1, limit: 3}",
    "{step: 0.5, above: {2: 1}}",
    "{step: 0.5, missing: 1.5}",
)
HUNDREDTH = Decimal("0.01")


def made(folder: Path, monkeypatch: pytest.MonkeyPatch, asks: str, own: object) -> OpenRound:
    kitchen = KITCHEN.replace('version: "2"', f'version: "2"\nplaces: 2\nself_assessment: {asks}')
    of = asking(folder, monkeypatch, kitchen)
    write(of, of.folder.returned / "a.xlsx")
    collect_round(of.folder.root)
    if isinstance(own, dict):
        filled(of, "一.xlsx", own)
        collect_self_assessment(of.folder.root, BY)
    return of


def scored(of: OpenRound) -> tuple[Scores, SchoolScore]:
    done, _ = write_scores(of.folder.root)
    assert done is not None
    assert done.scores is not None
    schools = done.scores.rubrics["kitchen"].schools
    return done.scores, next(it for it in schools if it.school.id == SCHOOLS[0].id)


def said(of: OpenRound, score: SchoolScore) -> tuple[str, str]:
    """What the letter says of the result, and of the school's own score, without blanks."""
    letter = Letter(of.round, of.rubrics["kitchen"], score, of.roster, Peers())
    both = (
        "".join(text for it in blocks(letter) for text in texts(it))
        for blocks in (result, own_scores)
    )
    first, second = ("".join(it.split()) for it in both)
    return first, second


def number(pattern: str, text: str) -> Decimal:
    found = re.search(pattern, text)
    return Decimal(found[1]) if found else Decimal(0)


def worked_out(text: str) -> Decimal:
    """What the words come to, read as somebody would who has nothing but them."""
    apart, paid = number(r"自评[高低]([\d.]+)分，", text), number(r"，扣([\d.]+)分", text)
    free, each = number(r"超过([\d.]+)分的部分", text), number(r"每1分扣([\d.]+)分", text)
    if not each:
        least = number(r"超过([\d.]+)分，", text)
        assert (apart > least) is bool(paid)
        return paid
    cost = ((apart - free) * each).quantize(HUNDREDTH, ROUND_HALF_UP)
    assert (cost > paid) is ("扣到上限" in text)
    return min(cost, paid) if "扣到上限" in text else cost


@pytest.mark.parametrize("asks", ASKS)
def test_what_is_printed_adds_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asks: str
) -> None:
    of = made(tmp_path / "round", monkeypatch, asks, OWN)
    scores, score = scored(of)
    assert score.own is not None
    cost = Decimal(score.own.cost) / 10_000
    total, own = said(of, score)
    rule = own.partition("按细则")[2]
    assert number(r"自评([\d.]+)分，复评", own) - number(r"复评([\d.]+)分", own) == 1
    if "missing" not in asks:
        assert worked_out(rule) == cost
    assert ("附加扣分" in rule) is bool(cost)
    assert ("不扣分" in rule) is not bool(cost)
    assert number(r"附加扣分([\d.]+)分（自评与复评相差）", total) == cost
    whole = number(r"折合(?:为)?([\d.]+)分", total)
    assert whole - cost == number(r"总分(?:折合为)?([\d.]+)分", total)
    told, _ = explain_school(tmp_path / "round", SCHOOLS[0].id, "kitchen")
    assert told is not None
    (step,) = [it for it in told.rubrics[0].steps if "自评" in it.because]
    assert (step.name, Decimal(step.value)) == ("附加扣分", cost)
    sheet = load_workbook(BytesIO(ranking_book(of.round, scores, ())))["自评与复评"]
    (row,) = [it for it in sheet.iter_rows(values_only=True) if it[2] == "第一小学"]
    words = step.because.replace(" ", "")
    assert str(row[8]).replace(" ", "") == words
    assert words in own


def test_who_hands_nothing_in_reads_what_it_costs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = made(tmp_path / "round", monkeypatch, "{step: 0.5, missing: 1.5}", None)
    _, score = scored(of)
    total, own = said(of, score)
    assert own == "你校没有交自评表，不作自评与复评的比较，按细则扣1.5分，计入附加扣分。"
    assert "附加扣分1.5分（没有交自评表）" in total
    assert number(r"折合([\d.]+)分", total) - Decimal("1.5") == number(r"总分([\d.]+)分", total)
