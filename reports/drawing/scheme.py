"""双随机抽查方案: what is published before the draw, so that nobody can choose afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from inspections.ledger.local_time import local_time
from inspections.planning.inputs import UNIT, Inputs
from inspections.planning.needs import needs_of
from inspections.planning.strata import Layer
from inspections.round.days import day_text
from inspections.round.drawing_settings import Risk
from inspections.steps.planning import Drawn
from reports.drawing.record import paper_of, task
from reports.official.values import Context, Own, Value
from rubrics.language.subject import Words
from rubrics.messages.plain_text import one_line
from rubrics.values.points import share_text

_BLANK: Final = "　　　　　　　　（由局里填写）"
_AGAIN: Final = (
    "抽取后公布种子、现场数、抽取记录和逐校的“抽取复算.csv”：种子的 SHA-256 与承诺码相同，"
    "照“复算说明.txt”用任何程序或电子表格重做，结果应当一样"
)
_RULES: Final = (
    "回避的不派；同两人不连着去同一所学校；查出问题还没有销号的，原检查人不单独去；"
    "排得下的人里先派到校次数少的，每名督学几次写在抽取记录里；每份细则的督学都由共同的到校连在一起，连不起来的在抽取记录里写明"
)


def scheme(done: Drawn) -> Context:
    """Returns what fills the scheme of a draw."""
    turns = len(done.opened.round.occasions)
    return {
        "标题": "双随机抽查方案",
        "栏目": [{"项目": name, "内容": text} for name, text in _told(done)],
        "行们": [_row(done.inputs, it, turns, done.opened.words) for it in done.layers],
        "署名": Own(one_line(done.opened.round.bureau)),
    }


def _told(done: Drawn) -> Iterator[tuple[str, Value]]:
    opened, inputs, promised = done.opened, done.inputs, done.commitment
    words, drawing, paper = opened.words, inputs.drawing, paper_of(opened)
    window = opened.round.window
    yield "事项", Own(task(opened))
    yield "依据", Own(one_line("；".join(it.told for it in paper.basis)) or _BLANK)
    joint = "，联合" + "、".join(paper.joint) if paper.joint else ""
    yield "检查机关", Own(one_line(opened.round.bureau + joint))
    yield "检查项目", Own("、".join(f"《{it.title}》" for it in opened.rubrics.values()))
    yield (
        "检查期限",
        (
            f"{day_text(window.since)}至{day_text(window.until)}，"
            f"分 {len(opened.round.occasions)} 个次别：{'、'.join(opened.round.occasions)}"
        ),
    )
    schools, inspectors, settings = promised.basis
    yield (
        "对象库",
        Own(
            words.said(f"{day_text(promised.day)}的学校名册，{len(opened.roster.schools)} 所")
            + f"；名单和权重的校验码（SHA-256）：{schools}"
        ),
    )
    yield (
        "人员库",
        Own(
            words.said(f"督学名册，在任 {len(inputs.people)} 名")
            + f"；校验码：{inspectors}；设置和细则的校验码：{settings}"
        ),
    )
    yield "权重", words.said(_weights(drawing.risk))
    yield "检查组", words.said(_teams(inputs) + "；" + _RULES)
    earliest = promised.day + timedelta(days=drawing.announced)
    held = f"；{one_line(paper.held)}" if paper.held else ""
    yield "抽取时间", Own(f"{day_text(earliest)}起（承诺码公布满 {drawing.announced} 天）{held}")
    yield "监督", Own(one_line(paper.watch) or _BLANK)
    yield (
        "承诺码",
        Own(
            f"第{promised.number}次承诺，{day_text(promised.day)}，种子的 SHA-256："
            f"{promised.digest}（{local_time(promised.at)}记入台账），"
            f"第 {promised.procedure} 号抽取办法"
        ),
    )
    added = one_line(drawing.added)
    yield "现场数", Own(f"{added}；与种子合用，缺它不抽" if added else "不用")
    yield "复算", words.said(_AGAIN)


def _weights(risk: Risk) -> str:
    if not risk.weighs:
        return "各校相同，层内机会均等"
    parts = [
        *(f"上次{grade} {float(own):g}" for grade, own in risk.results.items() if own),
        *(
            f"{what} {float(own):g}"
            for what, own in (
                ("每条没有销号的事项", risk.open_items),
                ("每件投诉", risk.complaints),
                ("距上次检查每满一个月", risk.months),
            )
            if own
        ),
    ]
    return f"基数 1，加：{'，'.join(parts)}；至多 {float(risk.limit):g}"


def _teams(inputs: Inputs) -> str:
    team, day = inputs.drawing.team, inputs.drawing.day
    needs = [
        f"{rubric.title}要有{'、'.join(sorted(asked))}"
        for name, rubric in inputs.rubrics.items()
        if (asked := {*needs_of(team, name)})
    ]
    said = f"每组 {team.size} 人，由抽签组成" + (f"，同组 {team.days} 天" * (team.days > 1))
    said += f"，一天至多 {day.visits} 所、{day.minutes} 分钟（路上 {day.travel} 分钟）"
    return "；".join([said, *needs])


def _row(inputs: Inputs, one: Layer, turns: int, words: Words) -> Value:
    weights = [inputs.weight(school) for school in one.schools]
    least, most = min(weights) / UNIT, max(weights) / UNIT
    return {
        "层": one_line(one.name),
        "库": str(len(one.schools)),
        "比例": share_text(one.share),
        "至少": f"{one.at_least} 所",
        "应抽": str(one.count),
        "次": str(turns),
        "频次": f"{one.times} 次" if one.times else "不限",
        "权重": f"{least:g}" if least == most else f"{least:g}—{most:g}",
    }
