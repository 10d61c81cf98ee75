"""Facts of the bureau: versions of what it works with, evidence, decisions, what was erased."""

from __future__ import annotations

from msgspec import Struct


class Version(Struct, frozen=True):
    """One version of a rubric, a school, an inspector, the settings, a roster or a school's plan.

    ``content``: YAML of a rubric, else JSON. A roster lists the facts of its schools or inspectors.
    """

    name: str
    version: str
    digest: str
    content: str


class Evidence(Struct, frozen=True):
    """A file as it lay in ``evidence/``. ``contents``: its SHA-256; ``flaw``: a problem's code.

    ``likeness``: of a picture; the first form had none.
    """

    path: str
    school: str
    contents: str
    size: int
    kind: str
    width: int
    height: int
    taken: str
    flaw: str
    detail: str
    likeness: str = ""


class Look(Struct, frozen=True, omit_defaults=True):
    """One look at ``evidence/``: the facts of what lay there. ``computer``: as a sweep has it."""

    evidence: list[int]
    computer: str = ""


class Released(Struct, frozen=True):
    """What lay on a computer when it last looked does not count any more, until it looks again.

    ``into``: the computer that goes on in its place, where it is known to be the same.
    """

    computer: str
    into: str


class Bound(Struct, frozen=True):
    """Whose ledger it is: the round's id, and what only the key of that round gives."""

    round: str
    seal: str


class Decision(Struct, frozen=True):
    """What the bureau decided. Leaf ``about``: the rest of it, as JSON."""

    number: int
    verdict: str
    revokes: int


class Erasure(Struct, frozen=True, omit_defaults=True):
    """What was blanked: (fact, addresses of leaves), no addresses where all of it was.

    ``count``: of all texts and bodies that were blanked. ``old``: ids of rows in the tables of
    the first form, by the name that the table had.
    """

    facts: list[tuple[int, list[str]]]
    count: int
    old: dict[str, list[int]] = {}


class Resumed(Struct, frozen=True):
    """The ledger goes on without acts that it once had: up to which there were, and its digest."""

    acts: int
    head: str


class Upgrade(Struct, frozen=True):
    """The ledger had another form until now: how many acts it had then, the digest of the last."""

    form: int
    acts: int
    head: str
