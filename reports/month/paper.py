"""月报.docx: the words and tables of a month, under the names of its template."""

from __future__ import annotations

from collections.abc import Iterator

from inspections.rectification.states import Standing
from inspections.round.days import day_text
from reports.bulletin.told import Figure, Told
from reports.bulletin.wording import share
from reports.month.lines import HEADS, NOT_HERE, NOTES, RULINGS, cells, hours_text, lines
from reports.month.subject import OFFICE, MonthSubject
from reports.official.values import Context, Own, Value
from reports.rectification.book import NO_OFFICE
from reports.rectification.columns import school_name
from reports.type.archival import About
from rubrics.messages.plain_text import one_line
from scoring.years.month import Counts


def told(subject: MonthSubject) -> Iterator[tuple[str, Told]]:
    """Yields section and paragraph of the text, each with its figures."""
    said = subject.opened.words.said
    yield from (("概述", one.put(said)) for one in _summary(subject))
    yield from (("下月计划", one.put(said)) for one in _plan(subject))


def context(subject: MonthSubject) -> Context:
    """Returns the report; the day and the number stay blank for the bureau."""
    due, paragraphs = _due(subject), list(told(subject))
    tables: list[Value] = []
    for title, held in subject.tables.items():
        for when, which in (("本月", "month"), ("累计", "so_far")) if held else ():
            rows: list[Value] = [
                {"名称": name, **_figures(title, getattr(both, which))}
                for name, both in held.items()
            ]
            tables.append({"标题": f"按{title}（{when}）", "行": rows})
    return {
        "文号": "",
        "标题": _title(subject),
        "主送": "局领导，机关有关科室",
        "概述": [one.text for section, one in paragraphs if section == "概述"],
        "数据": [
            {"项目": one.title, "本月": one.text(one.month), "累计": one.text(one.so_far)}
            for one in lines(subject.all, ruled=subject.ruled, words=subject.opened.words)
        ],
        "说明": [f"注：{NOTES[0]}", *NOTES[1:]],
        "分类": tables,
        "计划": [one.text for section, one in paragraphs if section != "概述"],
        "附件": ["下月到期的整改事项"] if due else [],
        "署名": Own(one_line(subject.opened.round.bureau)),
        "日期": "　　年　月　日",
        "附注": Own(subject.opened.round.contact.told),
        "到期": due,
    }


def about(subject: MonthSubject) -> About:
    """Returns what programs show of the file."""
    bureau = subject.opened.round.bureau
    return About(_title(subject), bureau, "月报", subject.month.last)


def _title(subject: MonthSubject) -> str:
    return subject.opened.words.said(f"{subject.name}学校督导工作月报")


def _summary(subject: MonthSubject) -> Iterator[Told]:
    now, whole = subject.all.month, subject.all.so_far
    title = one_line(subject.opened.round.title)
    went = (
        f"检查学校{now.schools}所、{now.school_days}校次，出动{now.person_days}人次"
        + (f"，在校{hours_text(now.minutes)}小时" if now.minutes else "")
        if now.school_days
        else "没有到校检查"
    )
    so_far = f"累计检查学校{whole.schools}所、{whole.school_days}校次"
    yield Told(
        f"{subject.name}，“{title}”{went}；{so_far if whole.schools else '此前也没有'}。",
        (
            Figure("月份", subject.name, "scoring monthly --month"),
            *_of("检查学校", _RECORDS, now.schools, whole.schools),
            *_of("检查校次", _RECORDS, now.school_days, whole.school_days),
            *_of("出动人次", _RECORDS, now.person_days),
            Figure("本月在校小时", hours_text(now.minutes), f"{_RECORDS}的到校、离校时间"),
        ),
    )
    if not whole.faults:
        yield Told("到月末还没有列入整改的问题。")
    else:
        yield _rectified(now, whole)
    if subject.ruled:
        yield decisions(now, whole)


def _rectified(now: Counts, whole: Counts) -> Told:
    """What was found and put right, this month and so far; what did not happen is not told."""
    new = f"本月列入整改的问题{now.faults}项" if now.faults else "本月没有新列入整改的问题"
    spot = f"，其中当场改正{now.on_spot}项" if now.on_spot else ""
    moves = (("销号", now.closed), ("延期", now.extended), ("新逾期", now.overdue))
    moved = "，".join(f"{word}{count}项" for word, count in moves if count)
    rate = share(whole.closed, whole.faults)
    ends = [f"销号{whole.closed}项，销号率{rate}" if whole.closed else "还没有销号"]
    ends += [f"到月末逾期{whole.overdue}项"] if whole.overdue else []
    return Told(
        f"{new}{spot}{f'；本月{moved}' if moved else ''}。累计{whole.faults}项，"
        f"{'，'.join(ends)}。",
        (
            *_of("列入整改的问题", _LEDGER, now.faults, whole.faults),
            *_of("当场改正", _LEDGER, now.on_spot),
            *_of("销号", _LEDGER, now.closed, whole.closed),
            *_of("延期", _LEDGER, now.extended),
            *_of("逾期", _LEDGER, now.overdue, whole.overdue),
            Figure("累计销号率", rate, "累计销号÷累计问题"),
        ),
    )


def decisions(now: Counts, whole: Counts) -> Told:
    """All that was decided, by kind; what was not decided is not told."""
    said = [
        "、".join(
            f"{word}{count}{_UNITS.get(word, '次')}"
            for word, name in RULINGS.items()
            if (count := getattr(counts, name))
        )
        for counts in (now, whole)
    ]
    if not said[1]:
        return Told("到月末还没有问责和表彰的决定。")
    month = f"本月决定{said[0]}" if said[0] else "本月没有新的问责和表彰决定"
    return Told(
        f"{month}；累计{said[1]}。",
        tuple(
            figure
            for word, name in RULINGS.items()
            for figure in _of(word, _RULINGS, getattr(now, name), getattr(whole, name))
        ),
    )


_UNITS = {
    "取消评优评先资格": "校次",
    "移送": "件",
    "提请问责": "件",
    "表彰": "校次",
    "限期整改通知": "份",
}
_RECORDS = "台账里已收的检查表"
_LEDGER = "整改台账（scoring rectify status）"
_RULINGS = "台账里的决定（scoring accountability status）"


def _of(name: str, source: str, month: int, so_far: int | None = None) -> Iterator[Figure]:
    yield Figure(f"本月{name}", str(month), source)
    if so_far is not None:
        yield Figure(f"累计{name}", str(so_far), source)


def _figures(title: str, counts: Counts) -> dict[str, str]:
    """A row of a table; visits are of no office."""
    made = dict(zip(HEADS, cells(counts), strict=True))
    return made | dict.fromkeys(HEADS[:2], NOT_HERE) if title == OFFICE else made


def _plan(subject: MonthSubject) -> Iterator[Told]:
    then = subject.month.following
    month = f"{then.year}年{then.number}月"
    when = Figure("下月", month, "scoring monthly --month")
    if subject.due:
        offices = len({one.item.office for one in subject.due} - {""})
        open_ones = sum(not one.item.office for one in subject.due)
        who = f"由{offices}个股室督促" if offices else ""
        if open_ones == len(subject.due):
            who = "都还没有定承办股室"
        elif open_ones:
            who += f"，其中{open_ones}项还没有定承办股室"
        yield Told(
            f"{month}到期的整改事项{len(subject.due)}项，{who}。各校项数见附件，"
            "逐项见月报表的“下月到期”。",
            (
                when,
                Figure("下月到期", str(len(subject.due)), _LEDGER),
                Figure("承办股室", str(offices), _LEDGER),
                Figure("没有定承办股室的", str(open_ones), _LEDGER),
            ),
        )
    else:
        yield Told(f"{month}没有到期的整改事项。", (when,))
    if late := subject.all.so_far.overdue:
        yield Told(
            f"已经逾期的{late}项，由承办股室逐项催办。", (Figure("逾期", str(late), _LEDGER),)
        )


def _due(subject: MonthSubject) -> list[Value]:
    """What each school has due; item by item it stands in the workbook."""
    schools: dict[str, list[Standing]] = {}
    for one in subject.due:
        schools.setdefault(school_name(subject.opened, one), []).append(one)
    return [
        {
            "学校": one_line(name),
            "项数": len(own),
            "期限": day_text(min(one.due for one in own if one.due)),
            "科室": "、".join(dict.fromkeys(one_line(it.item.office) or NO_OFFICE for it in own)),
        }
        for name, own in schools.items()
    ]
