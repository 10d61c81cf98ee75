"""What schools gave themselves before the visit, beside what the visit gave them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reports.ranking.layout import Book, Sheet
from reports.ranking.measures import digits, width
from reports.ranking.paging import print_to
from scoring.results.own_scores import as_printed, told_text
from scoring.results.published import points_places
from scoring.results.scores import OwnTotal, RubricScores, SchoolScore

_HEADS = ("细则", "组别", "学校", "应自评\n（项）", "比较\n（项）", "自评", "复评", "相差", "说明")


def own_scores_sheet(book: Book, rubrics: Mapping[str, RubricScores]) -> Sheet | None:
    """Writes the sheet and returns it: rubric by rubric, schools in roster order.

    None where no rubric asks schools to score themselves.
    """
    found = [
        (held, score, own)
        for held in rubrics.values()
        if held.rubric.self_assessment
        for score in held.schools
        if (own := score.own) is not None and own.asked
    ]
    if not found:
        return None
    names = max(width(score.school.name) for _, score, _ in found)
    widths = [24.0, 16.0, min(30.0, max(16.0, digits(names))), 8.0, 8.0, 10.0, 10.0, 10.0, 30.0]
    sheet = book.sheet("自评与复评", widths)
    missing = sum(not own.handed_in for _, _, own in found)
    head = sheet.heading(
        "自评与复评",
        "自评是学校检查以前自己打的分，复评是检查得分，只比两边都有的指标；相差＝自评－复评。"
        f"应交 {len(found)} 份，没有交的 {missing} 份。{_costs(held for held, _, _ in found)}",
    )
    sheet.head(head, list(_HEADS))
    row = head + 1
    for held, score, own in found:
        _row(sheet, row, held, score, own)
        row += 1
    sheet.page.autofilter(head, 0, row - 1, sheet.last)
    sheet.page.freeze_panes(head + 1, 3)
    print_to(sheet, row - 1)
    return sheet


def _costs(found: Iterable[RubricScores]) -> str:
    """Which rubrics take something off for it; it stands in the column of penalties."""
    asks = {held.rubric.title: held.rubric.self_assessment for held in found}
    costs = [f"《{title}》{it.describe_costs()}" for title, it in asks.items() if it and it.scored]
    if not costs:
        return "相差多少不影响得分。"
    others = "" if len(costs) == len(asks) else "；其余的不影响得分"
    return f"{'；'.join(costs)}，计入附加扣分{others}。"


def _row(sheet: Sheet, row: int, held: RubricScores, score: SchoolScore, own: OwnTotal) -> None:
    places = points_places(held.rubric)
    sheet.text(row, 0, held.rubric.title, "cell", "wrap")
    sheet.text(row, 1, score.group, "cell", "wrap")
    sheet.text(row, 2, score.school.name, "cell", "wrap")
    sheet.number(row, 3, own.asked, "cell", "centre")
    sheet.number(row, 4, own.count, "cell", "centre", "dash")
    for at, units in enumerate(as_printed(held.rubric, own), 5):
        sheet.points(row, at, units if own.count else None, places, "cell")
    sheet.text(row, 8, told_text(held.rubric, score), "cell", "wrap")
