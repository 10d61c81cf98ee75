"""The columns of a group's ranking: what heads each, and what a school has in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

from inspections.records.record import State
from reports.ranking.groups import Group, grade_names
from reports.ranking.measures import digits, width
from reports.ranking.previous import Before, Previous
from rubrics.language.rubric import Rubric
from rubrics.values.points import plain
from scoring.results.certainty import Certainty, PlaceCertainty
from scoring.results.corrected_words import by_records
from scoring.results.published import POINTS, between, dimension_points, points_text
from scoring.results.scores import SchoolScore

Kind: TypeAlias = Literal[
    "count",
    "code",
    "name",
    "centre",
    "grade",
    "prose",
    "points",
    "extra",
    "published",
    "change",
    "moved",
]
_SUMS = {
    "merits": ("应得分", "实得分", "标化分"),
    "demerits": ("最多\n负分", "实计\n负分", "合计\n负分"),
}

NAME_COLUMN = 2
"""Where the name of the school stands."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what heads it, how wide it is, and what a school has in it.

    Points and changes are units of 1/10000; None leaves the cell blank.
    """

    head: str
    width: float
    kind: Kind
    value: Callable[[SchoolScore], str | int | None]


def group_columns(
    rubric: Rubric,
    group: Group,
    previous: Previous | None,
    certainty: Certainty | None = None,
    *,
    corrected: bool = False,
) -> Iterator[Column]:
    """Yields the columns of a group; those for the change only where there is a last round, how
    sure ranks are only where that is asked and known.

    ``corrected``: whether totals of the group are corrected for the severity of inspectors.
    """
    ranks = Counter(school.rank for school in group.ranked)
    names = max((width(school.school.name) for school in group.schools), default=0)
    grades = max(width(grade) for grade in grade_names(rubric, group.schools))
    codes = max((width(school.school.id) for school in group.schools), default=0)
    yield Column("名次", 5, "count", lambda s: None if s.alone else s.rank)
    yield Column("代码", min(10, max(6, digits(codes))), "code", lambda s: s.school.id)
    yield Column("学校", min(24, max(12, digits(names))), "name", lambda s: s.school.name)
    if certainty is not None and group.sure_of(certainty):
        held = certainty.places
        head = f"真实名次\n{certainty.level}把握"
        yield Column(head, 9, "centre", lambda s: _sure(held.get(s.school.id), s))
    for number, dimension in enumerate(rubric.dimensions):
        head = f"{dimension.title}\n{plain(dimension.counts)}分"
        yield Column(head, 7.5, "points", partial(_dimension, number=number, places=POINTS))
    possible, earned, whole = _SUMS[rubric.scale]
    yield Column(possible, 7, "points", lambda s: s.applicable if s.visits else None)
    yield Column(earned, 7, "points", lambda s: s.earned if s.visits else None)
    yield Column(whole, 7, "published", lambda s: s.normalised)
    yield Column("加分", 5.5, "extra", lambda s: s.bonus if s.visits else None)
    yield Column("附加\n扣分", 5.5, "extra", lambda s: s.penalty if s.visits else None)
    if corrected:
        yield Column("校正前\n总分", 7.5, "published", lambda s: s.plain_total)
        yield Column("宽严\n校正", 6.5, "change", _corrected_by)
    yield Column("总分", 7.5, "published", lambda s: s.total)
    yield Column("关键项\n不合格", 6, "count", lambda s: len(s.key_failed) if s.visits else None)
    yield Column("红线", 5, "count", lambda s: len(s.red_lines) if s.visits else None)
    yield Column("等次", max(7, digits(grades)), "grade", lambda s: s.grade)
    yield Column("评优\n资格", 5, "centre", _eligible)
    if previous is not None:

        def before(school: SchoolScore) -> Before | None:
            return previous.get((school.school.id, rubric.id))

        yield Column("上次\n总分", 7, "published", lambda s: b.total if (b := before(s)) else None)
        yield Column("较上次", 7, "change", lambda s: _change(rubric, s, before(s)))
        yield Column("名次\n升降", 5, "moved", lambda s: _moved(s, before(s)))
    roomy = 1 if previous is not None else 1.3
    yield Column("等次为何受限", 26 * roomy, "prose", lambda s: _limits(rubric, s))
    yield Column("说明", 18 * roomy, "prose", lambda s: _remark(s, ranks[s.rank], s.ranked_last))


def _dimension(school: SchoolScore, number: int, places: int) -> int | None:
    """Points of a dimension, as they add up to those earned.

    None where nothing of it applies or was checked.
    """
    if number >= len(school.dimensions):
        return None
    item = school.dimensions[number]
    told = item.applicable and not item.untold
    return dimension_points(school, places)[number] if told else None


def _corrected_by(school: SchoolScore) -> int | None:
    return school.correction.applied if school.correction else None


def _sure(held: PlaceCertainty | None, school: SchoolScore) -> str:
    if held is None:
        return "—" if school.rank else ""
    return held.span


def _eligible(school: SchoolScore) -> str:
    if not school.visits:
        return ""
    return "有" if school.award_eligible else "取消"


def _change(rubric: Rubric, school: SchoolScore, before: Before | None) -> int | None:
    apart = between(rubric, school.total, before.total if before else None)
    return apart.apart if apart else None


def _moved(school: SchoolScore, before: Before | None) -> int | None:
    """Places gained within the same group; ranks of another group say nothing."""
    if before is None or before.rank is None or school.rank is None or before.group != school.group:
        return None
    return before.rank - school.rank


def _limits(rubric: Rubric, school: SchoolScore) -> str:
    """The limits, then red lines and key items that they do not already name."""
    titles = {item.id: item.title for item in rubric.indicators}
    said = [text for text in school.limits if text != school.unranked]
    named = "；".join(said)
    for hit in school.red_lines:
        if hit.title not in named:
            said.append(f"触及红线“{hit.title}”：{hit.effect}")
    keys = [f"{key} {titles.get(key, '')}" for key in school.key_failed if key not in named]
    if keys:
        said.append(f"关键项不合格：{'、'.join(keys)}")
    said += [f"红线待核“{hit.title}”" for hit in school.red_lines_pending]
    return "\n".join(said)


def _remark(school: SchoolScore, sharing: int, last: bool) -> str:
    """``sharing``: how many schools have its rank; ``last``: a red line puts it behind others."""
    said = []
    if school.alone:
        said.append("本组只有这一所参加排名，不作比较")
    if school.disputed:
        said.append("有内容不同的两份记录，待核定，暂按先收到的计算")
    if school.unsifted:
        said.append("暂定，问卷有标出的答卷没有决定算不算")
    if school.owed:
        said.append(f"暂定，缺{'、'.join(school.owed)}的检查表")
    if school.rank is None:
        said.append(school.unranked)
    elif last:
        said.append("触及红线，排在本组最后")
    if school.rank is not None and sharing > 1:
        said.append(f"{sharing} 所并列第 {school.rank} 名")
    if school.tie_key:
        said.append(f"同分，按“{school.tie_key}”定先后")
    states = Counter(item.state for item in school.indicators)
    excused = sum(i.points for i in school.indicators if i.state is State.EXCUSED)
    if states[State.UNCHECKED] and school.rank is not None:
        said.append(f"有 {states[State.UNCHECKED]} 项未查")
    if excused:
        said.append(f"合理缺项 {states[State.EXCUSED]} 项、{points_text(excused)} 分")
    if hidden := [item.indicator for item in school.indicators if item.band]:
        said.append(f"{'、'.join(hidden)} 因票数少，不单列分数")
    if school.pending:
        said.append(f"待核 {school.pending} 项")
    if school.correction:
        # A line may end behind a hyphen, and not behind a minus.
        said.append(f"宽严校正：{by_records(school.correction).replace('-', '−')}")
    return "；".join(part for part in said if part)
