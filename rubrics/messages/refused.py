"""What is raised in a notebook, where a call gives its result and nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable

from rubrics.messages.problems import Problem


class RefusedError(Exception):
    """Nothing could be done. ``problems`` say why, and what to do; so does its text, in Chinese."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = (f"{item.place} {item.message}。{item.remedy}。" for item in self.problems)
        super().__init__("\n".join(line.strip() for line in lines))

    def __reduce__(self) -> tuple[type[RefusedError], tuple[tuple[Problem, ...]]]:
        return RefusedError, (self.problems,)
