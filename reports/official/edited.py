"""A paper that somebody edited since it was written is told and left as it is."""

from __future__ import annotations

import hashlib

from inspections.round.own_files import OwnFiles, Written
from rubrics.messages.problems import Place, Problem, problem


def put(
    own: OwnFiles, now: dict[str, Written], path: str, data: bytes, edited: str
) -> list[Problem]:
    """Writes a file and lists it in ``now``, unless somebody edited the one that is there.

    That one stays, is listed as we wrote it, and is told while there would be something else to
    write. Codes: ``edited``, and those of ``write_whole``.
    """
    digest, there = hashlib.sha256(data).hexdigest(), own.there(path)
    listed = own.listed.get(path)
    if there and there != digest and not own.holds(path, there):
        if listed is not None:
            now[path] = listed
        told = listed is not None and listed.digest == digest
        return [] if told else [problem(edited, Place(own.of.name(own.folder / path)))]
    met = [] if there == digest else list(own.write(path, data))
    if met:
        now.pop(path, None)
    else:
        now[path] = Written(digest)
    return met
