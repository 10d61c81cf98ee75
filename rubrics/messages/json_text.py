"""Data as JSON for people and programs: Chinese as it is, and nothing that a screen acts on."""

from __future__ import annotations

import json

import msgspec

from rubrics.messages.plain_text import ODD


def json_text(data: object, indent: int) -> str:
    """Returns data as JSON; what cannot be seen, and halves of characters, by their numbers.

    A program reads back exactly what was given; what JSON does not know is written as text.
    """
    return json_bytes(data, indent).decode()


def json_bytes(data: object, indent: int) -> bytes:
    """Returns the same as UTF-8."""
    part = bytes(json_part(data))
    try:
        return msgspec.json.format(part, indent=indent)
    except msgspec.DecodeError:  # halves of characters
        return _visible(json.dumps(json.loads(part), ensure_ascii=False, indent=indent)).encode()


def json_part(data: object) -> msgspec.Raw:
    """Returns the same in one line; it may stand within other data, and takes less room there."""
    try:
        text = msgspec.json.encode(data, enc_hook=str).decode()
    except (UnicodeEncodeError, TypeError):  # halves of characters
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_known)
    return msgspec.Raw(_visible(text).encode())


def _known(value: object) -> object:
    return json.loads(bytes(value)) if isinstance(value, msgspec.Raw) else str(value)


def _visible(text: str) -> str:
    return ODD.sub(lambda odd: json.dumps(odd[0])[1:-1], text)
