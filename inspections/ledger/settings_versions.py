"""The versions of a round's settings in the ledger: which there were, since when, by whom."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Engine, select

from inspections.ledger.bodies.forms import decode
from inspections.ledger.local_time import local_time
from inspections.ledger.said import compact
from inspections.ledger.tables import acts, facts, index
from inspections.round.bulletin_settings import BulletinSettings
from inspections.round.round import Combining, Ranking, Round

_SECRET = frozenset({"key", "key_digest", "ledger"})
"""Settings that are in no version: nothing follows from them."""


_LATER_OF_LETTERS = frozenset({"numbers", "first_day", "signing"})
_LATER: Mapping[str, type[Combining | Ranking]] = {"combining": Combining, "ranking": Ranking}
_LATER_KEYS = frozenset(
    {
        "trim",
        "inspector_weights",
        "trim_visits",
        "trim_visits_from",
        "distribution",
        "certainty",
    }
)


@dataclass(frozen=True, slots=True)
class SettingsVersion:
    """``values`` as JSON has them; recorded ``at`` (local time) by ``who``."""

    values: Mapping[str, Any]
    at: str
    who: str


def settings_versions(ledger: Engine, name: str) -> list[SettingsVersion]:
    """Returns the versions of the settings of the round ``name``, in the order they were kept."""
    wanted = (
        select(facts.c.kind, facts.c.form, facts.c.body, acts.c.at, acts.c.who)
        .join(index, index.c.fact == facts.c.id)
        .join(acts, acts.c.id == facts.c.act)
        .where(index.c.kind == "settings", index.c.name == name)
        .order_by(facts.c.id)
    )
    with ledger.connect() as connection:
        rows = connection.execute(wanted).all()
    return [
        SettingsVersion(json.loads(body.content), local_time(at), who)
        for kind, form, text, at, who in rows
        if (body := decode(kind, form, text)) is not None
    ]


def other_round(ledger: Engine, name: str) -> str:
    """Returns the last round whose settings the ledger has; empty where it has those of ``name``.

    Empty too where it has none, as in ledgers from before settings were kept.
    """
    wanted = select(index.c.name).where(index.c.kind == "settings").order_by(index.c.fact)
    with ledger.connect() as connection:
        names = [str(one) for one in connection.execute(wanted).scalars()]
    return names[-1] if names and name not in names else ""


def version_digest(settings: Round) -> str:
    """Returns the SHA-256 (hex) by which the version of settings is found."""
    return hashlib.sha256(compact(values_of(settings)).encode()).hexdigest()


def version_with(ledger: Engine, digest: str) -> dict[str, Any]:
    """Returns the values of the version with this digest; none where it is not known."""
    wanted = (
        select(facts.c.kind, facts.c.form, facts.c.body)
        .join(index, index.c.fact == facts.c.id)
        .where(index.c.kind == "settings", index.c.digest == digest)
    )
    with ledger.connect() as connection:
        row = connection.execute(wanted).first()
    body = decode(*row) if row else None
    found: dict[str, Any] = json.loads(body.content) if body else {}
    return found


def values_of(settings: Round) -> dict[str, Any]:
    """Returns settings as a version of them has them.

    What versions of earlier programs had no word for is left out while it says nothing.
    """
    values = settings.model_dump(mode="json", exclude=set(_SECRET))
    if not values["follows"]:
        del values["follows"]
    for name in ("voices", "drawing", "severity_correction"):
        if not values[name]:
            del values[name]
    for one in values.get("voices", ()):
        if not one["weighed_by"]:
            del one["weighed_by"]
    if settings.bulletin == BulletinSettings():
        del values["bulletin"]
    if not settings.contact.told:
        del values["contact"]
    values["letters"] = {
        name: value
        for name, value in values["letters"].items()
        if value or name not in _LATER_OF_LETTERS
    }
    for name, model in _LATER.items():
        then = model().model_dump(mode="json")
        values[name] = {
            key: value
            for key, value in values[name].items()
            if key not in _LATER_KEYS or value != then[key]
        }
    return values


def changed_settings(then: Mapping[str, Any], now: Round) -> list[tuple[str, str, str]]:
    """Returns (setting, what it was, what it is) of every setting that is another one.

    What an earlier program did not know of had its default then.
    """
    try:
        before = values_of(Round.model_validate(dict(then)))
    except ValidationError:  # a setting that there is no more
        before = dict(then)
    old, new = dict(_flat(before)), dict(_flat(values_of(now)))
    return [
        (name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*old, *new])
        if old.get(name, "") != new.get(name, "")
    ]


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every value with its keys, as round.yaml nests them; lists as a whole."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _flat(item, f"{name}.{key}" if name else str(key))
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield name, "" if value is None else text
