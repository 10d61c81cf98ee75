"""排名表.xlsx: all sheets, in the order in which they are turned over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from inspections.round.round import Round
from reports.ranking.certainty_sheet import certainty_sheet, composite_certainty_sheet
from reports.ranking.common_faults import common_sheet
from reports.ranking.composite_sheet import composite_sheet
from reports.ranking.cover import cover, fill_cover, inspectors
from reports.ranking.figures_sheet import figures_sheet
from reports.ranking.group_sheet import GroupSheet, group_sheet
from reports.ranking.groups import Group, groups, why_left_out
from reports.ranking.heat_map import heat_map
from reports.ranking.layout import Book, Sheet
from reports.ranking.own_scores_sheet import own_scores_sheet
from reports.ranking.previous import Previous
from reports.ranking.problem_sheet import problem_sheet
from reports.ranking.ranking_charts import ranking_charts
from reports.ranking.severity_sheet import severity_sheet
from rubrics.language.spoken import words_of
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem
from scoring.results.corrected_words import corrected_note
from scoring.results.scores import Scores

_PLACES: Final = "各校的真实名次有多大把握，和谁分不出先后"


def write_ranking_book(
    path: Path,
    settings: Round,
    scores: Scores,
    problems: Sequence[Problem],
    *,
    previous: Previous | None = None,
    name: str = "",
) -> tuple[Problem, ...]:
    """Writes the ranking workbook of a round; same inputs give the same bytes.

    ``problems``: what the reading and scoring met, for a sheet of its own. ``previous``: results
    to show the change against; None leaves those columns out. ``name``: how a problem names the
    file. Problems: those of ``write_whole``.
    """
    folder = path.resolve().parent.parent.name
    made = ranking_book(settings, scores, problems, previous=previous, folder=folder)
    return write_whole(path, made, name)


def ranking_book(
    settings: Round,
    scores: Scores,
    problems: Sequence[Problem],
    *,
    previous: Previous | None = None,
    folder: str = "",
) -> bytes:
    """Returns the ranking workbook as a file's bytes; ``folder``: the name of the round's."""
    named = inspectors(scores)
    schools = (one.school.name for held in scores.rubrics.values() for one in held.schools)
    rubrics = (held.rubric for held in scores.rubrics.values())
    typed = (settings.title, settings.bureau, settings.note, *schools)
    words = words_of(rubrics, typed)
    book = Book(settings, words=words, note=words.said(corrected_note(scores)))
    first, said = cover(book, why_left_out(scores.rubrics.values())), book.words.said
    written: dict[str, list[GroupSheet]] = {}
    empty: dict[str, list[Group]] = {}
    others: list[tuple[Sheet, str]] = []
    if scores.composite:
        others.append((composite_sheet(book, scores), "各项细则按权重合成的综合分和名次"))
        if places := composite_certainty_sheet(book, scores):
            others.append((places, f"综合排名：{_PLACES}"))
    for name, held in scores.rubrics.items():
        found = groups(held)
        taking_part = [group for group in found if group.schools]
        empty[name] = [group for group in found if not group.schools]
        given = held.correction
        sure = scores.certainty.get(name)
        written[name] = [
            group_sheet(
                book,
                held.rubric,
                g,
                previous,
                sure,
                corrected=given is not None and g.name in given.groups,
            )
            for g in taking_part
        ]
        if taking_part:
            title = held.rubric.title
            if places := certainty_sheet(book, held.rubric, written[name], sure):
                others.append((places, f"{title}：{_PLACES}"))
            figures = figures_sheet(book, held.rubric, written[name])
            others.append((figures, f"{title}：各组中位数和等次分布"))
            for page in ranking_charts(book, held.rubric, written[name]):
                others.append((page, f"{title}：{said('各校总分图')}"))
            others.append(
                (heat_map(book, held.rubric, taking_part), f"{title}：{said('各校各指标得分率')}")
            )
    severity = severity_sheet(book, scores)
    if severity is not None:
        others.append((severity, said("按督学的宽严，各份检查表校正多少分")))
    own = own_scores_sheet(book, scores.rubrics)
    if own is not None:
        others.append((own, said("学校自评和检查得分相差多少")))
    others.append(
        (
            common_sheet(book, scores.rubrics),
            said("各细则最常见的问题、涉及学校、失分和整改要求"),
        )
    )
    others.append(
        (
            problem_sheet(book, problems, folder),
            "读检查表和计分时遇到的问题，逐条写明位置和处理办法",
        )
    )
    unknown = {dict(one.params)["inspector"] for one in problems if one.code == "inspector-unknown"}
    fill_cover(first, scores, named, unknown, written, empty, others)
    return book.close()
