"""Every pattern of the project is tried on texts made to be hard for it: the work grows no faster
than the text.

Steps are counted by going through the text as the ``re`` module does, so that neither the machine
nor its load matters. Patterns of ``pydantic`` are compiled by Rust's engine, which is linear.
"""

from __future__ import annotations

import re

import pytest

from tests.patterns.adversaries import pieces, texts
from tests.patterns.collecting import ROOMS, ROOT, Used, patterns
from tests.patterns.counting import Counter
from tests.patterns.growing import LINEAR, QUADRATIC, too_fast

WITHIN_LIMITS = (
    "inspections/workbook/reading/",
    "inspections/workbook/marking/",
    "inspections/workbook/rows/",
    "rubrics/tables/xlsx_facts.py",
)
"""What goes through parts of foreign workbooks, in a process with limits of memory and time: there
a tag that is never closed may be looked for from every place where one begins.
"""

OUR_OWN = ("inspections/workbook/drawing/template.py",)
"""What goes through nothing but sheets that we have drawn ourselves."""

ALIKE = 24
"""Signs of a text on which both engines must find the same."""


def used(pattern: str | bytes, way: str = "search", flags: int = 0) -> Used:
    return Used("here", pattern, flags, frozenset([way]))


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"\d+x", "search"),
        (r"\s+$", "sub"),
        (r"(?:a+)+b", "match"),
        (r"(\w+)\s*=\s*(\w+)", "findall"),
        (r"a*a*b", "fullmatch"),
        (r"(?:a|aa)+b", "fullmatch"),
        (r".*?(\d{1,6}).*?(\d{1,6})x", "fullmatch"),
        (r"<a\b[^>]*>", "finditer"),
        (rb"<si>(.*?)</si>", "findall"),
    ],
)
def test_what_is_not_linear_is_seen(pattern: str | bytes, way: str) -> None:
    assert too_fast(used(pattern, way))


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"\d+x", "fullmatch"),
        (r"(?<!\d)\d+x", "search"),
        (r"\d{1,40}x", "search"),
        (r"(?>a+)b", "match"),
        (r"a++b", "match"),
        (r"(\w)\1x", "search"),
        (r"<a\b[^<>]*>", "finditer"),
        (r"[^\W\d]+(?=,)|年|月", "match"),
    ],
)
def test_what_is_linear_passes(pattern: str, way: str) -> None:
    # Python has possessive and atomic repetition from 3.11 on.
    assert not too_fast(used(pattern, way))


@pytest.mark.parametrize("room", ROOMS)
def test_every_pattern_is_linear(room: str) -> None:
    wrong = [
        f"{item.where} {item.pattern!r} {said}"
        for item in patterns(room)
        if not item.where.startswith(OUR_OWN)
        and (said := too_fast(item, QUADRATIC if item.where.startswith(WITHIN_LIMITS) else LINEAR))
    ]
    assert not wrong


@pytest.mark.parametrize("room", ROOMS)
def test_the_counted_engine_finds_what_the_real_one_finds(room: str) -> None:
    differing = []
    for item in patterns(room):
        counter = Counter(item.pattern, item.flags, 10_000_000)
        real = re.compile(item.pattern, item.flags)
        for text in texts(pieces(counter), ALIKE):
            held = text.encode("latin-1", "replace") if isinstance(item.pattern, bytes) else text
            counter.count(held.decode("latin-1") if isinstance(held, bytes) else held, "search")
            spans = [found.span() for found in real.finditer(held)]  # type: ignore[call-overload]
            ours = [span for span in counter.spans if span[0] < span[1]]
            if ours != [span for span in spans if span[0] < span[1]]:
                differing.append((item.where, item.pattern, text))
    assert not differing


def test_nothing_is_forgotten() -> None:
    found = {item.where for room in ROOMS for item in patterns(room)}
    called = sum(
        len(re.findall(r"(?<![\w.])re\.(?:compile|search|sub|match|fullmatch|find|split)", text))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if (text := path.read_text(encoding="utf-8"))
    )
    assert 200 < len(found) <= called


def test_patterns_of_settings_and_rubrics_are_compiled_by_the_linear_engine() -> None:
    assert not [
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "regex_engine" in path.read_text(encoding="utf-8")
    ]
