"""YAML text -> plain data with exact numbers, and the line of every part.

Stricter and plainer than YAML 1.1: only ``true`` and ``false`` are booleans, numbers become
``Decimal`` from their own text, and dates, times (``8:20``) and ``是`` stay text, as do all keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import yaml

from rubrics.files.limits import MOST_ENTRIES
from rubrics.files.slips import Slip, explained, slip_in
from rubrics.language.places import Keys, Places, readable
from rubrics.messages.not_there import not_there
from rubrics.messages.plain_text import plain, unseen
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese

_NUMBER = re.compile(r"[+-]?(0|[1-9]\d*)(\.\d+)?")
_WORDS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BLOCK = ("|", ">")
_DEEPEST = 40
_MOST_BYTES = 4_000_000
_MOST_PARTS = 200_000
_MOST_WRITTEN = 250_000
_USERS = 3
"""Places that are named of those that use what was written once."""

# What libyaml says, in the order in which to look, and what a clerk needs to hear and to do.
_COMPLAINTS = (
    ("tab character", "缩进里有制表符（Tab）", "把制表符换成空格"),
    (
        "mapping values are not allowed",
        "这里多了一个冒号，或上一行、这一行的缩进不对",
        "与上面各行对齐；值里有冒号的，给整个值加引号",
    ),
    ("could not find expected ':'", "这一行缺少冒号，或冒号后没有空格", "写成“名称: 值”"),
    ("did not find expected key", "缩进与上面各行不一致", "与上面各行对齐"),
    (
        "did not find expected '-'",
        "列表里混进了不以“- ”开头的行，或缩进与上面各行不一致",
        "与上面各行对齐；列表的每一项以“- ”开头",
    ),
    ("did not find expected ',' or", "方括号或花括号没有配对，或少了逗号", "补上括号或半角逗号"),
    ("did not find expected node content", "方括号或花括号里的内容不对", "检查括号里的逗号和引号"),
    (
        "did not find expected <document start>",
        "缩进与上面各行不一致，或括号多了一个",
        "与上面各行对齐，删去多的括号",
    ),
    ("unexpected end of stream", "引号没有配对", "补上另一半引号"),
    ("unknown escape", "双引号里的反斜杠写法不对", "把外面的双引号换成单引号"),
    ("block scalar", "值不能以“>”或“|”开头", "给整个值加上引号"),
    ("scanning an anchor", "“&”后的名称只能用字母和数字", "改名称；不是名称的，给值加引号"),
    ("scanning an alias", "“*”后的名称只能用字母和数字", "改名称；不是引用的，给值加引号"),
    ("undefined alias", "引用（*名称）找不到对应的 &名称", "补上 &名称；不是引用的，给值加引号"),
    ("scanning a tag", "值不能以“!”开头", "给整个值加上引号"),
    ("another document", "一个文件只能有一份细则", "删去多出的“---”"),
)
_CHECK = "检查这一行的缩进、冒号后的空格和引号"


@dataclass(frozen=True, slots=True)
class Source:
    """What a YAML file holds: plain data (None where it cannot be read), places, problems."""

    data: object
    places: Places
    problems: list[Problem]
    lines: Sequence[str] = ()


def read_yaml(path: Path) -> Source:
    """Returns the content of a YAML file; whatever is wrong with the file is among the problems.

    Codes: file-missing, file-refused, file-encoding, file-not-text, file-too-big, file-too-much,
    yaml-syntax, yaml-empty, yaml-duplicate-key, text-cleaned.
    """
    raw = raw_yaml(path)
    return raw if isinstance(raw, Source) else decoded_yaml(raw, str(path))


def raw_yaml(path: Path) -> bytes | Source:
    """Returns what stands in a file; why not, where it cannot be read. Codes: those of
    ``not_there``, file-refused, file-too-big.
    """
    file = str(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            return _failed(problem("file-too-big", Place(file)))
        return path.read_bytes()
    except OSError as error:
        if not path.is_file():
            return _failed(not_there(path, file))
        return _failed(problem("file-refused", Place(file), name=file, detail=in_chinese(error)))


def decoded_yaml(raw: bytes, file: str) -> Source:
    """Returns the content of a file that was read, as :func:`read_yaml` does."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _failed(_undecodable(raw, file))
    if _CONTROL.search(text):
        return _failed(_undecodable(raw, file))
    return parse_yaml(text, file)


def parse_yaml(text: str, file: str = "") -> Source:
    """Returns the content of YAML text; problems are placed in ``file``."""
    build = _Build(text.splitlines(keepends=True))
    try:
        _refuse_too_much(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        if node is None:
            return _failed(problem("yaml-empty", Place(file)))
        slip = slip_in(build.text[node.start_mark.line])
        if isinstance(node, yaml.ScalarNode) and slip:
            at = Place(file, "", f"第 {node.start_mark.line + 1} 行")
            return _failed(problem("yaml-syntax", at, detail=slip.detail, write=slip.write))
        data = build.plain(node, ())
    except yaml.YAMLError as error:
        return _failed(_syntax(error, text, file))
    except _TooMuchError as error:
        at = Place(file, "", f"第 {error.line} 行")
        said = {} if error.code != "yaml-syntax" else {"write": "减少层次"}
        return _failed(problem(error.code, at, detail=error, **said))
    problems = [
        problem("yaml-duplicate-key", Place(file, "", f"第 {line} 行"), key=key)
        for line, key in build.doubled
    ]
    problems += [
        problem(
            "yaml-syntax",
            Place(file, "", f"第 {line} 行"),
            detail=f"不支持标签“{tag}”",
            write="删去标签；值以“!”开头的，给整个值加上引号",
        )
        for line, tag in build.tagged
    ]
    problems += [
        problem("yaml-syntax", Place(file, "", f"第 {line} 行"), detail=detail, write=write)
        for line, (detail, write) in build.slipped
    ]
    problems += [
        problem("text-cleaned", Place(file, "", f"第 {line} 行"), characters=found)
        for line, found in build.cleaned
    ]
    return Source(
        data, Places(file, _Lines(file, data, build.lines, build.written)), problems, build.text
    )


@dataclass(frozen=True, slots=True)
class _Lines(Mapping[Keys, Place]):
    """The places of all parts; most of them are never asked for."""

    file: str
    data: object
    lines: Mapping[Keys, int]
    written: Mapping[Keys, Keys]

    def __getitem__(self, keys: Keys) -> Place:
        """The place where a part was written: one for all that use it (``*name``)."""
        line, way = self.lines[keys], self._written(keys)
        users = [it for it, first in self.written.items() if way[: len(first)] == first]
        said = "、".join(readable(self.data, it) for it in users[:_USERS])
        more = f" 等 {len(users)} 处" if len(users) > _USERS else " "
        again = f"（{said}{more}也用它）" if users else ""
        return Place(self.file, "", f"第 {line} 行 {readable(self.data, way)}{again}".rstrip())

    def _written(self, keys: Keys) -> Keys:
        for end in range(len(keys), 0, -1):
            if (first := self.written.get(keys[:end])) is not None:
                return self._written((*first, *keys[end:]))
        return keys

    def __iter__(self) -> Iterator[Keys]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


def _refuse_too_much(text: str) -> None:
    """Stops early: libyaml composes by recursion, and some 10,000 brackets end the process.

    So it does where a list or the whole has no end: composing takes ten times as long as this.
    """
    left: list[int] = []
    groups: list[bool] = []
    named: list[bool] = []
    parts = indicators = 0
    key = ""
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            for open_ones in (left, groups, named):
                open_ones.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        parts += 1
        indicators += bool(named) and named[-1]
        if left:
            left[-1] -= 1
            if groups[-1] and left[-1] % 2:  # of each two the first is the key
                key = event.value if isinstance(event, yaml.ScalarEvent) else ""
        ended = bool(left) and left[-1] < 0
        if isinstance(event, yaml.CollectionStartEvent):
            group = isinstance(event, yaml.MappingStartEvent)
            named.append(not group and bool(groups) and groups[-1] and key == "indicators")
            groups.append(group)
            left.append(MOST_ENTRIES * (1 + group))
        if ended or max(parts - _MOST_WRITTEN, indicators - MOST_ENTRIES, len(left) - _DEEPEST) > 0:
            line = event.start_mark.line + 1 if event.start_mark else 1
            if len(left) > _DEEPEST:
                raise _TooMuchError(line, "yaml-syntax", "层次太多")
            most = f"一处最多 {MOST_ENTRIES} 项，二级指标合计最多 {MOST_ENTRIES} 项"
            raise _TooMuchError(line, "file-too-much", most)


class _TooMuchError(Exception):
    """Nested too deep, lists without end, or aliases that multiply; where, and what is said."""

    def __init__(self, line: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.line = line
        self.code = code


@dataclass(slots=True)
class _Build:
    text: list[str]
    lines: dict[Keys, int] = field(default_factory=dict)
    doubled: list[tuple[int, str]] = field(default_factory=list)
    tagged: list[tuple[int, str]] = field(default_factory=list)
    cleaned: list[tuple[int, str]] = field(default_factory=list)
    slipped: list[tuple[int, Slip]] = field(default_factory=list)
    parts: int = 0
    again: set[Keys] = field(default_factory=set)
    first: dict[int, Keys] = field(default_factory=dict)
    written: dict[Keys, Keys] = field(default_factory=dict)
    """Where a name (``*name``) stands -> where what it stands for was first written."""

    def plain(self, node: yaml.Node, keys: Keys) -> object:
        line = node.start_mark.line + 1
        self.parts += 1
        if len(keys) > _DEEPEST or self.parts > _MOST_PARTS:
            raise _TooMuchError(line, "yaml-syntax", "层次太多")
        if not node.tag.startswith("tag:yaml.org,2002:"):
            self.tagged.append((line, node.tag))
        self.lines.setdefault(keys, line)
        first = self.first.setdefault(id(node), keys)
        # What lies within is used again with the whole.
        if first != keys and keys[:-1] not in self.again:
            self.written[keys] = first
        if first != keys:
            self.again.add(keys)
        if isinstance(node, yaml.ScalarNode):
            # ``range: >70`` begins a text of several lines, of which there are none.
            slip = slip_in(self.text[line - 1]) if node.style in _BLOCK and not node.value else None
            if slip:
                self.slipped.append((line, slip))
            return self._cleaned(_scalar(node), line)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*keys, n)) for n, item in enumerate(node.value)]
        return dict(self._pairs(node, keys))

    def _pairs(self, node: yaml.Node, keys: Keys) -> Iterator[tuple[str, object]]:
        seen: set[str] = set()
        for key_node, value in node.value:
            line = key_node.start_mark.line + 1
            typed = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            key = str(self._cleaned(typed, line))
            # In quotes it is a text like others.
            if key == "<<" and key_node.style not in ("'", '"'):
                slip = Slip("不支持用“<<”合并", "把要用的各项都写出来")
                self.slipped.append((line, slip))
                continue
            if key in seen:
                self.doubled.append((line, key))
                continue
            seen.add(key)
            self.lines[(*keys, key)] = line
            yield key, self.plain(value, (*keys, key))

    def _cleaned(self, value: object, line: int) -> object:
        """Texts as they may be printed: papers and workbooks are made from them."""
        if not isinstance(value, str):
            return value
        if found := unseen(value):
            self.cleaned.append((line, "、".join(found)))
        return plain(value)


def _scalar(node: yaml.ScalarNode) -> object:
    text: str = node.value
    if node.style:
        return text.rstrip("\n") if node.style in _BLOCK else text
    if text in _WORDS:
        return _WORDS[text]
    return Decimal(text) if _NUMBER.fullmatch(text) else text


def _failed(*problems: Problem) -> Source:
    return Source(None, Places(problems[0].place.file), list(problems))


def _undecodable(raw: bytes, file: str) -> Problem:
    if raw[:2] in (b"PK", b"\xd0\xcf"):  # workbooks
        return problem("file-not-text", Place(file))
    if raw[:400].count(0) * 3 > len(raw[:400]):
        return problem("file-encoding", Place(file), encoding="UTF-16")
    for encoding, name in (("utf-16", "UTF-16"), ("gb18030", "GBK（ANSI）")):
        if encoding == "utf-16" and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return problem("file-encoding", Place(file), encoding=name)
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        whole = raw[: error.start].decode()
        if not _CONTROL.search(whole):
            number = whole.count("\n") + 1
            mixed = f"混杂的（第 {number} 行读不出）"
            return problem("file-encoding", Place(file, "", f"第 {number} 行"), encoding=mixed)
    return problem("file-not-text", Place(file))


def _syntax(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """What libyaml refuses: what people slipped in where that can be seen, or what it says."""
    mark, begun = (getattr(error, name, None) for name in ("problem_mark", "context_mark"))
    said = " ".join(
        part for name in ("context", "problem") if (part := getattr(error, name, None))
    ) or str(error)
    lines = text.splitlines(keepends=True)
    number = min(mark.line, max(len(lines) - 1, 0)) if mark else 0
    inside = begun is not None and ("flow" in said or "quoted" in said)
    since = begun.line if begun is not None and inside else number
    found = explained(lines, number, since, mark.column if mark else 0, said)
    if found is None:
        ours = ((detail, write) for theirs, detail, write in _COMPLAINTS if theirs in said)
        fallback = f"这里的写法不合 YAML 规定（{said}）", _CHECK
        found = (since if inside else number), Slip(*next(ours, fallback))
    line, (detail, write) = found
    at = Place(file, "", f"第 {line + 1} 行")
    return problem("yaml-syntax", at, detail=detail, write=write)
