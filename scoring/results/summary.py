"""The few lines that are printed of a result: the first of each group, and who is not ranked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rubrics.language.spoken import spoken_of
from rubrics.messages.terminal import print_table, say
from rubrics.values.points import fixed
from scoring.results.corrected_words import CORRECTED
from scoring.results.scores import CompositeScore, RubricScores, SchoolScore, Scores
from scoring.verdict.standing import STATUSES

Placed = TypeVar("Placed", SchoolScore, CompositeScore)

FIRST = 3
"""How many places of each group are printed; all of them are in the files."""

_WORDS = {"not_visited": "未检查", "inapplicable": "不适用"}
_LEFT_OUT = "not_planned"
"""Counted only where some are: most rounds send somebody everywhere."""


def print_scores(scores: Scores) -> None:
    """Prints the first places of each group, rubric by rubric, then of the composite."""
    for held in scores.rubrics.values():
        said = held.rubric.words.said
        say(f"《{held.rubric.title}》{held.rubric.version} 版：{said(_told(held))}")
        if held.correction:
            say(said(CORRECTED))
        first = _first(held.schools)
        rows = [(*_row(it, held.rubric.places), it.grade) for it in first]
        print_table(("组", "名次", said("学校"), "总分", "等次"), rows)
    if scores.composite:
        places = max(held.rubric.places for held in scores.rubrics.values())
        say("综合（各细则按权重合计）")
        whole = [_row(it, places) for it in _first(scores.composite)]
        said = spoken_of([it.rubric for it in scores.rubrics.values()]).said
        print_table(("组", "名次", said("学校"), "总分"), whole)


def counts(scores: Scores) -> Iterator[dict[str, object]]:
    """Yields, rubric by rubric, how many schools are ranked and how many have each status."""
    for held in scores.rubrics.values():
        found = [it.status for it in held.schools]
        yield {
            "id": held.rubric.id,
            "version": held.rubric.version,
            "ranked": sum(it.rank is not None for it in held.schools),
            **({"corrected": CORRECTED} if held.correction else {}),
            **{
                status: found.count(status)
                for status in STATUSES
                if status != _LEFT_OUT or status in found
            },
        }


def _row(it: SchoolScore | CompositeScore, places: int) -> tuple[str, ...]:
    total = "" if it.total is None else fixed(it.total, places)
    place = f"{'暂 ' if it.place_provisional else ''}{it.rank}/{it.group_size}"
    return it.group, "不作比较" if it.alone else place, it.school.name, total


def _first(schools: Sequence[Placed]) -> list[Placed]:
    """The first places of each group, groups in roster order."""
    groups = list(dict.fromkeys(it.group for it in schools))
    first = [it for it in schools if it.rank is not None and it.rank <= FIRST]
    return sorted(first, key=lambda it: (groups.index(it.group), it.rank or 0))


def _told(held: RubricScores) -> str:
    found = [it.status for it in held.schools]
    ungraded = [it.grade for it in held.schools].count(held.rubric.ungraded)
    words = [f"排名 {sum(it.rank is not None for it in held.schools)} 所"]
    unchecked, owed = (
        sum(bool(it.unchecked) for it in held.schools if it.status == "provisional"),
        sum(bool(it.owed) for it in held.schools),
    )
    words += [f"有未查项 {unchecked} 所"] if unchecked else []
    words += [f"缺检查表 {owed} 所"] if owed else []
    words += [f"{word} {found.count(name)} 所" for name, word in _WORDS.items() if name in found]
    why = next((it.unranked for it in held.schools if it.status == _LEFT_OUT), "")
    words += [f"{why} {found.count(_LEFT_OUT)} 所"] if why else []
    return "，".join([*words, *([f"{held.rubric.ungraded} {ungraded} 所"] if ungraded else [])])
