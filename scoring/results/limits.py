"""Why a school has no higher grade, or no rank, in Chinese; made when asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction

from rubrics.language.repeating import repeat_of
from rubrics.language.rubric import GradeBand, KeyLimit
from rubrics.rules.exact import plain_number, quotient
from rubrics.values.points import plain, share_text, to_units
from scoring.results.ballots import ALL_TOLD, Untold
from scoring.results.figures import Figures
from scoring.results.published import percent_beside, points_text
from scoring.verdict.grading import NONE, failing, grade_names, kept_of, reached, reaching
from scoring.verdict.redlines import effect, rank_after
from scoring.verdict.standing import COMPLETE, INAPPLICABLE, NOT_PLANNED, NOT_VISITED


def limits(figures: Figures, row: int, hidden: Untold = ALL_TOLD) -> Iterator[str]:
    """Yields what kept one school (row) from a higher grade, in the order applied.

    Of what is ``hidden`` no figure is told.
    """
    rubric, graded = figures.rubric, figures.graded
    if figures.standing.ungraded[row]:
        yield too_much_excused(figures, row)
        return
    if figures.grade[row] == NONE:
        return
    names = grade_names(rubric)
    if int(graded.by_total[row]) > 0 and (told := by_place(figures, row)):
        yield told
    by_keys = _key_limits(figures, row, int(graded.by_conditions[row]))
    for number in range(int(graded.by_total[row]), int(graded.by_conditions[row])):
        yield from _unmet(figures, rubric.grades[number], row, hidden, by_keys.keys())
    for tier, (limit, bound) in by_keys.items():
        verb = "等次定为" if limit.grade else "等次不高于"
        yield f"{_failed(figures, row, tier)}，{verb}“{names[bound]}”"
    if graded.by_repeats[row] > graded.by_keys[row]:
        yield _found_again(figures, row, hidden)
    for place, line in enumerate(figures.red_lines.lines):
        does = line.line.consequence
        lowers = does.zero_total or does.grade or does.ceiling or does.lower
        if lowers and figures.red_lines.hits[row, place]:
            yield f"触及红线“{line.line.title}”：{effect(does)}"
    before, after = int(figures.before_quota[row]), int(figures.grade[row])
    if before != after:
        for quota in figures.ranking.quotas:
            if quota.grade in names[before:after]:
                size = int(figures.group_size[row])
                yield (
                    f"“{quota.grade}”不超过本组的 {share_text(quota.share)}"
                    f"（{quota.told(size)}），"
                    f"第 {figures.ranked.rank[row]} 名评为“{quota.then}”"
                )


def _key_limits(figures: Figures, row: int, grade: int) -> dict[str | None, tuple[KeyLimit, int]]:
    """What failed key items take away from ``grade``: by tier the strictest, and its grade."""
    rubric = figures.rubric
    names = grade_names(rubric)
    found: dict[str | None, tuple[KeyLimit, int]] = {}
    for limit in rubric.key_limits:
        bound = names.index(limit.grade or limit.ceiling or names[0])
        count = int(failing(rubric, figures.red_lines, limit.tier)[row])
        known = found[limit.tier][1] if limit.tier in found else grade
        if count >= limit.failed and bound > known:
            found[limit.tier] = limit, bound
    return found


def by_place(figures: Figures, row: int) -> str:
    """Returns how the place in the group gave one school its grade; nothing where it did not."""
    held, number = figures.ranking.distribution, int(figures.by_place[row])
    if held is None or number == NONE:
        return ""
    names = grade_names(figures.rubric)
    order = sorted(held.grades, key=names.index)
    among = int(figures.places_among[row])
    counts = zip(order, held.places(order, among), strict=True)
    shares = "、".join(f"{name} {share_text(held.grades[name])} {it} 所" for name, it in counts)
    return (
        f"本组参加按比例评定等次的 {among} 所（{shares}），"
        f"第 {figures.ranked.rank[row]} 名评为“{names[number]}”"
    )


def unranked(figures: Figures, row: int) -> str:
    """Returns why one school has no rank, or nothing where it has one."""
    if figures.ranked.rank[row]:
        return ""
    where = figures.standing
    if where.status[row] == INAPPLICABLE:
        return "不适用"
    if where.status[row] == NOT_VISITED:
        return "未检查"
    if where.status[row] == NOT_PLANNED:
        return left_out(figures)
    if where.ungraded[row]:
        return too_much_excused(figures, row)
    if where.status[row] != COMPLETE and not where.graded[row]:
        return f"有 {where.unchecked[row]} 项未查"
    if not where.graded[row]:
        return "没有可计分的项目"
    if figures.withheld[row]:
        return figures.rubric.ungraded
    otherwise = figures.ranking.red_line
    titles = [
        line.line.title
        for place, line in enumerate(figures.red_lines.lines)
        if figures.red_lines.hits[row, place]
        and rank_after(line.line.consequence, otherwise) == "unranked"
    ]
    return f"触及红线：{'、'.join(titles)}"


def left_out(figures: Figures) -> str:
    """Returns why schools that the plan does not name are not in it; nothing where all are due."""
    return figures.scope.word if figures.scope else ""


def too_much_excused(figures: Figures, row: int) -> str:
    """Returns that more is excused than the rubric allows, with both figures."""
    rubric = figures.rubric
    gone, full = int(figures.standing.excused[row]), to_units(rubric.points)
    limit = rubric.excused_limit
    if isinstance(limit, Decimal):
        return f"缺项 {points_text(gone)} 分，超过 {plain(limit)} 分，{rubric.ungraded}"
    share = percent_beside(gone, full, limit)
    return (
        f"缺项 {points_text(gone)} 分，占满分 {plain(rubric.points)} 分的 {share}，"
        f"超过 {share_text(limit)}，{rubric.ungraded}"
    )


def _unmet(
    figures: Figures,
    band: GradeBand,
    row: int,
    hidden: Untold,
    limited: Collection[str | None],
) -> Iterator[str]:
    """What kept a school from a band that its total reaches.

    Key items of tiers that are ``limited`` took more away, which is told.
    """
    rubric = figures.rubric
    by_rank = figures.by_place[row] != NONE
    if not by_rank and not reached(rubric, band, figures.total[row : row + 1])[0]:
        return
    no = f"不能评为“{band.grade}”"
    most = band.key_failed_at_most
    if most is not None and None not in limited and failing(rubric, figures.red_lines)[row] > most:
        yield f"{_failed(figures, row, None)}，{no}"
    for tier, allowed in band.tier_failed_at_most.items():
        if tier not in limited and failing(rubric, figures.red_lines, tier)[row] > allowed:
            yield f"{_failed(figures, row, tier)}，{no}"
    if band.largest_at_most is not None:
        losses = figures.items.lost[row].tolist()
        largest = max(losses)
        if largest > to_units(band.largest_at_most) * figures.items.fine:
            lost = points_text(quotient(largest, figures.items.fine))
            allowed_loss = plain(band.largest_at_most)
            if losses.index(largest) in hidden.words:
                yield f"有单项失分超过 {allowed_loss}，{no}"
            elif rubric.scale == "demerits":
                yield f"单项最高 {lost}，超过 {allowed_loss}，{no}"
            else:
                yield f"单项扣了 {lost} 分，超过 {allowed_loss} 分，{no}"
    if band.dimensions_at_least is not None:
        parts = figures.dimensions
        for place, dimension in enumerate(rubric.dimensions):
            kept, out_of = plain_number(parts.kept, row, place), int(parts.due[row, place])
            told = place not in hidden.dimensions
            least = band.dimensions_at_least
            yield from _too_little(dimension.title, kept, out_of, least, no, told=told)
    asked = band.dimensions_reach
    if asked is not None:
        enough, there = (int(one[row]) for one in reaching(asked, figures.dimensions))
        if enough < min(asked.at_least, there):
            wanted = f"得分率达到 {share_text(asked.share)} 的一级指标"
            wanted += f"只有 {enough} 个，" if not hidden.dimensions else ""
            yield f"{wanted}不足 {min(asked.at_least, there)} 个，{no}"
    titles = {item.id: item.title for item in rubric.indicators}
    titles |= {item.id: item.title for item in rubric.dimensions}
    silent = {rubric.indicators[place].id for place in hidden.words}
    silent |= {rubric.dimensions[place].id for place in hidden.dimensions}
    for name, share in band.at_least.items():
        own, due = kept_of(rubric, name, figures.items, figures.dimensions)
        kept, out_of = plain_number(own, row), int(due[row])
        yield from _too_little(titles[name], kept, out_of, share, no, told=name not in silent)


def _too_little(
    title: str, kept: int | Fraction, out_of: int, least: Fraction, no: str, *, told: bool
) -> Iterator[str]:
    if out_of and Fraction(kept) / out_of < least:
        own = f" {percent_beside(kept, out_of, least)}，" if told else ""
        yield f"“{title}”得分率{own}不足 {share_text(least)}，{no}"


def _found_again(figures: Figures, row: int, hidden: Untold) -> str:
    rubric, again = figures.rubric, figures.columns.again
    bound = int(figures.graded.by_repeats[row])
    ceiling = grade_names(rubric)[bound]
    assert again is not None
    found = [
        item.id
        for place, item in enumerate(rubric.indicators)
        if again[row, place]
        and figures.items.lost[row, place] > 0
        and (repeat := repeat_of(rubric, item)) is not None
        and repeat.ceiling == ceiling
        and place not in hidden.words
    ]
    named = f" {len(found)} 项（{'、'.join(found)}）" if found else ""
    return f"屡查屡犯{named}，等次不高于“{ceiling}”"


def _failed(figures: Figures, row: int, tier: str | None) -> str:
    items = figures.rubric.indicators
    failed = [
        item.id
        for place, item in enumerate(items)
        if figures.red_lines.failing[row, place]
        and (item.key is not None if tier is None else item.tier == tier)
    ]
    return f"{tier or '关键'}项不合格 {len(failed)} 项（{'、'.join(failed)}）"
