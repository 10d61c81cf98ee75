"""The questions of a survey that feeds a rubric: what its indicators need to be asked, no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from inspections.round.folder import SETTINGS
from inspections.round.round import Round
from inspections.round.voiced import Voiced, voiced_slots
from inspections.voices.choosing import ROLE
from inspections.voices.classes import CLASS, GRADE
from inspections.voices.heads import is_private
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.subject import Words
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules import Part, Survey, Votes, joined

SCALE: Final = ("非常满意", "满意", "一般", "不满意", "非常不满意", "不清楚")
"""Where a rubric names no options; the first two count as satisfied, the last is no opinion."""

PLEASED: Final = 2
GRADES: Final = (
    "一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级",
)  # fmt: skip
ROLES: Final = ("家长", "学生", "教师")
CLASSES: Final = tuple(f"{number}班" for number in range(1, 21))
_ASKED: Final = {ROLE: "您的身份", GRADE: "孩子（学生）在几年级", CLASS: "孩子（学生）在几班"}
_OPTIONS: Final = {ROLE: ROLES, GRADE: GRADES, CLASS: CLASSES}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. ``id``: Q2, Q3 ..., Q1 is the school.

    ``item``: which indicator it feeds, empty where it only tells people apart (``group``).
    ``satisfied``: the options that count so; ``people``: who answers it,
    empty for all. ``secret``: it is a ballot, and stands on a sheet of its own.
    """

    id: str
    text: str
    options: tuple[str, ...]
    item: str = ""
    title: str = ""
    satisfied: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    group: str = ""
    secret: bool = False


def asked_of(
    rubric: Rubric, settings: Round | None = None, by: Sequence[str] = ()
) -> tuple[list[Asked], list[Problem]]:
    """Returns the questions that a rubric's surveys and votes need, those first that tell people
    apart: where the round counts some people's answers only, or weighs classes, or ``by`` asks for
    it (年级, 班级, 身份).

    Codes: voices-form-private, where a rubric asks for what leads to a person; voices-form-none.
    """
    voices = settings.voices if settings else ()
    found = [(item, part) for item in rubric.indicators for part in _parts(item)]
    if voices:
        fed = voiced_slots(rubric, voices)
        # What a round takes from elsewhere is not asked again.
        found = [it for it in found if it[0].id in fed] or found
    if not found:
        return [], [problem("voices-form-none", Place(), rubric=rubric.title)]
    people = tuple(dict.fromkeys(one for _, part in found for one in _people(part)))
    groups = dict.fromkeys([*([ROLE] if people else []), *by, *_divided(rubric, voices)])
    # The school comes first.
    made: list[Asked] = []
    for group in (it for it in _ASKED if it in groups):
        options = people if group == ROLE and len(people) > 1 else _OPTIONS[group]
        made.append(Asked(f"Q{len(made) + 2}", _ASKED[group], options, group=group))
    problems: list[Problem] = []
    for item, part in found:
        one = _question(item, part, len(made) + 2, rubric.words)
        if is_private(one.text):
            said = {"item": one.item, "question": one.text}
            problems.append(problem("voices-form-private", Place(), **said))
        else:
            made.append(one)
            if not part.rule.question:  # type: ignore[attr-defined]  # one of _parts
                said = {"item": one.item, "question": one.text}
                problems.append(problem("voices-form-drafted", Place(), **said))
    return made, problems


def _parts(item: Indicator) -> Iterator[Part]:
    for part in item.rule.simple_parts(item.points):
        if isinstance(part.rule, Survey | Votes):
            yield part


def _people(part: Part) -> tuple[str, ...]:
    return part.rule.people if isinstance(part.rule, Survey) else ()


def _divided(rubric: Rubric, voices: Sequence[Voiced]) -> Iterator[str]:
    """By what a round tells people apart."""
    for one in voices:
        if one.rubric == rubric.id:
            yield from one.only
            yield from (GRADE, CLASS) if one.weighed_by else ()


def _question(item: Indicator, part: Part, number: int, words: Words) -> Asked:
    rule, id = part.rule, f"Q{number}"
    name = joined(item.id, part.id)
    if isinstance(rule, Votes):
        text = rule.question or f"您对“{item.title}”的评价"
        return Asked(id, text, (*rule.options, "弃权"), name, item.title, secret=True)
    assert isinstance(rule, Survey)
    options = rule.options or SCALE
    pleased = rule.satisfied or options[:PLEASED]
    text = rule.question or words.said(_drafted(item.title))
    return Asked(id, text, options, name, item.title, pleased, rule.people)


def _drafted(title: str) -> str:
    """A question for an indicator of which the rubric does not say what is asked."""
    for end in ("满意度测评", "满意率", "满意度"):
        title = title.removesuffix(end)
    about = title.removeprefix("师生家长").removeprefix("家长").removeprefix("学生")
    return f"您对学校的“{about}”满意吗" if about else "总的来说，您对学校满意吗"


def settings_text(rubric: Rubric, questions: Sequence[Asked], survey: str) -> str:
    """Returns the lines for ``voices`` in round.yaml by which the answers feed the rubric."""
    lines = [f"# 写进 {SETTINGS}，survey 是导入时的名称：", "voices:"]
    for one in questions:
        if one.item and not one.secret:
            lines.append(
                f"  - {{item: {rubric.id}/{one.item}, survey: {survey}, question: {one.text}}}"
            )
    return "\n".join(lines) + "\n"
