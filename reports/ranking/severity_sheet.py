"""By how much each inspector's records correct totals; inspectors go by numbers, not by names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from inspections.round.severity_correction import PLACES
from reports.ranking.layout import Book, Sheet
from reports.ranking.paging import print_to
from rubrics.messages.outgoing import outgoing
from scoring.engine.scale import turned
from scoring.results.corrected_words import CORRECTED, left_out
from scoring.results.scores import RubricScores, Scores

SEVERITY: Final = "宽严校正"
_LATE: Final = "校正定下以后才有检查表，不校正"
_STANDS: Final = "意见书编号以后校正就定下了：以后收到的检查表、作的更正不改变它，除非重新测定。"
_HEADS = ("细则", "督学编号", "计分的检查表\n（份）", "校正\n（分）", "意思")
_WIDTHS = (36.0, 12.0, 16.0, 12.0, 44.0)


def severity_sheet(book: Book, scores: Scores) -> Sheet | None:
    """Writes the sheet and returns it: rubric by rubric, by number; None where nothing is."""
    corrected = [scores.rubrics[name] for name in scores.corrected]
    if not corrected:
        return None
    sheet = book.sheet(SEVERITY, _WIDTHS)
    head = sheet.heading(
        SEVERITY,
        f"{CORRECTED}。督学写编号，不写姓名；编号不按名册的顺序。",
        "一所学校的校正，是它计分的各份检查表（编号见各组的“说明”）校正的平均，有权重的按权重，"
        "四舍五入；总分＝校正前总分＋宽严校正，不低于 0 分，不超过满分。",
        _STANDS,
        *(text for held in corrected for text in _told(held)),
    )
    sheet.head(head, list(_HEADS))
    row = head + 1
    for held in corrected:
        row = _inspectors(sheet, row, held)
    sheet.page.autofilter(head, 0, row - 1, sheet.last)
    sheet.page.freeze_panes(head + 1, 2)
    print_to(sheet, row - 1)
    return sheet


def _told(held: RubricScores) -> Iterator[str]:
    """Which groups are not corrected, who came later, and who had all measured anew."""
    title, given = f"《{held.rubric.title}》", held.correction
    if left := left_out(held):
        yield f"{title}的{'、'.join(left)}没有校正：查这些组的督学不能都互相比较。"
    if given is None or given.held is None:
        return
    if given.held.again:
        yield f"{title}的校正{outgoing(given.held.text)}。"
    if given.late:
        who = "、".join(f"{number}号" for number in sorted(given.numbers[it] for it in given.late))
        yield f"{title}的{who}督学在校正定下以后才有检查表，不校正，别人的校正不因此变动。"


def _inspectors(sheet: Sheet, row: int, held: RubricScores) -> int:
    assert held.correction is not None
    numbers, given = held.correction.numbers, held.correction.inspectors
    count = Counter(
        one.number for score in held.schools if score.correction for one in score.correction.by
    )
    for number, code in sorted((number, code) for code, number in numbers.items()):
        if not count[number]:
            continue
        amount = turned(held.rubric, given[code])
        late = code in held.correction.late
        sheet.text(row, 0, held.rubric.title, "cell", "wrap")
        sheet.number(row, 1, number, "cell", "centre")
        sheet.number(row, 2, count[number], "cell", "centre")
        shown = f"+0.{'0' * PLACES};-0.{'0' * PLACES};0.{'0' * PLACES}"
        sheet.points(row, 3, amount, PLACES, "cell", "centre", num_format=shown)
        sheet.text(row, 4, _LATE if late else _meaning(given[code]), "cell")
        row += 1
    return row


def _meaning(amount: int) -> str:
    if not amount:
        return "同别人一样"
    return "比别人严，校正得好一些" if amount > 0 else "比别人宽，校正得差一些"
