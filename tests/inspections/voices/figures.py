"""Figures of answers as plain data, and the same counted one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from inspections.voices.tallying import SCHOOL, Voices


def figures(voices: Voices) -> dict[str, dict[str, tuple[dict[str, int], int, int]]]:
    """By question and school: how often each option, answered, left blank."""
    found: dict[str, dict[str, tuple[dict[str, int], int, int]]] = {}
    for question in voices.answers.questions:
        tally = voices.tally(question.id, (SCHOOL,))
        rows = zip(tally.keys, tally.counts.tolist(), tally.answered.tolist(),
                   tally.blank.tolist(), strict=True)  # fmt: skip
        found[question.id] = {
            key[0]: (
                {one: count for one, count in zip(question.options, counts, strict=True) if count},
                answered,
                blank,
            )
            for key, counts, answered, blank in rows
        }
    return found


def counted(
    said: Iterable[tuple[str, Mapping[str, Any]]],
) -> dict[str, dict[str, tuple[dict[str, int], int, int]]]:
    """The same of (school, question -> option, options or nothing), one answer after another."""
    found: dict[str, dict[str, tuple[Counter[str], int, int]]] = {}
    for school, answers in said:
        for id, told in answers.items():
            chosen = [told] if isinstance(told, str) and told else list(told or ())
            held = found.setdefault(id, {}).setdefault(school, (Counter(), 0, 0))
            held[0].update(chosen)
            found[id][school] = held[0], held[1] + bool(chosen), held[2] + (not chosen)
    return {
        id: {school: (dict(held[0]), held[1], held[2]) for school, held in schools.items()}
        for id, schools in found.items()
    }
