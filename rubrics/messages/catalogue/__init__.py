"""Every message that a user can get: code -> (severity, what is wrong, what to do), in Chinese.

Codes are stable: scripts and marked workbooks rely on them. Texts may name parameters in braces.
A file a subject; within it, the order in which work meets them.
"""

from __future__ import annotations

from rubrics.messages.catalogue import (
    accountability,
    entries,
    evidence,
    fairness,
    follow_up,
    heads,
    hearing,
    ledger,
    papers,
    planning,
    rectification,
    reports,
    rounds,
    row_workbooks,
    rubric_files,
    rubric_meaning,
    rubric_workbooks,
    scoring,
    self_assessment,
    signing,
    voices,
    workbooks,
    years,
)
from rubrics.messages.catalogue.message import Message

CATALOGUE: dict[str, Message] = {
    **rubric_files.MESSAGES,
    **rubric_meaning.MESSAGES,
    **rubric_workbooks.MESSAGES,
    **rounds.MESSAGES,
    **planning.MESSAGES,
    **row_workbooks.MESSAGES,
    **follow_up.MESSAGES,
    **self_assessment.MESSAGES,
    **workbooks.MESSAGES,
    **heads.MESSAGES,
    **entries.MESSAGES,
    **evidence.MESSAGES,
    **scoring.MESSAGES,
    **reports.MESSAGES,
    **papers.MESSAGES,
    **rectification.MESSAGES,
    **hearing.MESSAGES,
    **signing.MESSAGES,
    **accountability.MESSAGES,
    **ledger.MESSAGES,
    **years.MESSAGES,
    **voices.MESSAGES,
    **fairness.MESSAGES,
}
