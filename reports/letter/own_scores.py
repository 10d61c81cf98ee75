"""What the school gave itself before the visit (自评), beside what the visit gave it (复评)."""

from __future__ import annotations

from collections.abc import Iterator

from reports.letter import sentences
from reports.letter.subject import Letter
from reports.type.blocks import Block, Column, Gap, Paragraph, Table
from reports.type.paper import SMALL
from scoring.results.own_scores import as_printed, charged_text
from scoring.results.published import apportioned, points_places, points_text, signed_text


def own_scores(letter: Letter) -> Iterator[Block]:
    """Yields a table by dimension and a sentence; nothing where the rubric does not ask."""
    own = letter.score.own
    if own is None or not own.asked:
        return
    yield Gap(0.3)
    if not own.handed_in:
        paid = points_text(own.cost)
        effect = sentences.NOT_HANDED_IN.format(points=paid) if own.cost else ""
        yield Paragraph(letter.said(sentences.NO_OWN_SCORES).format(you=letter.you, effect=effect))
        return
    if not own.count:
        yield Paragraph(letter.said(sentences.OWN_SCORES_ALONE).format(you=letter.you))
        return
    places = points_places(letter.rubric)
    mine = apportioned([part.own for part in own.dimensions], places)
    theirs = apportioned([part.review for part in own.dimensions], places)
    titles = {item.id: item.title for item in letter.rubric.dimensions}
    lines = [
        (titles[part.dimension], part.count, *pair)
        for part, pair in zip(own.dimensions, zip(mine, theirs, strict=True), strict=True)
    ]
    first, second, apart = as_printed(letter.rubric, own)
    rows = [
        (
            title,
            str(count),
            points_text(given, places),
            points_text(found, places),
            signed_text(given - found, places),
        )
        for title, count, given, found in (*lines, ("合计", own.count, first, second))
    ]
    columns = (
        Column("一级指标", 6.4),
        Column("比较的项数", 2.4, "right"),
        Column("自评", 2.4, "right"),
        Column("复评", 2.4, "right"),
        Column("相差", 2.4, "right"),
    )
    yield Table(columns, tuple(rows), tight=True, keep=True)
    yield Gap(0.15)
    charged = charged_text(letter.rubric, own).replace(" ", "")
    told = sentences.OWN_EFFECT if own.cost else sentences.OWN_FREE
    effect = told.format(charged=charged) if charged else sentences.OWN_NO_EFFECT
    sentence = sentences.OWN_SCORES.format(
        asked=own.asked,
        count=own.count,
        you=letter.you,
        own=points_text(first, places),
        review=points_text(second, places),
        apart=sentences.OWN_APART[(apart > 0) - (apart < 0)].format(
            points=points_text(abs(apart), places)
        ),
        effect=effect,
    )
    yield Paragraph(letter.said(sentence), SMALL)
