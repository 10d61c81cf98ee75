"""One school's entries as they count where the inspectors of a visit agree on facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from inspections.records.record import Observation, Record, State
from inspections.round.round import Round
from rubrics.language.facts import rests_on_facts
from rubrics.language.rubric import Indicator
from scoring.results.scores import SchoolScore


def agreed_entries(
    settings: Round, indicator: Indicator, score: SchoolScore
) -> Sequence[tuple[Record, Observation]]:
    """Returns what every record counts for an indicator.

    That is what was entered, where the round combines facts; else evidence of one inspector proves
    a fact for all of the visit, and of a dispute that stands which is kinder to the school.
    """
    visits = score.visits
    held = [
        (visit, visit.observation(indicator.id) or Observation(indicator.id, State.UNCHECKED))
        for visit in visits
    ]
    if settings.combining.facts == "combined":
        return held
    disputes = score.indicator(indicator.id).disputes
    proofs: dict[str, tuple[str, ...]] = {}
    if rests_on_facts(indicator):
        for visit, seen in held:
            if seen.state is State.CHECKED and seen.evidence:
                proofs.setdefault(visit.key.occasion, seen.evidence)
    found = []
    for visit, seen in held:
        if seen.state is State.CHECKED:
            occasion = visit.key.occasion
            values = dict(seen.values)
            for dispute in disputes:
                if dispute.occasion == occasion:
                    values.pop(dispute.slot, None)
                    if dispute.stands is not None:
                        values[dispute.slot] = dispute.stands
            evidence = seen.evidence or proofs.get(occasion, ())
            seen = replace(seen, values=values, evidence=evidence)
        found.append((visit, seen))
    return found
