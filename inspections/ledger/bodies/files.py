"""Facts of files: as they came back, and as they were written."""

from __future__ import annotations

from msgspec import Struct


class File(Struct, frozen=True):
    """A file of ``returned/`` with its SHA-256, as read against a state of the round (basis).

    Leaf: ``name``. The digest stays when the name is erased, so that it is known when it returns.
    """

    digest: str
    basis: str


class Problems(Struct, frozen=True):
    """What is wrong with a file: (severity, code) each.

    Leaves: ``0``, ``1`` ... hold ``[sheet, cell, params]`` as JSON, since params quote.
    """

    file: int
    problems: list[tuple[str, str]]


class Sweep(Struct, frozen=True, omit_defaults=True):
    """One look at ``returned/``: the facts of the files that were there, and their basis.

    ``computer``: whose ``returned/`` it was, a random number; empty where the ledger lies in the
    same folder, and in the first form, that knew of one ``returned/`` only. ``turn``: random too,
    by which the folder knows it for its own. ``settings``: the digest of their version.
    """

    basis: str
    files: list[int]
    computer: str = ""
    turn: str = ""
    settings: str = ""


class Published(Struct, frozen=True):
    """Files that were written into results and reports: the digest of each.

    Leaves: ``0``, ``1`` ... hold their names.
    """

    digests: list[str]
