"""How sure a school's place is, in the words of its letter."""

from __future__ import annotations

from reports.letter import sentences
from rubrics.language.rubric import Rubric
from rubrics.messages.outgoing import outgoing
from rubrics.messages.plain_text import one_line
from scoring.results.certainty import NAMED, Certainty
from scoring.results.scores import SchoolScore


def certainty_sentence(rubric: Rubric, score: SchoolScore, certainty: Certainty) -> str:
    """Returns where the true rank lies, and who cannot be told apart; empty where nobody can know.

    Of many that cannot be told apart it says how many, and names those that are nearest.
    """
    held = certainty.places.get(score.school.id)
    if held is None:
        return ""
    names = "、".join(one_line(outgoing(school.name)) for school in held.nearest)
    alike = ""
    if held.alike > NAMED:
        all_others = held.alike == score.group_size - 1
        alike = sentences.ALIKE_ALL if all_others else sentences.ALIKE_MORE
    elif held.alike:
        alike = sentences.ALIKE
    place = sentences.CERTAIN_PLACE[held.low == held.high].format(place=held.place)
    alike = rubric.words.said(alike).format(names=names, count=held.alike)
    caveat = f"；{certainty.caveat}" if certainty.caveat else ""
    return sentences.CERTAIN.format(
        by=certainty.by, level=certainty.level, place=place, alike=alike, caveat=caveat
    )
