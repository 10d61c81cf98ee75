"""Complaints of a round by school: what came by hotline or on visits, and counts."""

from __future__ import annotations

from sqlalchemy import Engine

from inspections.ledger.voices import held_files
from inspections.records.voices import Kind
from inspections.voices.tallying import voices_of


def complaints(ledger: Engine) -> dict[str, int] | None:
    """Returns how many there are of each school, by code; None where no list was ever taken in.

    Those that the bureau has decided not to count are left out; those of which nobody knows the
    school are nobody's. A school that is not there has none.
    """
    listed = [one.survey for one in held_files(ledger) if one.counts and one.kind is Kind.COMPLAINT]
    if not listed:
        return None
    found: dict[str, int] = {}
    for name in dict.fromkeys(listed):
        back = voices_of(ledger, name).returns()
        for school, count in zip(back.schools, back.valid.tolist(), strict=True):
            found[school] = found.get(school, 0) + count
    found.pop("", None)
    return found
