"""The paragraphs of the year's bulletin, each with the figures behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inspections.round.days import day_text
from reports.bulletin.told import Figure, Told
from reports.year import wording
from reports.year.standings import SCORES
from reports.year.subject import YearSubject
from reports.year.what_changed import roll_lines, rubric_lines
from rubrics.messages.plain_text import one_line
from scoring.years.year import RubricYear, SchoolYear

RATES = "各批次 results/indicators.csv 的 earned÷points，只算没有变的指标"
_NAMED, _STUCK, _MOVED = 6, 5, 3
"""How many schools, indicators and moves the text names; the attachments have all of them."""


def basics(subject: YearSubject) -> Iterator[Told]:
    """Yields which rounds and schools the year has, and what changed between them."""
    year = subject.year
    weights = [wording.weight_text(weight) for weight in year.weights]
    names = "；".join(
        f"{one_line(one.title)}（{day_text(one.since)}至{day_text(one.until)}，权重{weight}）"
        for one, weight in zip(year.rounds, weights, strict=True)
    )
    schools = {
        one.id for part in year.rubrics for one in part.schools
        if any(cell and cell.total is not None for cell in one.cells)
    }  # fmt: skip
    figures = [Figure("批次", str(len(year.rounds)), "scoring year 写的各批次文件夹")]
    for one, weight in zip(year.rounds, weights, strict=True):
        title = one_line(one.title)
        figures += [
            Figure(f"{title}开始", day_text(one.since), "批次的 round.yaml"),
            Figure(f"{title}结束", day_text(one.until), "批次的 round.yaml"),
            Figure(f"{title}权重", weight, "scoring year --weights 或 year.yaml"),
        ]
    figures.append(Figure("有成绩的学校", str(len(schools)), f"{SCORES}中总分不空的学校"))
    yield Told(
        f"{subject.title}共开展{len(year.rounds)}次督导：{names}。有成绩的学校{len(schools)}所。",
        tuple(figures),
    )
    yield Told(wording.HOW)
    for text in rubric_lines(subject):
        yield Told(text, _versions(subject, text))
    for text in roll_lines(subject):
        yield Told(text, _rolled(subject, text))


def _versions(subject: YearSubject, text: str) -> tuple[Figure, ...]:
    """The figures of a line on what changed of a rubric."""
    figures = list(_named_rounds(subject, text))
    for name, part in subject.named():
        count = len(part.shared.items)
        if text.startswith(f"{name}：") and f"比较没有变的{count}项" in text:
            source = "各批次台账里留存的细则"
            figures.append(Figure(f"{name}各轮版本", "、".join(part.shared.versions), source))
            figures.append(Figure(f"{name}没有变的指标", str(count), source))
    return tuple(figures)


def _rolled(subject: YearSubject, text: str) -> tuple[Figure, ...]:
    """The figures of a line on which schools came and went."""
    roll = subject.year.roll
    counts = {"新列入": roll.came, "不再列入": roll.went, "改名": roll.renamed}
    own = (
        Figure(word, str(len(held)), "各批次的学校名册")
        for word, held in counts.items()
        if text.startswith(word)
    )
    return (*own, *_named_rounds(subject, text))


def _named_rounds(subject: YearSubject, text: str) -> Iterator[Figure]:
    """What a line calls rounds by: their months."""
    for label, one in zip(subject.labels, subject.year.rounds, strict=True):
        if label in text:
            yield Figure(f"{one_line(one.title)}的时间", label, "批次的 round.yaml")


def changes(subject: YearSubject, part: RubricYear) -> Iterator[Told]:
    """Yields how many schools rose and fell, and who most."""
    known = [one for one in part.schools if one.change is not None]
    if not known:
        yield Told("只有一次成绩可用，没有升降可比。")
        return
    labels = subject.labels_of(part)
    slid = part.slid(subject.slide)
    risen = [one for one in known if (one.change or 0) > 0]
    up = sorted((one for one in risen if not one.behind), key=lambda one: -(one.change or 0))
    level = sum(not one.change for one in known)
    by_rate = known[0].by_rate
    by = "没有变的指标的得分率" if by_rate else "总分"
    source = RATES if by_rate else f"{SCORES}的 total，末次减首次"
    down = sum((one.change or 0) < 0 for one in known)
    counts = (("上升", len(risen)), ("下降", down), ("持平", level))
    there = [(word, count) for word, count in counts if count]
    if len(there) == 1:
        shares = f"{'都' if len(known) > 1 else ''}{there[0][0]}"
    else:
        shares = "中" + "，".join(f"{word}{count}所" for word, count in there)
    yield Told(
        f"{labels[-1]}与{labels[0]}相比，按{by}，可以比较的{len(known)}所学校{shares}。",
        (
            Figure("首次", labels[0], "批次的 round.yaml"),
            Figure("末次", labels[-1], "批次的 round.yaml"),
            Figure("可以比较的学校", str(len(known)), source),
            *(Figure(f"{word}的学校", str(count), source) for word, count in counts),
        ),
    )
    for word, held in (("上升", up), ("下降", slid)):
        if held:
            most = f"{word}较多的" if len(held) > _NAMED else f"{word}的"
            # Of those who rose some may not be named.
            whole = len(held) if word == "下降" else 0
            yield Told(
                f"{most}：{_listed(part, held, whole)}。",
                _listed_figures(part, held, source, whole),
            )
    if subject.publish:
        yield from _moves(part)


def _listed_figures(
    part: RubricYear, schools: Sequence[SchoolYear], source: str, whole: int
) -> tuple[Figure, ...]:
    own = [
        Figure(f"{one_line(one.name)}的变化", wording.change_text(part, one), source)
        for one in schools[:_NAMED]
    ]
    if whole > _NAMED:
        own.append(Figure("学校", str(whole), source))
    return tuple(own)


def _moves(part: RubricYear) -> Iterator[Told]:
    """Who moved most places within the groups."""
    moves = [(one, one.moved) for one in part.schools if one.moved and one.moved.up]
    if not moves:
        return
    still = "（有成绩尚未核定，为暂列名次）" if any(moved.open for _, moved in moves) else ""
    moves.sort(key=lambda pair: -pair[1].up)
    said, figures = [], []
    for word, sign, listed in (("上升", 1, moves), ("下降", -1, moves[::-1])):
        own = [
            pair for pair in listed
            if pair[1].up * sign > 0 and not (sign > 0 and pair[0].behind)
        ][:_MOVED]  # fmt: skip
        if own:
            names = "、".join(f"{one_line(one.name)}（{abs(moved.up)}位）" for one, moved in own)
            said.append(f"{word}较多的有{names}")
            source = f"{SCORES}的 rank，只在两次都有名次的学校中比"
            figures += [
                Figure(f"{one_line(one.name)}名次{word}", str(abs(moved.up)), source)
                for one, moved in own
            ]
    if said:
        yield Told(f"组内名次{still}{'；'.join(said)}。", tuple(figures))


def unimproved(part: RubricYear) -> Iterator[Told]:
    """Yields the indicators that never improve, and on which the same schools always lose."""
    if len(part.rounds) < 2:
        yield Told("没有两次以上的检查可比。")
        return
    never = [one for one in part.items if one.never]
    if never:
        said = "；".join(
            f"{one.item}{one_line(one.title)}（得分率{wording.rates_text(one.rates)}）"
            for one in never[:_NAMED]
        )
        more = f"等{len(never)}项" if len(never) > _NAMED else ""
        yield Told(
            f"全县得分率一直没有提高的指标{len(never)}项：{said}{more}。",
            (
                Figure("一直没有提高的指标", str(len(never)), RATES),
                *(
                    Figure(f"{one.item} 各次得分率", wording.rates_text(one.rates), RATES)
                    for one in never[:_NAMED]
                ),
            ),
        )
    stuck = sorted((one for one in part.items if one.stuck), key=lambda one: -len(one.stuck))
    if stuck:
        said = "、".join(
            f"{one.item}{one_line(one.title)}（{len(one.stuck)}所）" for one in stuck[:_STUCK]
        )
        yield Told(
            f"同一学校每次都失分、没有好转的，集中在{said}。",
            tuple(
                Figure(f"{one.item} 每次都失分的学校", str(len(one.stuck)), RATES)
                for one in stuck[:_STUCK]
            ),
        )
    if not never and not stuck:
        yield Told("没有每次都失分而没有好转的指标。")


def demands(subject: YearSubject) -> Iterator[Told]:
    """Yields what schools are to do."""
    slid = any(part.slid(subject.slide) for part in subject.year.rubrics)
    if slid:
        yield Told("有下降的学校要逐项对照各次意见书，查明原因，提出改进措施。")
    if any(one.behind for part in subject.year.rubrics for one in part.schools):
        yield Told("触碰红线、等次最低的学校要逐条整改到位，整改情况作为下一年度督导的重点。")
    if any(one.stuck for part in subject.year.rubrics for one in part.items):
        yield Told("屡查未改的问题要明确责任人和完成时间，列入下一年度督导的重点。")
    yield Told("各校年度情况另附一页，与各次意见书一并存档。")


def _listed(part: RubricYear, schools: Sequence[SchoolYear], whole: int) -> str:
    """The first of them; ``whole``: how many there are, 0 where that is not told."""
    said = "、".join(
        f"{one_line(one.name)}（{wording.change_text(part, one)}）" for one in schools[:_NAMED]
    )
    if len(schools) <= _NAMED:
        return said
    return f"{said}等{whole}所" if whole else f"{said}等"
