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
from scoring.results.own_scores import as_printed, told_text
from scoring.results.published import points_places, points_text, signed_text
from scoring.results.scores import RubricScores, SchoolScore
from scoring.results.tables import FINE, SCORES, score_headings, score_row
from scoring.trial.plain_rows import PROVEN

ITEMS: Final = (
    "school_id", "school", "indicator", "title", "state", "points", "earned", "entered", "reason",
)  # fmt: skip
"""One row a school and indicator: what was entered, what it earns, how points were lost."""

FEW: Final = 3
"""So many schools are told indicator by indicator where nobody asks for it."""


OWN: Final = tuple(
    f"self_assessment_{name}" for name in ("own", "review", "apart", "penalty", "why")
)
"""Beside these where schools scored themselves: what they gave themselves, and what it costs."""

OWN_ITEM: Final = "own"


def columns(scores: RubricScores) -> tuple[str, ...]:
    """Returns the headings: those of scores.csv, the indicators by their ids, and ``OWN``."""
    ids = (harmless(item.id) for item in scores.rubric.indicators)
    return (*score_headings([scores]), *ids, *(OWN if own_given(scores) else ()))


def item_columns(scores: RubricScores) -> tuple[str, ...]:
    """Returns ``ITEMS``, and what schools gave themselves where they did."""
    return (*ITEMS, *((OWN_ITEM,) if own_given(scores) else ()))


def own_given(scores: RubricScores) -> bool:
    """Whether the table says what schools gave themselves."""
    return any(one.own is not None for one in scores.schools)


def rows(scores: RubricScores) -> Iterator[tuple[str, ...]]:
    """Yields a row a school; under an indicator stand its points, or its state where it has none.

    Points have four decimals, so that they add up by hand.
    """
    beside, heads = own_given(scores), score_headings([scores])
    for one in scores.schools:
        items = (
            band or (fixed(earned, FINE) if state is State.CHECKED else state.value)
            for _, state, _, earned, _, band in told_of(one.indicators)
        )
        own = map(harmless, _own(scores.rubric, one).values()) if beside else ()
        yield (*score_row(scores.rubric, one, heads), *items, *own)


def item_rows(scores: RubricScores) -> Iterator[tuple[str, ...]]:
    """Yields a row a school and indicator, with the columns of ``item_columns``."""
    beside = own_given(scores)
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
                *((_own_item(one, item),) if beside else ()),
            )


def as_plain(scores: RubricScores) -> list[dict[str, Any]]:
    """Returns the same for programs, with what stands beside each indicator."""
    beside, heads = own_given(scores), score_headings([scores])
    return [
        dict(zip(heads, score_row(scores.rubric, one, heads), strict=True))
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
                | ({OWN_ITEM: _own_item(one, item)} if beside else {})
                for item, entered, told in _items(scores.rubric, one)
            },
        }
        | (_own(scores.rubric, one) if beside else {})
        for one in scores.schools
    ]


def totals_table(scores: RubricScores) -> tuple[Sequence[str], list[Sequence[str]]]:
    """Returns headings and rows for people: what each school has, and why no better grade."""
    rubric = scores.rubric
    total = "总分（已按督学宽严校正）" if scores.correction else "总分"
    headings = (
        rubric.words.said("学校"),
        "组",
        "实得",
        "应得",
        total,
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


def own_table(scores: RubricScores) -> tuple[Sequence[str], list[Sequence[str]]]:
    """Returns headings and rows for people: what each school gave itself, and what it costs."""
    places = points_places(scores.rubric)
    said = scores.rubric.words.said
    found: list[Sequence[str]] = []
    for one in scores.schools:
        mine, theirs, apart, cost = _own_units(scores.rubric, one)
        found.append(
            (
                one.school.name,
                *("" if it is None else points_text(it, places) for it in (mine, theirs)),
                "" if apart is None else signed_text(apart, places),
                "" if cost is None else points_text(cost),
                said(told_text(scores.rubric, one)),
            )
        )
    return (said("学校"), "自评", "复评", "相差", "扣分", "怎样算"), found


def items_table(
    scores: RubricScores, one: SchoolScore
) -> tuple[Sequence[str], list[Sequence[str]]]:
    """Returns headings and rows for people: what was entered, what it earns, and why not more."""
    found: list[Sequence[str]] = []
    for item, entered, told in _items(scores.rubric, one):
        points = number_text(from_units(told.points))
        earned = number_text(from_units(told.earned))
        got = earned if told.state is State.CHECKED else told.state.value
        own = (_own_item(one, item),) if one.own else ()
        found.append((item.id, item.title, points, *own, got, entered, told.reason))
    own_heading = ("自评",) if one.own else ()
    return ("编号", "指标", "分值", *own_heading, "得分", "填写", "原因"), found


def print_tables(scores: RubricScores, items: bool) -> None:
    """Prints both for people; indicators of few schools, or of all where ``items`` asks for it."""
    headings, found = totals_table(scores)
    title = f"{scores.rubric.title}（{scores.rubric.id} {scores.rubric.version} 版）"
    print_table(headings, found, title=title, right=("实得", "应得", "总分", "名次"))
    if own_given(scores):
        headings, found = own_table(scores)
        print_table(headings, found, title="\n自评与复评", right=("自评", "复评", "相差", "扣分"))
    for one in scores.schools if items or len(scores.schools) <= FEW else ():
        headings, found = items_table(scores, one)
        total = "" if one.total is None else f"总分 {fixed(one.total, scores.rubric.places)}"
        title = "，".join(part for part in (one.school.name, total, one.grade) if part)
        print_table(headings, found, title=f"\n{title}", right=("分值", "自评", "得分"))
    if not items and len(scores.schools) > FEW:
        said = scores.rubric.words.said
        say(said("各校各指标填了什么、得几分、为什么：加 --items"))


def _own_units(rubric: Rubric, one: SchoolScore) -> tuple[int | None, ...]:
    """What a school gave itself, what the visit gave it and how far apart they are, as printed, and
    what that costs; None where there is nothing to compare, or the school is not asked.
    """
    own = one.own
    if own is None or not own.asked:
        return (None,) * 4
    compared = as_printed(rubric, own) if own.count else (None,) * 3
    return (*compared, own.cost)


def _own(rubric: Rubric, one: SchoolScore) -> dict[str, str]:
    """The same under the names of ``OWN``, and how it is worked out."""
    figures = ("" if it is None else fixed(it, FINE) for it in _own_units(rubric, one))
    said = rubric.words.said(told_text(rubric, one))
    return dict(zip(OWN, (*figures, said), strict=True))


def _own_item(one: SchoolScore, item: Indicator) -> str:
    given = one.own.given.get(item.id) if one.own else None
    return given.text if given else ""


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
