"""问卷依据: on how many answers a figure rests that many people gave, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from inspections.records.record import Heard, Observation, State, Weighed
from inspections.voices.sampling import is_small, wilson
from reports.letter import sentences
from reports.letter.subject import Letter
from rubrics.rules import Entry, Ratio, Survey, joined
from rubrics.rules.words import percent


def voices(letter: Letter) -> str:
    """Returns a sentence for every figure that was counted of answers; empty where none was.

    Nothing of what people said in confidence, and no number of so few people that somebody could
    know them by it.
    """
    return "".join(
        sentences.HEARD_OF.format(
            item=letter.label(owner), how=_rests_on(heard), said=said, open=_undecided(heard)
        )
        for owner, seen in _heard(letter)
        for heard in seen.heard
        for said in [_said(letter, owner, seen, heard)]
    )


def _heard(letter: Letter) -> Iterator[tuple[str, Observation]]:
    """What was counted, by owner: the same on all sheets of a school."""
    for owner in (*letter.scored, *(item.extra for item in letter.score.extras)):
        if letter.confidential(owner):
            continue
        for visit in letter.score.visits:
            seen = visit.observation(owner)
            if seen is not None and seen.heard:
                yield owner, seen
                break


def _rests_on(heard: Heard) -> str:
    told = sentences.ANSWERS.get(heard.unit, sentences.ANSWERS_AT_ALL)
    if is_small(heard.answers):
        return sentences.FEW_ANSWERS.format(survey=heard.survey)
    return told.format(survey=heard.survey, count=heard.answers)


def _undecided(heard: Heard) -> str:
    if not heard.undecided:
        return ""
    few = is_small(heard.undecided)
    count = "" if few else f"{heard.undecided}{heard.unit}"
    return sentences.UNDECIDED.format(count=count)


def _said(letter: Letter, owner: str, seen: Observation, heard: Heard) -> str:
    """The share, how sure it is, and that it does not count where the sample is too small."""
    if owner not in letter.indicators:
        return ""
    item = letter.indicators[owner]
    for part in item.rule.simple_parts(item.points):
        entry, rule = Entry(seen.values).part(part.id), part.rule
        if isinstance(rule, Survey) and joined(part.id, "satisfied") in heard.slots:
            sent = _sent(entry.count("sent"), entry.count("returned"))
            few = letter.scored[owner].state is State.EXCUSED
            enough = sentences.SAMPLE_TOO_SMALL if few else ""
            text = _share(heard, "满意率", entry.number("satisfied"), entry.number("returned"))
            return f"{sent}{text}{enough}"
        if isinstance(rule, Ratio) and joined(part.id, "have") in heard.slots:
            name = sentences.SHARE_OF.format(part=rule.numerator, whole=rule.denominator)
            return _share(heard, name, entry.number("have"), entry.number("due"))
    return ""


def _sent(sent: int, returned: int) -> str:
    if sent <= returned or is_small(returned):
        return ""
    rate = percent(Fraction(returned, sent))
    return sentences.SENT.format(sent=Decimal(sent), rate=rate)


def _share(heard: Heard, name: str, chosen: Decimal | None, asked: Decimal | None) -> str:
    if chosen is None or not asked:
        return ""
    if is_small(chosen) or is_small(asked - chosen) or is_small(asked):
        return sentences.SHARE_HIDDEN.format(name=name)
    rate, how = Fraction(chosen) / Fraction(asked), heard.weighed
    weighed = how is not None and how.classes > 0
    bearing = Fraction(how.effective if how and weighed else asked)
    low, high = (percent(end) for end in wilson(rate * bearing, bearing))
    told = sentences.SHARE_TOLD.format(name=name, share=percent(rate), low=low, high=high)
    return f"{told}{_weighed(how)}" if how else told


def _weighed(how: Weighed) -> str:
    """Over how many classes a share was weighed, and what it leaves out."""
    if not how.classes:
        return sentences.NOT_WEIGHED
    silent = sentences.SILENT_CLASSES.format(count=how.silent, unit=how.unit) if how.silent else ""
    few, unit = is_small(how.unplaced), "班级" if how.unit == "班" else how.unit
    count = sentences.SOME if few else f"{how.unplaced}份"
    unplaced = sentences.UNPLACED.format(count=count, unit=unit) if how.unplaced else ""
    return sentences.CLASSES_WEIGHED.format(classes=how.classes, unit=how.unit) + silent + unplaced
