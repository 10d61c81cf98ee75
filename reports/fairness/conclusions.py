"""What the paper says first: conclusions, and what to do next; both in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Final

from reports.fairness.buying import told_error
from reports.fairness.checks import Check
from reports.fairness.rubric_itself import doubtful, weight_apart
from reports.fairness.strictness import on_levels
from reports.fairness.subject import Subject
from reports.fairness.wording import (
    agreement_word,
    correlation,
    figure,
    listed,
    percent,
    strictness,
)
from scoring.fairness.measuring import MeasuredRubric
from scoring.fairness.rubric_study import Buying
from scoring.fairness.severity import InspectorSeverity

_NAMED: Final = 5
_SAME: Final = "同一次检查的几份表，总分都一样。"
_WORTH: Final = 0.1
"""One more inspector is worth the way where the error becomes less by this part at least."""


def conclusions(subject: Subject, checks: Sequence[Check]) -> Iterator[str]:
    """Yields what was found, the weightiest first."""
    rubrics = list(subject.measured.rubrics.values())
    shared = [one for one in rubrics if isfinite(one.agreement.total.single.value)]
    if shared:
        yield _agreement(subject, min(shared, key=lambda one: one.agreement.total.single.value))
    elif several := [one for one in rubrics if one.agreement.visits]:
        if all(figure(one.agreement.error) == "0.00" for one in several):
            yield _SAME
        else:
            yield "有几份表的检查太少，几位看得是否一样还说不准。"
    else:
        yield (
            "每次检查只有一份表，几位看得是否一样、谁严谁松，都无从知道。"
            "安排两人同去、各填一份，就能知道。"
        )
    yield from _severity(subject, shared)
    yield from _places(subject, rubrics)
    yield from _buying(subject, rubrics)
    yield from _itself(subject, rubrics)
    if checks:
        yield f"值得再看一眼的有 {len(checks)} 处，见第六部分。"
    else:
        yield "没有需要核对的。"


def _agreement(subject: Subject, worst: MeasuredRubric) -> str:
    value = worst.agreement.total.single.value
    if figure(worst.agreement.error) == "0.00":
        return _SAME
    return (
        f"同去的几位看得{agreement_word(value)}：最低的是{subject.title(worst)}，"
        f"一份表总分的可靠程度 {correlation(value)}（1 为完全一致），"
        f"一份表总分的误差约 {figure(worst.agreement.error)} 分。"
    )


def _severity(subject: Subject, shared: Sequence[MeasuredRubric]) -> Iterator[str]:
    told = [text for one in shared for text in severities_told(subject, one)]
    if told:
        yield f"和同去的人相比，{'；'.join(told[:_NAMED])}" + (
            f"；一共 {len(told)} 处，见工作簿“谁严谁松”。" if len(told) > _NAMED else "。"
        )
    elif shared:
        yield "没有发现明显偏严或偏松的。"
    apart = [one for one in shared if len(one.severity.islands) > 1]
    if apart:
        most = max(apart, key=lambda one: len(one.severity.islands))
        yield (
            f"检查组之间无从比较：{subject.title(most)}的填表人分成"
            f" {len(most.severity.islands)} 组，"
            "组和组从来没有一起去过同一所学校，不知道哪一组严。"
        )


def severities_told(subject: Subject, one: MeasuredRubric) -> Iterator[str]:
    """Yields who is clearly strict or lenient under a rubric; of two alone it is not known who."""
    title = subject.title(one)
    pairs: dict[int, list[InspectorSeverity]] = {}
    for it in one.severity.inspectors:
        if it.named and len(one.severity.islands[it.island]) == 2:
            pairs.setdefault(it.island, []).append(it)
        elif it.named:
            yield f"{subject.person(it.inspector)}在{title}{strictness(it)}"
    for code, words in on_levels(one).items():
        yield f"{subject.person(code)}在{title}{words}"
    for island, both in pairs.items():
        names = [subject.person(code) for code in one.severity.islands[island]]
        apart = figure(2 * abs(both[0].severity))
        yield f"{names[0]}和{names[1]}在{title}相差 {apart} 分，只有两人，分不出是严是松"


def _places(subject: Subject, rubrics: Sequence[MeasuredRubric]) -> Iterator[str]:
    held = [
        (one, group.group, group.ranks)
        for one in rubrics
        for group in one.groups
        if group.ranks is not None
    ]
    if not held:
        yield "名次有多大把握无从知道，要怎样才能知道见第四部分。"
        return
    count = sum(len(ranks.rank) for _, _, ranks in held)
    open_ = sum(int((ranks.high > ranks.low).sum()) for _, _, ranks in held)
    if not open_:
        yield "每个名次都说得准（九成把握的范围只有一名）。"
        return
    one, group, ranks = max(held, key=lambda it: int((it[2].high - it[2].low).max()))
    at = int((ranks.high - ranks.low).argmax())
    where = f"{group}" if group else ""
    yield (
        f"{count} 个名次里有 {open_} 个说不准（九成把握的范围不止一名）；"
        f"最宽的在{subject.title(one)}{where}，真实名次可能在{ranks.place(at)}。相差几名的，不宜当作真有高低。"
    )


def _buying(subject: Subject, rubrics: Sequence[MeasuredRubric]) -> Iterator[str]:
    known = [one for one in rubrics if told_error(one)]
    if not known:
        return
    one = max(known, key=lambda it: _error(it.study.buying))
    now, more, again = one.study.buying.now, one.study.buying.inspector, one.study.buying.visit
    assert now is not None
    text = (
        f"照现在每校去 {now.visits} 次、每次 {now.inspectors} 份表，"
        f"{subject.title(one)}总分的误差约 {figure(now.error)} 分"
    )
    if more is not None:
        text += f"；再多一位督学，误差从 {figure(now.error)} 分减到 {figure(more.error)} 分"
    if again is not None:
        text += f"；再多去一次，减到 {figure(again.error)} 分"
    yield f"{text}。"


def _error(held: Buying) -> float:
    return held.now.error if held.now else 0.0


def _itself(subject: Subject, rubrics: Sequence[MeasuredRubric]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for one in rubrics:
        for doubt in doubtful(one):
            counts[doubt.short] = counts.get(doubt.short, 0) + 1
    if counts:
        told = "、".join(f"{short}的 {count} 项" for short, count in counts.items())
        yield f"细则里有几类指标值得看一看：{told}，见第五部分。"
    known = [one for one in rubrics if isfinite(weight_apart(one))]
    if known:
        one = max(known, key=weight_apart)
        it = max(one.study.weights, key=lambda own: abs(own.effective - own.nominal))
        title = next(own.title for own in one.rubric.dimensions if own.id == it.dimension)
        if abs(it.effective - it.nominal) >= _WORTH:
            yield (
                f"{subject.title(one)}的“{title}”名义上占 {percent(it.nominal)}，"
                f"学校之间拉开的差距里占 {percent(it.effective)}，"
                f"实际起的作用比名义上{'大' if it.effective > it.nominal else '小'}。"
            )


def next_steps(subject: Subject, checks: Sequence[Check]) -> Iterator[str]:
    """Yields what to do about it."""
    rubrics = list(subject.measured.rubrics.values())
    named = dict.fromkeys(
        code
        for one in rubrics
        for code in (*(it.inspector for it in one.severity.inspectors if it.named), *on_levels(one))
    )
    if named:
        names = listed([subject.person(code) for code in named], _NAMED, "位")
        yield f"请{names}和同去的人一起看几份表，统一尺度；不必改已经交的分。"
    if checks:
        yield (
            "第六部分列的请填表人对照记录核对，填错的按收表的办法更正。"
            "各人自己的一页用 scoring fairness 批次 --inspector 代码 写出，只给本人。"
        )
    wording = []
    for one in rubrics:
        if own := [it.indicator.id for it in one.agreement.indicators if it.named]:
            wording.append(f"{subject.title(one)}的 {listed(own, _NAMED)}")
    if wording:
        yield f"修订细则时，请看看{'，'.join(wording)} 的写法：同去的人在这里分歧最多。"
    if any(len(one.severity.islands) > 1 for one in rubrics):
        yield (
            "下一批次请让各组换人搭配几次（scoring round draw 抽签时会自动轮换），组和组才能比较。"
        )
    yield from _remedies(rubrics)
    yield from _worth(subject, rubrics)


def _remedies(rubrics: Sequence[MeasuredRubric]) -> Iterator[str]:
    """What would make known what is not, each once."""
    found: dict[str, str] = {}
    for one in rubrics:
        for unknown, remedy in zip(one.error.unknown, one.error.remedy, strict=True):
            what = unknown.partition("，")[0] if one.error.errors else "名次有多大把握"
            found.setdefault(remedy.rstrip("。"), what)
    for remedy, what in found.items():
        yield f"要知道{what}：{remedy}。"


def _worth(subject: Subject, rubrics: Sequence[MeasuredRubric]) -> Iterator[str]:
    """Whether one more inspector is worth it, where the places are not clear."""
    found = []
    for one in rubrics:
        held = one.study.buying
        if held.now is None or held.inspector is None or not told_error(one):
            continue
        unclear = any(
            group.ranks is not None and (group.ranks.high > group.ranks.low).any()
            for group in one.groups
        )
        if unclear and 1 - held.inspector.error / held.now.error >= _WORTH:
            found.append(subject.title(one))
    rest = "；其余的多派人作用不大" if len(found) < len(rubrics) else ""
    if found:
        yield f"名次要更有把握，{listed(found, 3)}每次可以多派一位{rest}。"
