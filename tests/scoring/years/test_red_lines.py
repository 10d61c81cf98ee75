"""What a red line of a round does to the year's rank, by the rubric's word or the round's."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspections.ledger.of_round import open_round
from inspections.round.round import Ranking
from reports.steps.closing_year import write_year
from rubrics.files.loading import loads_rubric
from scoring.years.reading import ranks_after, read_results
from tests.reports.year.two_rounds import two_rounds

_TEXT = """
id: small
version: "1"
title: 小细则
points: 10
documents: {{文1: {{title: 某通知}}}}
grades: [{{grade: 合格, range: ≥6}}, {{grade: 不合格, range: <6}}]
dimensions:
- id: A
  title: 甲
  points: 10
  indicators:
  - {{id: A1, title: 一, points: 10, basis: [文1], method: [现场查看],
     rule: {{kind: all_or_none}},
     red_lines: [{{title: 无证, triggers: [{{flag: none, label: 是否无证}}],
                  consequence: {{{does}}}}}]}}
"""
CROSSED = [{"owner": "A1", "title": "无证", "effect": ""}]


@pytest.mark.parametrize(
    ("does", "of_round", "then"),
    [
        ("grade: 不合格", "last", ["last"]),
        ("grade: 不合格", "unranked", ["unranked"]),
        ("zero_total: true, rank: last", "unranked", ["last"]),
        # Within a round the rank is kept; over the year such a school leads nobody.
        ("award_lost: true", "last", ["kept"]),
        # The rubric says so in so many words.
        ("award_lost: true, rank: kept", "last", []),
    ],
)
def test_the_year_follows_the_rubric_and_the_round(
    does: str, of_round: str, then: list[str]
) -> None:
    made, problems = loads_rubric(_TEXT.format(does=does))
    assert made is not None, problems
    ranking = Ranking(red_line=of_round)  # type: ignore[arg-type]
    assert ranks_after(CROSSED, made, ranking) == then


def test_red_lines_are_read_from_what_was_published(tmp_path: Path) -> None:
    spring, autumn = two_rounds(tmp_path)
    result = spring / "results" / "result.json"
    text = result.read_text("utf-8")
    crossed = '"red_lines": [{"owner": "A5", "title": "无证", "effect": "取消评优评先资格"}]'
    result.write_text(text.replace('"red_lines": []', crossed, 1), "utf-8")
    opened, _ = open_round(spring)
    assert opened is not None
    held, problems = read_results(opened, lambda _: None)
    assert held is not None and problems == []
    kitchen = held.rubrics["kitchen"].schools.values()
    assert sum(one.red_lines for one in kitchen) == 1
    made, _ = write_year([spring, autumn], out=tmp_path / "out")
    assert made is not None
    (part,) = (one for one in made.year.rubrics if one.held.id == "kitchen")
    assert [one.red for one in part.schools] == [(0,)]
