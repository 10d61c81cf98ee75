"""From the place back to the points: each figure of a school, and what it follows from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inspections.records.record import State
from inspections.round.round import Round
from rubrics.language.rubric import Rubric
from rubrics.rules import PeriodLength
from rubrics.values.points import fixed
from rubrics.values.range_words import span_text
from scoring.explaining.certainty import certainty_steps
from scoring.explaining.exact_text import sum_text
from scoring.explaining.step import Step
from scoring.explaining.sums import no_total_steps, total_steps
from scoring.results.certainty import Certainty
from scoring.results.disputed import UNSETTLED
from scoring.results.own_scores import charged_text
from scoring.results.published import points_text
from scoring.results.scores import CompositeScore, IndicatorScore, RubricScores, SchoolScore, Scores
from scoring.results.tables import words_beside
from scoring.results.unsettled import group_reason, own_reasons

STATUSES = {
    "complete": "各项都已查",
    "provisional": "还没有查完，结果是暂定的",
    "not_visited": "还没有检查记录",
    "inapplicable": "本校不适用这份细则",
}


def steps(
    settings: Round,
    rubric: Rubric,
    score: SchoolScore,
    elapsed: Mapping[PeriodLength, int],
    certainty: Certainty | None = None,
) -> Iterator[Step]:
    """Yields the figures of one school under one rubric, each followed by what it rests on.

    ``certainty``: how sure ranks are, where the round asks.
    """
    still_open = "、".join(own_reasons(score, names=True))
    if still_open and score.status == "complete":
        still_open += "，结果是暂定的"
    if score.status == "not_planned":
        yield Step("状态", rubric.words.said(f"{score.unranked}，本批次不检查这份细则"), "")
        return
    yield Step("状态", rubric.words.said(STATUSES[score.status]), still_open)
    if score.status in ("not_visited", "inapplicable"):
        return
    yield _rank(rubric, score)
    yield from certainty_steps(rubric.words, score, certainty)
    yield _grade(rubric, score)
    if score.total is not None and score.normalised is not None:
        yield from total_steps(settings, rubric, score, elapsed)
    else:
        yield from no_total_steps(rubric, score)
    yield from _lists(rubric, score)


def _rank(rubric: Rubric, score: SchoolScore) -> Step:
    if score.rank is None:
        return Step("名次", "不排名", score.unranked)
    tied = f"；同分，按“{score.tie_key}”分先后" if score.tie_key else ""
    return Step("名次", _place(score), _among(rubric, score) + tied)


def _place(score: SchoolScore | CompositeScore) -> str:
    if score.alone:
        return "不作比较"
    return f"{'暂列' if score.place_provisional else ''}第 {score.rank} 名"


def _among(rubric: Rubric, score: SchoolScore | CompositeScore) -> str:
    said = rubric.words.said
    if score.alone:
        return f"{score.group}{said('只有本校一所参加排名')}"
    still_open = group_reason(score)
    ranked = said(f"排名 {score.group_size} 所")
    return f"{score.group}{ranked}" + (f"，{said(still_open)}" if still_open else "")


def _grade(rubric: Rubric, score: SchoolScore) -> Step:
    if not score.grade:
        return Step("等次", "没有", score.unranked)
    said = words_beside(rubric, score).said
    if score.limits:
        return Step("等次", score.grade, said("；".join(score.limits)))
    if score.by_place:
        return Step("等次", score.grade, said(score.by_place))
    band = next((it.range for it in rubric.grades if it.grade == score.grade), None)
    return Step("等次", score.grade, f"总分{span_text(band, unit='分')}" if band else "")


def _lists(rubric: Rubric, score: SchoolScore) -> Iterator[Step]:
    """What limits, waits or was left out."""
    for state in (State.EXCUSED, State.UNCHECKED):
        found = [it for it in score.indicators if it.state is state]
        if found:
            by_reason: dict[str, list[str]] = {}
            for it in found:
                by_reason.setdefault(it.reason, []).append(it.indicator)
            told = (f"{'、'.join(ids)} {why}".rstrip() for why, ids in by_reason.items())
            points = sum(it.points for it in found)
            yield Step(state, f"{len(found)} 项 {_n(points)} 分", "；".join(told))
    if disputed := [it.indicator for it in score.indicators if it.disputes]:
        because = f"{'、'.join(disputed)}：同一次检查的事实不一致，{UNSETTLED}"
        yield Step("待核", f"{len(disputed)} 项", because)
    pending = [it.indicator for it in score.indicators if it.pending and not it.disputes]
    pending += [it.extra for it in score.extras if it.pending]
    if pending:
        supposed = {"full": "先不扣分", "zero": "先按零分", "as_observed": "先按实测"}
        because = f"没有佐证材料，{supposed[rubric.pending]}"
        yield Step("待核", f"{len(pending)} 项", f"{'、'.join(pending)}：{because}")
    if score.key_failed:
        yield Step("关键项", f"不符合 {len(score.key_failed)} 项", "、".join(score.key_failed))
    for line in score.red_lines:
        yield Step("红线", f"触及 {line.owner}", f"{line.title}：{line.effect}")
    for line in score.red_lines_pending:
        yield Step("红线待核", line.owner, f"{line.title}：没有佐证材料，核实后{line.effect}")
    for extra in score.extras:
        title = next(it.title for it in rubric.extras if it.id == extra.extra)
        bonus = rubric.bonus and extra.extra in [it.id for it in rubric.bonus.items]
        yield Step("加分" if bonus else "附加扣分", _n(extra.amount), f"{extra.extra} {title}")
    yield from _capped(rubric, score)
    if score.own is not None and (charged := charged_text(rubric, score.own)):
        yield Step("附加扣分", _n(score.own.cost), charged)
    if not score.award_eligible:
        yield Step("评优资格", "取消", "因触及红线")


def _capped(rubric: Rubric, score: SchoolScore) -> Iterator[Step]:
    """What bonuses or penalties come to where a cap leaves out some of them."""
    bonuses = {item.id for item in rubric.bonus.items} if rubric.bonus else set()
    charged = score.own.cost if score.own else 0
    sums = ("加分", score.bonus, True), ("附加扣分", score.penalty - charged, False)
    for name, total, given in sums:
        each = sum(it.amount for it in score.extras if (it.extra in bonuses) is given)
        if each != total:
            yield Step(f"{name}合计", _n(total), f"各项共 {_n(each)} 分，超过上限的不计")


def composite_steps(scores: Scores, school: str) -> Iterator[Step]:
    """Yields the figures over all rubrics; none where the round has no weights."""
    for whole in scores.composite:
        if whole.school.id == school:
            told = sum_text(_weighed(scores.rubrics[name], whole, name) for name in whole.weights)
            weight = sum(whole.weights.values())
            places = max(held.rubric.places for held in scores.rubrics.values())
            total = "没有" if whole.total is None else fixed(whole.total, places)
            yield Step("综合得分", total, f"（{told}）÷ {_n(weight)}")
            if whole.rank is None:
                yield Step("综合名次", "不排名", whole.unranked)
            else:
                rubric = next(iter(scores.rubrics.values())).rubric
                yield Step("综合名次", _place(whole), _among(rubric, whole))
                yield from certainty_steps(rubric.words, whole, scores.composite_certainty)


def _weighed(held: RubricScores, whole: CompositeScore, name: str) -> tuple[bool, str]:
    """What one rubric adds to the figure over all; whether that is below zero."""
    part = next(it for it in held.schools if it.school.id == whole.school.id)
    none = part.grade if part.grade == held.rubric.ungraded else "没有总分"
    total = none if part.total is None else fixed(abs(part.total), held.rubric.places)
    below = part.total is not None and part.total < 0
    return below, f"{held.rubric.title} {total} × {_n(whole.weights[name])}"


def lossy(item: IndicatorScore, demerits: bool) -> bool:
    """Whether an indicator wants a look: something lost, waiting, or not counted."""
    if item.state is not State.CHECKED or item.pending or item.key_failed or item.band:
        return True
    return item.earned > 0 if demerits else item.earned < item.points


def _n(units: int) -> str:
    return points_text(units)
