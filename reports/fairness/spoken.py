"""Blocks in the words of what is inspected, where that is no school, and of whoever inspects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reports.type.blocks import BarChart, Block, Paragraph, Table
from rubrics.language.subject import Words


def spoken(words: Words, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yields paragraphs, tables and charts whose texts are put into other words."""
    say = words.said
    for block in blocks:
        if isinstance(block, Paragraph):
            yield replace(block, text=say(block.text), lead=say(block.lead))
        elif isinstance(block, Table):
            yield replace(
                block,
                columns=tuple(replace(it, head=say(it.head)) for it in block.columns),
                rows=tuple(
                    tuple(None if it is None else say(it) for it in row) for row in block.rows
                ),
                caption=say(block.caption),
            )
        elif isinstance(block, BarChart):
            bars = tuple(replace(it, label=say(it.label)) for it in block.bars)
            yield replace(
                block,
                bars=bars,
                caption=say(block.caption),
                bar_name=say(block.bar_name),
                marker_name=say(block.marker_name),
            )
        else:
            yield block
