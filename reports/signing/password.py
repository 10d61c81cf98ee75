"""Where the password of a certificate, or the PIN of a token, comes from."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from inspections.round.signing import Signing
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese

VARIABLE: Final = "SCORING_SIGNING_PASSWORD"

_MOST = 1 << 12
"""Bytes of a password file that are read."""


def password_of(
    signing: Signing, folder: Path, ask: Callable[[str], str]
) -> tuple[str, list[Problem]]:
    """Returns the password: of the environment, of the file that ``signing`` names, or asked for.

    ``folder``: from which the file counts. ``ask``: is told in Chinese what for, and returns what
    was typed; empty where nobody can be asked. Codes: signing-password-file,
    signing-password-open, signing-password-missing.
    """
    if held := os.environ.get(VARIABLE):
        return held, []
    if signing.password_file:
        return _of_file(folder / Path(signing.password_file).expanduser())
    what = signing.certificate or signing.token or signing.module
    asked = f"令牌 {what} 的 PIN" if signing.module else f"证书 {what} 的密码"
    if typed := ask(asked):
        return typed, []
    return "", [problem("signing-password-missing", Place(what), variable=VARIABLE)]


def _of_file(path: Path) -> tuple[str, list[Problem]]:
    place = Place(str(path))
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name != "nt" and mode & (stat.S_IRWXG | stat.S_IRWXO):
                return "", [problem("signing-password-open", place)]
            lines = file.read(_MOST).decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        detail = in_chinese(error) if isinstance(error, OSError) else "不是 UTF-8 文本"
        return "", [problem("signing-password-file", place, detail=detail)]
    if not lines or not lines[0]:
        return "", [problem("signing-password-file", place, detail="第一行是空的")]
    return lines[0], []
