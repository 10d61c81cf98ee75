"""The words of a mark in a comment, and how they are known from what people write.

Every line of a mark stands in brackets, ``〔错误：……〕``: an office program may change the author
of a comment, never its text. A comment with any other line is somebody's, and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import unescape

from rubrics.messages.plain_text import one_line, plain
from rubrics.messages.problems import Problem, Severity

WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"}
ORDER = list(WORDS)
"""Severities, worst first."""

_LINE = re.compile(rf"〔(?:{'|'.join(WORDS.values())})：[^\n]*。〕")
COMMENT = re.compile(r'<comment\b[^>]*\bref="([A-Z]+\d+)".*?</comment>', re.DOTALL)
RUN = re.compile(r"<r>.*?</r>|<r [^>]*>.*?</r>", re.DOTALL)
_TEXT = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?(?<!/)>(.*?)</(?:\w+:)?t>", re.DOTALL)
_REF = re.compile(r"""\bref=["']([A-Z]{1,3}\d{1,7})["']""")
_ANY_COMMENT = re.compile(r"<(?:\w+:)?comment\b.*?</(?:\w+:)?comment>", re.DOTALL)


def remark(problems: Iterable[Problem]) -> str:
    """Returns what a cell's comment says: one line a problem."""
    return "\n".join(f"〔{WORDS[item.severity]}：{_said(item)}〕" for item in problems)


def _said(item: Problem) -> str:
    return one_line(plain(f"{item.message}。{item.remedy}。"))


def is_remark(xml: str) -> bool:
    """Whether a piece of a comment's XML holds lines of a mark and nothing else."""
    return _only_marks(words(xml))


def _only_marks(text: str) -> bool:
    lines = (line.strip() for line in text.splitlines())
    return all(_LINE.fullmatch(line) for line in lines if line)


def words(xml: str) -> str:
    """Returns the text that a piece of a comment's XML holds."""
    return _unescaped("".join(_TEXT.findall(xml)).replace("_x000a_", "\n"))


def _unescaped(xml: str) -> str:
    read = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), xml)
    return unescape(read.replace("&#xA;", "\n"), {"&quot;": '"', "&apos;": "'"})


def people_wrote(part: bytes) -> Iterator[tuple[str, str]]:
    """Yields (A1 name, text) of every comment in a part of comments that is no mark; of a comment
    to which a mark was added, what the person wrote.
    """
    wide = part.startswith((b"\xff\xfe", b"\xfe\xff"))
    for item in _ANY_COMMENT.findall(part.decode("utf-16" if wide else "utf-8", "replace")):
        if not is_remark(item):
            at = _REF.search(item)
            yield at[1] if at else "", without_marks(words(item))


def without_marks(text: str) -> str:
    """Returns the lines of a comment that are no mark's."""
    return "\n".join(it for it in text.splitlines() if not _LINE.fullmatch(it.strip()))
