"""Answers that want a look, each by a stated rule; the bureau decides whether they count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Final

import numpy as np

from inspections.records.voices import AnswerSet, Bools, Kind, Rule
from inspections.round.round import Period
from inspections.voices.heads import words
from inspections.voices.settings import FlagSettings

_FEWEST_TIMES: Final = 5
"""Of fewer answers there is no median to speak of."""


def flagged(
    answers: AnswerSet,
    private: Mapping[int, Mapping[str, str]],
    settings: FlagSettings,
    period: Period | None,
) -> tuple[dict[Rule, Bools], dict[Rule, str]]:
    """Returns which answers each rule flags, and what it says; one that cannot be applied says why.

    Rules are for what people filled in themselves: questionnaires, and one row a ballot.
    """
    found: dict[Rule, Bools] = {}
    said: dict[Rule, str] = {}
    for rule, which, words_of_it in _each(answers, private, settings, period):
        said[rule] = words_of_it
        if which is not None:
            found[rule] = which
    return found, said


def _each(
    answers: AnswerSet,
    private: Mapping[int, Mapping[str, str]],
    settings: FlagSettings,
    period: Period | None,
) -> Iterator[tuple[Rule, Bools | None, str]]:
    if not answers.kind.heard:
        return
    timed = answers.submitted >= 0
    if answers.kind in (Kind.QUESTIONNAIRE, Kind.BALLOT):
        minutes = settings.doubled_minutes
        doubled = f"同一来源（IP），{minutes} 分钟内答得一样，第一份以外的"
        if (answers.source >= 0).any() and timed.any():
            yield Rule.DOUBLED, _doubled(answers, minutes * 60), doubled
        else:
            yield Rule.DOUBLED, None, "没有来源（IP）或提交时间，没有核对"
        yield from _straight(answers, settings.straight)
    if answers.kind is Kind.QUESTIONNAIRE:
        yield _fast(answers, Fraction(settings.fast))
    if period is None:
        yield Rule.OUTSIDE, None, "voices.yaml 里没有写起止日期（period），没有核对"
    elif not timed.any():
        yield Rule.OUTSIDE, None, "没有提交时间，没有核对"
    else:
        first = _seconds(datetime.combine(period.since, datetime.min.time(), UTC))
        end = _seconds(datetime.combine(period.until, datetime.min.time(), UTC) + timedelta(1))
        outside = timed & ((answers.submitted < first) | (answers.submitted >= end))
        yield Rule.OUTSIDE, outside, f"不在 {period.since} 至 {period.until} 提交的"
    yield Rule.TEST, _tests(answers, private), "学校、姓名或填写的文字就是“测试”的"


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _doubled(answers: AnswerSet, seconds: int) -> Bools:
    """All but the first of those that one source sent with the same answers, each soon after the
    one before.
    """
    found = np.zeros(len(answers), bool)
    columns = [answers.source, answers.school, *answers.codes.values()]
    order = np.lexsort([answers.submitted, *columns])
    if len(order) < 2:
        return found
    same = np.ones(len(order) - 1, bool)
    for column in columns:
        same &= column[order[1:]] == column[order[:-1]]
    before, after = answers.submitted[order[:-1]], answers.submitted[order[1:]]
    known = (answers.source[order[1:]] >= 0) & (before >= 0)
    found[order[1:]] = same & known & (after - before <= seconds) & answers.answered[order[1:]]
    return found


def _straight(answers: AnswerSet, fewest: int) -> Iterator[tuple[Rule, Bools | None, str]]:
    """All questions of one scale, and there are many, have the same answer."""
    by_scale: dict[str, list[str]] = {}
    for question in answers.questions:
        if question.scale and question.levels and not question.group:
            by_scale.setdefault(question.scale, []).append(question.id)
    wide = {scale: ids for scale, ids in by_scale.items() if len(ids) >= fewest}
    if not wide:
        yield Rule.STRAIGHT, None, f"没有 {fewest} 个同一种选项的问题，没有核对"
        return
    found = np.zeros(len(answers), bool)
    for ids in wide.values():
        levels = [
            np.array([*answers.question(id).levels, -1, -1], np.int64)[answers.codes[id]]
            for id in ids
        ]
        told = np.stack(levels)
        found |= (told == told[0]).all(axis=0) & (told[0] >= 0)
    yield Rule.STRAIGHT, found, f"同一种选项的问题有 {fewest} 个以上，全部选了同一档的"


def _fast(answers: AnswerSet, share: Fraction) -> tuple[Rule, Bools | None, str]:
    known = answers.seconds >= 0
    if known.sum() < _FEWEST_TIMES:
        return Rule.FAST, None, "没有答题用时，没有核对"
    times = np.sort(answers.seconds[known])
    # The sum of both in the middle is twice the median: whole numbers throughout.
    twice = int(times[(len(times) - 1) // 2] + times[len(times) // 2])
    fast = known & (answers.seconds * 2 * share.denominator < twice * share.numerator)
    median = Fraction(twice, 2)
    shown = f"{int(median)}" if median.denominator == 1 else f"{float(median):.1f}"
    said = f"用时不到中位数（{shown} 秒）的 {float(share * 100):g}% 的"
    return Rule.FAST, fast, said


def _tests(answers: AnswerSet, private: Mapping[int, Mapping[str, str]]) -> Bools:
    found = np.zeros(len(answers), bool)
    tests = set(words()["test"])
    for place, texts in private.items():
        if any(text.strip().lower() in tests for text in texts.values()):
            found[place] = True
    return found
