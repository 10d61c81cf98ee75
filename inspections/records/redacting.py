"""What of a record leaves the bureau: texts plain and masked, and nothing that is confidential."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from inspections.records.record import Observation, Observations, Record, Value
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Rubric
from rubrics.messages.outgoing import WITHHELD, leaves_as_it_is, marked_confidential, outgoing

_LONGEST = 10_000
"""Characters of one text that others are given to read; a ledger keeps all of it."""


def secret_items(rubric: Rubric) -> frozenset[str]:
    """Returns the ids of the indicators whose entries are secret."""
    return frozenset(item.id for item in rubric.indicators if confidential(item))


def is_secret(item: Observation, rubric: Rubric) -> bool:
    """Whether an entry is secret, or its writer marked the fact that its evidence proves."""
    return marked_confidential(item.fault) or any(
        known.id == item.owner and confidential(known) for known in rubric.indicators
    )


def redacted(visit: Record, secret: frozenset[str]) -> Record:
    """Returns a record as others may see it; ``secret`` are the ids of items that are.

    The counts of items that are not secret stay, and so do names of evidence, which lead to files:
    print them with :func:`rubrics.messages.outgoing.outgoing`.
    """

    def made(owner: str) -> Observation:
        found = visit.observation(owner)
        assert found is not None
        return redacted_observation(found, owner in secret)

    return replace(
        visit,
        observations=Observations(visit.owners, made),
        companion=outgoing(visit.companion),
    )


def redacted_observation(item: Observation, secret: bool) -> Observation:
    """Returns an entry as others may see it.

    Of a secret one only its state is left, and that there was evidence. A single text that its
    writer marked (``【保密】``) is left out; a fact that was marked takes its evidence with it.
    """
    if secret:
        why = item.reason if item.reason != item.remark else ""
        return replace(
            item,
            values={},
            fault="",
            evidence=_hidden(item),
            remark="",
            reason=_said(why) or _kept(item),
            decided=(),
            proof=(),
            missing=(),
            at_once="",
            heard=(),
        )
    whole = "\n".join(_texts(item))
    if len(whole) <= _LONGEST and leaves_as_it_is(whole):
        return item
    marked = marked_confidential(item.fault) or any(
        map(marked_confidential, (*item.evidence, *item.missing))
    )
    return replace(
        item,
        values=_values(item.values),
        fault="" if marked_confidential(item.fault) else _said(item.fault),
        evidence=_hidden(item) if marked else item.evidence,
        proof=() if marked else item.proof,
        missing=() if marked else item.missing,
        remark="" if marked_confidential(item.remark) else _said(item.remark),
        reason=_said(item.reason),
        decided=tuple(map(_said, item.decided)),
        at_once="" if marked_confidential(item.at_once) else _said(item.at_once),
    )


def _texts(item: Observation) -> list[str]:
    """Whatever people typed for an entry."""
    texts = [value for value in item.values.values() if type(value) is str]
    texts += (item.fault, item.remark, item.reason, item.at_once)
    texts += (*item.evidence, *item.missing)
    texts += item.decided
    return texts


def _kept(item: Observation) -> str:
    return WITHHELD if item.reason else ""


def _hidden(item: Observation) -> tuple[str, ...]:
    """One name for all of it: whether there is evidence decides what counts."""
    return (WITHHELD,) if item.evidence else ()


def _values(values: Mapping[str, Value]) -> dict[str, Value]:
    """A reason that was marked is not there; a choice is one of the rubric's own words."""
    return {
        key: _said(value) if isinstance(value, str) else value
        for key, value in values.items()
        if not (isinstance(value, str) and marked_confidential(value))
    }


def _said(text: str) -> str:
    shown = outgoing(text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}……（太长，全文见台账）"
