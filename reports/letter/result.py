"""一、检查结果: points, red lines, grade, rank, what was left out: a sentence or two each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspections.records.record import State
from reports.letter.left_out import listed, points_of
from reports.letter.subject import Letter, points
from reports.type.blocks import Block, Paragraph, heading
from reports.type.typeface import Face
from rubrics.language.rubric import Extras, GradeBand
from rubrics.rules import KINDS
from rubrics.values.points import number_text, round_units, to_units
from scoring.results.one_entry import VOID
from scoring.results.shown import heads_of

_NUMERALS = "一二三四五六七八九十"
_PENDING = {
    "full": "暂不{off}分",
    "zero": "暂按最差计",
    "as_observed": "暂照实测计分",
}


def result(letter: Letter) -> Iterator[Block]:
    """Yields the heading and one numbered paragraph a subject."""
    yield heading("一、检查结果")
    for number, (name, text) in enumerate(_subjects(letter)):
        yield Paragraph(text, lead=f"（{_NUMERALS[number]}）{name}。", lead_face=Face.KAI)


def _subjects(letter: Letter) -> Iterator[tuple[str, str]]:
    for name, text in (
        ("得分", _points(letter)),
        ("红线", _red_lines(letter)),
        ("等次", _grade(letter)),
        ("名次" if letter.round.ranking.publish else "与本组比较", _rank(letter)),
        ("未查项目", _unchecked(letter)),
        ("待核事项", _pending(letter)),
        ("待定记录", _disputed(letter)),
    ):
        if text:
            yield name, text


def _disputed(letter: Letter) -> str:
    """Two records of one inspector that differ: never a ground to pass one over in silence."""
    count = sum(bool(head.disputed) for head in heads_of(letter.score.visits))
    if not count:
        return ""
    return (
        f"有{count}份检查记录另有内容不同的一份，待我局核定；"
        "本意见书暂按先收到的计算，核定后如有变动，另行通知。"
    )


def _points(letter: Letter) -> str:
    score, of = letter.score, letter.published
    if score.total is None or score.normalised is None:
        return "各项均为合理缺项或未查，没有可以计分的项目。"
    text = _demerits(letter) if letter.demerits else _merits(letter)
    change = 0
    if score.bonus:
        text += f"；加分{points(score.bonus)}分{_extras(letter, letter.rubric.bonus)}"
        change += score.bonus
    if score.penalty:
        text += (
            f"；附加{letter.off}分{points(score.penalty)}分{_extras(letter, letter.rubric.penalty)}"
        )
        change -= score.penalty
    expected = score.normalised + (-change if letter.demerits else change)
    name = "总分暂定" if score.status == "provisional" else "总分"
    # The total is rounded once more from the exact value, so the last digit may differ.
    if abs(score.total - expected) > to_units(1) // 10**letter.rubric.places:
        return f"{text}。按红线规定，{name}记为{of(score.total)}分。"
    return f"{text}。{name}{of(score.total)}分。"


def _merits(letter: Letter) -> str:
    score, rubric = letter.score, letter.rubric
    full = to_units(rubric.points)
    text = f"{letter.you}得{points(score.earned)}分，应得{points(score.applicable)}分"
    normalised = f"{letter.published(score.normalised or 0)}分"
    if letter.round.combining.level == "total":
        return f"{text}；各份记录分别折合、再行合成，为{normalised}"
    if score.applicable == full:
        return text
    return f"{text}，折合{normalised}（得分÷应得分×{points(full)}）"


def _demerits(letter: Letter) -> str:
    score = letter.score
    text = f"本细则计负分，越少越好。{letter.you}计{points(score.earned)}分"
    if letter.round.combining.level == "total":
        text += f"；各份记录分别累计、再行合成，为{letter.published(score.normalised or 0)}分"
    return text


def _extras(letter: Letter, group: Extras | None) -> str:
    counted = {item.extra for item in letter.score.extras if item.amount}
    titles = [item.title for item in group.items if item.id in counted] if group else []
    return f"（{'、'.join(titles)}）" if titles else ""


def _red_lines(letter: Letter) -> str:
    score = letter.score
    texts = []
    if score.red_lines:
        after: dict[str, list[str]] = {}
        for hit in score.red_lines:
            after.setdefault(hit.effect, []).append(f"“{hit.title}”")
        lines = "；".join(
            f"{''.join(titles)}，{effect.replace('；', '，') or '按细则处理'}"
            for effect, titles in after.items()
        )
        texts.append(f"触碰红线{len(score.red_lines)}条：{lines}。")
    if not score.award_eligible and not any("评优" in hit.effect for hit in score.red_lines):
        texts.append(f"{letter.you}本批次不具备评优评先资格。")
    if score.red_lines_pending:
        titles = "、".join(f"“{hit.title}”" for hit in score.red_lines_pending)
        texts.append(f"{titles}缺少佐证，红线待核，暂不发生效力。")
    return "".join(texts)


def _grade(letter: Letter) -> str:
    score, rubric = letter.score, letter.rubric
    if not score.grade:
        reason = f"有{score.unchecked}项未查，" if score.unchecked else ""
        return f"{reason}总分为暂定，本次不评等次。"
    if score.grade == rubric.ungraded:
        reason = "；".join(score.limits) or score.unranked
        return f"{score.grade}。{f'{reason}。' if reason else ''}本意见书只反馈问题，不作评价。"
    # What a red line does is told above.
    told = {hit.title for hit in score.red_lines}
    limits = [text for text in score.limits if not any(title in text for title in told)]
    if not letter.round.ranking.publish:
        limits = [re.sub(r"，第 \d+ 名评为", "，评为", text) for text in limits]
    text = f"评为“{score.grade}”。"
    if limits:
        return f"{text}等次没有更高的原因：{'；'.join(limits)}。"
    names = [band.grade for band in rubric.grades]
    place = names.index(score.grade) if score.grade in names else 0
    if place and not score.red_lines:
        text += _wanted(letter, rubric.grades[place - 1])
    return text


def _wanted(letter: Letter, better: GradeBand) -> str:
    """What the next better grade asks of the total."""
    span = better.range
    bound, closed = (
        (span.high, span.high_closed) if letter.demerits else (span.low, span.low_closed)
    )
    if bound is None:
        return ""
    words = ("不超过", "低于") if letter.demerits else ("达到", "高于")
    least = f"{words[0] if closed else words[1]}{number_text(bound)}分"
    return f"总分{least}才能评为“{better.grade}”。"


def _rank(letter: Letter) -> str:
    score = letter.score
    if score.rank is None:
        said = score.grade == letter.rubric.ungraded or not letter.round.ranking.publish
        return "" if said or not score.unranked else f"不参加本组排名：{score.unranked}。"
    if score.group_size < 2:
        return f"{score.group}只有{letter.you}一所学校参加排名，不作比较。"
    texts = []
    if letter.round.ranking.publish:
        shared = "并列" if letter.peers.sharing.get(score.rank, 1) > 1 else ""
        tie = f"（同分的先后由“{score.tie_key}”决定）" if score.tie_key else ""
        group = f"{score.group}参加排名的{score.group_size}所学校"
        texts.append(f"在{group}中列{shared}第{score.rank}名{tie}。")
    if score.median is not None and score.total is not None:
        # Against the median as printed, so that the reader's own subtraction agrees.
        apart = score.total - round_units(score.median, letter.rubric.places)
        side = "高" if apart > 0 else "低"
        gap = f"{side}{letter.published(abs(apart))}分" if apart else "与之相同"
        texts.append(f"本组总分中位数{letter.published(score.median)}分，{letter.you}{gap}。")
    return "".join(texts)


def _unchecked(letter: Letter) -> str:
    items = letter.of_state(State.UNCHECKED)
    if not items:
        return ""
    counted = (
        "按合理缺项处理，总分为暂定"
        if letter.round.unchecked == "excuse"
        else "不计得分，也不作零分"
    )
    # What an inspector typed as the reason is for the bureau; what scoring found is told.
    names = listed(letter, items, {VOID, *(kind.excuse for kind in KINDS.values() if kind.excuse)})
    return f"{len(items)}项共{points_of(items)}分{counted}：{names}。补查结果另行告知。"


def _pending(letter: Letter) -> str:
    held = [item for item in letter.of_state(State.CHECKED) if item.pending]
    extras = {item.extra for item in letter.score.extras if item.pending}
    # What lowers the total waits only where nothing is counted before its evidence.
    counts = {
        "full": (),
        "zero": letter.rubric.penalty.items if letter.rubric.penalty else (),
        "as_observed": letter.rubric.extras,
    }[letter.rubric.pending]
    texts = []
    if held:
        treated = _PENDING[letter.rubric.pending].format(off=letter.off)
        open_ = sum(item.unproved for item in held)
        cost = f"，共{letter.off}{points(open_)}分" if open_ else ""
        texts.append(f"{len(held)}项缺少佐证，列为待核，{treated}{cost}{_proved(letter)}。")
    for treated, counted in (("暂照计", True), ("暂不计入", False)):
        names = [
            e.title for e in letter.rubric.extras if e.id in extras and (e in counts) is counted
        ]
        if names:
            texts.append(f"{'、'.join(names)}缺少佐证，{treated}。")
    return "".join(texts)


def _proved(letter: Letter) -> str:
    """That part of what is pending was proven by another record, and is a fault like others."""
    costs = [
        fault.proved
        for fault in letter.faults
        if fault.pending and fault.proved and fault.owner in letter.scored
    ]
    if not costs:
        return ""
    which = f"其中{len(costs)}项"
    return f"；{which}有佐证的部分已{letter.off}{points(sum(costs))}分，列入问题"
