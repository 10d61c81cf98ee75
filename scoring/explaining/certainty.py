"""How sure a place is: where the true rank lies, and from whom a school cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from rubrics.language.subject import Words
from rubrics.messages.outgoing import outgoing
from scoring.explaining.step import Step
from scoring.results.certainty import NAMED, Certainty, PlaceCertainty
from scoring.results.scores import CompositeScore, SchoolScore


def certainty_steps(
    words: Words, score: SchoolScore | CompositeScore, certainty: Certainty | None
) -> Iterator[Step]:
    """Yields how sure a rank is, or that nobody can know and what would make it known.

    Nothing where the round does not ask, and where a school is not ranked by its total among
    others.
    """
    if certainty is None or score.rank is None or score.alone:
        return
    held = certainty.places.get(score.school.id)
    if held is not None:
        yield Step("名次把握", held.place, words.said("；".join(_because(held, certainty))))
    elif not certainty.known and certainty.left_out:
        yield Step("名次把握", "无从知道", certainty.left_out)


def _because(held: PlaceCertainty, certainty: Certainty) -> Iterator[str]:
    yield f"{certainty.by}，真实名次有{certainty.level}把握"
    if certainty.caveat:
        yield certainty.caveat
    if held.alike:
        names = "、".join(outgoing(school.name) for school in held.nearest)
        many = f"等 {held.alike} 所学校" if held.alike > NAMED else ""
        yield f"总分与{names}{many}无明显差别"
    if held.among_first is not None and held.among_last is not None:
        first, last = chance_text(held.among_first), chance_text(held.among_last)
        yield f"真实名次在前 {certainty.among} 名的机会 {first}，在末 {certainty.among} 名的 {last}"


def chance_text(chance: float) -> str:
    """Returns an estimated chance (of 1); none is told as certain.

    >>> chance_text(0.931), chance_text(1.0), chance_text(0.001)
    ('93%', '>99%', '<1%')
    """
    if chance >= 0.995:
        return ">99%"
    return "<1%" if chance < 0.005 else f"{100 * chance:.0f}%"
