"""What ``rubric try`` tells of a school: the published figures, why, and every indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from inspections.records.record import State
from inspections.records.value_text import value_text
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.slots import slots
from rubrics.messages.csv_text import harmless, literal
from rubrics.messages.terminal import print_table, say
from rubrics.values.points import fixed, from_units, number_text
from scoring.results.indicators import told_of
from scoring.results.scores import RubricScores, SchoolScore
from scoring.results.tables import FINE, SCORES, score_row
from scoring.trial.plain_rows import PROVEN

ITEMS: Final = (
    "school_id", "school", "indicator", "title", "state", "points", "earned", "entered", "reason",
)  # fmt: skip
"""One row a school and indicator: what was entered, what it earns, how points were lost."""

FEW: Final = 3
"""So many schools are told indicator by indicator where nobody asks for it."""


def columns(rubric: Rubric) -> tuple[str, ...]:
    """Returns the headings: those of scores.csv, and the indicators by their ids."""
    return (*SCORES, *(harmless(item.id) for item in rubric.indicators))


def rows(scores: RubricScores) -> Iterator[tuple[str, ...]]:
    """Yields a row a school; under an indicator stand its points, or its state where it has none.

    Points have four decimals, so that they add up by hand.
    """
    for one in scores.schools:
        items = (
            band or (fixed(earned, FINE) if state is State.CHECKED else state.value)
            for _, state, _, earned, _, band in told_of(one.indicators)
        )
        yield (*score_row(scores.rubric, one), *items)


def item_rows(scores: RubricScores) -> Iterator[tuple[str, ...]]:
    """Yields a row a school and indicator, with the columns of ``ITEMS``."""
    for one in scores.schools:
        for item, entered, told in _items(scores.rubric, one):
            yield (
                literal(one.school.id),
                harmless(one.school.name),
                literal(item.id),
                harmless(item.title),
                told.state.value,
                fixed(told.points, FINE),
                fixed(told.earned, FINE) if told.state is State.CHECKED else "",
                harmless(entered),
                harmless(told.reason),
            )


def as_plain(scores: RubricScores) -> list[dict[str, Any]]:
    """Returns the same for programs, with what stands beside each indicator."""
    return [
        dict(zip(SCORES, score_row(scores.rubric, one), strict=True))
        | {
            "indicators": {
                item.id: {
                    "title": item.title,
                    "state": told.state.value,
                    "points": fixed(told.points, FINE),
                    "earned": fixed(told.earned, FINE) if told.state is State.CHECKED else "",
                    "entered": entered,
                    "reason": told.reason,
                }
                for item, entered, told in _items(scores.rubric, one)
            },
        }
        for one in scores.schools
    ]


def totals_table(scores: RubricScores) -> tuple[Sequence[str], list[Sequence[str]]]:
    """Returns headings and rows for people: what each school has, and why no better grade."""
    rubric = scores.rubric
    headings = (
        rubric.words.said("学校"),
        "组",
        "实得",
        "应得",
        "总分",
        "等次",
        "名次",
        "等次为什么没有更高，还有什么没定",
    )
    found: list[Sequence[str]] = []
    for one in scores.schools:
        row = dict(zip(SCORES, score_row(rubric, one), strict=True))
        said = "；".join(text for text in (row["why"], row["provisional"]) if text)
        rank = f"{row['rank']}/{row['group_size']}" if row["rank"] else ""
        figures = [number_text(from_units(units)) for units in (one.earned, one.applicable)]
        name, group = one.school.name, row["group"]
        found.append((name, group, *figures, row["total"], one.grade, rank, said))
    return headings, found


def items_table(
    scores: RubricScores, one: SchoolScore
) -> tuple[Sequence[str], list[Sequence[str]]]:
    """Returns headings and rows for people: what was entered, what it earns, and why not more."""
    found: list[Sequence[str]] = []
    for item, entered, told in _items(scores.rubric, one):
        points = number_text(from_units(told.points))
        earned = number_text(from_units(told.earned))
        got = earned if told.state is State.CHECKED else told.state.value
        found.append((item.id, item.title, points, got, entered, told.reason))
    return ("编号", "指标", "分值", "得分", "填写", "原因"), found


def print_tables(scores: RubricScores, items: bool) -> None:
    """Prints both for people; indicators of few schools, or of all where ``items`` asks for it."""
    headings, found = totals_table(scores)
    title = f"{scores.rubric.title}（{scores.rubric.id} {scores.rubric.version} 版）"
    print_table(headings, found, title=title, right=("实得", "应得", "总分", "名次"))
    for one in scores.schools if items or len(scores.schools) <= FEW else ():
        headings, found = items_table(scores, one)
        total = "" if one.total is None else f"总分 {fixed(one.total, scores.rubric.places)}"
        title = "，".join(part for part in (one.school.name, total, one.grade) if part)
        print_table(headings, found, title=f"\n{title}", right=("分值", "得分"))
    if not items and len(scores.schools) > FEW:
        said = scores.rubric.words.said
        say(said("各校各指标填了什么、得几分、为什么：加 --items"))


def _items(rubric: Rubric, one: SchoolScore) -> Iterator[tuple[Indicator, str, Any]]:
    told = told_of(one.indicators)
    for item, of in zip(rubric.indicators, told, strict=True):
        yield item, _entered(item, one), of


def _entered(item: Indicator, one: SchoolScore) -> str:
    """What was entered, by whom and when where several did: ``平时 甲：3 次；平时 乙：2 次``."""
    texts: dict[str, list[str]] = {}
    for record in one.visits:
        seen, key = record.observation(item.id), record.key
        if seen is None:
            continue
        text = seen.state.value
        if seen.state is State.CHECKED:
            values = {name: value for name, value in seen.values.items() if value != PROVEN[0]}
            own = [slot for slot in slots(item) if slot.key in values]
            text = "，".join(
                (f"{slot.label}：" if len(own) > 1 else "") + value_text(slot, values[slot.key])
                for slot in own
            )
        whose = " ".join(part for part in (key.occasion, key.inspector) if part)
        texts.setdefault(text, []).append(whose)
    if len(one.visits) < 2:
        return "".join(text for text in texts if text not in (State.UNCHECKED, State.EXCUSED))
    return "；".join(f"{'、'.join(whose)}：{text}" for text, whose in texts.items())
