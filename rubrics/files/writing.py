"""A rubric as YAML that is pleasant to read: stable order, nothing that is a default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from rubrics.language.rubric import Rubric
from rubrics.values.points import plain

_WIDTH = 96
_HEAD = "# yaml-language-server: $schema={schema}\n\n"


def dump_yaml(rubric: Rubric, schema: str = "") -> str:
    """Returns YAML that loads as the same rubric.

    Keys stand in the order of the language, short groups on one line, indicators apart by a blank
    line. ``schema``: where an editor finds the JSON Schema, named in the first line.
    """
    content = rubric.model_dump(exclude_defaults=True)
    dimensions = content.pop("dimensions")
    parts = [_block({name: content.pop(name)}) for name in list(content) if name in _FIRST]
    parts.append("\ndimensions:\n")
    for dimension in dimensions:
        indicators = dimension.pop("indicators")
        parts += ["\n", _item(dimension, 2), "    indicators:\n"]
        for indicator in indicators:
            parts += ["\n", _item(indicator, 6)]
    for name, value in content.items():
        # What goes by code is a table too: one line a code.
        table = (
            {code: _shaped(item) if item else _Flow() for code, item in value.items()}
            if name in _BY_CODE
            else None
        )
        block = _block({name: value}) if table is None else _dump({name: table or _Flow()})
        parts += ["\n", block]
    return (_HEAD.format(schema=schema) if schema else "") + "".join(parts)


_FIRST = ("id", "version", "title", "points", "scale", "subject", "when", "visit", "places",
          "rounding", "floor", "cap", "excused_limit", "ungraded", "pending", "group",
          "letter_title", "people", "note")  # fmt: skip
"""Keys that stand before the dimensions; all others follow them."""
_BY_CODE = ("documents", "sources", "traits", "methods")


def _item(value: Mapping[str, Any], indent: int) -> str:
    lines = _block(value).rstrip("\n").split("\n")
    first, rest = " " * indent + "- ", " " * (indent + 2)
    texts = [
        (rest if n else first) + line if line.strip() else line for n, line in enumerate(lines)
    ]
    return "".join(text + "\n" for text in texts)


def _block(value: Mapping[str, Any]) -> str:
    return _dump({name: _shaped(item) for name, item in value.items()})


def _dump(value: object, **options: Any) -> str:
    # Chinese has no blanks to break a line at, so long text stays on its line.
    text: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000, **options
    )
    return text


class _Flow(dict[str, Any]):
    """A mapping that stands on one line."""


class _FlowList(list[Any]):
    """A list that stands on one line."""


class _Dumper(yaml.SafeDumper):
    """PyYAML's own, with items indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _shaped(value: object) -> object:
    """The same with short innermost groups marked to stand on one line."""
    if isinstance(value, Mapping):
        if not value:
            return True  # a key item without triggers
        # An id leads, as in a list that people read.
        names = sorted(value, key=lambda name: name not in ("kind", "id"))
        made = {str(name): _shaped(value[name]) for name in names}
        return _Flow(made) if _short(made) else made
    if isinstance(value, (list, tuple)):
        items = [_shaped(item) for item in value]
        table = len(items) > 1 and all(isinstance(item, dict) for item in items)
        return _FlowList(items) if _short(items) and not table else items
    return value


def _short(value: object) -> bool:
    text = "".join(leaf for leaf in _leaves(value) if isinstance(leaf, str))
    # To write it takes time: most of what is too long is so by its texts alone.
    if "\n" in text or _depth(value) > 2 or _wide(text) >= _WIDTH - 16:
        return False
    return _wide(_dump(value, default_flow_style=True)) < _WIDTH - 16


def _wide(text: str) -> int:
    return sum(1 + (ord(letter) > 0x2E80) for letter in text)


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _depth(value: object) -> int:
    if isinstance(value, Mapping):
        value = list(value.values())
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


def _number(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    text = format(plain(value), "f")
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value and not value.endswith("\n") else None
    if value.endswith("\n"):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style)


def _flow(dumper: yaml.SafeDumper, value: _Flow) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


def _flow_list(dumper: yaml.SafeDumper, value: _FlowList) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


def _day(dumper: yaml.SafeDumper, value: date) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat())


_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Flow, _flow)
_Dumper.add_representer(_FlowList, _flow_list)
_Dumper.add_representer(date, _day)
