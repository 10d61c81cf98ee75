"""The lines of a rubric workbook put together to plain data in the shape of a rubric file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rubrics.language.glossary import KIND_NAMES
from rubrics.language.places import Keys
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules import KINDS, joined
from rubrics.workbook import sheets
from rubrics.workbook.reading import Line
from rubrics.workbook.rule_rows import NAMED, OWN, keys_of
from rubrics.workbook.sheets import Sheet

Plain = dict[str, Any]
_RuleKey = tuple[str, str, str]
"""Indicator, period (empty: the standing rule), way down to the part (empty: the whole rule)."""
_FINDINGS = ("found", "relapse", "misreport")
_EXTRA_RULE = (
    "kind", "each", "limit", "unit", "family", "dimension", "bands", "label", "domain",
)  # fmt: skip


@dataclass(slots=True)
class Assembly:
    """Lines being put together; ``places`` says where each part of the data was written."""

    file: str
    lines: dict[str, list[Line]]
    problems: list[Problem]
    places: dict[Keys, Place] = field(default_factory=dict)
    rules: dict[_RuleKey, list[Line]] = field(default_factory=lambda: defaultdict(list))
    triggers: dict[tuple[str, str], list[Line]] = field(default_factory=lambda: defaultdict(list))

    def rubric(self) -> Plain:
        """Returns the plain data; rows that belong to nothing are among the problems."""
        for line in self._of(sheets.RULE_ROWS):
            self.rules[_rule_key(line)].append(line)
        for line in self._of(sheets.TRIGGERS):
            owner = line.values.get("owner", "")
            name = line.values.get("indicator" if owner == "key" else "number", "")
            self.triggers[owner, str(name)].append(line)
        facts = self.lines[sheets.FACTS.name][0]
        data = self._take(facts, (), leave=("bonus.cap", "penalty.cap"))
        data["dimensions"] = list(self._dimensions())
        data["grades"] = self._list(sheets.GRADES, ("grades",))
        data["key_limits"] = self._list(sheets.KEY_LIMITS, ("key_limits",))
        data["documents"] = self._by_code(sheets.DOCUMENTS, "documents")
        named = self._by_code(sheets.SOURCES, "sources")
        data["traits"] = self._by_code(sheets.OWN_TRAITS, "traits")
        data["methods"] = self._by_code(sheets.OWN_METHODS, "methods")
        others = self._by_code(sheets.ROSTER_COLUMNS, "subject")
        if others:
            columns = {name: entry.get("text", []) for name, entry in others.items()}
            data.setdefault("subject", {})["columns"] = columns
        data["sources"] = {name: entry.get("text", "") for name, entry in named.items()}
        data["red_lines"] = self._red_lines(None, ("red_lines",))
        data |= self._repeat(None, ())
        for kind in sheets.EXTRAS:
            self._extras(kind, facts, data)
        self._orphans()
        return data

    def _of(self, sheet: Sheet, key: str = "", value: str | None = None) -> list[Line]:
        """The lines of a sheet, or those that have ``value`` (None: nothing) under ``key``."""
        lines = self.lines[sheet.name]
        return [line for line in lines if not key or line.values.get(key) == value]

    def _take(self, line: Line, keys: Keys, leave: tuple[str, ...] = ()) -> Plain:
        """The values of a line at ``keys``, ``rectify.days`` inside its group."""
        self.places[keys] = line.place
        made: Plain = {}
        for key, value in line.values.items():
            if key in leave:
                continue
            group, _, name = key.rpartition(".")
            way = (*keys, group) if group else keys
            (made.setdefault(group, {}) if group else made)[name] = value
            self.places.setdefault(way, line.cells[key])
            self.places[(*way, name)] = line.cells[key]
        for key, place in line.empty.items():
            group, _, name = key.rpartition(".")
            if not group:
                self.places.setdefault((*keys, name), place)
        return made

    def _list(self, sheet: Sheet, keys: Keys) -> list[Plain]:
        self.places[keys] = Place(self.file, sheet.name)
        return [self._take(line, (*keys, n)) for n, line in enumerate(self._of(sheet))]

    def _by_code(self, sheet: Sheet, key: str) -> dict[str, Plain]:
        self.places[(key,)] = Place(self.file, sheet.name)
        made: dict[str, Plain] = {}
        for line in self._of(sheet):
            code = line.values.get("code", "")
            if not code:
                self._say("rubric-missing-key", line.place, key="代码", meaning="每行写一个代码")
            elif code in made:
                self._say("yaml-duplicate-key", line.cells["code"], key=code)
            else:
                made[code] = self._take(line, (key, code), leave=("code",))
        return made

    def _dimensions(self) -> Iterator[Plain]:
        self.places["dimensions",] = Place(self.file, sheets.DIMENSIONS.name)
        for d, line in enumerate(self._of(sheets.DIMENSIONS)):
            keys: Keys = ("dimensions", d)
            dimension = self._take(line, keys)
            inside = self._of(sheets.INDICATORS, "dimension", line.values.get("id"))
            dimension["indicators"] = [
                self._indicator(item, (*keys, "indicators", i)) for i, item in enumerate(inside)
            ]
            yield dimension

    def _indicator(self, line: Line, keys: Keys) -> Plain:
        made = self._take(line, keys, leave=("dimension", "key"))
        name = str(line.values.get("id", ""))
        made |= self._rule((name, "", ""), (*keys, "rule"))
        if line.values.get("key"):
            way = (*keys, "key")
            self.places[way] = line.cells["key"]
            made["key"] = {"triggers": self._triggers("key", name, way)}
        made["red_lines"] = self._red_lines(name, (*keys, "red_lines"))
        made |= self._repeat(name, keys)
        made["effective"] = []
        for n, dated in enumerate(self._of(sheets.DATED, "indicator", name)):
            way = (*keys, "effective", n)
            period = str(dated.values.get("period", "?"))
            entry = self._take(dated, way, leave=("indicator", "period"))
            made["effective"].append(entry | self._rule((name, period, ""), (*way, "rule")))
        return made

    def _rule(self, key: _RuleKey, keys: Keys) -> Plain:
        """``{"rule": ...}``, or nothing where the sheet has no such rule."""
        lines = self.rules.pop(key, [])
        own = [line for line in lines if line.values.get("row") == sheets.RULE_ROW]
        for line in own[1:]:
            self._say("rubric-rule-twice", line.place, id=" ".join(filter(None, key)))
        if not own:
            if lines:  # rows without a head still stand for a rule that lacks its kind
                self.places[keys] = lines[0].place
            return {"rule": {}} if lines else {}
        kind = own[0].values.get("kind", "")
        rule = self._fields(own[0], keys, kind, sheets.RULE_ROW)
        held, row = KINDS[kind].content if kind else ("", "")
        children = [line for line in lines if line not in own]
        for line in children if kind else ():
            if line.values.get("row") != row:
                what = f"{KIND_NAMES[kind]}规则"
                place = line.cells.get("row", line.place)
                self._say("rubric-cell-unused", place, heading="行", what=what)
        children = [line for line in children if line.values.get("row") == row]
        if held in NAMED:
            rule[held] = self._coefficients(children, (*keys, held))
        elif held and children:
            rule[held] = []
            for n, line in enumerate(children):
                way = (*keys, held, n)
                item = self._fields(line, way, kind, row)
                if kind == "composite":
                    part = (key[0], key[1], joined(key[2], str(line.values.get("id", ""))))
                    item |= self._rule(part, (*way, "rule"))
                rule[held].append(item)
        return {"rule": rule}

    def _fields(self, line: Line, keys: Keys, kind: str, row: str) -> Plain:
        """The cells of a rule's row under the keys that this kind of row has."""
        self.places[keys] = line.place
        allowed = keys_of(kind, row) if kind else frozenset({"kind"})
        made: Plain = {}
        for column in sheets.RULE_ROWS.columns:
            first = column.keys[0]
            for key in column.keys:
                if key in line.empty and key in allowed:
                    self.places[(*keys, key)] = line.empty[key]
            if first not in line.values or first in OWN:
                continue
            name = next((key for key in column.keys if key in allowed), None)
            if name is not None:
                group, _, inner = name.rpartition(".")
                way = (*keys, group) if group else keys
                (made.setdefault(group, {}) if group else made)[inner] = line.values[first]
                self.places.setdefault(way, line.cells[first])
                self.places[(*way, inner)] = line.cells[first]
            elif kind and first != "kind":
                what = f"{KIND_NAMES[kind]}规则的“{row}”行"
                place = line.cells[first]
                self._say("rubric-cell-unused", place, heading=column.heading, what=what)
        return made

    def _coefficients(self, lines: list[Line], keys: Keys) -> Plain:
        made: Plain = {}
        for line in lines:
            name = str(line.values.get("id", ""))
            if name in made:
                self._say("yaml-duplicate-key", line.place, key=name)
            made[name] = line.values.get("coefficient")
            self.places[(*keys, name)] = line.cells.get("coefficient", line.place)
        return made

    def _red_lines(self, indicator: str | None, keys: Keys) -> list[Plain]:
        made = []
        for n, line in enumerate(self._of(sheets.RED_LINES, "indicator", indicator)):
            way = (*keys, n)
            entry = self._take(line, way, leave=("indicator", "number"))
            entry.setdefault("consequence", {})
            number = str(line.values.get("number", "?"))
            made.append(entry | {"triggers": self._triggers("red_line", number, way)})
        return made

    def _repeat(self, indicator: str | None, keys: Keys) -> Plain:
        """``{"repeat": ...}``, or nothing where the sheet says none."""
        lines = self._of(sheets.REPEATS, "indicator", indicator)
        for line in lines[1:]:
            self._say("yaml-duplicate-key", line.place, key=f"{indicator or ''} repeat".strip())
        if not lines:
            return {}
        way = (*keys, "repeat")
        if lines[0].values.get("never"):
            self.places[way] = lines[0].place
            return {"repeat": False}
        made = self._take(lines[0], way, leave=("indicator", "never", *_FINDINGS))
        after = [name for name in _FINDINGS if lines[0].values.get(name)]
        return {"repeat": made | ({"after": after} if after else {})}

    def _triggers(self, owner: str, name: str, keys: Keys) -> list[Plain]:
        made = []
        for n, line in enumerate(self.triggers.pop((owner, name), [])):
            way = (*keys, "triggers", n)
            entry = self._take(line, way, leave=("owner", "indicator", "number"))
            if "at_least" in entry or "share_at_least" in entry:
                entry.setdefault("part", "")  # the only cell of a simple rule has no name
            made.append(entry)
        return made

    def _extras(self, kind: str, facts: Line, data: Plain) -> None:
        lines = self._of(sheets.EXTRA_ITEMS, "kind", kind)
        cap = f"{kind}.cap"
        if not lines and cap not in facts.values:
            return
        self.places[(kind,)] = facts.cells.get(cap, facts.place)
        group: Plain = {"cap": facts.values[cap]} if cap in facts.values else {}
        group["items"] = []
        for n, line in enumerate(lines):
            keys: Keys = (kind, "items", n)
            entry = self._take(line, keys)
            entry["rule"] = {name: entry.pop(name) for name in _EXTRA_RULE if name in entry}
            self.places |= {
                (*keys, "rule", name): line.cells[name]
                for name in _EXTRA_RULE
                if name in line.cells
            }
            group["items"].append(entry)
        data[kind] = group

    def _orphans(self) -> None:
        """Rows that belong to nothing."""
        dimensions = {line.values.get("id") for line in self._of(sheets.DIMENSIONS)}
        indicators = {line.values.get("id") for line in self._of(sheets.INDICATORS)}
        for line in self._of(sheets.INDICATORS):
            self._belongs(line, "dimension", dimensions, sheets.DIMENSIONS)
        for sheet in (sheets.DATED, sheets.RED_LINES, sheets.REPEATS):
            for line in self._of(sheet):
                optional = sheet is not sheets.DATED and "indicator" not in line.cells
                if not optional:
                    self._belongs(line, "indicator", indicators, sheets.INDICATORS)
        for line in self._of(sheets.EXTRA_ITEMS):
            if "kind" not in line.cells:
                self._say("rubric-missing-key", line.place, key="类别", meaning="加分或附加扣分")
        for key, lines in self.rules.items():
            what = "、".join(text for text in key if text)
            for line in lines:
                self._say("rubric-row-orphan", line.place, value=what, sheet=sheets.INDICATORS.name)
        for (owner, name), lines in self.triggers.items():
            what = f"{sheets.OWNERS.get(owner, '')} {name}".strip()
            for line in lines:
                self._say("rubric-row-orphan", line.place, value=what, sheet=sheets.RED_LINES.name)

    def _belongs(self, line: Line, key: str, known: set[Any], to: Sheet) -> None:
        if line.values.get(key) not in known:
            value = str(line.values.get(key, "（空）"))
            place = line.cells.get(key) or line.empty.get(key, line.place)
            self._say("rubric-row-orphan", place, value=value, sheet=to.name)

    def _say(self, code: str, place: Place, **params: str) -> None:
        self.problems.append(problem(code, place, **params))


def _rule_key(line: Line) -> _RuleKey:
    period = line.values.get("period")
    name, part = line.values.get("indicator", ""), line.values.get("part", "")
    # The row of a part itself belongs to the whole rule, its rule's rows to the part.
    return str(name), "" if period is None else str(period), str(part)
