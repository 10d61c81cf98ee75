"""年度通报.docx: the words of the year's bulletin, under the names of its template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.bulletin.content import ADDRESSEE
from reports.bulletin.told import Told
from reports.official.contact import NO_CONTACT, NO_COPIES
from reports.official.values import Context, Own, Value
from reports.type.numerals import numeral
from reports.year import wording
from reports.year.paragraphs import basics, changes, demands, unimproved
from reports.year.standings import by_group, results, total_text
from reports.year.subject import YearSubject
from rubrics.language.subject import Words
from rubrics.messages.plain_text import one_line
from scoring.years.year import SchoolYear

BULLETIN = "年度通报.docx"


@dataclass(frozen=True, slots=True)
class RubricTold:
    """What is told of one rubric; ``title`` is its heading, with a number."""

    title: str
    results: tuple[Told, ...]
    changes: tuple[Told, ...]
    unimproved: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class YearBulletin:
    """All paragraphs of the year's bulletin."""

    title: str
    basics: tuple[Told, ...]
    rubrics: tuple[RubricTold, ...]
    demands: tuple[Told, ...]

    def told(self) -> Iterator[tuple[str, Told]]:
        """Yields section and paragraph in the order of print."""
        yield from (("基本情况", one) for one in self.basics)
        for section, name in (
            ("年度成绩", "results"),
            ("升降情况", "changes"),
            ("屡查未改的问题", "unimproved"),
        ):
            for held in self.rubrics:
                yield from ((f"{section}{held.title}", one) for one in getattr(held, name))
        yield from (("工作要求", one) for one in self.demands)


def year_bulletin(subject: YearSubject) -> YearBulletin:
    """Returns the paragraphs of the year's bulletin, each with its figures."""
    words, rubrics = subject.words, []
    for number, (name, part) in enumerate(subject.named()):
        rubrics.append(
            RubricTold(
                f"（{numeral(number + 1)}）{name}",
                _said(words, results(subject, part)),
                _said(words, changes(subject, part)),
                _said(words, unimproved(part)) if part.held.rubric else (),
            )
        )
    return YearBulletin(
        words.said(f"关于{subject.title}学校督导结果的通报"),
        _said(words, basics(subject)),
        tuple(rubrics),
        _said(words, demands(subject)),
    )


def _said(words: Words, paragraphs: Iterable[Told]) -> tuple[Told, ...]:
    return tuple(one.put(words.said) for one in paragraphs)


def context(subject: YearSubject, held: YearBulletin) -> Context:
    """Returns the year's bulletin; its day and number stay blank for the bureau."""
    last = subject.year.rounds[-1]
    rubrics: list[Value] = [
        {
            "标题": one.title,
            "成绩": _texts(one.results),
            "升降": _texts(one.changes),
            "未改": _texts(one.unimproved),
        }
        for one in held.rubrics
    ]
    items = _items(subject)
    return {
        "文号": "",
        "标题": held.title,
        "主送": subject.words.said(ADDRESSEE),
        "基本情况": _texts(held.basics),
        "细则": rubrics,
        "工作要求": _texts(held.demands),
        "成绩附件": subject.results_mark,
        "附件": ["年度成绩表", *(["屡查未改的指标"] if subject.has_items else [])],
        "署名": Own(one_line(last.bureau)),
        "日期": "　　年　月　日",
        "附注": Own(last.contact or NO_CONTACT),
        "抄送": last.copies or NO_COPIES,
        "成绩表": list(_tables(subject)),
        "成绩表注": subject.words.all_said(_notes(subject)),
        "未改清单": items,
    }


def _texts(paragraphs: Sequence[Told]) -> list[Value]:
    return [paragraph.text for paragraph in paragraphs]


def _tables(subject: YearSubject) -> Iterator[Value]:
    for name, part in subject.named():
        labels = subject.short_labels_of(part)
        for group, schools in by_group(part.schools).items():
            still = "，名次暂列" if subject.publish and schools[0].place_open else ""
            yield {
                "标题": f"{name}　{group}（{'／'.join(labels)}{still}）",
                "行": [
                    {
                        "名次": _rank(one) if subject.publish else "—",
                        "学校": one_line(one.name),
                        "各轮": wording.totals_text(part, one),
                        "年度分": total_text(part, one),
                        "变化": wording.short_change(part, one),
                        "备注": subject.words.said(wording.remark(one, labels)),
                    }
                    for one in schools
                ],
            }


def _notes(subject: YearSubject) -> Iterator[str]:
    """What the tables do not say themselves, of what stands in them."""
    yield f"注：{wording.HOW}"
    told: dict[str, list[str]] = {
        note: [] for _, part in subject.named() if (note := wording.behind_note(part))
    }
    for name, part in subject.named():
        if note := wording.behind_note(part):
            told[note].append(name)
    several = len(subject.year.rubrics) > 1
    for note, names in told.items():
        yield f"{'、'.join(names)}：{note}" if several else note
    schools = [one for part in subject.year.rubrics for one in part.schools]
    if any(one.open or one.place_open for one in schools):
        yield "“暂列”“暂定”的，核定后可能变动。"
    if any(one.by_rate and one.change is not None for one in schools):
        yield "细则变了的，变化是没有变的指标得分率的百分点。"


def _items(subject: YearSubject) -> list[Value]:
    return [
        {
            "细则": name,
            "编号": one.item,
            "指标": one_line(one.title),
            "各轮": "／".join(map(wording.rate_text, one.rates)),
            "学校数": len(one.stuck),
        }
        for name, part in subject.named()
        for one in part.items
        if one.never or one.stuck
    ]


def _rank(one: SchoolYear) -> str:
    return "—" if one.rank is None or one.group_size < 2 else str(one.rank)
