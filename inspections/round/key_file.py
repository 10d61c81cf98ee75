"""round.key: the key of a round, in a file of its own that nobody has to see or to send.

``round.yaml`` holds the key's digest alone, so that a file that is lost, or another round's, is
noticed; a new key would make every sheet that was handed out a forgery. Rounds of earlier versions
have the key in ``round.yaml``: it counts as it stands there, and is moved when the round next
collects or writes workbooks.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from inspections.round.folder import KEY, SETTINGS, Folder
from inspections.round.keys import key_digest
from inspections.round.round import Round
from inspections.round.settings import KEY_COMMENT, KEY_COMMENT_BEFORE, read_settings, typed
from rubrics.files.yaml_text import parse_yaml, read_yaml
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Place, Problem, problem

_LINE: Final = re.compile(r"^key:[^\r\n]*", re.MULTILINE)

_TEXT: Final = """\
# 检查表的防伪密钥。不要改，不要外传；备份批次时连同它一起。
# 丢了它，发出去的检查表就分不出真假：请从备份抄回，不要另编一个。
key: {key}
"""


def key_text(key: str) -> str:
    """Returns the text of round.key."""
    return _TEXT.format(key=typed(key))


def with_key(settings: Round, folder: Folder) -> tuple[Round | None, list[Problem]]:
    """Returns the settings with the key of the round; None where it is lost or not the round's.

    ``settings``: as round.yaml has them. Without digest and file a round has no key. Codes:
    key-missing, key-unreadable, key-other.
    """
    due = key_digest(settings.key) or settings.key_digest
    if not folder.key.is_file():
        if settings.key or not due:
            return settings.model_copy(update={"key_digest": due}), []
        return None, [problem("key-missing", Place(KEY), digest=due)]
    key = _read(folder.key)
    if not key:
        return None, [problem("key-unreadable", Place(KEY))]
    if due not in ("", key_digest(key)):
        return None, [problem("key-other", Place(KEY), digest=due, own=key_digest(key))]
    return settings.model_copy(update={"key": key, "key_digest": key_digest(key)}), []


def move_key(folder: Folder) -> list[Problem]:
    """Moves the key of a round of an earlier version out of round.yaml, and tells it, once.

    All else in the file stays as somebody wrote it; where that is not possible nothing is done.
    For whoever has the turn in the folder. Codes: key-moved, key-in-settings, those of
    ``write_whole``.
    """
    settings, _ = read_settings(folder.settings, SETTINGS)
    if settings is None or not settings.key:
        return []
    text = _without_key(folder.settings, settings)
    if text is None:
        return [problem("key-in-settings", Place(SETTINGS, "", "key"))]
    # The key first: where only this is done, both say the same.
    met = write_whole(folder.key, key_text(settings.key).encode(), KEY)
    met = met or write_whole(folder.settings, text.encode(), SETTINGS)
    return [*met] or [problem("key-moved", Place(KEY))]


def _without_key(path: Path, settings: Round) -> str | None:
    """The text of round.yaml with the key's digest in its place; None where it is not plain."""
    before = path.read_bytes().decode()
    digest = key_digest(settings.key)
    text, lines = _LINE.subn(f"key_digest: {typed(digest)}", before)
    line_end = "\r\n" if "\r\n" in before else "\n"
    old, new = (item.replace("\n", line_end) for item in (KEY_COMMENT_BEFORE, KEY_COMMENT))
    text = text.replace(old, new)
    try:
        made = Round.model_validate(parse_yaml(text.removeprefix("\ufeff")).data)
    except ValidationError:
        return None
    meant = settings.model_copy(update={"key": "", "key_digest": digest})
    return text if lines == 1 and made == meant else None


def _read(path: Path) -> str:
    data = read_yaml(path).data
    key = data.get("key") if isinstance(data, dict) else None
    return key if isinstance(key, str) else ""
