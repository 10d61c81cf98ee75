"""双随机抽取记录: all that somebody needs who draws again, and who was there when it was drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from inspections.ledger.local_time import local_time
from inspections.ledger.planning import PlanDraw
from inspections.planning.drawing import Lots
from inspections.planning.inputs import Inputs
from inspections.planning.known_draws import Told
from inspections.planning.planned import Planned
from inspections.planning.sampling import chances
from inspections.planning.telling_apart import help_text, parts_text, why_text
from inspections.round.days import day_text
from inspections.round.drawing_settings import Drawing, DrawingPaper
from inspections.round.opened import OpenRound
from inspections.steps.planning import Drawn
from reports.official.values import Context, Own, Value
from reports.type.archival import About
from rubrics.messages.plain_text import one_line

_METHOD: Final = (
    "取“种子|次别|层|学校代码”的 SHA-256 排定次序，按权重等距抽取，起点取“种子|次别|层|起点|0”的"
    "SHA-256；现场数写在种子后面，用加号隔开。任何程序都可复算，逐校的数见“抽取复算.csv”。"
)
_SHOWN: Final = 16
"""Digits of digests that the ledger has whole, and that nobody draws again with."""

_MOST: Final = 9
"""Strata that are told one by one on a page; more are summed up by occasion."""


def record(done: Drawn, one: PlanDraw, made: Planned) -> Context:
    """Returns what fills the record of a draw."""
    return {
        "标题": "双随机抽取记录",
        "栏目": [{"项目": name, "内容": text} for name, text in _told(done, one, made)],
        "行们": _rows(done.inputs, made.draws),
        "署名": Own(one_line(done.opened.round.bureau)),
    }


def about(opened: OpenRound, what: str, day: date) -> About:
    """Returns what programs show of a paper of a draw."""
    settings = opened.round
    return About(f"“{settings.title}”{what}", settings.bureau, "双随机", day)


def task(opened: OpenRound) -> str:
    """The name of the task, with the number that the bureau gave it."""
    number = paper_of(opened).number
    return one_line(opened.round.title) + (f"（编号：{one_line(number)}）" if number else "")


def paper_of(opened: OpenRound) -> DrawingPaper:
    """What papers of the draw say that nobody can work out."""
    return (opened.round.drawing or Drawing()).paper


def _told(done: Drawn, one: PlanDraw, made: Planned) -> Iterator[tuple[str, Value]]:
    opened, inputs, promised = done.opened, done.inputs, done.commitment
    words, people, drawing = opened.words, inputs.people, inputs.drawing
    schools, inspectors, settings = one.basis
    yield "事项", Own(task(opened))
    if basis := paper_of(opened).basis:
        yield "依据", Own(one_line("；".join(it.told for it in basis)))
    witness = one.witness or "　　　　"
    yield (
        "抽取",
        Own(
            f"{day_text(one.day)}，第{one.number}次；抽取人{one.who}，见证人{witness}"
            f"（{local_time(one.at)}记入台账）"
        ),
    )
    yield (
        "承诺",
        Own(
            f"第{promised.number}次承诺，{day_text(promised.day)}，种子的 SHA-256："
            f"{promised.digest}（{local_time(promised.at)}记入台账）{_void(done.told, one)}"
        ),
    )
    said = f"；现场数：{one.added}" if one.added else "；没有加现场数"
    source = f"（承诺时说好的：{drawing.added}）" if one.added and drawing.added else ""
    yield "种子", Own(one_line(f"{one.seed}{said}{source}"))
    pool = words.said(f"学校 {len(opened.roster.schools)} 所，督学 {len(people)} 名")
    shown = (held[:_SHOWN] for held in (schools, inspectors, settings, one.digest))
    of_schools, of_people, of_settings, of_result = shown
    yield (
        "名单库",
        Own(
            f"{day_text(promised.day)}的名册：{pool}；校验码：学校 {of_schools}，"
            f"督学 {of_people}，设置和细则 {of_settings}"
        ),
    )
    yield "方法", words.said(f"第 {promised.procedure} 号抽取办法：{_METHOD}")
    visits = one.counts[1]
    yield (
        "结果",
        words.said(
            f"学校 {one.counts[0]} 所，到校 {visits} 次，检查组 {one.counts[2]} 个，"
            f"每名督学 {made.spread_text}；校验码 {of_result}"
        ),
    )
    yield "回避", _apart(inputs, made)
    yield "可比", Own(words.said(_linked(done, made)))


def _linked(done: Drawn, made: Planned) -> str:
    """What it cost that inspectors can be compared, and which of them cannot be, by their codes: a
    record is made public.
    """
    price = made.price
    paid = [f"轮换搭档 {price.pairs} 对"]
    paid += [f"换人 {price.moved} 处"] * (price.moved > 0)
    paid.append(f"多派 {price.extra} 人次" if price.extra else "不用多派人")
    if not price.apart:
        return "，".join(paid) + "，每份细则的督学都由共同的到校连在一起"
    apart = (
        f"查《{one_line(done.opened.rubrics[it.rubric].title)}》的督学分成 {len(it.parts)} 片，"
        f"片与片之间不能互比（{parts_text(it.parts)}）：{why_text(it)}，"
        f"要能比较，请{help_text(it)}"
        for it in price.apart
    )
    return "；".join(["，".join(paid), *apart])


def _void(told: Told, one: PlanDraw) -> str:
    """What was promised and not drawn with, and drawn and not kept, up to a draw; a seed that
    nobody likes is not thrown away in silence.
    """
    used = {it.commitment for it in told.draws}
    left = [it for it in told.promised if it.number < one.commitment and it.number not in used]
    before = [it for it in told.draws if it.number < one.number]
    parts = [
        *(f"第{it.number}次承诺没有用来抽取" for it in left[-_LISTED:]),
        *(f"第{it.number}次抽取（{it.day}）作废" for it in before[-_LISTED:]),
    ]
    if not parts:
        return ""
    more = f"等（共 {len(left)} 次承诺、{len(before)} 次抽取）" if (
        max(len(left), len(before)) > _LISTED
    ) else ""  # fmt: skip
    return f"；在这以前，{'，'.join(parts)}{more}，重来的理由：{one_line(_why(told, one))}"


def _why(told: Told, one: PlanDraw) -> str:
    return next((it.why for it in told.promised if it.number == one.commitment), "")


_LISTED: Final = 3


def _apart(inputs: Inputs, made: Planned) -> str:
    drawn = {visit.school for own in made.visits.values() for _, visit in own}
    stepped = [one for one in inputs.people if inputs.avoids(one) & drawn]
    times = sum(len(inputs.avoids(one) & drawn) for one in stepped)
    if not stepped:
        return "没有督学需要回避抽中的学校"
    return f"{len(stepped)} 名督学回避抽中的学校共 {times} 校次，都没有派去；姓名见局内派组表"


def _rows(inputs: Inputs, draws: Sequence[Lots]) -> list[Value]:
    if len(draws) <= _MOST:
        return [_row(one.occasion, one.layer.name, [one], _chance(inputs, one)) for one in draws]
    by_turn: dict[str, list[Lots]] = {}
    for one in draws:
        by_turn.setdefault(one.occasion, []).append(one)
    return [
        _row(occasion, f"共 {len(own)} 层，分层见“抽取复算.csv”", own, "—")
        for occasion, own in by_turn.items()
    ]


def _row(occasion: str, name: str, own: Sequence[Lots], chance: str) -> Value:
    return {
        "次别": one_line(occasion),
        "层": one_line(name),
        "库": str(sum(len(one.layer.schools) for one in own)),
        "应抽": str(sum(one.layer.count for one in own)),
        "抽中": str(sum(len(one.drawn) for one in own)),
        "机会": chance,
    }


def _chance(inputs: Inputs, one: Lots) -> str:
    found = list(chances_of(inputs, one).values())
    least, most = min(found), max(found)
    return _per_cent(least) if least == most else f"{_per_cent(least)}—{_per_cent(most)}"


def chances_of(inputs: Inputs, one: Lots) -> dict[str, Fraction]:
    """Returns how likely each school of a stratum was to be drawn on an occasion."""
    left = len(one.drawn) - one.sure
    weights = {school: inputs.weight(school) for school in one.among}
    by_lot = chances(weights, left)
    drawn = set(one.drawn)
    return {
        school: by_lot[school] if school in by_lot else Fraction(school in drawn)
        for school in one.layer.schools
    }


def _per_cent(chance: Fraction) -> str:
    tenths = int(chance * 1000 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}%".replace(".0%", "%")
