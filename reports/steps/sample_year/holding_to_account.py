"""Proposals of accountability and awards, what is decided on them, and the papers of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from inspections.demo.rulings import write_rulings
from inspections.ledger.chain import By
from reports.steps.accountability import (
    Proposals,
    collect_rulings,
    propose_measures,
    write_accountability_papers,
    write_example,
)
from reports.steps.reporting import report_round
from reports.steps.sample_year.story import Story
from rubrics.messages.output import write_whole

_OFFICE = By("督导室", "按规则提出")
_RULED = By("督导室", "局长办公会批回")


def hold_to_account(story: Story, previous: Path | None) -> None:
    """Proposes by the example rules, has them decided, and writes papers of what was decided.

    The bulletin is written once more, with that in it. ``previous``: the round it looks back at.
    """
    with story.on("proposed") as day, story.watcher.stage("问责和表彰"):
        rules = story.take(write_example(story.folder))
        if previous:
            _name_previous(story, rules, previous.name)
        made = story.take(propose_measures(story.folder, day, _OFFICE))
    with story.on("ruled") as day:
        story.problems += write_rulings(story.opened, made.standings, day)
        ruled = story.take(collect_rulings(story.folder, day, _RULED))
        papers = story.take(write_accountability_papers(story.folder, day))
        story.take(report_round(story.folder, only=["bulletin"], previous=previous))
    story.done["问责和表彰"] = _told(ruled, len(papers.written))


def _name_previous(story: Story, rules: Path, previous: str) -> None:
    """Names the round before in the rules, as a clerk would: some look at two rounds running."""
    text = rules.read_text(encoding="utf-8")
    told = text.replace("# previous: [../2026春]", f"previous: [../{previous}]")
    story.problems += write_whole(rules, told.encode(), rules.name)


def _told(made: Proposals, papers: int) -> str:
    counts = Counter(one.state.value for one in made.standings)
    states = "，".join(f"{state} {count}" for state, count in sorted(counts.items()))
    return f"建议 {len(made.standings)} 条（{states}），文书 {papers} 份"
