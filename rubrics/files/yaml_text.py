"""YAML text -> plain data with exact numbers, and the line of every part.

Stricter and plainer than YAML 1.1: only ``true`` and ``false`` are booleans, numbers become
``Decimal`` from their own text, and dates, times (``8:20``) and ``是`` stay text, as do all keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import yaml

from rubrics.files.limits import MOST_ENTRIES
from rubrics.language.places import Keys, Places, readable
from rubrics.messages.plain_text import plain, unseen
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese

_NUMBER = re.compile(r"[+-]?(0|[1-9]\d*)(\.\d+)?")
_WORDS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
_DEEPEST = 40
_MOST_BYTES = 4_000_000
_MOST_PARTS = 200_000
_MOST_WRITTEN = 250_000
_TOO_DEEP = ("yaml-syntax", "层次太多")

# What libyaml says, in the order in which to look, and what a clerk needs to hear.
_COMPLAINTS = (
    ("tab character", "缩进里有制表符（Tab），应改用空格"),
    ("mapping values are not allowed", "这里多了一个冒号，或上一行、这一行的缩进不对"),
    ("could not find expected ':'", "这一行缺少冒号，或冒号后没有空格"),
    ("did not find expected key", "缩进与上面各行不一致"),
    ("did not find expected '-'", "列表里混进了不以“- ”开头的行"),
    ("did not find expected ',' or", "方括号或花括号没有配对，或少了逗号"),
    ("did not find expected node content", "方括号或花括号里的内容不对"),
    ("did not find expected <document start>", "缩进与上面各行不一致，或括号多了一个"),
    ("cannot start any token", "值不能以这个符号开头，请给整个值加引号"),
    ("unexpected end of stream", "引号没有配对"),
    ("unknown escape", "双引号里的反斜杠写法不对，可改用单引号"),
    ("scanning an anchor", "“&”后的名称只能用字母和数字；若不是名称，请给值加引号"),
    ("scanning an alias", "“*”后的名称只能用字母和数字；若不是引用，请给值加引号"),
    ("undefined alias", "引用（*名称）找不到对应的 &名称；若不是引用，请给值加引号"),
    ("another document", "一个文件只能有一份细则，请删去多出的“---”"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a YAML file holds: plain data (None where it cannot be read), places, problems."""

    data: object
    places: Places
    problems: list[Problem]


def read_yaml(path: Path) -> Source:
    """Returns the content of a YAML file; whatever is wrong with the file is among the problems.

    Codes: file-missing, file-refused, file-encoding, file-not-text, file-too-big, file-too-much,
    yaml-syntax, yaml-empty, yaml-duplicate-key, text-cleaned.
    """
    raw = raw_yaml(path)
    return raw if isinstance(raw, Source) else decoded_yaml(raw, str(path))


def raw_yaml(path: Path) -> bytes | Source:
    """Returns what stands in a file; why not, where it cannot be read. Codes: file-missing,
    file-refused, file-too-big.
    """
    file = str(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            return _failed(problem("file-too-big", Place(file)))
        return path.read_bytes()
    except OSError as error:
        if not path.is_file():
            return _failed(problem("file-missing", Place(file), name=file))
        return _failed(problem("file-refused", Place(file), name=file, detail=in_chinese(error)))


def decoded_yaml(raw: bytes, file: str) -> Source:
    """Returns the content of a file that was read, as :func:`read_yaml` does."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _failed(_undecodable(raw, file))
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text):
        return _failed(problem("file-not-text", Place(file)))
    return parse_yaml(text, file)


def parse_yaml(text: str, file: str = "") -> Source:
    """Returns the content of YAML text; problems are placed in ``file``."""
    build = _Build()
    try:
        _refuse_too_much(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        if node is None:
            return _failed(problem("yaml-empty", Place(file)))
        data = build.plain(node, ())
    except yaml.YAMLError as error:
        return _failed(_syntax(error, text, file))
    except _TooMuchError as error:
        at = Place(file, "", f"第 {error.line} 行")
        return _failed(problem(error.code, at, detail=error))
    problems = [
        problem("yaml-duplicate-key", Place(file, "", f"第 {line} 行"), key=key)
        for line, key in build.doubled
    ]
    problems += [
        problem("yaml-syntax", Place(file, "", f"第 {line} 行"), detail=f"不支持标签“{tag}”")
        for line, tag in build.tagged
    ]
    problems += [
        problem("text-cleaned", Place(file, "", f"第 {line} 行"), characters=found)
        for line, found in build.cleaned
    ]
    return Source(data, Places(file, _Lines(file, data, build.lines)), problems)


@dataclass(frozen=True, slots=True)
class _Lines(Mapping[Keys, Place]):
    """The places of all parts; most of them are never asked for."""

    file: str
    data: object
    lines: Mapping[Keys, int]

    def __getitem__(self, keys: Keys) -> Place:
        return Place(
            self.file, "", f"第 {self.lines[keys]} 行 {readable(self.data, keys)}".rstrip()
        )

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
                raise _TooMuchError(line, *_TOO_DEEP)
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
    lines: dict[Keys, int] = field(default_factory=dict)
    doubled: list[tuple[int, str]] = field(default_factory=list)
    tagged: list[tuple[int, str]] = field(default_factory=list)
    cleaned: list[tuple[int, str]] = field(default_factory=list)
    parts: int = 0

    def plain(self, node: yaml.Node, keys: Keys) -> object:
        line = node.start_mark.line + 1
        self.parts += 1
        if len(keys) > _DEEPEST or self.parts > _MOST_PARTS:
            raise _TooMuchError(line, *_TOO_DEEP)
        if not node.tag.startswith("tag:yaml.org,2002:"):
            self.tagged.append((line, node.tag))
        self.lines.setdefault(keys, line)
        if isinstance(node, yaml.ScalarNode):
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
        return text.rstrip("\n") if node.style in "|>" else text
    if text in _WORDS:
        return _WORDS[text]
    return Decimal(text) if _NUMBER.fullmatch(text) else text


def _failed(*problems: Problem) -> Source:
    return Source(None, Places(problems[0].place.file), list(problems))


def _undecodable(raw: bytes, file: str) -> Problem:
    for encoding, name in (("utf-16", "UTF-16"), ("gb18030", "GBK（ANSI）")):
        if encoding == "utf-16" and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return problem("file-encoding", Place(file), encoding=name)
    return problem("file-not-text", Place(file))


def _syntax(error: Exception, text: str, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    said = " ".join(
        part for name in ("context", "problem") if (part := getattr(error, name, None))
    ) or str(error)
    lines = text.splitlines()
    number = min(mark.line, max(len(lines) - 1, 0)) if mark else 0
    detail = next((ours for theirs, ours in _COMPLAINTS if theirs in said), "")
    detail = detail or f"这里的写法不合 YAML 规定（{said}）"
    for guess in (number, number - 1):
        if 0 <= guess < len(lines) and re.match(r" *\t", lines[guess]):
            number, detail = guess, "行首有制表符（Tab），请换成空格"
            break
        if 0 <= guess < len(lines) and re.match(r"\s*(- )?\w+：", lines[guess]):
            number, detail = guess, "冒号是全角的“：”，应为半角冒号加一个空格"
            break
    return problem("yaml-syntax", Place(file, "", f"第 {number + 1} 行"), detail=detail)
