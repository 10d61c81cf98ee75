"""The figures of a round weighed by the pupils of classes, where the round says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final

from inspections.records.record import Weighed
from inspections.round.voiced import Target, Voiced
from inspections.voices.choosing import asked_for, only_of, people_of, pleased
from inspections.voices.classes import GRADE, SchoolClass, asked_by, class_in, grade_of
from inspections.voices.feed import Fed, Feed
from inspections.voices.tallying import SCHOOL, Voices
from inspections.voices.weighing import ClassTable, of_grades, rounded, weighed_share
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules import Survey, joined

_LISTED: Final = 10


def weighed(
    feed: Feed, voices: Voices, table: ClassTable | None, names: Mapping[str, str], at: Place
) -> tuple[Feed, list[Problem]]:
    """Returns the same shares, weighed by the pupils of classes: so many of those returned are
    satisfied.

    What cannot be weighed stays as it was counted, and is told. Codes: voices-no-table,
    voices-no-classes, voices-unweighed, voices-unplaced.
    """
    one, target = feed.voiced, feed.target
    said = {"item": one.item, "survey": one.survey, "table": one.weighed_by}
    if feed.unknown:
        return feed, []
    if table is None:
        return _unweighed(feed, feed.schools), [problem("voices-no-table", at, **said)]
    if not asked_by(voices.answers):
        return _unweighed(feed, feed.schools), [problem("voices-no-classes", at, **said)]
    answered = _by_class(one, target, voices)
    grades = [grade_of(option) for name, options in one.only.items()
              if (asked := asked_for(voices.answers, name)) and asked.group == GRADE
              for option in options]  # fmt: skip
    good, of = (joined(one.part, key) for key in (
        ("satisfied", "returned") if isinstance(target.rule, Survey) else ("have", "due")
    ))  # fmt: skip
    made, left, unplaced = dict(feed.schools), [], {}
    for school, fed in feed.schools.items():
        pupils = table.pupils.get(school, {})
        own = of_grades(pupils, grades) if grades else pupils
        share, how = weighed_share(own, answered.get(school, {}))
        made[school] = replace(fed, heard=replace(fed.heard, weighed=how))
        if how.unplaced and share is not None:
            unplaced[school] = how.unplaced
        if share is None:
            left += [school] if fed.values[of] else []
            continue
        whole = rounded(share * Fraction(fed.values[of]))
        made[school] = replace(made[school], weighed={good: whole})
    problems = []
    for code, held in (("voices-unweighed", left), ("voices-unplaced", [*unplaced])):
        if held:
            told = "、".join(names[school] for school in held[:_LISTED])
            told += "等" if len(held) > _LISTED else ""
            count = sum(unplaced.values())
            problems.append(problem(code, at, **said, schools=told, of=len(held), count=count))
    return replace(feed, schools=made), problems


def _unweighed(feed: Feed, schools: Mapping[str, Fed]) -> Feed:
    how = Weighed(0)
    held = {it: replace(fed, heard=replace(fed.heard, weighed=how)) for it, fed in schools.items()}
    return replace(feed, schools=held)


def _by_class(
    one: Voiced, target: Target, voices: Voices
) -> dict[str, dict[SchoolClass, tuple[int, int]]]:
    """How many are satisfied, of how many with an opinion, by school and class."""
    heard_by = only_of(voices, one.only or people_of(target, voices.answers))
    asked = asked_for(voices.answers, one.question)
    assert asked is not None
    by = [it.id for it in asked_by(heard_by.answers)]
    tally = heard_by.tally(asked.id, (SCHOOL, *by))
    counts = pleased(tally, one.satisfied or getattr(target.rule, "satisfied", ()))
    found: dict[str, dict[SchoolClass, tuple[int, int]]] = {}
    for key, good, count in zip(tally.keys, *(it.tolist() for it in counts), strict=True):
        own = found.setdefault(key[0], {})
        before = own.get(one_class := class_in(key[1:]), (0, 0))
        own[one_class] = before[0] + good, before[1] + count
    return found
