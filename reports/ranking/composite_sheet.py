"""The composite over all rubrics, with the weights that each school's figure rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reports.ranking.certainty_notes import certainty_notes
from reports.ranking.layout import Book, Sheet
from reports.ranking.measures import digits, places_format, short_title, width
from reports.ranking.paging import print_to
from scoring.results.scores import CompositeScore, Scores
from scoring.results.unsettled import group_reason


def composite_sheet(book: Book, scores: Scores) -> Sheet:
    """Writes the sheet and returns it: by group, ranked schools first."""
    rubrics = [
        item.rubric for item in scores.rubrics.values() if item.rubric.id in _weighted(scores)
    ]
    of_school = {
        (school.school.id, held.rubric.id): school
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
    sure = scores.composite_certainty
    known = sure is not None and sure.known
    if sure is not None and sure.known:
        titles.append(f"真实名次\n{sure.level}把握")
        widths.append(9.0)
    first = len(titles)
    for rubric in rubrics:
        titles += [f"{short_title(rubric.title)}\n总分", "折算\n权重"]
        widths += [12.0, 8.0]
    sheet = book.sheet("综合排名", [*widths, 10.0, 8.0, 36.0])
    head = sheet.heading(
        "各项细则综合排名",
        "综合分＝各细则总分按权重加权。不适用某项细则的学校，其权重按比例分给其余各项；有一项没有总分的，不计综合分，不排名，原因见末栏。"
        + ("折算权重按一位小数列出，综合分按未取整的权重计算。" if _inexact(scores) else ""),
        *_open_groups(scores.composite),
        *certainty_notes(sure, here=known, sheet="综合排名 名次把握"),
    )
    sheet.head(head, [*titles, "综合分", "组内\n学校", "说明"])
    row = head + 1
    for item in by_group(it for it in scores.composite if not it.left_out):
        looks = ("cell",) if item.rank else ("cell", "quiet")
        sheet.text(row, 0, item.group, *looks, "wrap")
        if item.rank and not item.alone:
            sheet.number(row, 1, item.rank, *looks, "centre", "strong")
        else:
            sheet.text(row, 1, "—", *looks, "centre")
        sheet.text(row, 2, item.school.name, *looks, "wrap")
        if sure is not None and sure.known:
            place = sure.places.get(item.school.id)
            span = place.span if place else "—" if item.rank else ""
            sheet.text(row, 3, span, *looks, "centre")
        whole = sum(item.weights.values())
        for at, rubric in enumerate(rubrics):
            weight = item.weights.get(rubric.id, 0)
            held = of_school.get((item.school.id, rubric.id)) if weight else None
            if held and held.total is None:
                why = held.unranked if held.status == "not_planned" else held.grade
                sheet.text(row, first + 2 * at, why, *looks, "centre")
            else:
                total = held.total if held else None
                sheet.points(row, first + 2 * at, total, rubric.places, *looks)
            if weight:
                sheet.number(row, first + 1 + 2 * at, weight / whole, *looks, "percent")
            else:
                none = "不适用" if item.weights else ""
                sheet.text(row, first + 1 + 2 * at, none, *looks, "centre")
        at = first + 2 * len(rubrics)
        places = composite_places(scores)
        sheet.points(
            row, at, item.total, places, *looks, "strong", num_format=places_format(places)
        )
        sheet.number(row, at + 1, item.group_size, *looks, "centre")
        red = [title for title, school in crossed if school == item.school.id and item.rank]
        said = "；".join(_remarks(item, red))
        sheet.text(row, at + 2, said, *looks, "wrap")
        row += 1
    sheet.page.autofilter(head, 0, max(row - 1, head), sheet.last)
    if left_out := [item for item in scores.composite if item.left_out]:
        listed = "、".join(item.school.name for item in left_out)
        told = f"{left_out[0].left_out}的 {len(left_out)} 所，不在本次检查范围：{listed}"
        sheet.across(row, told, "cell", "band", "wrap")
        row += 1
    sheet.page.freeze_panes(head + 1, 3)
    print_to(sheet, row - 1)
    return sheet


def _open_groups(items: Iterable[CompositeScore]) -> Iterable[str]:
    """In which groups the ranks may yet change, and why, each once."""
    still_open = (item for item in items if item.place_provisional)
    return dict.fromkeys(f"{it.group}：{group_reason(it)}，名次为暂定" for it in still_open)


def composite_places(scores: Scores) -> int:
    """Returns how many decimals the totals over all rubrics have."""
    counted = _weighted(scores)
    found = (one.rubric.places for one in scores.rubrics.values() if one.rubric.id in counted)
    return max(found, default=2)


def _remarks(item: CompositeScore, red: Sequence[str]) -> Iterator[str]:
    if item.unranked:
        yield item.unranked
    if red:
        yield f"触及红线：{'、'.join(red)}"
    if item.alone:
        yield "本组只有这一所参加排名，不作比较"


def _inexact(scores: Scores) -> bool:
    """Whether some weight has more than the one decimal of a percentage that is shown."""
    return any(
        weight * 1000 % sum(item.weights.values())
        for item in scores.composite
        for weight in item.weights.values()
    )


def _weighted(scores: Scores) -> set[str]:
    return {rubric for item in scores.composite for rubric in item.weights}


def by_group(items: Iterable[CompositeScore]) -> list[CompositeScore]:
    """Returns groups in roster order, ranks within; sorting is stable, so the rest is in roster
    order.
    """
    listed = list(items)
    order = {group: at for at, group in enumerate(dict.fromkeys(item.group for item in listed))}
    return sorted(listed, key=lambda item: (order[item.group], not item.rank, item.rank or 0))
