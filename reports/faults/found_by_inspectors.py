"""What the inspectors of a school wrote of one item, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from inspections.records.at_once import put_right
from inspections.records.record import Observation, State
from reports.faults.fault import Evidence, Fault
from reports.faults.quoting import quoted
from scoring.results.scores import SchoolScore


def checked_records(score: SchoolScore, owner: str) -> Iterator[Observation]:
    """Yields what each record in which an item was checked says of it."""
    for visit in score.visits:
        record = visit.observation(owner)
        if record is not None and record.state is State.CHECKED:
            yield record


def written_facts(score: SchoolScore, owner: str, *, proven: bool | None = None) -> str:
    """Returns what the inspectors wrote, each sentence once, as one text that ends without a stop.

    Of a long text the beginning, as :func:`quoted` has it. Nothing of those whose entry the bureau
    has overruled.
    ``proven``: only records with evidence, or only those without.
    """
    held = checked_records(score, owner)
    if proven is not None:
        held = (record for record in held if bool(record.evidence) == proven)
    texts = (record.fault.strip().rstrip("。；;") for record in held if not record.overruled)
    return "；".join(dict.fromkeys(quoted(text) for text in texts if text))


def done_at_once(score: SchoolScore, owner: str) -> tuple[str, bool]:
    """Returns what was done about an item on the spot, each thing once, and whether all records
    that tell of the fault say that it was put right.
    """
    held = [record for record in checked_records(score, owner) if not record.overruled]
    told = [record.at_once.strip().rstrip("。；;") for record in held if record.at_once.strip()]
    found = [record for record in held if record.fault or record.at_once]
    done = bool(found) and all(put_right(record.at_once) for record in found)
    return "；".join(dict.fromkeys(quoted(text) for text in told)), done


def evidence_of(score: SchoolScore, owner: str) -> tuple[Evidence, ...]:
    """Returns what proves an item, each thing once, not yet numbered."""
    found: dict[str, Evidence] = {}
    for record in checked_records(score, owner):
        files = {proof.name: proof for proof in record.proof}
        for name in record.evidence:
            item = Evidence(0, name, files.get(name))
            found.setdefault(_same(item), item)
    return tuple(found.values())


def _same(item: Evidence) -> str:
    """What two mentions of one thing have in common: a file's content, or else the name."""
    return item.proof.digest if item.proof else item.name


def numbered(found: list[Fault]) -> Iterator[Fault]:
    """Yields the faults, their evidence numbered from 1; what was named before keeps its number."""
    numbers: dict[str, int] = {}
    for fault in found:
        yield replace(
            fault,
            evidence=tuple(
                replace(item, number=numbers.setdefault(_same(item), len(numbers) + 1))
                for item in fault.evidence
            ),
        )
