"""Facts of what schools say of themselves before the visit."""

from __future__ import annotations

from msgspec import Struct


class Assessed(Struct, frozen=True, omit_defaults=True):
    """What one school gives itself under a rubric; the latest one of both holds.

    ``form``: by which points; ``file``: the digest of the workbook in which it came. ``points``: of
    indicators, as decimal texts; empty where the school says that it does not apply.

    Leaves: ``name`` of the file, ``signed``: who signed, ``note/A1`` ...: what it says beside the
    points of an indicator; those that would be empty are left out.
    """

    school: str
    rubric: str
    form: str
    file: str
    points: dict[str, str]
