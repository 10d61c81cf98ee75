"""回头看报告.docx: rates, what stands out with the schools' names, every item side by side, scores.

The order is that of such reports: 基本情况, 整改成效, 突出问题, 处理, 下一步. What is done about
it the bureau decides and writes; nothing of it is made up here, and no person is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from inspections.follow_up.books import report_text
from inspections.follow_up.progress import DrawnItem
from inspections.ledger.follow_up import Draw
from inspections.records.rectification import Verb
from inspections.rectification.numbers import short
from inspections.rectification.states import TERMS
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from reports.follow_up.before_after import BeforeAfter
from reports.follow_up.book import NO_OFFICE, UNSEEN, VERBS, WORDS, grouped, school_of
from reports.official.values import Context, Own, Value
from reports.type.archival import About
from rubrics.language.repeating import asks_for_repeats
from rubrics.messages.plain_text import nested, one_line
from rubrics.values.points import half_up
from scoring.results.published import percent_text, total_text

_NAMED: Final = 10
_HEADS: Final = ("抽取", "已复查", *(WORDS[verb] for verb in VERBS), "销号率")
_FAILED: Final = {
    Verb.NOT_DONE: "没有改或没有改到位",
    Verb.RELAPSE: "改过又犯（反弹）",
    Verb.FALSE: "报送与现场不符（虚报）",
}
_DECIDED_BY_THE_BUREAU: Final = "（由局研究决定后填写：约谈、通报批评、问责、暂停评优评先资格等。）"


@dataclass(frozen=True, slots=True)
class Subject:
    """A follow-up with all its draws, and what its verdicts change in the scores."""

    opened: OpenRound
    draws: Sequence[Draw]
    items: Sequence[DrawnItem]
    scores: Sequence[BeforeAfter]

    @property
    def day(self) -> date:
        """The latest day on which something was looked at, else that of the last draw."""
        seen = [one.verdict.day for one in self.items if one.verdict and one.verdict.day]
        return max(seen, default=max(one.day for one in self.draws))


def context(subject: Subject) -> Context:
    """Returns the report; the number and the day of signing stay blank for the bureau."""
    opened, words = subject.opened, subject.opened.words
    compared = words.said("原问题、学校报送、现场所见对照表")
    names = [compared, "复查前后得分对照表"] if subject.scores else [compared]
    return {
        "文号": "",
        "标题": f"关于“{one_line(opened.round.title)}”整改“回头看”情况的报告",
        "主送": "局领导，机关有关科室",
        "情况": words.all_said(_basics(subject)),
        "成效": words.all_said(_done(subject)),
        "分类": _tables(subject),
        "问题": words.all_said(_failed(subject)),
        "处理": words.all_said(_consequences(subject)),
        "下一步": words.all_said(_next(subject)),
        "附件": names,
        "附件号": "附件1" if subject.scores else "附件",
        "署名": Own(one_line(opened.round.bureau)),
        "日期": "　　年　月　日",
        "附注": Own(opened.round.contact.told),
        "对照": [_compared(opened, one) for one in _sorted(subject.items)],
        "得分": [_score(opened, one) for one in subject.scores],
        "得分说明": [
            "注：折算分＝原得分＋屡查屡犯改变的分＋复查销号的问题改好可得；供对照，不改变已公布的得分。",
            "屡查屡犯按细则规定，由复查查出的反弹、虚报引起。",
        ],
    }


def about(subject: Subject) -> About:
    """Returns what programs show of the file."""
    round_ = subject.opened.round
    return About(f"“{round_.title}”整改“回头看”报告", round_.bureau, "回头看", subject.day)


def _sorted(items: Sequence[DrawnItem]) -> list[DrawnItem]:
    return sorted(items, key=lambda one: (one.draw, one.case.number))


def _basics(subject: Subject) -> Iterator[str]:
    for one in subject.draws:
        how = f"抽取比例{one.share}%" if one.share < 100 else "全部抽取"
        pool = "没有销号和已经销号的" if one.closed else "没有销号的"
        yield (
            f"第{one.number}次：{day_text(one.day)}，从{pool}{len(one.pool)}条整改事项中{how}，"
            f"抽出{len(one.teams)}条（种子{one.seed}，可以按它重新抽出同样的事项），"
            f"由{len(set(one.teams.values()))}个检查组复查，不由原检查人单独复查自己查出的问题。"
        )
    seen = [one for one in subject.items if one.verdict]
    schools = len({one.case.item.school for one in seen})
    days = [one.verdict.day for one in seen if one.verdict and one.verdict.day]
    since, until = (day_text(min(days)), day_text(max(days))) if days else ("", "")
    span = f"{since}，" if since == until and since else f"{since}至{until}，" if since else ""
    left = len(subject.items) - len(seen)
    rest = f"，还有{left}条没有复查" if left else ""
    if seen:
        yield f"{span}共复查{schools}所学校{len(seen)}条{rest}。"
    else:
        yield f"抽出的{left}条还没有复查。"


def _done(subject: Subject) -> Iterator[str]:
    seen = [one for one in subject.items if one.verdict]
    done = sum(_is(one, Verb.DONE) for one in seen)
    if not seen:
        yield "还没有复查结论。"
        return
    yield f"复查的{len(seen)}条中，销号{done}条，销号率{_share(done, len(seen))}。"
    kinds = grouped(seen, [TERMS[one.case.item.kind] for one in seen])
    if len(kinds) < 2:
        return
    told = (
        f"{name}{len(own)}条，销号{(count := sum(_is(one, Verb.DONE) for one in own))}条"
        f"（{_share(count, len(own))}）"
        for name, own in kinds.items()
    )
    yield f"按类别：{'；'.join(told)}。"


def _tables(subject: Subject) -> list[Value]:
    schools = [school_of(subject.opened, one) for one in subject.items]
    offices = [one.case.item.office or NO_OFFICE for one in subject.items]
    by_office = len(set(offices)) > 1
    made: list[Value] = []
    for title, names in (
        (subject.opened.words.said("各校复查情况"), schools),
        ("各承办股室复查情况", offices),
    ):
        if names is offices and not by_office:
            continue
        by_name = {"合计": subject.items, **grouped(subject.items, names)}
        made.append({"标题": title, "行": [_rates(name, own) for name, own in by_name.items()]})
    return made


def _share(part: int, whole: int) -> str:
    """A percentage with one decimal, as the table has it."""
    return percent_text(half_up(part * 1000, whole) * 10)


def _rates(name: str, own: Sequence[DrawnItem]) -> Mapping[str, Value]:
    verbs = [one.verdict.verb for one in own if one.verdict]
    counts = [verbs.count(verb) for verb in VERBS]
    part = _share(counts[0], len(verbs)) if verbs else "—"
    figures = (len(own), len(verbs), *counts, part)
    return {"名称": one_line(name), **dict(zip(_HEADS, map(str, figures), strict=True))}


def _failed(subject: Subject) -> Iterator[str]:
    found = False
    for verb, words in _FAILED.items():
        own = [one for one in subject.items if _is(one, verb)]
        if own:
            found = True
            schools = list(dict.fromkeys(school_of(subject.opened, one) for one in own))
            yield f"{words}{len(own)}条，涉及{_names(schools)}。{_examples(own)}"
    if not found:
        yield "复查的事项没有发现未改、反弹、虚报。"


def _examples(own: Sequence[DrawnItem]) -> str:
    titles = [one.case.item.title or one.case.item.source for one in own]
    counts = {title: titles.count(title) for title in titles}
    by_title = sorted(counts.items(), key=lambda it: -it[1])
    told = "、".join(f"“{one_line(title)}”{count}条" for title, count in by_title[:3])
    if len(by_title) > 1 and by_title[0][1] > 1:
        return nested(f"较多的是{told}。")
    return nested(f"是{told}{'等' if len(by_title) > 3 else ''}。")


def _names(schools: Sequence[str]) -> str:
    named = "、".join(one_line(name) for name in schools[:_NAMED])
    return f"{named}等{len(schools)}所学校" if len(schools) > _NAMED else named


def _consequences(subject: Subject) -> Iterator[str]:
    asking = [one for one in subject.opened.rubrics.values() if asks_for_repeats(one)]
    dearer = [one for one in subject.scores if one.raised]
    if asking:
        titles = "》《".join(one_line(rubric.title) for rubric in asking)
        told = f"按《{titles}》关于屡查屡犯的规定，"
        yield told + (
            f"{len({one.school for one in dearer})}所学校的得分因反弹、虚报改变，见附件2。"
            if dearer
            else "本次没有因反弹、虚报改变得分。"
        )
    yield _DECIDED_BY_THE_BUREAU


def _next(subject: Subject) -> Iterator[str]:
    left = [one for one in subject.items if one.verdict and not _is(one, Verb.DONE)]
    if left:
        yield (
            f"未改、反弹、虚报的{len(left)}条重新列入整改台账，由承办股室督促，到期再查；"
            "有新期限的按新期限，没有的按原期限。"
        )
    unseen = [one for one in subject.items if one.verdict is None]
    if unseen:
        yield f"没有复查的{len(unseen)}条，由原定检查组继续复查。"
    if not left and not unseen:
        yield "已销号的事项纳入日常检查，防止反弹。"


def _compared(opened: OpenRound, one: DrawnItem) -> Value:
    item, verdict = one.case.item, one.verdict
    head = f"{item.owner} {item.title}".strip()
    return {
        "序号": short(item.number),
        "学校": one_line(school_of(opened, one)),
        "原问题": one_line(f"{head}：{item.described}" if head else item.described),
        "报送": one_line("；".join(report_text(one.report, opened.words).splitlines())),
        "所见": one_line(verdict.result) if verdict else "",
        "结论": WORDS[verdict.verb] if verdict else UNSEEN,
    }


def _score(opened: OpenRound, one: BeforeAfter) -> Value:
    school = opened.roster.schools.get(one.school)

    def shown(units: int) -> str:
        return total_text(one.rubric, units)

    return {
        "学校": one_line(school.name if school else one.school),
        "细则": one_line(one.rubric.title),
        "原得分": shown(one.before),
        "屡犯": shown(one.raised) if one.raised else "—",
        "可得": shown(one.regained) if one.regained else "—",
        "折算分": shown(one.after),
    }


def _is(one: DrawnItem, verb: Verb) -> bool:
    return one.verdict is not None and one.verdict.verb is verb
