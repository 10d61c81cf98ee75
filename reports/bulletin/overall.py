"""二、总体评价: mean, grades, change since the last round, what most do well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from inspections.records.record import State
from reports.bulletin.subject import VISITED, Part
from reports.bulletin.told import Figure, Told, of_indicators, of_scores
from reports.bulletin.wording import FEW, names, share
from reports.faults import lost_units
from reports.ranking.groups import grade_names
from rubrics.rules.exact import quotient
from rubrics.values.points import round_units
from scoring.results.published import between, total_text
from scoring.results.scores import SchoolScore

_WELL = 3
_WELL_SHARE = Fraction(8, 10)
_NO_GRADE = "没有等次"


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A row of the distribution of grades, as texts."""

    grade: str
    count: int
    share: str
    groups: str


def overall(part: Part) -> Iterator[Told]:
    """Yields the paragraphs of a rubric that stand above its table of grades."""
    yield _mean(part)
    if part.previous is not None and (told := _change(part)):
        yield told
    if told := _well(part):
        yield told


def grades(part: Part) -> tuple[tuple[GradeRow, ...], Told]:
    """Returns the distribution of grades with its sum, and the figures in it."""
    found: dict[str, list[SchoolScore]] = {}
    for school in part.visited:
        found.setdefault(school.grade or _NO_GRADE, []).append(school)
    order = [
        grade for grade in (*grade_names(part.rubric, part.visited), _NO_GRADE) if grade in found
    ]
    counts = [len(found[grade]) for grade in order]
    rows = [
        GradeRow(grade, count, share(count, sum(counts)), _by_group(found[grade]))
        for grade, count in zip(order, counts, strict=True)
    ]
    rows.append(GradeRow("合计", sum(counts), "100.0%", _by_group(part.visited)))
    figures = tuple(
        of_scores(
            f"{part.name}：{grade}", len(found[grade]), rubric=part.rubric.id, status=VISITED,
            grade="" if grade == _NO_GRADE else grade,
        )
        for grade in order
    )  # fmt: skip
    return tuple(rows), Told(f"{part.name}等次分布（表）", figures)


def _by_group(schools: list[SchoolScore] | tuple[SchoolScore, ...]) -> str:
    held = Counter(school.group for school in schools)
    return "、".join(f"{group}{count}" for group, count in held.items())


def _mean(part: Part) -> Told:
    rubric = part.rubric
    told = [school for school in part.visited if school.total is not None]
    figures = [of_scores("受查学校", len(part.visited), rubric=rubric.id, status=VISITED)]
    if not told:
        return Told(f"受查的{len(part.visited)}所学校都没有总分。", tuple(figures))
    totals = [round_units(school.total or 0, rubric.places) for school in told]
    mean = total_text(rubric, quotient(Fraction(sum(totals), len(totals)), 1))
    codes = [school.school.id for school in told]
    number = len(part.visited)
    if len(told) < number:
        text = f"受查的{number}所学校中，{len(told)}所有总分，平均{mean}分"
    else:
        text = f"受查的{number}所学校{'平均' if number > 1 else '得'}{mean}分"
    figures += [
        of_scores("有总分的学校", len(told), rubric=rubric.id, school_id=codes),
        of_scores("平均分", mean, "mean", "total", rubric=rubric.id, school_id=codes),
    ]
    if rubric.scale == "demerits":
        text += "（负分，越少越好）"
    open_ones = [school for school in part.visited if school.provisional]
    if open_ones:
        whole = len(open_ones) == number
        who = "检查情况都" if whole and number > 1 else "检查情况" if whole else ""
        who = who or f"其中{len(open_ones)}所的检查情况"
        text += f"；{who}尚未核定，分数、等次和所在组的名次为暂定"
        codes = [school.school.id for school in open_ones]
        figures.append(
            of_scores("尚未核定的学校", len(open_ones), rubric=rubric.id, school_id=codes)
        )
    return Told(f"{text}。", tuple(figures))


def _change(part: Part) -> Told | None:
    rubric, before = part.rubric, part.previous or {}
    pairs = [
        (school, apart)
        for school in part.visited
        if (held := before.get((school.school.id, rubric.id)))
        and (apart := between(rubric, school.total, held.total))
    ]
    if not pairs:
        return None
    better = [school for school, apart in pairs if apart.better > 0]
    worse = [school for school, apart in pairs if apart.better < 0]
    same = len(pairs) - len(better) - len(worse)
    mine, other = (
        quotient(Fraction(sum(getattr(apart, side) for _, apart in pairs), len(pairs)), 1)
        for side in ("mine", "other")
    )
    count = len(pairs)
    told = [("比上一轮好的", len(better)), ("比上一轮差的", len(worse)), ("与上一轮相同的", same)]
    there = [(word, number) for word, number in told if number]
    if count == 1:
        (one, apart) = pairs[0]
        better_or = "高于" if apart.apart > 0 else "低于" if apart.apart < 0 else "等于"
        text = (
            f"{names([one])}本轮{total_text(rubric, mine)}分，{better_or}"
            f"上一轮的{total_text(rubric, other)}分。"
        )
    else:
        text = (
            f"两轮都有总分的{count}所学校，平均分由上一轮的{total_text(rubric, other)}分变为"
            f"{total_text(rubric, mine)}分：{'，'.join(f'{word}{n}所' for word, n in there)}。"
        )
    gains = sorted((one for one in pairs if one[1].better > 0), key=lambda one: -one[1].better)
    if gains and count > 1:
        text += f"进步较大的是{names([school for school, _ in gains[:_WELL]])}。"
    codes = [school.school.id for school, _ in pairs]
    last = "上一轮的 results/scores.csv"
    return Told(
        text,
        (
            of_scores("两轮都有总分的学校", count, rubric=rubric.id, school_id=codes),
            of_scores("本轮平均分", total_text(rubric, mine), "mean", "total", rubric=rubric.id,
                      school_id=codes),
            Figure("上一轮平均分", total_text(rubric, other), last),
            Figure("比上一轮好的学校", str(len(better)), last),
            Figure("比上一轮差的学校", str(len(worse)), last),
            Figure("相同的学校", str(same), last),
        ),
    )  # fmt: skip


def _well(part: Part) -> Told | None:
    """The indicators at which most of those that were checked lost nothing."""
    whole: Counter[str] = Counter()
    checked: dict[str, list[str]] = {}
    untold = set(part.secret)
    for school in part.visited:
        for item in school.indicators:
            if item.state is not State.CHECKED or item.pending:
                continue
            if item.band:
                untold.add(item.indicator)
            checked.setdefault(item.indicator, []).append(school.school.id)
            whole[item.indicator] += lost_units(part.rubric, item) == 0
    titles = {item.id: item.title for item in part.rubric.indicators}
    order = {owner: number for number, owner in enumerate(titles)}
    good = [
        owner
        for owner, codes in checked.items()
        if owner not in untold and whole[owner] and whole[owner] >= _WELL_SHARE * len(codes)
    ]
    good.sort(
        key=lambda owner: (
            -whole[owner],
            -Fraction(whole[owner], len(checked[owner])),
            order[owner],
        )
    )
    if not good:
        return None
    said = "，".join(
        f"“{titles[owner]}”受查{len(checked[owner])}所、未扣分{whole[owner]}所"
        for owner in good[:_WELL]
    )
    figures = []
    for owner in good[:_WELL]:
        rubric, codes = part.rubric.id, checked[owner]
        figures += [
            of_indicators(
                f"{owner} 受查",
                len(codes),
                state="已查",
                rubric=rubric,
                indicator=owner,
                school_id=codes,
            ),
            of_indicators(
                f"{owner} 未扣分",
                whole[owner],
                "full",
                state="已查",
                rubric=rubric,
                indicator=owner,
                school_id=codes,
            ),
        ]
    most = "多数学校做得好的" if len(part.visited) >= FEW else "做得好的"
    return Told(f"{most}：{said}。", tuple(figures))
