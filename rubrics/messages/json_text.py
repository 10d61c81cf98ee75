"""Data as JSON for people and programs: Chinese as it is, and nothing that a screen acts on."""

from __future__ import annotations

import json

import msgspec

from rubrics.messages.plain_text import ODD


def json_text(data: object, indent: int) -> str:
    """Returns data as JSON; what cannot be seen, and halves of characters, by their numbers.

    A program reads back exactly what was given; what JSON does not know is written as text.
    """
    try:
        text = msgspec.json.format(msgspec.json.encode(data, enc_hook=str), indent=indent).decode()
    except (UnicodeEncodeError, TypeError):  # halves of characters
        text = json.dumps(data, ensure_ascii=False, indent=indent, default=str)
    return ODD.sub(lambda odd: json.dumps(odd[0])[1:-1], text)
