"""一、检查结果: points, red lines, grade, rank, what was left out: a sentence or two each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reports.letter import sentences
from reports.letter.corrections import corrections
from reports.letter.open_points import disputed, owed, pending, unchecked
from reports.letter.severity_correction import severity_correction
from reports.letter.subject import Letter
from reports.letter.voices import voices
from reports.type.blocks import Block, Paragraph, heading
from reports.type.numerals import numeral
from reports.type.typeface import Face
from rubrics.language.rubric import Consequence, Extras, GradeBand
from rubrics.values.points import number_text, round_units, to_units
from scoring.results.published import reproduced, to_median
from scoring.results.zeroed import zeroed


def result(letter: Letter) -> Iterator[Block]:
    """Yields the heading and one numbered paragraph a subject."""
    yield heading("一、检查结果")
    for number, (name, text) in enumerate(_subjects(letter), 1):
        yield Paragraph(text, lead=f"（{numeral(number)}）{name}。", lead_face=Face.KAI)


def _subjects(letter: Letter) -> Iterator[tuple[str, str]]:
    for name, text in (
        ("得分", _points(letter)),
        ("宽严校正", severity_correction(letter)),
        ("红线", _red_lines(letter)),
        ("等次", _grade(letter)),
        ("名次" if letter.round.ranking.publish else "与本组比较", _rank(letter)),
        ("未齐检查表", owed(letter)),
        ("未查项目", unchecked(letter)),
        ("待核事项", pending(letter)),
        ("待定记录", disputed(letter)),
        ("问卷依据", voices(letter)),
        ("更正情况", corrections(letter)),
    ):
        if text:
            yield name, text


def _points(letter: Letter) -> str:
    score, rubric = letter.score, letter.rubric
    if letter.ungraded and score.applicable:
        earned = sentences.DEMERITS if letter.demerits else sentences.EARNED
        return (earned + sentences.NO_TOTAL).format(**_figures(letter))
    if score.plain_total is None or score.normalised is None:
        return sentences.NOTHING_SCORED
    whole = _figures(letter) | {
        "normalised": letter.published(score.normalised),
        "total": letter.published(score.plain_total),
        "score": sentences.SCORE[not reproduced(rubric, score, rubric.places)],
        "total_name": sentences.TOTAL_NAMES[letter.provisional]
        if score.correction is None or zeroed(rubric, score)
        else sentences.PLAIN_NAMES[letter.provisional],
    }
    apart = letter.round.combining.level == "total"
    converted = score.applicable != to_units(rubric.points)
    bonus, penalty, expected = _changes(letter)
    same = not (bonus or penalty) and expected == round_units(score.plain_total, rubric.places)
    if letter.demerits:
        text = sentences.DEMERITS.format(**whole)
    elif same and not apart:
        text = sentences.EARNED + sentences.TOTAL_CONVERTED if converted else sentences.WHOLE
        return text.format(**whole)
    else:
        text = sentences.EARNED.format(**whole)
        if converted and not apart:
            text += sentences.CONVERTED.format(**whole)
    if apart:
        how = "累计" if letter.demerits else "折合"
        text += sentences.COMBINED.format(**whole, how=how)
    if bonus:
        which = _extras(letter, rubric.bonus)
        text += sentences.BONUS.format(points=letter.points(bonus), which=which)
    if penalty:
        which = _extras(letter, rubric.penalty, _charged(letter))
        said = {"off": letter.off, "points": letter.points(penalty), "which": which}
        text += sentences.PENALTY.format(**said)
    if expected == round_units(score.plain_total, rubric.places):
        return text + sentences.TOTAL.format(**whole)
    rule = "红线" if zeroed(rubric, score) else "细则"
    return text + sentences.TOTAL_BY_RULE.format(**whole, rule=rule)


def _figures(letter: Letter) -> dict[str, str]:
    """What is no verdict yet: how much was earned, out of how much."""
    return {
        "you": letter.you,
        "full": letter.points(to_units(letter.rubric.points)),
        "earned": letter.points(letter.printed.earned),
        "applicable": letter.points(letter.printed.applicable),
    }


def _changes(letter: Letter) -> tuple[int, int, int]:
    """Bonus, penalty and the total that they lead to, as printed.

    The total is rounded once more from the exact value: where its last digit differs from the sum
    of what is printed, what was added or taken off is printed so that it does not.
    """
    score, places = letter.score, letter.rubric.places
    bonus, penalty = round_units(score.bonus, places), round_units(score.penalty, places)
    sign = -1 if letter.demerits else 1
    base = round_units(score.normalised or 0, places)
    total = round_units(score.plain_total or 0, places)
    gap = (total - base) * sign - (bonus - penalty)
    if (bonus or penalty) and abs(gap) == 10 ** (4 - places):
        bonus, penalty = (bonus, penalty - gap) if penalty else (bonus + gap, penalty)
    return bonus, penalty, base + sign * (bonus - penalty)


def _charged(letter: Letter) -> tuple[str, ...]:
    """What the school's own score is charged for, if it is."""
    own = letter.score.own
    if own is None or not own.cost:
        return ()
    return (sentences.OWN_CHARGED if own.handed_in else sentences.NO_OWN_CHARGED,)


def _extras(letter: Letter, group: Extras | None, more: Iterable[str] = ()) -> str:
    counted = {item.extra for item in letter.score.extras if item.amount}
    titles = [item.title for item in group.items if item.id in counted] if group else []
    titles += more
    return f"（{'、'.join(titles)}）" if titles else ""


def _consequences(letter: Letter) -> list[Consequence]:
    """What the red lines that were crossed do."""
    owned = [
        (line.id or item.id, line) for item in letter.rubric.indicators for line in item.red_lines
    ]
    owned += [(line.id or "", line) for line in letter.rubric.red_lines]
    crossed = {(hit.owner, hit.title) for hit in letter.score.red_lines}
    return [line.consequence for owner, line in owned if (owner, line.title) in crossed]


def _red_lines(letter: Letter) -> str:
    score = letter.score
    texts = []
    if score.red_lines:
        after: dict[str, list[str]] = {}
        for hit in score.red_lines:
            after.setdefault(hit.effect, []).append(f"“{hit.title}”")
        lines = "；".join(
            sentences.RED_LINE.format(
                titles="".join(titles), effect=effect.replace("；", "，") or "按细则处理"
            )
            for effect, titles in after.items()
        )
        texts.append(sentences.RED_LINES.format(count=len(score.red_lines), lines=lines))
    if not score.award_eligible and not any("评优" in hit.effect for hit in score.red_lines):
        texts.append(sentences.NO_AWARD.format(you=letter.you))
    if score.red_lines_pending:
        titles = "".join(f"“{hit.title}”" for hit in score.red_lines_pending)
        texts.append(sentences.RED_LINES_PENDING.format(titles=titles))
    return "".join(texts)


def _grade(letter: Letter) -> str:
    score, rubric = letter.score, letter.rubric
    if not score.grade:
        reason = f"有{score.unchecked}项未查，" if score.unchecked else ""
        return sentences.NO_GRADE.format(reason=reason)
    if letter.ungraded:
        reason = "；".join(score.limits) or score.unranked
        reason = reason.removesuffix(f"，{rubric.ungraded}")
        said = {"grade": score.grade, "reason": f"{reason}。" if reason else ""}
        return sentences.UNGRADED.format(**said, paper=letter.paper)
    told = {"grade": score.grade, "provisional": "暂" if _grade_open(letter) else ""}
    does = _consequences(letter)
    if any(
        it.zero_total or it.lower or score.grade in (it.grade, it.ceiling) for it in does
    ):  # Whatever else would keep the grade down, this did.
        return sentences.BY_RED_LINE.format(**told)
    # What a red line does is told above.
    titles = {hit.title for hit in score.red_lines}
    limits = [text for text in score.limits if not any(title in text for title in titles)]
    if not letter.round.ranking.publish:
        limits = [re.sub(r"，第 \d+ 名评为", "，评为", text) for text in limits]
    text = sentences.GRADE.format(**told)
    if limits:
        return text + sentences.WHY_NOT_BETTER.format(reasons="；".join(limits))
    names = [band.grade for band in rubric.grades]
    place = names.index(score.grade) if score.grade in names else 0
    if place and not score.red_lines:
        text += _wanted(letter, rubric.grades[place - 1])
    return text


def _grade_open(letter: Letter) -> bool:
    """Whether the grade may yet change, by the school's points or, with a quota, by its rank."""
    quotas = letter.round.ranking.quotas
    held = letter.round.ranking.distribution
    by_rank = held is not None and letter.score.grade in held.grades
    by_rank |= any(letter.score.grade in (quota.grade, quota.then) for quota in quotas)
    return letter.provisional or (by_rank and letter.score.place_provisional)


def _wanted(letter: Letter, better: GradeBand) -> str:
    """What the next better grade asks of the total."""
    span = better.range
    bound, closed = (
        (span.high, span.high_closed) if letter.demerits else (span.low, span.low_closed)
    )
    if bound is None:
        return ""
    words = sentences.AT_MOST if letter.demerits else sentences.AT_LEAST
    least = words[0 if closed else 1].format(points=number_text(bound))
    return sentences.WANTED.format(least=least, grade=better.grade)


def _rank(letter: Letter) -> str:
    score = letter.score
    if score.rank is None:
        if letter.ungraded or not letter.round.ranking.publish or not score.unranked:
            return ""
        return sentences.UNRANKED.format(reason=score.unranked)
    if score.alone:
        return letter.said(sentences.ALONE).format(group=score.group, you=letter.you)
    texts = []
    still = "暂" if score.place_provisional else ""
    if letter.round.ranking.publish:
        text = letter.said(sentences.RANK).format(
            group=score.group,
            size=score.group_size,
            provisional=still,
            verb="并列" if letter.peers.sharing.get(score.rank, 1) > 1 else "列",
            rank=score.rank,
            tie=sentences.TIE.format(key=score.tie_key) if score.tie_key else "",
        )
        texts += [text, letter.certainty or ""]
    if found := to_median(letter.rubric, score):
        higher, lower, same = sentences.APART
        gap = higher if found.apart > 0 else lower if found.apart else same
        told = gap.format(points=letter.published(abs(found.apart)))
        median = letter.published(found.other)
        said = {"median": median, "provisional": f"{still}为" if still else ""}
        texts.append(sentences.MEDIAN.format(**said, you=letter.you, apart=told))
    if still:
        texts.append(_group_open(letter))
    return "".join(texts)


def _group_open(letter: Letter) -> str:
    """Why rank and median may yet change."""
    own, count = letter.provisional, letter.score.group_open
    with_you = f"（含{letter.you}）" if own else ""
    of_group = letter.said(sentences.GROUP_OPEN_OF).format(count=count, with_you=with_you)
    return sentences.GROUP_OPEN.format(
        who=letter.you if own and count < 2 else of_group,
        what=sentences.GROUP_OPEN_WHAT[letter.round.ranking.publish],
    )
