"""The photographs behind faults, as they were bound to what inspectors found."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

from inspections.records.record import Proof
from inspections.round.known_digests import KnownDigests
from inspections.round.regular_files import opened
from reports.faults import Evidence, Fault
from reports.letter.fact import fact_in_short
from reports.letter.subject import Letter
from reports.type.blocks import Picture
from reports.type.pictures import picture
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese
from rubrics.tables.contents import NO_PACKAGE

# One row of them: a letter has five pages at the most.
_MOST = 3
_CHUNK = 1 << 20
_LARGEST_PART = 1 << 26
"""Bytes of a picture inside of a workbook; what a part says of its own size is not believed."""


def photographs(letter: Letter, root: Path) -> tuple[dict[str, Picture], list[Problem]]:
    """Returns the first few photographs of a letter's faults, ready for print, by digest.

    ``root``: the round's folder. What people said in confidence is never shown. Problems:
    ``picture-unreadable``, ``picture-changed``.
    """
    made: dict[str, Picture] = {}
    problems: list[Problem] = []
    tried: set[str] = set()
    for fault, item, proof in _wanted(letter):
        if proof.digest in tried:
            continue
        if len(made) == _MOST:
            break
        tried.add(proof.digest)
        found, wrong = shown(root, proof, _caption(letter, fault, item))
        problems += wrong
        if found is not None:
            made[proof.digest] = found
    return made, problems


def placeholders(
    letter: Letter, known: KnownDigests, root: Path
) -> dict[str, tuple[Picture, Proof]] | None:
    """Returns what stands for ``photographs`` while none of them has been read, by digest.

    A placeholder's content tells the file that its picture comes from, which stands beside it.
    None where a file is not as it was collected, and ``photographs`` has to tell.
    """
    made: dict[str, tuple[Picture, Proof]] = {}
    for fault, item, proof in _wanted(letter):
        if proof.digest in made:
            continue
        if len(made) == _MOST:
            break
        path = root / proof.file
        try:
            with opened(path) as file:
                there = known.digest(path, file)
        except OSError:
            return None
        if not proof.part and there != proof.digest:
            return None
        content = f"{proof.digest} {there} {proof.part}".encode()
        made[proof.digest] = Picture(content, 0, 0, _caption(letter, fault, item)), proof
    return made


def wanted_proofs(letter: Letter) -> list[Proof]:
    """Returns the first few photographs of a letter's faults, whether they can be shown or not."""
    found = {proof.digest: proof for _, _, proof in _wanted(letter)}
    return list(found.values())[:_MOST]


def _caption(letter: Letter, fault: Fault, item: Evidence) -> str:
    code = f"{fault.owner} " if fault.owner in letter.scored else ""
    return f"佐证{item.number}：{code}{fact_in_short(letter, fault) or fault.title}"


def _wanted(letter: Letter) -> Iterator[tuple[Fault, Evidence, Proof]]:
    for fault in letter.faults:
        if not letter.confidential(fault.owner):
            for item in fault.evidence:
                if item.proof and item.proof.picture:
                    yield fault, item, item.proof


def shown(root: Path, proof: Proof, caption: str) -> tuple[Picture | None, list[Problem]]:
    """Returns a photograph ready for print, if it is still the one that was collected.

    Problems: ``picture-unreadable``, ``picture-changed``.
    """
    place = Place(proof.file)
    try:
        with _opened(root / proof.file, proof.part) as file:
            whole = hashlib.sha256()
            while chunk := file.read(_CHUNK):
                whole.update(chunk)
            if whole.hexdigest() != proof.digest:
                return None, [problem("picture-changed", place)]
            file.seek(0)
            return picture(file, caption, proof.file)
    except NO_PACKAGE as error:
        return None, [problem("picture-unreadable", place, detail=in_chinese(error))]


@contextmanager
def _opened(path: Path, part: str) -> Iterator[BinaryIO]:
    """The file, or a part of the workbook that it is; a link is not followed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:
        if not part:
            yield file
            return
        with ZipFile(file) as parts, parts.open(part) as inside:
            yield BytesIO(inside.read(_LARGEST_PART))
