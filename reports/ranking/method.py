"""How a round came to its figures, in Chinese sentences: combining, counting, ranking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from inspections.round.round import Round
from rubrics.language.rubric import Rubric
from rubrics.language.wording import describe_excused, describe_weights
from rubrics.language.worth import by_points_alone
from rubrics.values.points import from_units, plain, share_text, to_units

_CORRECTING = (
    "{corrected}：由同一次到校各填各的检查表相互比较，测出每名督学的宽严，按可靠程度向 0 收缩，"
    "每人至多校正 {limit} 分，四舍五入到 0.01 分；学校的校正是计分的各份检查表校正的平均"
    "（有权重的按权重）。"
    "总分＝校正前总分＋宽严校正，不低于 0 分，不超过满分；此后才定红线、等次、名次和比例。"
    "各指标和一级指标的得分、得分率、同分比较不校正。"
)

_MEANS = {
    "mean": "取平均分",
    "median": "取中位数",
    "worst": "取最低分",
    "latest": "以最近一次为准",
}


def method_sentences(
    settings: Round, rubrics: Iterable[Rubric], *, corrected: str = ""
) -> tuple[str, ...]:
    """Returns the sentences, in the order in which the work is done.

    ``corrected``: that totals are corrected for severity, and of which rubrics; empty where not.
    """
    known = list(rubrics)
    return (
        *_combining(settings),
        *_counting(settings, known),
        *_correcting(settings, corrected),
        *_ranking(settings, known),
    )


def _combining(settings: Round) -> Iterator[str]:
    how = settings.combining
    each = "逐项" if how.level == "indicator" else "按总分"
    if settings.raters == "each":
        if how.inspectors == "trimmed":
            said = _trimmed(how.trim, f"{how.trim_from} 人")
        elif how.inspectors == "weighted":
            parts = "、".join(f"{who} {plain(it)}" for who, it in how.inspector_weights.items())
            said = f"按权重加权（{parts}，其余各 1）" if parts else _MEANS["mean"]
        else:
            said = _MEANS[how.inspectors]
        whose = "各督学独立评分"
        if how.facts == "agreed":
            yield (
                "同一次检查的事实（次数、读数、有无）各督学应当一致，不取平均；不一致的待核，"
                "核定前按有利于学校的一份计分。"
            )
            whose = "由督学评判的项目，各督学独立评分"
        yield f"同一次检查中{whose}，{each}合并：{said}。"
    else:
        yield "每个检查组共填一份检查表。"
    if len(settings.occasions) > 1:
        if how.visits == "weighted":
            parts = "、".join(f"{name} {plain(weight)}" for name, weight in how.weights.items())
            said = f"按权重加权（{parts}），没有进行的检查其权重分给其余各次"
        elif how.visits == "trimmed":
            said = _trimmed(how.trim_visits, f"{how.trim_visits_from} 次")
        else:
            said = _MEANS[how.visits]
        yield f"同一学校的各次检查（{'、'.join(settings.occasions)}），{each}合并：{said}。"


def _trimmed(trim: int, least: str) -> str:
    count = {1: "一", 2: "两"}.get(trim, f" {trim} ")
    return f"去掉{count}个最高分和{count}个最低分后取平均分（不足 {least}的直接取平均分）"


def _counting(settings: Round, rubrics: Sequence[Rubric]) -> Iterator[str]:
    merits = [rubric for rubric in rubrics if rubric.scale == "merits"]
    if alone := [rubric for rubric in merits if by_points_alone(rubric)]:
        full = "、".join(dict.fromkeys(str(plain(rubric.points)) for rubric in alone))
        yield (
            f"标化分＝实得分÷应得分×{full}。合理缺项（学校没有这项业务）不计入应得分，既不给分也不扣分；"
            f"{_excused(alone)}"
        )
    for rubric in rubrics:
        if rubric.scale == "demerits":
            yield (
                f"《{rubric.title}》计负分：各项扣分直接累加，不折算，减去加分，加上附加扣分，"
                f"{_rounding([rubric])}；分数越低越好。"
            )
    if merits:
        for rubric in merits:
            if not by_points_alone(rubric):
                told = (describe_weights(rubric), describe_excused(rubric), _excused([rubric]))
                how = "；".join(filter(None, told))
                yield f"《{rubric.title}》的标化分是各一级指标折合到总分的得分之和：{how}"
        yield f"总分＝标化分＋加分－附加扣分，{_rounding(merits)}，再定等次。"
    if settings.unchecked == "exclude":
        yield "有未查项目的学校，总分只是暂定，不参加排名，不定等次。未查不等于零分。"
    else:
        yield "未查项目按合理缺项处理，并在说明中注明。未查不等于零分。"


def _correcting(settings: Round, corrected: str) -> Iterator[str]:
    if corrected and settings.severity_correction:
        limit = plain(settings.severity_correction.limit)
        yield _CORRECTING.format(corrected=corrected, limit=limit)


def _rounding(rubrics: Sequence[Rubric]) -> str:
    places = dict.fromkeys(rubric.places for rubric in rubrics)
    kept = "、".join(f"保留 {count} 位小数" if count else "取整数" for count in places)
    return f"四舍五入{kept}"


def _excused(rubrics: Sequence[Rubric]) -> str:
    said = dict.fromkeys((rubric.excused_limit, rubric.ungraded) for rubric in rubrics)
    return (
        "；".join(
            f"缺项超过{_of(limit)}的，等次为“{grade}”，不计总分和标化分" for limit, grade in said
        )
        + "。"
    )


def _of(limit: Fraction | Decimal) -> str:
    return f"满分的 {share_text(limit)} " if isinstance(limit, Fraction) else f" {plain(limit)} 分"


_SHARES = {"down": "不是整数的去尾", "half_up": "四舍五入到整数"}


_PLACES = {
    "down": "名额去尾，余下的归最后一等",
    "half_up": "名额四舍五入，余下的归最后一等",
    "largest_remainder": "名额按最大余数取整",
}


def _ranking(settings: Round, rubrics: Sequence[Rubric]) -> Iterator[str]:
    how = settings.ranking
    within = f"按{'、'.join(how.groups)}分组，只在组内排名" if how.groups else "所有学校一起排名"
    keys = "，再比".join(_key(key, rubrics) for key in how.tie_keys)
    ties = f"同分的先比{keys}，仍相同的并列" if keys else "同分并列"
    yield f"{within}，以公布的总分为准；{ties}，后面的名次顺延（1、2、2、4）。"
    where = "排在本组最后" if how.red_line == "last" else "不参加排名"
    yield (
        f"触及红线的学校{where}；分数保留的（只取消评优资格、只限制等次）名次照排；"
        "红线写明名次的，按其所写。"
    )
    yield (
        "组内有学校未查完、缺检查表、待核或记录待定的，全组的名次和中位数都是暂定的；"
        "只有一所参加排名的组不作比较，不列名次、中位数、最高分和最低分。"
    )
    for quota in how.quotas:
        edge = "都给" if quota.edge == "keep" else "都不给"
        least = f"，每组至少 {quota.at_least} 所" if quota.at_least else ""
        yield (
            f"“{quota.grade}”不超过本组学校的 {share_text(quota.share)}，超出的定为“{quota.then}”；"
            f"校数{_SHARES[quota.round]}{least}；边界上同分的{edge}。"
        )
    if held := how.distribution:
        parts = "、".join(f"{name} {share_text(share)}" for name, share in held.grades.items())
        edge = "都给高的" if held.edge == "keep" else "都给低的"
        apart = "，触等次红线的学校不占名额" if held.red_lined == "apart" else ""
        small = f"，不足 {held.group_from} 所的组按总分定" if held.group_from > 1 else ""
        yield (
            f"等次在组内按名次和比例评定（{parts}），不看总分；{_PLACES[held.round]}，"
            f"名额边上同名次的{edge}{apart}{small}；按总分定为其他等次的、不评定的、不排名的不参加，"
            "条件、关键项和红线不许的等次不给。"
        )
    if settings.weights:
        titles = {rubric.id: rubric.title for rubric in rubrics}
        parts = "、".join(
            f"{titles.get(name, name)} {from_units(to_units(weight))}"
            for name, weight in settings.weights.items()
        )
        yield (
            f"综合分按权重加权（{parts}）；某项细则不适用的学校，其权重按比例分给其余各项；"
            "有一项没有总分的，不计综合分。"
        )
    if how.certainty:
        yield (
            "“真实名次”和“名次把握”按各份检查记录之间的差别估计检查误差，说明名次有多大把握；"
            "只供参考，不改变得分、等次和名次。"
        )
    if not how.publish:
        yield "本批次不公布名次：排名只供局内掌握，不写入给学校的意见书。"


def _key(key: str, rubrics: Sequence[Rubric]) -> str:
    if key == "key_failed":
        return "关键项不合格项数（少者在前）"
    wanted = key.partition(":")[2]
    for rubric in rubrics:
        for dimension in rubric.dimensions:
            if dimension.id == wanted:
                return f"“{dimension.title}”得分"
    return wanted
