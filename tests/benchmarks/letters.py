"""Letters of the sample county, beside typst setting the same blocks on the same page.

Texts, tables and charts are the same, as are the font files; each tool breaks lines by its own
rules. typst keeps one compiler with its fonts loaded, and its sources are made beforehand; our
figure includes making the text of the letter. Neither may remember the letters of the last round.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import typst
from pylopdf_fonts_zh_cn import serif_path
from pypdf import PdfReader

from inspections.collecting.collecting import collect
from reports.letter.content import letter_blocks, texts
from reports.letter.peers import peers
from reports.letter.subject import Letter
from reports.letter.writing import letter_pdf
from reports.type.blocks import (
    BarChart,
    Block,
    CutLine,
    Gap,
    Paragraph,
    Row,
    Signature,
    Table,
)
from reports.type.paragraphs import broken
from reports.type.typeface import Face
from scoring.results.rounds import score_round
from tests.benchmarks.county import county
from tests.benchmarks.timing import Contender, Subject

COUNT = 40
_STAMP = datetime(2026, 1, 1, tzinfo=UTC)


def subjects(folder: Path, large: bool) -> Iterator[Subject]:
    """Yields 40 letters of all rubrics in turn; nothing is written to disk by either."""
    letters = _letters(folder / "county")
    sources = [source(letter).encode() for letter in letters]
    compiler = typst.Compiler(
        root=str(Path(__file__).parent),
        font_paths=[str(Path(serif_path()).parent)],
        ignore_system_fonts=True,
    )

    def by_us() -> list[bytes]:
        # What a letter remembers of itself, and lines of the last round, are forgotten.
        broken.cache_clear()
        return [letter_pdf(replace(letter)) for letter in letters]

    def by_typst() -> list[Any]:
        return [
            compiler.compile(text, format="pdf", timestamp=_STAMP, pdf_tags=False)
            for text in sources
        ]

    pages = _agree(letters, by_us(), by_typst())
    yield Subject(
        f"意见书：{len(letters)} 份（平均 {pages / len(letters):.1f} 页）",
        "份",
        len(letters),
        (Contender("本工具", by_us), Contender("typst", by_typst)),
        rounds=8,
    )


def source(letter: Letter) -> str:
    """Returns a letter as a typst document."""
    head = _call("letter.with", letter.round.bureau, letter.rubric.letter_title)
    calls = chain.from_iterable(map(_calls, letter_blocks(letter)))
    return "\n#".join(['#import "letter.typ": *', f"show: {head}", *calls])


def _calls(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            style = block.style
            yield _call(
                "paragraph", style.face, style.size, style.lines, style.indent,
                style.centred, block.keep, block.lead_face, block.lead, block.text,
            )  # fmt: skip
        case Gap():
            yield _call("gap", block.lines, block.fixed)
        case Signature():
            yield _call("signature", block.day, *block.signers)
        case CutLine():
            yield _call("cut-line", block.label)
        case Table():
            if block.caption:
                yield _call("caption", block.caption)
            yield _call(
                "ruled",
                [column.share for column in block.columns],
                [column.align for column in block.columns],
                [column.label for column in block.columns],
                block.size,
                block.least,
                block.pad,
                block.keep,
                [column.head for column in block.columns],
                *(list(_cells(row)) for row in block.rows),
            )
        case BarChart():
            if block.caption:
                yield _call("caption", block.caption)
            rows = (
                [bar.label, bar.share, bar.text, bar.marker, bar.marker_text] for bar in block.bars
            )
            yield _call("bars", block.bar_name, block.marker_name, list(block.scale), *rows)
        case _:
            raise TypeError(type(block))


def _cells(row: Row) -> Iterator[list[object]]:
    """Column, how many columns it spans, text."""
    starts = [place for place, cell in enumerate(row) if cell is not None]
    for start, stop in zip(starts, [*starts[1:], len(row)], strict=True):
        yield [start, stop - start, row[start]]


def _call(name: str, *values: object) -> str:
    return f"{name}({', '.join(map(_written, values))})"


def _written(value: object) -> str:
    """A value as typst writes it."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case Face():
            return "hei" if value is Face.HEI else "song"
        case list():
            return f"({''.join(f'{_written(item)}, ' for item in value)})"
        case str():
            return json.dumps(value, ensure_ascii=False)
    return str(value)


def _letters(folder: Path) -> list[Letter]:
    """Letters of all rubrics, in turn."""
    opened = county(folder)
    visits = collect(opened, workers=0).visits
    scores, _ = score_round(opened.round, opened.rubrics, opened.roster, opened.plan, visits)
    by_rubric = []
    for held in scores.rubrics.values():
        groups = peers(tuple(held.schools))
        by_rubric.append(
            [
                Letter(opened.round, held.rubric, score, opened.roster, groups[score.group])
                for score in held.schools
                if score.visits
            ]
        )
    return list(chain.from_iterable(zip(*by_rubric, strict=False)))[:COUNT]


def _agree(letters: list[Letter], ours: list[bytes], theirs: list[bytes]) -> int:
    """Nothing is timed before both print all texts, on about as many pages; returns our pages."""
    counts = []
    for letter, *pdfs in zip(letters, ours, theirs, strict=True):
        wanted = set("".join(chain.from_iterable(map(texts, letter_blocks(letter)))))
        read = [PdfReader(BytesIO(pdf)) for pdf in pdfs]
        printed = [set("".join(page.extract_text() for page in pdf.pages)) for pdf in read]
        assert all(wanted - found <= set(" \u3000\n") for found in printed)
        counts.append([len(pdf.pages) for pdf in read])
    assert all(abs(own - other) <= 1 for own, other in counts)
    return sum(own for own, _ in counts)
