"""The sentences of letters, indicator by indicator: printed for people to read, and checked.

``pytest -s tests/reports/letter/test_wording.py`` prints every sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

import pytest

from inspections.demo.answers import answers
from inspections.demo.facts import fault_text
from inspections.round.elapsed import FULL_YEAR
from reports.letter.content import letter_blocks, texts
from reports.letter.plain_text import printable
from rubrics.language.rubric import Indicator, Rubric
from rubrics.messages.plain_text import nested
from rubrics.rules import Checklist, Composite, Entry, Ratio, Rectify, Value, joined
from rubrics.rules.rectify import owed
from tests.reports.letter.inspected import DAY, TRAITS, _value, rubric
from tests.reports.letter.test_sums import NAMES, POLICIES, letters

BAD = {
    "praise after 未见": r"未见[：:]?(有|已|公开[^竞择]|公布)",
    "praise after 缺": r"缺(有|已)",
    "said twice": r"没有没有|第第|列列|列并列|不不|应应|的的|请请",
    "marks twice": r"[，。；：、]{2}|：。",
    "、 between quoted names": r"[”’]、[“‘]",
    "quotation marks nested wrongly": r"“[^”]*“|”[^“]*”(?![^“]*“)(?=[^”]*”)",
    "an interval as a rubric writes it": r"[\[(]\s*-?\d[\d:.%]*\s*[,，]|一档|[≤≥<>]\s*\d",
    "how to fill in the sheet": r"（[^）]*填[^）]*）",
    "unrounded": r"\d\.\d{3}",
    "a note to ourselves": r"待核原文|V\[S|doczj|凭记忆",
}


def bad(text: str) -> list[str]:
    return [name for name, pattern in BAD.items() if re.search(pattern, text)]


def sentences(of: Rubric, item: Indicator) -> Iterator[str]:
    """What is told of an indicator in which as much as possible is wrong."""
    for seed in range(6):
        chance = Random(f"{item.id} {seed}")
        found = answers(item.rule_on(DAY), item.points, TRAITS, FULL_YEAR, 0.0, chance)
        values: dict[str, Value] = {key: _value(typed) for key, typed in found.items()}
        for part in item.rule.simple_parts(item.points, TRAITS):
            wrong = {
                **{it.id: 0 for it in getattr(part.rule, "items", ())},
                **{it.id or "": 2 for it in getattr(part.rule, "faults", ())},
                **({"have": 1, "due": 10} if isinstance(part.rule, Ratio) else {}),
            }
            values |= {joined(part.id, key): Decimal(count) for key, count in wrong.items()}
        entry = Entry(values, FULL_YEAR, TRAITS)
        fact = fault_text(item, found, TRAITS, FULL_YEAR, of.scale == "demerits")
        told = "；".join(item.rule.losses(item.points, entry))
        for text in (fact, told):
            if text:
                yield printable(f"{item.id} {item.title}：{text}。")
        for asked in item.rule.asks(item.points, entry):
            demand = owed(asked, item.rectify)
            assert isinstance(demand, Rectify)
            yield printable(demand.demand)


@pytest.mark.parametrize("name", NAMES)
def test_every_indicator_is_told_in_good_chinese(name: str) -> None:
    of, wrong = rubric(name), []
    for item in of.indicators:
        told = list(dict.fromkeys(sentences(of, item)))
        assert told, item.id
        for text in told:
            print(text)
            wrong += [(text, found) for found in bad(text)]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_what_must_be_there_is_called_by_a_noun(name: str) -> None:
    for item in rubric(name).indicators:
        for part in item.rule.simple_parts(item.points):
            labels = (
                [it.label for it in part.rule.items] if isinstance(part.rule, Checklist) else []
            )
            for label in labels:
                assert not re.match(
                    "有(?!害|资质)|已|签有|公开(?!竞争|择优)|公布|开展|签订", label
                ), label


@pytest.mark.parametrize("name", NAMES)
def test_each_thing_that_can_be_wrong_asks_for_itself(name: str) -> None:
    """Where an indicator has several things to find, none is told to mend another's."""
    for item in rubric(name).indicators:
        rule = item.rule
        parts = rule.parts if isinstance(rule, Composite) else ()
        for part in parts:
            inner = getattr(part.rule, "items", ()) or getattr(part.rule, "faults", ())
            own = part.rectify or (inner and all(it.rectify for it in inner))
            assert own or item.confidential, (item.id, part.id)
        things = getattr(rule, "items", ()) or getattr(rule, "requirements", ())
        things = things or getattr(rule, "faults", ()) or getattr(rule, "readings", ())
        if len(things) > 1:
            assert all(thing.rectify for thing in things), item.id


@pytest.mark.parametrize("name", NAMES)
def test_every_demand_is_one_or_more_whole_sentences(name: str) -> None:
    of = rubric(name)
    held = re.findall(r"demand='([^']*)'", repr(of))
    assert len(held) > 40
    for demand in held:
        assert demand.startswith("请")
        assert demand.endswith("。")


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_of_any_letter_is_badly_made(name: str, policy: str) -> None:
    for made in letters(name, policy):
        for text in (text for block in letter_blocks(made) for text in texts(block)):
            assert not bad(text), (bad(text), text)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("“甲”、“乙”", "“甲”“乙”"),
        ("“无过期、变质、“三无”食品”", "“无过期、变质、‘三无’食品”"),
        ("““差”票达到三分之一”", "“‘差’票达到三分之一”"),
        ("甲”乙“", "甲”乙“"),
        ("“甲", "“甲"),
    ],
)
def test_quotation_marks_are_nested_as_the_standard_has_them(typed: str, shown: str) -> None:
    assert nested(typed) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("应公开 9 项，比 95% 低 17.22 个百分点", "应公开9项，比95%低17.22个百分点"),
        ("不高于 8 ℃；A1 课题 3 个", "不高于8℃；A1 课题3个"),
    ],
)
def test_no_blank_stands_between_chinese_and_figures(written: str, shown: str) -> None:
    assert printable(written) == shown
