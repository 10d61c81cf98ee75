"""Whom a school may ask (联系人、电话): printed where it is set, and never made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from pydantic import field_validator

from rubrics.messages.plain_text import one_line
from rubrics.rules import StrictModel

_SAID: Final = (("person", "联系人"), ("phone", "电话"))


class Contact(StrictModel):
    """``person``: a name, or the office that answers; ``phone``: its numbers; both may be empty."""

    person: str = ""
    phone: str = ""

    @field_validator("phone", mode="before")
    @classmethod
    def _digits(cls, value: object) -> object:
        """A number that nobody put in quotes: YAML has read its digits as one amount."""
        return f"{value:f}" if isinstance(value, Decimal) else value

    @property
    def told(self) -> str:
        """What papers print, ``联系人：督导室，电话：0000-1234567``; empty where nothing is set.

        It is the bureau's own word of itself, and not masked as telephone numbers of others are.
        """
        parts = ((label, one_line(getattr(self, name))) for name, label in _SAID)
        return "，".join(f"{label}：{text}" for label, text in parts if text)
