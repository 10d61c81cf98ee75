"""Goes through a text with a pattern as the ``re`` module does, and counts what it looks at.

The module goes back and tries again wherever it may. Counted steps are the same on every machine
and at every load, as seconds are not. Shortcuts of the module, by which it skips places where no
match can begin, are left out: they make it quicker and never slower.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Next = Callable[[int], bool]
Step = Callable[[int, Next], bool]

sys.setrecursionlimit(200_000)


class TooManyError(Exception):
    """More steps than anybody should wait for."""


class Counter:
    """A pattern that counts; ``most``: steps after which it gives up."""

    def __init__(self, pattern: str | bytes, flags: int, most: int) -> None:
        self.tree = _parser.parse(pattern, flags)
        self.flags = self.tree.state.flags
        self.most = most
        self.steps = 0
        self.text = ""
        self.groups: dict[int, tuple[int, int]] = {}
        self.spans: list[tuple[int, int]] = []
        self.run = self._sequence(self.tree)

    def count(self, text: str, way: str) -> int:
        """Returns the steps of going through a text in a way: match, fullmatch, or any other."""
        self.text, self.steps, self.groups, self.spans = text, 0, {}, []
        if way == "fullmatch":
            self.run(0, lambda at: at == len(text))
        elif way == "match":
            self.run(0, lambda at: True)
        else:
            self._everywhere()
        return self.steps

    def _everywhere(self) -> None:
        at = 0
        while at <= len(self.text):
            end: list[int] = []
            self.groups = {}

            def found(place: int, end: list[int] = end) -> bool:
                end.append(place)
                return True

            self._step()
            if not self.run(at, found):
                at += 1
                continue
            self.spans.append((at, end[-1]))
            at = max(end[-1], at + 1)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self.most:
            raise TooManyError

    def _sequence(self, nodes: Any) -> Step:
        steps = [self._node(op, value) for op, value in nodes]
        if len(steps) == 1:
            return steps[0]

        def run(at: int, then: Next, number: int = 0) -> bool:
            if number == len(steps):
                return then(at)
            return steps[number](at, lambda place: run(place, then, number + 1))

        return run

    def _node(self, op: Any, value: Any) -> Step:
        one = self._one(op, value)
        if one is not None:

            def single(at: int, then: Next) -> bool:
                self._step()
                return at < len(self.text) and one(self.text[at]) and then(at + 1)

            return single
        match op:
            case c.AT:
                return self._place(value)
            case c.SUBPATTERN:
                return self._group(value[0], self._sequence(value[3]))
            case c.BRANCH:
                return self._branch([self._sequence(branch) for branch in value[1]])
            case c.ATOMIC_GROUP:
                return self._atomic(self._sequence(value))
            case c.ASSERT | c.ASSERT_NOT:
                return self._ahead(value, op is c.ASSERT)
            case c.GROUPREF:
                return self._again(value)
            case c.MAX_REPEAT | c.MIN_REPEAT | c.POSSESSIVE_REPEAT:
                return self._repeat(op, *value)
            case c.FAILURE:
                return lambda at, then: False
        raise AssertionError(f"a pattern with {op} cannot be counted yet")

    def _group(self, number: int | None, inside: Step) -> Step:
        def run(at: int, then: Next) -> bool:
            def end(place: int) -> bool:
                if number is not None:
                    before = self.groups.get(number)
                    self.groups[number] = at, place
                    if then(place):
                        return True
                    if before is not None:
                        self.groups[number] = before
                    return False
                return then(place)

            return inside(at, end)

        return run

    def _branch(self, branches: list[Step]) -> Step:
        return lambda at, then: any(branch(at, then) for branch in branches)

    def _atomic(self, inside: Step) -> Step:
        def run(at: int, then: Next) -> bool:
            end: list[int] = []
            return inside(at, lambda place: end.append(place) or True) and then(end[-1])

        return run

    def _ahead(self, value: Any, wanted: bool) -> Step:
        direction, nodes = value
        back = nodes.getwidth()[0] if direction < 0 else 0
        inside = self._sequence(nodes)

        def run(at: int, then: Next) -> bool:
            self._step()
            there = at >= back and inside(at - back, lambda place: True)
            return there is wanted and then(at)

        return run

    def _again(self, number: int) -> Step:
        def run(at: int, then: Next) -> bool:
            start, end = self.groups.get(number, (0, -1))
            self.steps += max(end - start, 0)
            self._step()
            held = self.text[start:end]
            return end >= start and self.text.startswith(held, at) and then(at + len(held))

        return run

    def _repeat(self, op: Any, least: int, most: Any, nodes: Any) -> Step:
        most = sys.maxsize if most is c.MAXREPEAT else int(most)
        if op is c.POSSESSIVE_REPEAT:
            return self._atomic(self._repeat(c.MAX_REPEAT, least, most, nodes))
        one = self._one(*nodes[0]) if len(nodes) == 1 else None
        greedy = op is c.MAX_REPEAT
        if one is not None:
            return self._run_of(one, least, most, greedy)
        inside = self._sequence(nodes)

        def run(at: int, then: Next, done: int = 0, before: int = -1) -> bool:
            self._step()

            def more() -> bool:
                if done >= most or (at == before and done >= least):
                    return False
                return inside(at, lambda place: run(place, then, done + 1, at))

            if done < least:
                return more()
            return more() or then(at) if greedy else then(at) or more()

        return run

    def _run_of(self, one: Callable[[str], bool], least: int, most: int, greedy: bool) -> Step:
        def run(at: int, then: Next) -> bool:
            text, end = self.text, at
            limit = min(len(text), at + most)
            if greedy:
                while end < limit and one(text[end]):
                    end += 1
                    self._step()
                while end - at >= least:
                    self._step()
                    if then(end):
                        return True
                    end -= 1
                return False
            while True:
                self._step()
                if end - at >= least and then(end):
                    return True
                if end >= limit or not one(text[end]):
                    return False
                end += 1

        return run

    def _place(self, kind: Any) -> Step:
        many = bool(self.flags & re.MULTILINE)

        def holds(at: int) -> bool:
            text = self.text
            match kind:
                case c.AT_BEGINNING:
                    return at == 0 or (many and text[at - 1] == "\n")
                case c.AT_BEGINNING_STRING:
                    return at == 0
                case c.AT_END_STRING:
                    return at == len(text)
                case c.AT_END:
                    return at == len(text) or text[at:] == "\n" or (many and text[at] == "\n")
            before = at > 0 and self._is_word(text[at - 1])
            behind = at < len(text) and self._is_word(text[at])
            return (before != behind) is (kind is c.AT_BOUNDARY)

        def run(at: int, then: Next) -> bool:
            self._step()
            return holds(at) and then(at)

        return run

    def _is_word(self, sign: str) -> bool:
        plain = bool(self.flags & re.ASCII) or not self.flags & re.UNICODE
        return sign == "_" or (sign.isalnum() and (sign.isascii() or not plain))

    def _one(self, op: Any, value: Any) -> Callable[[str], bool] | None:
        """What tells whether a sign fits, for what stands for a single one."""
        match op:
            case c.LITERAL | c.NOT_LITERAL | c.IN | c.ANY:
                known: dict[str, bool] = {}

                def fits(sign: str) -> bool:
                    if sign not in known:
                        known[sign] = self._fits(op, value, sign)
                    return known[sign]

                return fits
            case c.SUBPATTERN if len(value[3]) == 1 and value[0] is None:
                return self._one(*value[3][0])
        return None

    def _fits(self, op: Any, value: Any, sign: str) -> bool:
        forms = {sign, sign.lower(), sign.upper()} if self.flags & re.IGNORECASE else {sign}
        match op:
            case c.ANY:
                return bool(self.flags & re.DOTALL) or sign != "\n"
            case c.LITERAL:
                return any(ord(form) == value for form in forms if len(form) == 1)
            case c.NOT_LITERAL:
                return not self._fits(c.LITERAL, value, sign)
        negated = value[0][0] is c.NEGATE
        inside = any(self._in(*item, form) for item in value for form in forms if len(form) == 1)
        return inside is not negated

    def _in(self, op: Any, value: Any, sign: str) -> bool:
        match op:
            case c.LITERAL:
                return ord(sign) == value
            case c.RANGE:
                return bool(value[0] <= ord(sign) <= value[1])
            case c.CATEGORY:
                return self._category(value, sign)
        return False

    def _category(self, value: Any, sign: str) -> bool:
        plain = bool(self.flags & re.ASCII) or not self.flags & re.UNICODE
        match value:
            case c.CATEGORY_DIGIT | c.CATEGORY_NOT_DIGIT:
                found = (
                    sign in "0123456789" if plain else unicodedata.decimal(sign, None) is not None
                )
            case c.CATEGORY_SPACE | c.CATEGORY_NOT_SPACE:
                found = sign in " \t\n\r\f\v" if plain else sign.isspace()
            case _:
                found = self._is_word(sign)
        positive = value in (c.CATEGORY_DIGIT, c.CATEGORY_SPACE, c.CATEGORY_WORD)
        return found is positive
