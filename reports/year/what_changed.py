"""Which rubrics and schools changed between the rounds of a year, in words."""

from __future__ import annotations

from collections.abc import Iterator

from reports.year.subject import YearSubject
from rubrics.messages.outgoing import outgoing


def rubric_lines(subject: YearSubject) -> Iterator[str]:
    """Yields what changed of each rubric, and what is therefore not compared."""
    for name, part in subject.named():
        labels = subject.labels_of(part)
        if len(labels) < len(subject.labels):
            yield f"{name}：只有{'、'.join(labels)}用了这份细则。"
        if not part.comparable:
            yield f"{name}：各轮的满分或计分方向不同，没有合计年度分。"
        if not part.shared.same and len(labels) > 1:
            left = "、".join(f"{it.id}{it.title}（{it.why}）" for it in part.shared.left_out)
            versions = "、".join(part.shared.versions)
            rest = f"没有比较的：{left}。" if left else "指标和计分规则都没有变，照常比较。"
            kept = f"比较没有变的{len(part.shared.items)}项指标"
            yield f"{name}：各轮版本不同（{versions}），{kept}；{rest}"


def roll_lines(subject: YearSubject) -> Iterator[str]:
    """Yields which schools came, went or changed their names."""
    roll, labels = subject.year.roll, subject.labels
    if roll.came:
        said = "、".join(f"{outgoing(name)}（{labels[at]}起）" for name, at in roll.came)
        yield f"新列入{len(roll.came)}所：{said}。"
    if roll.went:
        said = "、".join(f"{outgoing(name)}（{labels[at]}后）" for name, at in roll.went)
        yield f"不再列入{len(roll.went)}所：{said}。"
    if roll.renamed:
        said = "、".join(f"{outgoing(old)}→{outgoing(new)}" for old, new in roll.renamed)
        yield f"改名{len(roll.renamed)}所：{said}。"
