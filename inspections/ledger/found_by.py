"""By what a fact is found: the columns of the index that follow from what it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from inspections.ledger.bodies.accountability import Proposal, Ruling
from inspections.ledger.bodies.files import File, Problems, Published, Sweep
from inspections.ledger.bodies.follow_up import Draw
from inspections.ledger.bodies.forms import encode, storable
from inspections.ledger.bodies.letters import Answer, Letter, Objection
from inspections.ledger.bodies.office import (
    Bound,
    Decision,
    Erasure,
    Evidence,
    Look,
    Released,
    Resumed,
    Upgrade,
    Version,
)
from inspections.ledger.bodies.planning import Commitment, PlanChange, PlanDraw
from inspections.ledger.bodies.rectification import Item, Move
from inspections.ledger.bodies.self_assessment import Assessed
from inspections.ledger.bodies.severity import Severity
from inspections.ledger.bodies.sheets import Layout, Pictures, Sheet, Words
from inspections.ledger.bodies.voices import Answers, Sifting, Survey

Found: TypeAlias = dict[str, str | int]
"""Column of the index -> what stands in it."""


def found_by(body: Any, texts: Mapping[str, str]) -> Found:
    """Returns by what a fact is found; ``body`` is None where it was erased.

    ``texts``: what its leaves say, by address.
    """
    return {
        name: storable(value) if isinstance(value, str) else value
        for name, value in _said(body, texts).items()
    }


def _said(body: Any, texts: Mapping[str, str]) -> Found:
    match body:
        case File():
            return {"name": texts.get("name", ""), "digest": body.digest, "basis": body.basis}
        case Sheet():
            return {
                "parent": body.file,
                "name": body.sheet,
                "school": body.school,
                "rubric": body.rubric,
                "occasion": body.occasion,
                "inspector": body.inspector,
                "day": body.day,
                "arrived": body.arrived,
                "left": body.left,
                "corrects": encode(body.corrects) if body.corrects else "",
            }
        case Words():
            return {"parent": body.sheet, "digest": body.layout}
        case Pictures():
            return {"parent": body.sheet}
        case Problems():
            return {"parent": body.file, "count": len(body.problems)}
        case Layout():
            return {"digest": layout_digest(body)}
        case Sweep():
            return {"name": body.computer, "basis": body.basis, "count": len(body.files)}
        case Look():
            return {"name": body.computer, "count": len(body.evidence)}
        case Released():
            return {"name": body.computer}
        case Bound():
            return {"name": body.round, "digest": body.seal}
        case Evidence():
            return {"name": body.path, "digest": body.contents, "school": body.school}
        case Version():
            return {"name": body.name, "digest": body.digest}
        case Decision():
            about = json.loads(texts.get("about", "{}"))
            return {"parent": body.number, "school": about.get("school", "")}
        case Letter():
            whose = _whose(texts)
            return {"parent": body.n, "name": body.series, "digest": body.digest, **whose}
        case Objection():
            return {"parent": body.number, **_whose(texts)}
        case Answer():
            return {"parent": body.objection, **_whose(texts)}
        case Severity():
            return {"parent": body.number, "rubric": body.rubric, "digest": body.records}
        case Item():
            return {"parent": body.number, "school": texts.get("school", "")}
        case Move():
            return {"parent": body.item, "school": texts.get("school", "")}
        case Draw():
            return {"parent": body.number, "count": len(body.items)}
        case Commitment():
            return {"parent": body.number, "digest": body.digest}
        case PlanDraw():
            return {"parent": body.number, "digest": body.digest}
        case PlanChange():
            return {"parent": body.number}
        case Proposal():
            return {"parent": body.number, "school": texts.get("school", "")}
        case Ruling():
            return {"parent": body.proposal, "school": texts.get("school", "")}
        case Survey():
            name = {"name": texts.get("name", ""), "digest": body.digest, "basis": body.basis}
            return {"parent": body.number, "count": body.rows, **name}
        case Answers():
            return {"parent": body.survey, "school": body.school, "count": len(body.row)}
        case Assessed():
            return {"school": body.school, "rubric": body.rubric, "digest": body.file}
        case Sifting():
            return {"name": texts.get("survey", "")}
        case Published():
            return {"count": len(body.digests)}
        case Erasure():
            return {"count": body.count}
        case Resumed():
            return {"count": body.acts, "digest": body.head}
        case Upgrade():
            return {"count": body.acts, "digest": body.head}
    return {}


def _whose(texts: Mapping[str, str]) -> Found:
    about = json.loads(texts.get("about", "{}"))
    return {"school": about.get("school", ""), "rubric": about.get("rubric", "")}


def layout_digest(layout: Layout) -> str:
    """Returns the SHA-256 (hex) by which sheets name their layout."""
    return hashlib.sha256(encode(layout).encode()).hexdigest()
