"""Labels read well where letters, feedback sheets and books put them into a sentence.

What is missing is told as ``缺应急预案``, what is not met as ``公示不符合要求``, what was counted
or read as ``迟到 3 次``, whatever is asked for sentence after sentence: so a label is a noun
without a stop, a unit or points of its own, and a demand is a whole sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel

from rubrics.checking.walk import extras, indicators, red_lines, triggers, whole_rules
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.rules import Quota, Rectify
from rubrics.rules.all_or_none import AllOrNone, Requirement
from rubrics.rules.checklist import Item
from rubrics.rules.composite import CompositePart
from rubrics.rules.words import told

_STOPS = "，。；：、！？…,.;:!?"
_ALREADY = re.compile(r"已经?(?P<left>[^的]{1,8})$")
"""What was done, at the end: ``收费已公示``."""

_HAS = re.compile(
    r"(设有|建有|配有|备有|订有|定有|具有|[建设]立了|[制订]定了|开展了|落实了|配备了|已经|已"
    r"|有(?!效|关|限|机|毒|害|偿|线|声|氧|奖|无))(?P<left>.+)"
)
_LACKS = re.compile(
    r"(没有|无(?!障碍|线|纸|犯罪|尘|烟|菌|害|毒|公害|人|声|偿|证)|未(?!成年|来|婚|检|知)"
    r"|不(?!锈|动产|良|定期|合格|满意|同|明|足|宜|在编)|能够|应当|必须|应(?=有|设|建|配|公|定|按|在)"
    r"|确保|做到)(?P<left>.+)"
)
_SAID_OF_A_NOUN = re.compile(
    r"[^的](齐全|齐备|完备|完整|健全|完好|到位|合理|及时|真实|准确|合规|达标|有效|一致|清楚|清晰|明确"
    r"|合格|正常|相符|符合要求|符合规定)$"
)
_WHOLE = re.compile(r"(健全|完整|完善|明确|专门|专用|规范|详细|齐全|固定|必要|相应|真实|具体)的")
"""What follows 有 where a whole sentence is meant: ``有完整的台账``, not ``有资质单位的合同``."""

_POINTS = re.compile(r"扣\s*\d|[（(]\s*\d+(\.\d+)?\s*分\s*[）)]|每\S{0,3}扣")
_QUESTION = re.compile(r"是否|有无|有没有")
_OFTEN = re.compile(r"每(?!位|名|人|个)|应(?!急|用|届|知)")


class Label(NamedTuple):
    """A label, the model that has it, and the way down to it."""

    keys: Keys
    text: str
    owner: BaseModel


def labels(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-label, rubric-demand."""
    for keys, text in _titles(rubric):
        for detail, write in _as_a_name(text, what="名称"):
            yield problem("rubric-label", places.at(keys), label=text, detail=detail, write=write)
    if re.fullmatch("“[^“”]*”", rubric.version):
        detail, write = "连引号也成了版本：引号是中文的", "去掉引号，或换成半角的"
        at = places.at(("version",))
        yield problem("rubric-label", at, label=rubric.version, detail=detail, write=write)
    for keys, owner, title in _numbered(rubric):
        if title.startswith((f"{owner} ", f"{owner}.", f"{owner}．", f"{owner}、")):
            detail = f"前面已有编号，会印成“{owner} {title}”"
            write = "去掉名称里的编号"
            yield problem("rubric-label", places.at(keys), label=title, detail=detail, write=write)
    for found in whole_rules(rubric):
        for label in labelled(found.rule, found.keys):
            for detail, write in (*_as_a_name(label.text), *_in_a_sentence(label)):
                at = places.at(label.keys)
                yield problem("rubric-label", at, label=label.text, detail=detail, write=write)
        for label, part in _said_twice(found.rule, found.keys):
            at = places.at(label.keys)
            detail = f"以这一部分的名称开头，会印成“{part}：{label.text}”"
            write = f"去掉开头的“{part}”"
            yield problem("rubric-label", at, label=label.text, detail=detail, write=write)
    for keys, trigger, _ in triggers(rubric):
        text = trigger.label
        if trigger.flag is not None and text.rstrip("？?").endswith(tuple(_STOPS)):
            at, write = places.at((*keys, "label")), "去掉末尾的标点，问号除外"
            detail = "末尾有标点，写进意见书不成句"
            yield problem("rubric-label", at, label=text, detail=detail, write=write)
    yield from _demands(rubric, places)


def labelled(model: BaseModel, keys: Keys) -> Iterator[Label]:
    """Yields every label in a rule and its parts, with the model that carries it."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in ("label", "numerator", "denominator") and isinstance(value, str):
            optional = isinstance(model, CompositePart)
            if value or not optional:
                yield Label((*keys, name), value, model)
        for n, inner in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(inner, BaseModel):
                way = (*keys, name, n) if isinstance(value, tuple) else (*keys, name)
                yield from labelled(inner, way)


def _said_twice(model: BaseModel, keys: Keys) -> Iterator[tuple[Label, str]]:
    """Yields labels that begin as the part does that they stand in, with the part's own."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        for n, inner in enumerate(value if isinstance(value, tuple) else (value,)):
            if not isinstance(inner, BaseModel):
                continue
            way = (*keys, name, n) if isinstance(value, tuple) else (*keys, name)
            yield from _said_twice(inner, way)
            if isinstance(inner, CompositePart) and inner.label:
                # Of what is read in a part (留样：留样量) the first word may be its own.
                text = getattr(inner.rule, "label", "")
                if text.startswith(inner.label) and text != inner.label:
                    yield Label((*way, "rule", "label"), text, inner.rule), inner.label


def _as_a_name(text: str, what: str = "label") -> Iterator[tuple[str, str]]:
    """Yields (what is wrong, what to write) with what is printed within sentences."""
    if not text.strip():
        yield f"{what}是空的，通知里就少一个词", "写上名称"
    elif text.rstrip().endswith(tuple(_STOPS)):
        yield "末尾有标点，写进意见书不成句", "去掉末尾的标点"
    if _POINTS.search(text):
        yield "写了扣几分，程序会再说一遍", "去掉分数，分数只写在规则里"


def _in_a_sentence(label: Label) -> Iterator[tuple[str, str]]:
    text, owner = told(label.text).strip(), label.owner
    if _QUESTION.match(text):
        bare = _QUESTION.sub("", text, count=1)
        yield f"写成了一问，意见书会写成“{_sentence(owner, text)}”", f"写成名词，如“{bare}”"
    elif _is_met(owner):
        noun = _noun(text)
        if noun is not None:
            example = f"，如“{noun}”" if noun else ""
            said = f"写成了已经做到的话，意见书会写成“{_sentence(owner, text)}”"
            yield said, f"写成名词{example}"
    elif isinstance(owner, Quota) and _OFTEN.match(text):
        yield f"写了多久一次，意见书会写成“{text}应 4 次”", "只写是什么会、什么事"
    unit = getattr(owner, "unit", "")
    if unit and label.keys[-1] == "label" and _has_unit(label.text.strip(), unit):
        yield f"写了单位，会印成“{label.text} 3 {unit}”", f"去掉名称里的“{unit}”"


def _is_met(owner: BaseModel) -> bool:
    """Whether it is there or not, met or not: what is told of it begins or ends with the label."""
    if isinstance(owner, CompositePart):
        return isinstance(owner.rule, AllOrNone) and not owner.rule.requirements
    return isinstance(owner, Item | Requirement)


def _sentence(owner: BaseModel, text: str) -> str:
    return f"缺{text}" if isinstance(owner, Item) else f"{text}不符合要求"


def _noun(text: str) -> str | None:
    """Returns what may be meant where a label is an assertion, empty if unknown; None if none."""
    head = _HAS.match(text) or _LACKS.match(text)
    if head is not None:
        left = head["left"].removeprefix("了")
        named = re.search(r"的.", left) is not None and not _WHOLE.match(left)
        if not named and not left.endswith(("证明", "承诺书", "清单", "名单", "登记", "记录")):
            return left if _HAS.match(text) else ""
        if head.re is _HAS and not named and "的" not in left:
            return left
    tail = _ALREADY.search(text)
    if tail is not None:
        return text[: tail.start()] + tail["left"]
    if _SAID_OF_A_NOUN.search(text):
        return ""
    return None


def _has_unit(label: str, unit: str) -> bool:
    if re.search(rf"[（(](单位[：:]?)?{re.escape(unit)}[）)]$", label):
        return True
    return label.endswith(unit) and label != unit and (len(unit) > 1 or not "一" <= unit <= "鿿")


def _titles(rubric: Rubric) -> Iterator[tuple[Keys, str]]:
    yield ("title",), rubric.title
    yield ("letter_title",), rubric.letter_title
    yield ("people",), rubric.people
    for n, dimension in enumerate(rubric.dimensions):
        yield ("dimensions", n, "title"), dimension.title
    for keys, indicator in indicators(rubric):
        yield (*keys, "title"), indicator.title
    for keys, line, _ in red_lines(rubric):
        yield (*keys, "title"), line.title
    for keys, extra in extras(rubric):
        yield (*keys, "title"), extra.title
    for n, band in enumerate(rubric.grades):
        yield ("grades", n, "grade"), band.grade
    for code, document in rubric.documents.items():
        yield ("documents", code, "title"), document.title


def _numbered(rubric: Rubric) -> Iterator[tuple[Keys, str, str]]:
    for n, dimension in enumerate(rubric.dimensions):
        yield ("dimensions", n, "title"), dimension.id, dimension.title
    for keys, indicator in indicators(rubric):
        yield (*keys, "title"), indicator.id, indicator.title
    for keys, extra in extras(rubric):
        yield (*keys, "title"), extra.id, extra.title


def _demands(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """What is asked stands sentence after sentence, in the words of a bureau to a school."""
    asked = [
        ((*keys, "rectify"), item.rectify) for keys, item in indicators(rubric) if item.rectify
    ]
    asked += [((*keys, "rectify"), item.rectify) for keys, item in extras(rubric) if item.rectify]
    for found in whole_rules(rubric):
        asked += _rectify(found.rule, found.keys)
    for keys, rectify in asked:
        demand, at = rectify.demand.strip(), places.at((*keys, "demand"))
        if not demand.startswith("请"):
            detail = "不是以“请”开头的一句话"
            write = f"写成对学校的要求，如“请{demand or '补齐材料。'}”"
            yield problem("rubric-demand", at, demand=demand, detail=detail, write=write)
        if not demand.endswith(("。", "！")):
            detail = "末尾没有句号，几条要求会连成一句"
            yield problem("rubric-demand", at, demand=demand, detail=detail, write="加上句号")


def _rectify(model: BaseModel, keys: Keys) -> Iterator[tuple[Keys, Rectify]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        for n, inner in enumerate(value if isinstance(value, tuple) else (value,)):
            way = (*keys, name, n) if isinstance(value, tuple) else (*keys, name)
            if isinstance(inner, Rectify):
                yield way, inner
            elif isinstance(inner, BaseModel):
                yield from _rectify(inner, way)
