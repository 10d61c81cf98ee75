"""一、基本情况: by what papers, when, who, which schools, how long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from inspections.records.on_site import minutes_on_site, times_on_site
from inspections.round.bulletin_settings import METHODS
from inspections.round.days import day_text
from reports.bulletin.severity_correction import corrections
from reports.bulletin.subject import VISITED, Subject
from reports.bulletin.told import Figure, Told, of_scores
from rubrics.messages.plain_text import one_line
from rubrics.values.points import half_up

_KIND, _OTHER = "学段", "其他"
_RECORDS = "检查表上的检查日期、检查人员和到校、离校时间"
_ROSTER = "学校名册的“学段”"


def basics(subject: Subject) -> Iterator[Told]:
    """Yields the paragraphs of the section."""
    yield _who_and_when(subject)
    if kinds := _kinds(subject):
        yield kinds
    yield _rubrics(subject)
    if hours := _hours(subject):
        yield hours
    yield from corrections(subject)
    if methods := _methods(subject):
        yield methods


def _who_and_when(subject: Subject) -> Told:
    heads = subject.heads
    days = [head.day for head in heads]
    since, until = day_text(min(days)), day_text(max(days))
    span = since if since == until else f"{since}至{until.removeprefix(f'{min(days).year}年')}"
    people = _inspectors(subject)
    known = [
        subject.roster.inspectors[code] for code in people if code in subject.roster.inspectors
    ]
    drawn = subject.roster.drawn
    teams = 0 if drawn else len({person.team for person in known if person.team})
    schools = len(_schools(subject))
    who = f"{teams}个检查组、{len(people)}名检查人员" if teams else f"{len(people)}名检查人员"
    text = (
        f"根据“{one_line(subject.round.title)}”的安排，{span}，{who}对{schools}所学校进行了检查。"
    )
    return Told(
        text,
        (
            Figure("最早的检查日期", since, _RECORDS),
            Figure("最晚的检查日期", until, _RECORDS),
            Figure("检查组", str(teams), _RECORDS),
            Figure("检查人员", str(len(people)), _RECORDS),
            of_scores("受查学校", schools, "schools", status=VISITED),
        ),
    )


def _kinds(subject: Subject) -> Told | None:
    schools = _schools(subject)
    kinds: dict[str, list[str]] = defaultdict(list)
    for code, kind in schools.items():
        kinds[kind].append(code)
    if list(kinds) == [_OTHER]:
        return None
    told = "、".join(f"{kind}{len(codes)}所" for kind, codes in kinds.items())
    figures = (
        of_scores(kind, len(codes), "schools", status=VISITED, school_id=codes)
        for kind, codes in kinds.items()
    )
    return Told(f"受查学校{'中，' if len(kinds) > 1 else '为'}{told}。", tuple(figures))


def _rubrics(subject: Subject) -> Told:
    said, figures = [], []
    for part in subject.parts:
        rubric = part.rubric
        title = one_line(rubric.title)
        title = title if "《" in title else f"《{title}》"
        count = len(part.visited)
        items = len(list(rubric.indicators))
        said.append(f"依据{title}（{rubric.version}版，{items}项指标）检查{count}所")
        figures += [
            of_scores(f"{part.name}受查学校", count, rubric=rubric.id, status=VISITED),
            Figure(f"{part.name}版本", rubric.version, "考核细则"),
            Figure(f"{part.name}指标", str(items), "考核细则"),
        ]
    return Told(f"{'；'.join(said)}。", tuple(figures))


def _hours(subject: Subject) -> Told | None:
    """Time at schools: where two records of a school overlap it is counted once."""
    times = times_on_site(subject.heads)
    if not times:
        return None
    minutes = minutes_on_site(subject.heads)
    each = half_up(minutes, len(times))
    untold = len({head.key.school for head in subject.heads} - set(times))
    rest = f"；另有{untold}所没有记全到校、离校时间" if untold else ""
    mean = f"，平均每所{_clock(each)}" if len(times) > 1 else ""
    text = f"在{len(times)}所学校现场检查共{_clock(minutes)}{mean}{rest}。"
    figures = [
        Figure("记有到校、离校时间的学校", str(len(times)), _RECORDS),
        Figure("在校时间合计", _clock(minutes), _RECORDS),
    ]
    if mean:
        figures.append(Figure("平均每所", _clock(each), "合计÷学校数，四舍五入到分钟"))
    if untold:
        figures.append(Figure("没有记全时间的学校", str(untold), _RECORDS))
    return Told(text, tuple(figures))


def _methods(subject: Subject) -> Told | None:
    """What was done beside filling in workbooks, as far as somebody wrote it down."""
    counts = subject.round.bulletin.counts
    if not counts:
        return None
    said = "、".join(
        f"{what}{counts[name]}{unit}" for name, (what, unit) in METHODS.items() if name in counts
    )
    return Told(
        f"检查中{said}。",
        tuple(
            Figure(METHODS[name][0], str(count), f"round.yaml 的 bulletin.{name}")
            for name, count in counts.items()
        ),
    )


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return (
        f"{hours}小时{rest}分钟" if hours and rest else f"{hours}小时" if hours else f"{rest}分钟"
    )


def _inspectors(subject: Subject) -> set[str]:
    return {
        code
        for part in subject.parts
        for school in part.visited
        for visit in school.visits
        for code in visit.inspectors
    }


def _schools(subject: Subject) -> dict[str, str]:
    """The codes of the schools that were visited, each with its kind."""
    found = {
        school.school.id: str(school.school.traits.get(_KIND, _OTHER))
        for part in subject.parts
        for school in part.visited
    }
    order = {code: number for number, code in enumerate(subject.roster.schools)}
    return dict(sorted(found.items(), key=lambda one: order.get(one[0], 0)))
