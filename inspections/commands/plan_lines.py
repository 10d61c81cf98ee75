"""How a plan changes, as the terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubrics.messages.terminal import print_table

if TYPE_CHECKING:
    from inspections.round.opened import OpenRound
    from inspections.round.replanning import Replan


def plan_counts(made: Replan) -> str:
    """Returns how many visits are added, moved and dropped, in words."""
    counts = len(made.added), len(made.moved), len(made.dropped)
    return "补排 {} 次，改派 {} 次，去掉 {} 次".format(*counts)


def print_plan(opened: OpenRound, made: Replan) -> None:
    """Prints how a plan changes."""
    lines = [("补排", item, item.team) for item in made.added]
    lines += [("改派", item, f"{item.team} → {team}") for item, team in made.moved]
    lines += [("去掉", item, item.team) for item in made.dropped]
    rows = []
    for change, item, team in lines:
        known, held = opened.roster.schools.get(item.school), opened.rubrics.get(item.rubric)
        name = known.name if known else item.school
        rows.append((change, name, held.title if held else item.rubric, item.occasion, team))
    if rows:
        print_table(("", "学校", "细则", "次别", "检查组"), rows)
