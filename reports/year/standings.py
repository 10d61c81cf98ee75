"""Who came first in a year's groups, and who stands behind all others whatever their totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.bulletin.told import Figure, Told
from reports.year import wording
from reports.year.subject import YearSubject
from rubrics.messages.plain_text import one_line
from rubrics.values.points import fixed
from scoring.years.year import RubricYear, SchoolYear

SCORES = "各批次 results/scores.csv "
WEIGHTED = f"{SCORES}的 total（公布的总分）×权重，合计后四舍五入一次"
_FIRST = 3
"""Places of a group that the text names; the attachment has all of them."""


def results(subject: YearSubject, part: RubricYear) -> Iterator[Told]:
    """Yields who came first in every group of a rubric, and who stands behind all others."""
    scored = [one for one in part.schools if one.total is not None]
    if not scored:
        yield Told("没有年度分。")
        return
    ranked = [one for one in scored if one.rank is not None]
    lacking = sum(bool(one.lacking) for one in scored)
    dropped = sum(one.dropped and not one.lacking for one in scored)
    said = [f"有年度分的学校{len(scored)}所，参加排名{len(ranked)}所"]
    figures = [
        Figure("有年度分的学校", str(len(scored)), f"{SCORES}中有总分的学校"),
        Figure("参加排名的学校", str(len(ranked)), f"{SCORES}中每次都有总分的学校"),
    ]
    for count, words in (
        (lacking, "有一次没有成绩，按其余各次折算，不排名"),
        (dropped, "触碰红线，不排名"),
    ):
        if count:
            said.append(f"另有{count}所{words}")
            figures.append(Figure(words.partition("，")[0], str(count), f"{SCORES}，每校一行"))
    yield Told(f"{'；'.join(said)}。", tuple(figures))
    if not subject.publish:
        return
    for group, mates in by_group(ranked).items():
        if told := _first(part, group, mates):
            yield told
    yield from _behind(subject, part)


def _first(part: RubricYear, group: str, mates: Sequence[SchoolYear]) -> Told | None:
    """The first places of a group, at most as many as its better half has.

    Nobody is named there who crossed a red line or failed in any round.
    """
    size = mates[0].group_size
    best: dict[int, list[SchoolYear]] = {}
    for one in mates:
        rank = one.rank or 0
        if rank <= _FIRST and rank * 2 <= size and not one.behind:
            best.setdefault(rank, []).append(one)
    if not best:
        return None
    said, figures = [], [Figure(f"{group}参加排名的学校", str(size), f"{SCORES}的 rank")]
    for rank, held in best.items():
        names = "、".join(one_line(one.name) for one in held)
        equal = "并列，" if len(held) > 1 else ""
        total = total_text(part, held[0])
        said.append(f"第{rank}名{names}（{equal}{total}分）")
        figures.append(Figure("年度名次", str(rank), "年度分在本组的位次"))
        figures += [Figure(f"{one_line(one.name)}的年度分", total, WEIGHTED) for one in held]
    still = "，暂列" if mates[0].place_open else ""
    return Told(f"{group}{size}所{still}：{'，'.join(said)}。", tuple(figures))


def _behind(subject: YearSubject, part: RubricYear) -> Iterator[Told]:
    """How many a red line or the lowest grade puts behind others; the attachment says which."""
    held = [one for one in part.schools if one.behind]
    if not held:
        return
    others = "另有" if any(not one.behind and one.rank for one in part.schools) else "有"
    yield Told(
        f"{others}{len(held)}所{wording.behind_why(held)}，不作为先进点名，"
        f"见{subject.results_mark}的备注。",
        (
            Figure(
                "触碰红线或等次最低的学校",
                str(len(held)),
                f"{SCORES}的 red_lines、grade，任何一次",
            ),
        ),
    )


def by_group(schools: Sequence[SchoolYear]) -> dict[str, list[SchoolYear]]:
    """Returns the schools of every group, in their order."""
    found: dict[str, list[SchoolYear]] = {}
    for one in schools:
        found.setdefault(one.group, []).append(one)
    return found


def total_text(part: RubricYear, one: SchoolYear) -> str:
    """Returns the points of the year as printed; a dash where there are none."""
    return "—" if one.total is None else fixed(one.total, part.held.places)
