"""How sure the places are: where each school truly stands, and from whom it cannot be told apart.

Each row says all of its own, so that it stays right however the sheet is sorted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from reports.ranking.composite_sheet import by_group, composite_places
from reports.ranking.group_sheet import GroupSheet
from reports.ranking.layout import Book, Sheet
from reports.ranking.measures import digits, short_title, width
from reports.ranking.paging import print_to
from rubrics.language.rubric import Rubric
from scoring.results.certainty import Certainty, PlaceCertainty
from scoring.results.scores import CompositeScore, SchoolScore, Scores

_BARS: Final = 24
"""Signs that a drawn group is wide at the most; each of so few places has one of its own."""
_SMALL: Final = 9
_CHANCE: Final = '[>=0.995]">99%"_ ;[<0.005]"<1%"_ ;0%_ '
"""They are estimates: none is told as certain."""
Ranked: TypeAlias = SchoolScore | CompositeScore


@dataclass(frozen=True, slots=True)
class _Row:
    group: str
    size: int
    score: Ranked
    held: PlaceCertainty


def certainty_sheet(
    book: Book, rubric: Rubric, written: Sequence[GroupSheet], certainty: Certainty | None
) -> Sheet | None:
    """Writes the sheet of one rubric and returns it; None where nothing is known or asked."""
    if certainty is None or not certainty.known:
        return None
    rows = [
        _Row(sheet.group.name, len(sheet.group.ranked), score, held)
        for sheet in written
        for score in sheet.group.ranked
        if (held := certainty.places.get(score.school.id)) is not None
    ]
    name = f"{short_title(rubric.title)} 名次把握"
    return _sheet(book, name, f"{rubric.title}　名次有多大把握", rows, certainty, rubric.places)


def composite_certainty_sheet(book: Book, scores: Scores) -> Sheet | None:
    """Writes the same of the ranking over all rubrics."""
    certainty = scores.composite_certainty
    if certainty is None or not certainty.known:
        return None
    rows = [
        _Row(score.group, score.group_size, score, held)
        for score in by_group(scores.composite)
        if (held := certainty.places.get(score.school.id)) is not None
    ]
    title = "综合排名　名次有多大把握"
    return _sheet(book, "综合排名 名次把握", title, rows, certainty, composite_places(scores))


def _sheet(
    book: Book, name: str, title: str, rows: Sequence[_Row], certainty: Certainty, places: int
) -> Sheet:
    chances = any(row.held.among_first is not None for row in rows)
    wide = min(_BARS, max(row.size for row in rows)) + 2
    columns = list(_columns(rows, wide, certainty.among if chances else 0))
    sheet = book.sheet(name, [wide for _, wide in columns])
    head = sheet.heading(title, *_notes(certainty, chances=chances))
    sheet.head(head, [text for text, _ in columns])
    at = head
    for at, row in enumerate(rows, head + 1):
        _row(sheet, at, row, certainty, places, chances=chances)
    sheet.page.autofilter(head, 0, at, sheet.last)
    sheet.page.freeze_panes(head + 1, 3)
    print_to(sheet, at)
    return sheet


def _columns(rows: Sequence[_Row], wide: int, among: int) -> Iterator[tuple[str, float]]:
    groups = max(width(row.group) for row in rows)
    names = max(width(row.score.school.name) for row in rows)
    yield "组别", min(16, max(8, digits(groups)))
    yield "名次", 6
    yield "学校", min(24, max(12, digits(names)))
    yield "总分", 9
    yield "真实名次\n从第", 9
    yield "到第", 7
    yield "分不出先后\n从第", 10
    yield "到第", 7
    yield "其他\n几所", 6
    yield "［ ］里分不出先后，〇是本校", max(22, digits(2 * wide, _SMALL))
    if among:
        yield f"在前 {among} 名\n的机会", 9
        yield f"在末 {among} 名\n的机会", 9


def _notes(certainty: Certainty, *, chances: bool) -> Iterator[str]:
    yield (
        "真实名次：没有检查误差时这所学校应排的名次，"
        f"有{certainty.level}把握在所列的“从第”到“到第”之间（十次里约有一次不在）。"
    )
    yield (
        "分不出先后：现在排在所列“从第”到“到第”的学校，总分和它的差别没有超出误差。"
        "［ ］按名次画出同一段，左边是第 1 名。每行各说各的，怎样排序都对。"
    )
    if chances:
        yield (
            f"机会：真实名次在本组前 {certainty.among} 名、末 {certainty.among} 名以内有多大可能；"
            f"本组参加排名的不足 {certainty.among + 1} 所的不列。"
        )
    yield (
        f"{certainty.by}，只供参考，不改变得分和名次。触及红线排在最后的不在其中。"
        f"同样的记录得出同样的数（随机数种子 {certainty.seed}）。"
    )
    if certainty.corrected:
        yield "总分经宽严校正的，名次、范围都按校正后的总分，误差里的宽严只算校正以后还剩下的。"
    if certainty.left_out:
        yield f"误差里没有包括：{certainty.left_out}。真实的把握比表里的小。"


def _row(
    sheet: Sheet, at: int, row: _Row, certainty: Certainty, places: int, *, chances: bool
) -> None:
    held, score = row.held, row.score
    sheet.text(at, 0, row.group, "cell", "wrap")
    sheet.number(at, 1, score.rank or 0, "cell", "centre", "strong")
    sheet.text(at, 2, score.school.name, "cell", "wrap")
    sheet.points(at, 3, score.total, places, "cell")
    for column, rank in enumerate((held.low, held.high, held.first, held.last), 4):
        sheet.number(at, column, rank, "cell", "centre")
    sheet.number(at, 8, held.alike, "cell", "centre", "dash")
    bar = drawn_bracket(score.rank or 0, held.first, held.last, row.size)
    sheet.text(at, 9, bar, "cell", font_size=_SMALL)
    for column, chance in enumerate((held.among_first, held.among_last) if chances else (), 10):
        if chance is None:
            sheet.text(at, column, "—", "cell", "centre")
        else:
            sheet.number(at, column, round(chance, 4), "cell", num_format=_CHANCE)


def drawn_bracket(rank: int, first: int, last: int, size: int) -> str:
    """Returns the bracket of a school, drawn along the places of its group; all signs are as wide.

    >>> drawn_bracket(3, 2, 5, 6)
    '　［－〇－－］'
    """
    signs = min(size, _BARS)

    def sign(place: int) -> int:
        return (place - 1) * signs // size

    start, end, own = sign(first), sign(last), sign(rank)
    inside = "".join("〇" if one == own else "－" for one in range(start, end + 1))
    return f"{'　' * start}［{inside}］"
