"""Every figure of a letter agrees with every other and with the scores: faults, what waits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from random import Random

import pytest

from inspections.records.record import Observation, Record, State
from reports.letter.content import letter_blocks, texts
from reports.letter.peers import peers
from reports.letter.subject import Letter
from reports.type.blocks import Block, Paragraph, Row, Table
from rubrics.language.facts import rests_on_facts
from rubrics.language.rubric import Rubric
from rubrics.values.points import round_units, to_units
from scoring.results.rounds import score_round
from tests.reports.letter.inspected import INSPECTORS, ROUND, SCHOOL, observation, roster, rubric
from tests.reports.letter.inspected import visits as visits_of

POLICIES = ("full", "zero", "as_observed")
NAMES = ("canteen", "shuangjian", "party")


@dataclass(frozen=True)
class Printed:
    """What is read off a letter, in units of 1/10000 point."""

    result: str
    summary: str
    whole: Row
    faults: tuple[Row, ...]
    waiting: tuple[Row, ...]

    def cost(self, rows: tuple[Row, ...], at: int) -> int:
        """The sum of a column of losses."""
        first = ((row[at] or "").split("\n")[0] for row in rows)
        return sum(units(text.lstrip("−")) for text in first if text != "—" and "不足" not in text)


def of_indicators(made: Letter, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows that are no penalties and no red lines of their own."""
    labels = tuple(made.label(item.indicator) for item in made.score.indicators)
    return tuple(row for row in rows if re.sub("^【.*?】", "", row[1] or "").startswith(labels))


def units(text: str) -> int:
    return to_units(Decimal(text))


def printed(made: Letter) -> Printed:
    blocks = letter_blocks(made)
    said = [block.lead + block.text for block in blocks if isinstance(block, Paragraph)]
    start, stop = (next(n for n, t in enumerate(said) if t.startswith(h)) for h in "三四")
    return Printed(
        "".join(said[:start]),
        said[start + 1] if stop > start + 1 else "",
        table(blocks, "一级指标")[-1],
        tuple(row for row in table(blocks, "问题事实") if row[1] is not None),
        table(blocks, "待核事项"),
    )


def table(blocks: list[Block], head: str) -> tuple[Row, ...]:
    for block in blocks:
        if isinstance(block, Table) and head in {column.head for column in block.columns}:
            return block.rows
    return ()


def found(pattern: str, text: str) -> int:
    """The number that a sentence tells; 0 where it tells none."""
    match = re.search(pattern, text)
    return units(match[1]) if match else 0


def mixed(of: Rubric, code: str) -> list[Record]:
    """Two inspectors who differ: in what they saw, what they wrote, and what they can prove."""
    school = replace(SCHOOL, id=code, name=f"青禾县{code}小学")
    chance = Random(f"{of.id} {code}")
    own = [*visits_of(of, school, 1.0)]
    for number, visit in enumerate(own):
        seen = []
        for record in visit.observations:
            quality = chance.choice((0.2, 0.9, 1.0))
            made = observation(of, record.owner, school, quality, f"{code}{visit.key.inspector}")
            proof = made.evidence if chance.random() < 0.5 else ()
            fact = made.fault if chance.random() < 0.5 else ""
            seen.append(replace(made, evidence=proof, fault=fact))
        for extra in of.penalty.items if of.penalty else ():
            if chance.random() < 0.5:
                proof = ("a.pdf",) if chance.random() < 0.5 else ()
                values = {"": Decimal(chance.randrange(4))}
                seen.append(Observation(extra.id, State.CHECKED, values, evidence=proof))
        own[number] = replace(visit, observations=tuple(seen))
    return own


@cache
def letters(name: str, policy: str) -> tuple[Letter, ...]:
    of = rubric(name).model_copy(update={"pending": policy})
    entered = [visit for n in range(12) for visit in mixed(of, f"S{n:02d}")]
    schools = [replace(SCHOOL, id=f"S{n:02d}", name=f"青禾县S{n:02d}小学") for n in range(12)]
    known = roster(*schools)
    scores, _ = score_round(ROUND, {of.id: of}, known, (), entered)
    held = scores.rubrics[of.id].schools
    groups = peers(held)
    return tuple(Letter(ROUND, of, score, known, groups[score.group]) for score in held)


def every() -> Iterator[Letter]:
    for name in NAMES:
        for policy in POLICIES:
            yield from letters(name, policy)


each_kind = pytest.mark.parametrize(
    ("name", "policy"), [(name, policy) for name in NAMES for policy in POLICIES]
)


@each_kind
def test_faults_and_what_waits_add_up_to_what_was_lost(name: str, policy: str) -> None:
    partly = 0
    for made in letters(name, policy):
        score, page = made.score, printed(made)
        lost = round_units(score.applicable, 2) - round_units(score.earned, 2)
        _, _, out_of, earned, off, count, open_, _, _ = page.whole
        assert [units(text or "") for text in (out_of, earned, off)] == [
            round_units(score.applicable, 2),
            round_units(score.earned, 2),
            lost,
        ]
        own, waits = of_indicators(made, page.faults), of_indicators(made, page.waiting)
        held = 0 if policy == "full" else page.cost(waits, 3)
        assert page.cost(own, 2) + held == lost
        assert open_ == (str(len(waits)) if waits else "—")
        if policy == "full":
            assert page.cost(waits, 3) > 0 or not waits
            assert sum("−" in (row[2] or "") for row in own) == int(count or 0)
        partly += sum("【部分待核】" in (row[1] or "") for row in own)
    assert partly > 10


def test_faults_add_up_where_three_judged_and_ballots_are_untold() -> None:
    """Thirds of points, and sums that leave the bureau only as they are printed."""
    untold = 0
    for made in of_three():
        page = printed(made)
        hidden = found(r"不单列分数的各项合计扣([\d.]+)分", page.summary)
        told = page.cost(of_indicators(made, page.faults), 2)
        told += page.cost(of_indicators(made, page.waiting), 3)
        assert told + hidden == units(page.whole[4] or "")
        for row in table(letter_blocks(made), "一级指标"):
            assert units(row[2] or "") - units(row[3] or "") == units(row[4] or "")
        untold += hidden > 0
    assert untold > 10


def of_three() -> Iterator[Letter]:
    of = rubric("party").model_copy(update={"pending": "zero"})
    settings = ROUND.model_copy(update={"ballots_from": 10_000})
    schools = [replace(SCHOOL, id=f"S{n:02d}", name=f"青禾县S{n:02d}小学") for n in range(40)]
    entered = []
    for school in schools:
        two = mixed(of, school.id)
        third = {it.id for it in of.indicators if not rests_on_facts(it)}
        seen = [
            observation(of, one.owner, school, 0.3, f"{school.id}D03")
            if one.owner in third
            else one
            for one in two[0].observations
        ]
        key = replace(two[0].key, inspector="D03")
        entered += [*two, replace(two[0], key=key, observations=tuple(seen))]
    known = roster(*schools)
    scores, _ = score_round(settings, {of.id: of}, known, (), entered)
    held = scores.rubrics[of.id].schools
    groups = peers(held)
    return (Letter(settings, of, score, known, groups[score.group]) for score in held)


@each_kind
def test_sentences_tell_what_the_tables_have(name: str, policy: str) -> None:
    for made in letters(name, policy):
        page = printed(made)
        demanded = tuple(row for row in page.faults if row[4] != "请注意改进。")
        assert found(r"共有(\d+)项问题", page.summary) == units(str(len(demanded)))
        own, waits = of_indicators(made, demanded), of_indicators(made, page.waiting)
        assert found(r"(?:，|项|、)扣([\d.]+)分", page.summary) == page.cost(own, 2)
        assert found(r"待核(\d+)项", page.summary) == units(str(len(page.waiting)))
        held = 0 if policy == "full" else page.cost(waits, 3)
        assert found(r"暂扣([\d.]+)分", page.summary) == held
        if policy == "full":
            assert found(r"共涉及([\d.]+)分", page.summary) == page.cost(page.waiting, 3)
            assert found(r"共涉及([\d.]+)分", page.result) == page.cost(waits, 3)
        assert ("暂不扣分" in page.summary) == (
            bool(page.waiting) and (policy == "full" or not page.cost(page.waiting, 3))
        )
        assert found(r"(\d+)项因检查组尚缺佐证", page.result) == units(str(len(waits)))
        partly = tuple(row for row in own if "【部分待核】" in (row[1] or ""))
        assert found(r"其中(\d+)项有佐证", page.result) == units(str(len(partly)))
        assert found(r"有佐证的部分已扣([\d.]+)分", page.result) == page.cost(partly, 2)
        assert found(r"共扣([\d.]+)分", page.result) == held
        if "应得" in page.result:
            assert found(r"你校得([\d.]+)分", page.result) == units(page.whole[3] or "")


def test_whatever_costs_points_is_demanded_with_a_deadline() -> None:
    for made in every():
        for row in printed(made).faults:
            if "−" in (row[2] or ""):
                lost = (row[2] or "").split("\n")[0].lstrip("−")
                trifle = "不足" in lost or units(lost) <= units("0.05")
                assert row[4]
                assert trifle or row[5] not in ("", "—", None)


def test_no_judgment_is_laid_at_one_inspector_s_door() -> None:
    told = 0
    for made in every():
        names = [inspector.name for inspector in INSPECTORS]
        tables = [block for block in letter_blocks(made) if isinstance(block, Table)]
        for text in (text for block in tables for text in texts(block)):
            assert not any(name in text for name in names), text
        told += any(name in item.reason for item in made.score.indicators for name in names)
    assert told == len(list(every()))
