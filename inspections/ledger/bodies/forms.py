"""Which kinds of facts there are, and how the body of each is read and written.

A form that was ever written stays here forever; a new one is added beside it, with a number one
higher and a way to what the program works with now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.json import Decoder

from inspections.ledger.bodies import (
    accountability,
    files,
    follow_up,
    letters,
    office,
    planning,
    rectification,
    self_assessment,
    severity,
    sheets,
    voices,
)


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of facts is written. ``word``: what it is called in Chinese.

    ``silent``: fields that say nothing of anybody; words to be erased are not looked for there.
    """

    word: str
    body: type[Struct]
    silent: frozenset[str] = frozenset()


_DIGESTS: Final = frozenset({"digest", "basis"})
_OF_ITEMS: Final = frozenset({"source", "kind", "opened", "due", "found", "spot"})
_OF_MOVES: Final = frozenset({"verb", "day", "done", "until", "asked", "file"})
_OF_ASSESSED: Final = frozenset({"form", "file", "points"})
_OF_RULINGS: Final = frozenset({"verdict", "day", "file"})
_OF_SURVEYS: Final = _DIGESTS | {"kind", "program", "questions", "rules"}
FORMS: Final[dict[tuple[str, int], Form]] = {
    ("file", 1): Form("文件", files.File, _DIGESTS),
    ("sheet", 1): Form("检查表", sheets.Sheet, frozenset({"corrects", "owners", "day"})),
    ("words", 1): Form("填写的文字", sheets.Words, frozenset({"layout", "typed"})),
    ("layout", 1): Form("单元格位置", sheets.Layout, frozenset({"cells"})),
    ("pictures", 1): Form("插图", sheets.Pictures),
    ("pictures", 2): Form("插图", sheets.Pictures, frozenset({"likenesses"})),
    ("problems", 1): Form("问题", files.Problems, frozenset({"problems"})),
    ("sweep", 1): Form("清点", files.Sweep, _DIGESTS),
    ("sweep", 2): Form("清点", files.Sweep, _DIGESTS | {"computer", "turn", "settings"}),
    ("rubric", 1): Form("细则", office.Version, _DIGESTS),
    ("school", 1): Form("学校", office.Version, _DIGESTS),
    ("inspector", 1): Form("督学", office.Version, _DIGESTS),
    ("settings", 1): Form("批次设置", office.Version, _DIGESTS),
    ("roster", 1): Form("名册", office.Version, _DIGESTS),
    ("plan", 1): Form("检查安排", office.Version, _DIGESTS),
    ("evidence", 1): Form("佐证文件", office.Evidence, frozenset({"contents", "flaw", "kind"})),
    ("evidence", 2): Form(
        "佐证文件", office.Evidence, frozenset({"contents", "flaw", "kind", "likeness"})
    ),
    ("look", 1): Form("佐证清点", office.Look),
    ("look", 2): Form("佐证清点", office.Look, frozenset({"computer"})),
    ("released", 1): Form("不再算的电脑", office.Released, frozenset({"computer", "into"})),
    ("bound", 1): Form("认定批次", office.Bound, frozenset({"seal"})),
    ("decision", 1): Form("决定", office.Decision),
    ("letter", 1): Form(
        "意见书编号", letters.Letter, frozenset({"series", "stage", "digest", "day"})
    ),
    ("objection", 1): Form("异议", letters.Objection, frozenset({"papers", "received", "since"})),
    ("answer", 1): Form("异议答复", letters.Answer, frozenset({"outcome"})),
    ("proposal", 1): Form("问责和表彰建议", accountability.Proposal, frozenset({"day"})),
    ("ruling", 1): Form("对建议的决定", accountability.Ruling, _OF_RULINGS),
    ("survey", 1): Form("答卷文件", voices.Survey, _OF_SURVEYS),
    ("answers", 1): Form("答卷", voices.Answers, frozenset({"flags"})),
    ("sifting", 1): Form("异常答卷的决定", voices.Sifting, frozenset({"rule"})),
    ("assessed", 1): Form("学校自评", self_assessment.Assessed, _OF_ASSESSED),
    ("severity", 1): Form(
        "宽严校正", severity.Severity, frozenset({"records", "left", "nothing", "rubric"})
    ),
    ("item", 1): Form("整改事项", rectification.Item, _OF_ITEMS),
    ("move", 1): Form("整改进展", rectification.Move, _OF_MOVES),
    ("draw", 1): Form("回头看抽取", follow_up.Draw, frozenset({"day", "seed"})),
    ("commitment", 1): Form("抽取承诺", planning.Commitment, frozenset({"day", "digest", "basis"})),
    ("commitment", 2): Form("抽取承诺", planning.Commitment, frozenset({"day", "digest", "basis"})),
    ("plan_draw", 1): Form(
        "双随机抽取", planning.PlanDraw, frozenset({"day", "seed", "digest", "basis"})
    ),
    ("plan_change", 1): Form(
        "改派", planning.PlanChange, frozenset({"day", "since", "until", "days"})
    ),
    ("published", 1): Form("写出的文件", files.Published, frozenset({"digests"})),
    ("erasure", 1): Form("删除", office.Erasure, frozenset({"facts", "old"})),
    ("resumed", 1): Form("接着记账", office.Resumed, frozenset({"head"})),
    ("upgrade", 1): Form("换新格式", office.Upgrade, frozenset({"head"})),
}
VERSIONS: Final = ("rubric", "school", "inspector", "settings", "roster", "plan")
"""Kinds of which the body is a version."""

CURRENT: Final = dict(sorted(FORMS))
"""The number of the form in which a kind is written now."""

KIND_WORDS: Final = {kind: form.word for (kind, _), form in FORMS.items()}
"""What a kind is called in Chinese."""

NOTHING: Final = "{}"
"""The body of a fact that was erased."""

_DECODE: Final[dict[tuple[str, int], Callable[[str], Any]]] = {
    key: Decoder(form.body).decode for key, form in FORMS.items()
}


def decode(kind: str, form: int, body: str) -> Any:
    """Returns the body of a fact; None where it was erased."""
    return None if body == NOTHING else _DECODE[kind, form](body)


def encode(value: object) -> str:
    """Returns JSON without blanks, of texts that every database takes.

    NUL and halves of surrogate pairs are put in another form.
    """
    try:
        text = msgspec.json.encode(value)
        if b"\\u0000" not in text:
            return text.decode()
    except UnicodeEncodeError:
        pass
    return msgspec.json.encode(all_storable(value)).decode()


def storable(text: str) -> str:
    """Returns text that every database takes."""
    if "\0" in text:
        text = text.replace("\0", "␀")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


def all_storable(value: object) -> Any:
    """Returns a body as plain data of which every database takes every text."""
    return _made_storable(msgspec.to_builtins(value))


def _made_storable(value: Any) -> Any:
    match value:
        case str():
            return storable(value)
        case list() | tuple():
            return [_made_storable(item) for item in value]
        case dict():
            return {storable(key): _made_storable(item) for key, item in value.items()}
    return value
