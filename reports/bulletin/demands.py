"""五、整改要求: how many faults are to be put right by when, and what is to be reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from inspections.round.days import day_text
from reports.bulletin.subject import FAULTS, Subject
from reports.bulletin.told import Figure, Told, of_indicators
from reports.letter.called import paper_called
from reports.letter.days import last_day

_LISTED = "问题清单，各校意见书的整改要求"


def demands(subject: Subject) -> Iterator[Told]:
    """Yields the paragraphs of the section."""
    yield _counted(subject)
    if any(part.faults for part in subject.parts):
        yield _report(subject)


def _counted(subject: Subject) -> Told:
    days: Counter[int | None] = Counter()
    figures = []
    for part in subject.parts:
        for item in part.faults:
            days.update(fault.days for _, fault in item.cases)
        indicators = {one.id for one in part.rubric.indicators}
        for item in part.faults:
            if item.owner in indicators:
                codes = [school.school.id for school, _ in item.cases]
                figures.append(
                    of_indicators(f"{part.name} {item.owner}", len(codes), rubric=part.rubric.id,
                                  indicator=item.owner, school_id=codes)
                )  # fmt: skip
    count = days.total()
    if not count:
        return Told("本次检查没有需要整改的问题。")
    limited = sorted(day for day in days if day)
    kinds = [f"立行立改{days[0]}条"] if days[0] else []
    kinds += [f"{day}日内整改{_until(subject, day)}{days[day]}条" for day in limited]
    kinds += [f"细则没有规定期限的{days[None]}条"] if days[None] else []
    head = [Figure("问题合计", str(count), _LISTED)]
    head += [
        Figure(
            "立行立改" if day == 0 else f"{day}日内" if day else "没有规定期限",
            str(number),
            _LISTED,
        )
        for day, number in sorted(days.items(), key=lambda one: (one[0] is None, one[0] or 0))
    ]
    terms = [
        Figure("整改期限", f"{day}日内{_until(subject, day)}", "考核细则的整改期限，从成文日期起算")
        for day in limited
    ]
    papers = "、".join(dict.fromkeys(paper_called(it.rubric) for it in subject.parts if it.faults))
    return Told(
        f"各校要对照收到的{papers}和{subject.mark(FAULTS)}，逐条建立整改台账，明确措施、责任人和完成时限。"
        f"本次查实的问题共{count}条，其中{'，'.join(kinds)}。",
        (*head, *terms, *figures),
    )


def _report(subject: Subject) -> Told:
    days = subject.round.letters.report_days
    last = last_day(subject.round, days)
    by = f"于{day_text(last)}前" if last else f"在收到本通报之日起{days}日内"
    return Told(
        f"各校{by}报送整改报告（盖章）和整改台账。",
        (
            Figure("报送整改报告的期限（日）", str(days), "round.yaml 的 letters.report_days"),
            *([Figure("期限到", day_text(last), "从成文日期起算")] if last else []),
        ),
    )


def _until(subject: Subject, days: int) -> str:
    last = last_day(subject.round, days)
    return f"（{day_text(last)}前）" if last else ""
