"""What is marked as verified says where, and nothing that is listed is left without use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rubrics.checking.bases import all_bases
from rubrics.checking.traits import asked_for
from rubrics.checking.walk import extras, indicators
from rubrics.language.basis import code_and_clause
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem

_CODE = re.compile(r"\[(\w+)\]")
_DOUBT = re.compile(r"(?<![A-Za-z])[UM](?![A-Za-z])")
"""Of memory, or for the bureau to decide."""


class Proof(NamedTuple):
    """What says that it was verified, or from where it is known."""

    keys: Keys
    what: str
    verified: bool
    source: str
    basis: tuple[str, ...] = ()


def proofs(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-verified, rubric-source-unknown, rubric-unused."""
    every = list(_proofs(rubric))
    for one in every:
        at = places.at((*one.keys, "verified"))
        if one.verified and not one.source.strip():
            detail = "写了 verified: true，没有写 source"
            write = "在 source 写上在哪里核对的，没有核对的改为 verified: false"
            yield problem("rubric-verified", at, what=one.what, detail=detail, write=write)
        elif one.verified and _DOUBT.search(_CODE.sub("", one.source)):
            detail = f"写了 verified: true，source 里却有 M（凭记忆）或 U（局自定）：{one.source}"
            write = "改为 verified: false，都核对了的改 source"
            yield problem("rubric-verified", at, what=one.what, detail=detail, write=write)
        codes = dict.fromkeys(code_and_clause(entry)[0] for entry in one.basis)
        known = [(code, rubric.documents[code]) for code in codes if code in rubric.documents]
        # A number from memory leaves the content known, where a source is named for it.
        doubtful = [code for code, it in known if not (it.verified or _CODE.search(it.source))]
        if one.verified and doubtful:
            detail = f"写了 verified: true，依据的文件 {'、'.join(doubtful)} 却没有查到来源"
            write = "核对那份文件，或把这里改为 verified: false"
            yield problem("rubric-verified", at, what=one.what, detail=detail, write=write)
        for code in dict.fromkeys(_CODE.findall(one.source)):
            if code not in rubric.sources:
                at = places.at((*one.keys, "source"))
                listed = "、".join(rubric.sources) or "（还没有）"
                yield problem("rubric-source-unknown", at, code=code, known=listed)
    yield from _unused(rubric, every, places)


def _unused(rubric: Rubric, every: list[Proof], places: Places) -> Iterator[Problem]:
    rested_on = {code_and_clause(entry)[0] for _, basis, _ in all_bases(rubric) for entry in basis}
    named = {code for one in every for code in _CODE.findall(one.source)}
    named |= {code for code in rubric.sources if code in rubric.note}
    asked = asked_for(rubric) | set(rubric.subject.groups)
    for key, what, listed, used in (
        ("documents", "文件", rubric.documents, rested_on),
        ("sources", "来源", rubric.sources, named),
        ("traits", "特征", rubric.traits, asked),
    ):
        for code in listed:
            if code not in used:
                yield problem("rubric-unused", places.at((key, code)), what=f"{what}“{code}”")


def _proofs(rubric: Rubric) -> Iterator[Proof]:
    for keys, item in indicators(rubric):
        basis = item.basis + tuple(entry for dated in item.effective for entry in dated.basis)
        yield Proof(keys, f"指标 {item.id}", item.verified, item.source, basis)
    for keys, extra in extras(rubric):
        yield Proof(keys, extra.id, extra.verified, extra.source, extra.basis)
    for code, document in rubric.documents.items():
        yield Proof(("documents", code), f"文件“{code}”", document.verified, document.source)
