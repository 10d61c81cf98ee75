"""The composite over all rubrics, with the weights that each school's figure rests on."""

from __future__ import annotations

from collections.abc import Iterable

from reports.ranking.layout import Book, Sheet
from reports.ranking.measures import digits, places_format, short_title, width
from reports.ranking.paging import print_to
from rubrics.values.points import SCALE, half_up
from scoring.results.scores import CompositeScore, Scores


def composite_sheet(book: Book, scores: Scores) -> Sheet:
    """Writes the sheet and returns it: by group, ranked schools first."""
    rubrics = [
        item.rubric for item in scores.rubrics.values() if item.rubric.id in _weighted(scores)
    ]
    totals = {
        (school.school.id, held.rubric.id): school.total
        for held in scores.rubrics.values()
        for school in held.schools
    }
    crossed = [
        (short_title(held.rubric.title), school.school.id)
        for held in scores.rubrics.values()
        for school in held.schools
        if school.red_lines
    ]
    names = max((width(item.school.name) for item in scores.composite), default=14)
    titles = ["组别", "名次", "学校"]
    widths = [16.0, 7.0, min(30.0, max(16.0, digits(names)))]
    for rubric in rubrics:
        titles += [f"{short_title(rubric.title)}\n总分", "折算\n权重"]
        widths += [12.0, 8.0]
    sheet = book.sheet("综合排名", [*widths, 10.0, 8.0, 36.0])
    head = sheet.heading(
        "各项细则综合排名",
        "综合分＝各细则总分按权重加权。不适用某项细则的学校，其权重按比例分给其余各项；有一项没有总分的，不计综合分，不排名，原因见末栏。",
    )
    sheet.head(head, [*titles, "综合分", "组内\n学校", "说明"])
    row = head + 1
    for item in _ordered(scores.composite):
        looks = ("cell",) if item.rank else ("cell", "quiet")
        sheet.text(row, 0, item.group, *looks, "wrap")
        if item.rank:
            sheet.number(row, 1, item.rank, *looks, "centre", "strong")
        else:
            sheet.text(row, 1, "—", *looks, "centre")
        sheet.text(row, 2, item.school.name, *looks, "wrap")
        whole = sum(item.weights.values())
        for at, rubric in enumerate(rubrics):
            weight = item.weights.get(rubric.id, 0)
            total = totals.get((item.school.id, rubric.id)) if weight else None
            sheet.points(row, 3 + 2 * at, total, rubric.places, *looks)
            if weight:
                share = half_up(weight * SCALE, whole) / SCALE
                sheet.number(row, 4 + 2 * at, share, *looks, "percent")
            else:
                sheet.text(row, 4 + 2 * at, "不适用" if item.weights else "", *looks, "centre")
        at = 3 + 2 * len(rubrics)
        places = max((rubric.places for rubric in rubrics), default=2)
        sheet.points(
            row, at, item.total, places, *looks, "strong", num_format=places_format(places)
        )
        sheet.number(row, at + 1, item.group_size, *looks, "centre")
        red = [title for title, school in crossed if school == item.school.id and item.rank]
        said = item.unranked or (f"触及红线：{'、'.join(red)}" if red else "")
        sheet.text(row, at + 2, said, *looks, "wrap")
        row += 1
    sheet.page.autofilter(head, 0, row - 1, sheet.last)
    sheet.page.freeze_panes(head + 1, 3)
    print_to(sheet, row - 1)
    return sheet


def _weighted(scores: Scores) -> set[str]:
    return {rubric for item in scores.composite for rubric in item.weights}


def _ordered(items: Iterable[CompositeScore]) -> list[CompositeScore]:
    """Groups in roster order, ranks within; sorting is stable, so the rest is in roster order."""
    listed = list(items)
    order = {group: at for at, group in enumerate(dict.fromkeys(item.group for item in listed))}
    return sorted(listed, key=lambda item: (order[item.group], not item.rank, item.rank or 0))
