"""What people who write YAML by hand get wrong, recognised in the line that could not be used.

A rubric is written in Chinese, with an input method that gives full-width marks: ``：``, ``，``,
``（``, ``“``; ranges begin with characters that mean something else in YAML. Each slip says what
stands there and what to write in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rubrics.language.places import by_line
from rubrics.messages.problems import Place, Problem, problem


class Slip(NamedTuple):
    """What stands in a line, and what to write in its place."""

    detail: str
    write: str


_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*+(\"?)|(?<!\w)'(?:''|[^'])*+('?)")
_COMMENT = re.compile(r"(^|\s)#.*$")

_KEY = r"(?:^\s*+|(?<=[{,，])\s{0,9}|(?<=- )\s{0,9})"
"""What stands before a key: the indentation, a bracket or a comma, the dash of a list."""
_END = r"\s{0,9}[-+−]?(?:[\d.]{1,40}[%℃]?|\d{1,9}[:/]\d{1,9}|∞)\s{0,9}"
_ENDS = f"{_END}[,，]{_END}"
_SPACES = "把制表符换成空格"
_ONE_COLON = "换成半角冒号，再加一个空格"
_ONE_COMMA = "换成半角逗号，再加一个空格"

_SLIPS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"^ *\t"), "行首有制表符（Tab）", _SPACES),
    (re.compile(r"^ *- *\t"), "“-”后面有制表符（Tab）", _SPACES),
    (
        re.compile(r"^ *[\u00a0\u2000-\u200f\u3000\ufeff]"),
        "行首有全角空格或看不见的字符",
        "把这一行开头的空白删掉，用空格键重新输入",
    ),
    (re.compile(r"^ *([－—–﹣])"), "列表开头的“{}”不是半角的", "写成半角的“- ”"),
    (
        re.compile(r"^ *-(?=[^\s\-\d.][^:：]*+[:：])"),
        "列表开头的“-”后面没有空格",
        "在“-”后面加一个空格",
    ),
    (re.compile(_KEY + r"([\w.]{1,40})\s{0,9}："), "“{}”后面的冒号是全角的“：”", _ONE_COLON),
    (re.compile(r"\w:[\u3000\u00a0]"), "冒号后面是全角空格", "换成一个半角空格"),
    (
        re.compile(_KEY + r"([A-Za-z_]{1,40}|[\u4e00-\u9fff]{1,40}):(?=[^\s/,}\]])"),
        "“{}”后面的冒号没有跟空格",
        "在冒号后面加一个空格",
    ),
    (re.compile(r"([｛｝［］])"), "括号“{}”是全角的", "换成半角的 {{ }} 或 [ ]"),
    (
        re.compile(r"^[^{]*+\{.*([，；])\s{0,9}\w{1,40}\s{0,9}:"),
        "花括号里的“{}”是全角的",
        _ONE_COMMA,
    ),
    (re.compile(r"\[[^\[\]，、；]*+([，、；])[^\[\]]*+\]"), "方括号里用“{}”分开", _ONE_COMMA),
    (re.compile(r":\s{0,9}[“‘”]"), "引号是中文的", '换成半角的 " "，或去掉引号'),
    (re.compile(r"\s＃"), "注释的“＃”是全角的", "换成半角的 #"),
    (re.compile(r":\s{0,9}[\d.]{1,40}([，。；、,;])\s{0,9}$"), "数后面多了“{}”", "删去它"),
)
"""What stands in a line, and the words for it; what the pattern takes apart goes for ``{}``."""

_RANGE = re.compile(
    rf"(\w{{1,40}}):\s{{0,9}}([(（［]{_ENDS}[\])）］]|\[{_ENDS}[\])）］]|[>＞]=?\s{{0,9}}-?[\d.:]{{1,40}}%?)"
)
"""An interval without quotes, where its brackets, its comma or its > mean something else."""

_HIDDEN_BREAK = re.compile("[\u0085\u2028\u2029]")


def slip_in(line: str) -> Slip | None:
    """Returns what is wrong with a line by itself; None where that cannot be said."""
    if found := _HIDDEN_BREAK.search(line):
        name = f"U+{ord(found[0]):04X}"
        return Slip(f"这一行里有看不见的换行（{name}）", "把这一行删掉重新输入")
    plain = outside_quotes(line)
    if found := _RANGE.search(plain):
        text = unicodedata.normalize("NFKC", found[2]).strip()
        return Slip(f"区间 {text} 没有加引号", f'给区间加上引号：{found[1]}: "{text}"')
    for pattern, detail, write in _SLIPS:
        if found := pattern.search(plain):
            return Slip(detail.format(*found.groups()), write.format(*found.groups()))
    if re.search(r":\s{1,9}#\S", line) and not plain.rstrip().endswith(("]", "}")):
        return Slip("“#”后面的都算注释，没有读取", "给整个值加上引号")
    return None


def slips_first(problems: Sequence[Problem], lines: Sequence[str]) -> list[Problem]:
    """Returns the problems, with one in place of all in a line that has a slip: it is their cause.

    ``lines``: of the file, empty where it is none.
    """
    kept: dict[tuple[str, int], Problem] = {}
    found: list[Problem] = []
    for item in problems:
        number, _ = by_line(item)
        slip = slip_in(lines[number - 1]) if 0 < number <= len(lines) else None
        if slip is None:
            found.append(item)
        elif (item.place.file, number) not in kept:
            at = Place(item.place.file, "", f"第 {number} 行")
            made = problem("yaml-syntax", at, detail=slip.detail, write=slip.write)
            kept[item.place.file, number] = made
            found.append(made)
    return found


def unbalanced(line: str) -> Slip | None:
    """Returns which quote or bracket of a line has no other half in it."""
    plain = outside_quotes(line)
    if '"' in plain or re.search(r"[:\[{,]\s{0,9}'|\w'\s{0,9}$", plain):
        half = "，另一半是中文引号" if re.search("[“”]", line) else ""
        return Slip(f"引号没有配对{half}", "补上另一半引号，都用半角的")
    for opening, closing in ("[]", "{}"):
        more = plain.count(opening) - plain.count(closing)
        if more:
            mark = opening if more > 0 else closing
            return Slip(
                f"“{mark}”没有配对", f"补上“{closing if more > 0 else opening}”，或删去多的"
            )
    return None


def outside_quotes(line: str) -> str:
    """Returns a line with blanks for what stands in quotes, and without its comment."""
    plain = _QUOTED.sub(lambda it: " " * len(it[0]) if it[1] or it[2] else it[0], line)
    return _COMMENT.sub("", plain)


def explained(
    lines: Sequence[str], number: int, since: int, column: int, said: str
) -> tuple[int, Slip] | None:
    """Returns the line (from 0) that made a file unreadable, and what is wrong with it.

    ``number`` and ``column``: where the reader stopped; ``since``: where what it was in began;
    ``said``: its words.
    """
    written = [n for n in range(number, -1, -1) if n < len(lines) and lines[n].strip()]
    near = list(dict.fromkeys([*written[:3], *range(number, since - 1, -1)]))[:40]
    for n in near:
        if 0 <= n < len(lines) and (slip := slip_in(lines[n])):
            return n, slip
    if "cannot start any token" in said and number < len(lines):
        mark = lines[number][column : column + 1]
        value = re.split(r"[,}\]]", lines[number][column:])[0].strip()
        return number, Slip(f"值不能以“{mark}”开头", f'给整个值加上引号："{value}"')
    for n in near:
        if 0 <= n < len(lines) and (slip := unbalanced(lines[n])):
            return n, slip
    if "mapping values" in said and number < len(lines):
        line = lines[number]
        if found := re.match(r"\s*(?:- )?([^\s:]+): (.*: .*)$", outside_quotes(line)):
            value = found[2].strip().replace('"', "'")
            return number, Slip("值里有冒号", f'给整个值加上引号：{found[1]}: "{value}"')
        above = next((lines[n] for n in written[1:2]), "")
        if _indent(line) > _indent(above):
            count = _indent(above)
            return number, Slip("缩进比上一行多", f"与上一行对齐，前面 {count} 个空格")
    return next(_open_quotes(lines[:number]), None)


def _open_quotes(lines: Sequence[str]) -> Iterator[tuple[int, Slip]]:
    """Yields lines with half a pair of quotes: all until the next quote was taken for text."""
    for n, line in enumerate(lines):
        if '"' in outside_quotes(line) and (slip := unbalanced(line)):
            yield n, slip


def _indent(line: str) -> int:
    """How far in the key of a line stands; that of a list item behind its dash."""
    found = re.match(r"(?: |- )*", line)
    return found.end() if found else 0
