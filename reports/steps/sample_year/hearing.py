"""First opinions, what schools object to them, and what is final then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from inspections.demo.county import county
from inspections.demo.objecting import Protest, protests, write_paper
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.ledger.objections import Outcome
from inspections.steps.deciding import decide_item
from inspections.steps.objecting import add_objection, decide_objection
from reports.steps.reporting import report_round
from reports.steps.sample_year.putting_right import open_items
from reports.steps.sample_year.story import Story
from rubrics.messages.output import write_whole
from scoring.steps.scoring import write_scores

_CLERK: Final = By("督导室文书", "学校送来")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a school objected, and the number under which it was filed."""

    number: int
    protest: Protest


def hear(story: Story) -> list[Heard]:
    """Writes first opinions, files objections with their papers, and answers them."""
    with story.on_day(county().day("first_day")):
        _report(story, stage="初步")
        made = protests(story.opened)
    letters = len(list((story.opened.folder.reports / "first-opinions").rglob("*.pdf")))
    story.done["初步意见"] = f"{letters} 份"
    days = county().settings["cycle"]["objected"]
    filed = []
    for one, day in zip(made, days[len(days) - len(made) :], strict=True):
        with story.on_day(day):
            paper, met = write_paper(story.opened, one, day)
            story.problems += met
            number = add_objection(
                story.folder, one.school, one.rubric, one.text, _CLERK, received=day, papers=[paper]
            )
            filed.append(Heard(story.take(number), one))
    with story.on("answered"):
        for it in filed:
            _answer(story, it)
    words = "、".join(one.outcome.value for one in made)
    story.done["异议"] = f"{len(made)} 件：{words}"
    return filed


def _answer(story: Story, heard: Heard) -> None:
    number, one = heard.number, heard.protest
    by = By("督导室主任", one.reasons)
    decisions = []
    if one.outcome is not Outcome.REJECTED:
        decided = decide_item(
            story.folder,
            Verdict.CORRECT,
            one.school,
            one.rubric,
            one.item,
            by,
            value=str(one.stays),
        )
        decisions = [story.take(decided).number]
    answer = decide_objection(
        story.folder, number, one.outcome, one.reasons, by, decisions=decisions
    )
    story.take(answer)


def conclude(story: Story, previous: Path | None) -> None:
    """Scores with what objections have changed, and writes final letters, ranking and bulletin."""
    with story.on_day(county().day("letters_day")):
        with story.watcher.stage("计分"):
            story.take(write_scores(story.folder))
        _report(story, previous=previous)
    letters = len(list((story.opened.folder.reports / "letters").rglob("*.pdf")))
    story.done["意见书、排名表和通报"] = f"意见书 {letters} 份"


def review(story: Story, heard: Sequence[Heard], old_letter: Path) -> None:
    """Answers the last objection once more, after letters went out: one of them is to be replaced.

    ``old_letter``: where the letter goes that a school still has and that is not valid any more.
    """
    if "reviewed" not in county().settings["cycle"] or not heard:
        return
    number, protest = heard[-1].number, heard[-1].protest
    reasons = "学校申请复核，补交了原始记录，核对属实"
    name = story.opened.roster.schools[protest.school].name
    letter = story.opened.folder.reports / "letters" / protest.rubric / f"{name}.pdf"
    with story.on("reviewed"):
        story.problems += write_whole(old_letter, letter.read_bytes(), str(old_letter))
        _answer(story, Heard(number, replace(protest, outcome=Outcome.ACCEPTED, stays=0,
                                             reasons=reasons)))  # fmt: skip
        with story.watcher.stage("计分"):
            story.take(write_scores(story.folder))
    story.done["复核换发"] = f"{name}换发新号，原号作废"


def replace_letters(story: Story) -> None:
    """Writes the letters that a review has changed under new numbers, and amends their items."""
    if "reviewed" not in county().settings["cycle"]:
        return
    with story.on("reviewed") as day:
        _report(story)
        story.done["立整改台账"] = f"复核后 {open_items(story, day, '复核后意见书有变')}"


def _report(story: Story, *, stage: Literal["初步", "正式"] = "正式",
            previous: Path | None = None) -> None:  # fmt: skip
    # The other season has the other core.
    done = report_round(
        story.folder, stage=stage, issue=True, previous=previous, workers=1, watcher=story.watcher
    )
    story.take(done)
