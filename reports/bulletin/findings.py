"""三、主要问题: the commonest faults, with shares, and schools as examples."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.bulletin.subject import Part
from reports.bulletin.told import Figure, Told, of_indicators
from reports.bulletin.wording import FEW, name, share
from reports.faults import Fault
from reports.ranking.common_faults import Common

MOST = 6
"""Kinds of faults that the text tells; the attachment lists all of them."""

_EXAMPLES = 2
_POINTS = re.compile(r"(?<!\s)(?:\s*+×\s*+[\d.]++\s*+分)+|，(?:扣|计)\s*+[\d.]++\s*+分")
"""What a fault costs is the letter's to say."""

_LONGEST = 60
_UNMET = "不符合要求"


def findings(part: Part) -> Iterator[Told]:
    """Yields a paragraph for each of the commonest faults of a rubric, or that there is none."""
    if not part.faults:
        yield Told("没有查实的问题。")
    for number, item in enumerate(part.faults[:MOST], 1):
        yield _finding(part, number, item)


def _finding(part: Part, number: int, item: Common) -> Told:
    codes = [school.school.id for school, _ in item.cases]
    count, rate = len(codes), share(len(codes), item.visited)
    few = item.visited < FEW
    of = f"（受查{item.visited}所）" if few else f"，占受查{item.visited}所的{rate}"
    text = f"{number}. “{item.title}”方面：{count}所学校存在问题{of}"
    rubric, owner = part.rubric.id, item.owner
    figures = [of_indicators(f"{owner} 存在问题的学校", count, rubric=rubric, indicator=owner,
                             school_id=codes)]  # fmt: skip
    if owner not in {one.id for one in part.rubric.indicators}:
        figures.append(Figure(f"{owner} 受查学校", str(item.visited), "台账里已收的检查表"))
    else:
        figures.append(
            of_indicators(f"{owner} 受查学校", item.visited, rubric=rubric, indicator=owner,
                          state="已查")
        )  # fmt: skip
    if not few:
        figures.append(Figure(f"{owner} 占比", rate, "存在问题的学校÷受查学校"))
    examples = [(school, said) for school, fault in item.cases if (said := measured_fact(fault))]
    shown = examples[:_EXAMPLES]
    if shown:
        text += "。如" + "；".join(f"{name(school)}，{said}" for school, said in shown)
        figures += [
            of_indicators(f"{name(school)}：{owner} 的扣分原因", said, "value", "reason",
                          rubric=rubric, indicator=owner, school_id=school.school.id)
            for school, said in shown
        ]  # fmt: skip
    return Told(f"{text}。", tuple(figures))


def measured_fact(fault: Fault) -> str:
    """Returns what was found, by what was entered: no text that somebody typed, no points.

    Empty where that says nothing in a few words.
    """
    said = _POINTS.sub("", fault.measured.partition("；")[0]).strip()
    if len(said) > _LONGEST or said.startswith("评为") or _echo(fault.title, said):
        return ""
    return said


def _echo(title: str, said: str) -> bool:
    """Whether all that is said is that what the title names is not met."""
    subject = said.removesuffix(_UNMET)
    return subject != said and sum(letter in title for letter in subject) * 5 >= len(subject) * 3
