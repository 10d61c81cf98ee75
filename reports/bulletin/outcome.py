"""四、通报结果: who leads, who is not graded and why, which red lines were crossed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reports.bulletin.subject import RESULTS, Part, Subject
from reports.bulletin.told import Figure, Told, of_scores
from reports.bulletin.wording import MOST_NAMED, name, names
from reports.ranking.groups import groups
from rubrics.messages.outgoing import outgoing
from rubrics.messages.plain_text import one_line
from scoring.results.published import total_text
from scoring.results.scores import SchoolScore

_REASONS = "计分的说明，逐校见 scoring explain DIR 学校 细则"


def outcome(subject: Subject, part: Part) -> Iterator[Told]:
    """Yields the paragraphs of a rubric; whole lists stand in the attachment."""
    exceptions = (it(subject, part) for it in _EXCEPTIONS)
    made = [told for told in (_first(subject, part), *exceptions) if told]
    ranked = any(school.rank is not None for school in part.visited)
    why = "各组参加排名的只有一所学校，不排名次" if ranked else "没有学校参加排名"
    yield from made or [Told(f"{why}，成绩见{subject.mark(RESULTS)}。")]
    if left_out := _left_out(part):
        yield left_out


def _first(subject: Subject, part: Part) -> Told | None:
    said, figures = [], []
    for group in groups(part.held):
        best = [school for school in group.ranked if school.rank == 1]
        if not group.compared or not best or best[0].total is None:
            continue
        held = "（暂列）" if any(school.place_provisional for school in best) else ""
        total = total_text(part.rubric, best[0].total)
        said.append(f"{group.name}{len(group.ranked)}所，第1名{held}为{names(best)}，{total}分")
        codes = [school.school.id for school in best]
        rubric, own = part.rubric.id, group.name
        figures += [
            of_scores(f"{group.name}参加排名的学校", len(group.ranked), rubric=rubric, group=own,
                      school_id=[school.school.id for school in group.ranked]),
            of_scores(f"{group.name}第1名", len(best), rubric=rubric, group=own,
                      school_id=codes, rank="1"),
            of_scores(f"{group.name}第1名的总分", total, "value", "total", rubric=rubric, group=own,
                      school_id=codes[0]),
        ]  # fmt: skip
    if not said:
        return None
    return Told(f"{'；'.join(said)}。各组成绩见{subject.mark(RESULTS)}。", tuple(figures))


def _ungraded(subject: Subject, part: Part) -> Told | None:
    schools = [
        school
        for school in part.visited
        if not school.grade or school.grade == part.rubric.ungraded
    ]
    return _listed(subject, part, "不评等次", schools, why_ungraded)


def _not_visited(subject: Subject, part: Part) -> Told | None:
    missing = part.of_status.get("not_visited", ())
    return _listed(subject, part, "应查未查", list(missing), lambda _: "")


def _left_out(part: Part) -> Told | None:
    """Those to whom the plan sends nobody are counted, and nothing is said against them."""
    schools = part.of_status.get("not_planned", ())
    if not schools:
        return None
    why, count = schools[0].unranked, len(schools)
    figure = of_scores(why, count, rubric=part.rubric.id, status="not_planned")
    return Told(f"{why}的学校{count}所，不在本次检查范围，不列成绩。", (figure,))


def _red_lines(subject: Subject, part: Part) -> Told | None:
    """Red lines that stand; what follows for awards is told once somebody has decided it."""
    schools = [school for school in part.visited if school.red_lines]
    told = _listed(
        subject,
        part,
        "触碰红线",
        schools,
        lambda school: "、".join(dict.fromkeys(f"“{hit.title}”" for hit in school.red_lines)),
    )
    barred = [school for school in schools if not school.award_eligible]
    if told is None or not barred:
        return told
    done = [school for school in barred if school.school.id in part.award_lost]
    still = [school for school in barred if school.school.id not in part.award_lost]
    text, figures = told.text, list(told.figures)
    whole = len(schools)
    for held, words in (
        (done, f"已决定取消评优评先资格，见“{subject.decided_title}”"),
        (still, "拟取消评优评先资格，是否取消、取消几年，由局研究决定后另行公布"),
    ):
        if not held:
            continue
        mark = "按细则，" if held is still else ""
        text += f"{mark}{'' if len(held) == whole else '其中'}{len(held)}所{words}。"
        figures.append(
            of_scores(
                words.partition("，")[0], len(held), rubric=part.rubric.id,
                school_id=[school.school.id for school in held], award_eligible="false",
            )
        )  # fmt: skip
    return Told(text, tuple(figures))


def why_ungraded(school: SchoolScore) -> str:
    """Returns why a school has no grade."""
    return one_line(outgoing(school.unranked or "；".join(school.limits)))


def _listed(
    subject: Subject,
    part: Part,
    what: str,
    schools: list[SchoolScore],
    why: Callable[[SchoolScore], str],
) -> Told | None:
    if not schools:
        return None
    because: dict[str, list[str]] = {}
    for school in schools[:MOST_NAMED]:
        because.setdefault(why(school), []).append(name(school))
    said = [
        "、".join(named) + (f"（{reason}）" if reason else "") for reason, named in because.items()
    ]
    rest = f"等，全部见{subject.mark(RESULTS)}" if len(schools) > MOST_NAMED else ""
    figure = of_scores(
        what, len(schools), rubric=part.rubric.id, school_id=[it.school.id for it in schools]
    )
    reasons = (Figure(f"{what}的原因", reason, _REASONS) for reason in because if reason)
    text = f"{what}的学校{len(schools)}所：{'；'.join(said)}{rest}。"
    return Told(text, (figure, *reasons))


_EXCEPTIONS = (_ungraded, _not_visited, _red_lines)
