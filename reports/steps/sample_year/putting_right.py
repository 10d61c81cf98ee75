"""Rectification: items go out and come back, are decided, and are looked at again."""

from __future__ import annotations

from collections import Counter
from datetime import date

from inspections.demo.checks import write_checks
from inspections.demo.elsewhere import fill_list
from inspections.demo.replies import write_replies
from inspections.demo.reviews import extension, write_reviews
from inspections.ledger.chain import By
from inspections.records.rectification import Verb
from inspections.steps.following_up import (
    collect_follow_up,
    draw_follow_up,
    send_follow_up,
)
from inspections.steps.rectifying import (
    add_rectification,
    collect_rectification,
    decide_many,
    decide_rectification,
    rectify_status,
    rectify_template,
    send_rectification,
)
from reports.steps.following_up import announce_follow_up, report_follow_up
from reports.steps.rectifying import open_rectification, write_rectification
from reports.steps.sample_year.story import Story

_CLERK = By("督导室文书", "学校报送")
_CHIEF = By("督导室主任", "逐条审核")
_SHARE = 12
"""Per cent of the items that are looked at again."""


def open_items(story: Story, day: date, why: str) -> str:
    """Opens an item for every fault of the letters as they are on ``day``, and sends them out.

    Returns what that came to, in Chinese.
    """
    with story.on_day(day), story.watcher.stage("立整改台账"):
        opened = story.take(open_rectification(story.folder, By("督导室", why)))
        sent = story.take(send_rectification(story.folder, day))
    told = f"{opened.standing} 条，发给 {len(sent.files)} 所学校"
    if opened.done.moves:
        words = Counter(one.verb.word for one in opened.done.moves)
        told += f"（{'，'.join(f'{word} {count}' for word, count in words.items())}）"
    return told


def add_from_elsewhere(story: Story) -> None:
    """Adds what came by letters, from the party's inspectors and from a school itself."""
    with story.on("added") as day:
        path = story.take(rectify_template(story.folder))
        story.problems += fill_list(story.opened, path)
        added = story.take(add_rectification(story.folder, path, day, By("督导室", "其他来源")))
        sent = story.take(send_rectification(story.folder, day))
    count = len(added.numbers)
    story.done["其他来源的整改事项"] = f"{count} 条；清单重发 {len(sent.files)} 所学校"


def put_right(story: Story) -> None:
    """Takes replies in twice, and decides on them."""
    back = []
    for name, again in (("replied", False), ("replied_late", True)):
        with story.on(name) as day, story.watcher.stage("收整改清单"):
            written, met = write_replies(story.opened, day, again=again)
            story.problems += met
            took = story.take(collect_rectification(story.folder, day, _CLERK))
            back.append((written.files, took.replies.count(Verb.RETURN)))
        with story.on("decided_late" if again else "decided") as day:
            path, met = write_reviews(story.opened, day)
            story.problems += met
            story.take(decide_many(story.folder, path, day, _CHIEF))
            if not again:
                story.take(send_rectification(story.folder, day))
    files, returned = map(sum, zip(*back, strict=True))
    story.done["收整改清单"] = f"{files} 份，退回 {returned} 条"
    with story.on("decided_late") as day:
        status = story.take(rectify_status(story.folder, day))
        if one := extension(status.stands, day):
            story.take(decide_rectification(story.folder, one, day, _CHIEF))
        counts = Counter(it.state.value for it in status.stands)
    told = "，".join(f"{state} {count}" for state, count in sorted(counts.items()))
    story.done["审核、延期"] = told + ("；逾期的一条批准延期" if one else "")


def look_again(story: Story) -> None:
    """Draws a sample of the items, has teams look at them, and writes the books of how all stands.

    What is closed is drawn too: that shows what came back.
    """
    by = By("督导室", "按年度计划回头看")
    with story.on("drawn") as day, story.watcher.stage("回头看"):
        drawn = story.take(
            draw_follow_up(story.folder, day, by, share=_SHARE, seed=story.opened.round.id,
                           closed=True)
        )  # fmt: skip
        story.take(send_follow_up(story.folder, day))
        story.take(announce_follow_up(story.folder))
    with story.on("checked") as day:
        _, met = write_checks(story.opened, day)
        story.problems += met
        took = story.take(collect_follow_up(story.folder, day, by))
        counts = Counter(one.verb.word for one in took.checked.moves)
        found = "，".join(f"{word} {count}" for word, count in sorted(counts.items()))
    with story.on("closed") as day, story.watcher.stage("写台账"):
        story.take(report_follow_up(story.folder))
        story.take(write_rectification(story.folder, day))
        story.take(rectify_status(story.folder, day))
    story.done["回头看"] = f"抽 {len(drawn.draw.teams)} 条：{found}"
