"""Who looked and what they saw: rounds, workbooks, and the ledger of what was entered.

What others may rely on stands in ``__all__``, and is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inspections.ledger.chain import By as By
    from inspections.ledger.decisions import Decision as Decision
    from inspections.ledger.decisions import Verdict as Verdict
    from inspections.ledger.objections import Outcome as Outcome
    from inspections.ledger.of_round import open_round as open_round
    from inspections.rectification.deciding import Decided as Decided
    from inspections.round.opened import OpenRound as OpenRound
    from inspections.round.round import Period as Period
    from inspections.round.round import Round as Round
    from inspections.round.starting import start_round as start_round
    from inspections.steps.changing_rosters import add_inspector as add_inspector
    from inspections.steps.changing_rosters import add_school as add_school
    from inspections.steps.changing_rosters import remove_school as remove_school
    from inspections.steps.changing_rosters import replace_inspector as replace_inspector
    from inspections.steps.chasing import chase_round as chase_round
    from inspections.steps.collecting import collect_round as collect_round
    from inspections.steps.computers import release_computer as release_computer
    from inspections.steps.deciding import decide_file as decide_file
    from inspections.steps.deciding import decide_item as decide_item
    from inspections.steps.deciding import revoke_decision as revoke_decision
    from inspections.steps.erasing import erase_names as erase_names
    from inspections.steps.erasing import erase_school as erase_school
    from inspections.steps.following_up import collect_follow_up as collect_follow_up
    from inspections.steps.following_up import draw_follow_up as draw_follow_up
    from inspections.steps.following_up import follow_up_status as follow_up_status
    from inspections.steps.following_up import send_follow_up as send_follow_up
    from inspections.steps.handing_out import write_workbooks as write_workbooks
    from inspections.steps.looking_back import ledger_acts as ledger_acts
    from inspections.steps.looking_back import ledger_decisions as ledger_decisions
    from inspections.steps.looking_back import resume_ledger as resume_ledger
    from inspections.steps.looking_back import school_history as school_history
    from inspections.steps.looking_back import verify_ledger as verify_ledger
    from inspections.steps.objecting import add_objection as add_objection
    from inspections.steps.objecting import decide_objection as decide_objection
    from inspections.steps.objecting import list_objections as list_objections
    from inspections.steps.planning import draw_round as draw_round
    from inspections.steps.planning import plan_round as plan_round
    from inspections.steps.planning import verify_draw as verify_draw
    from inspections.steps.rectifying import add_rectification as add_rectification
    from inspections.steps.rectifying import collect_rectification as collect_rectification
    from inspections.steps.rectifying import decide_many as decide_many
    from inspections.steps.rectifying import decide_rectification as decide_rectification
    from inspections.steps.rectifying import rectify_status as rectify_status
    from inspections.steps.rectifying import rectify_template as rectify_template
    from inspections.steps.rectifying import send_rectification as send_rectification
    from inspections.steps.redrawing import redraw_round as redraw_round
    from inspections.steps.replanning import replan_round as replan_round
    from inspections.steps.self_assessing import (
        collect_self_assessment as collect_self_assessment,
    )
    from inspections.steps.self_assessing import self_assessment_status as self_assessment_status
    from inspections.steps.self_assessing import send_self_assessment as send_self_assessment
    from inspections.steps.voices import decide_voices as decide_voices
    from inspections.steps.voices import import_voices as import_voices
    from inspections.steps.voices import voices_status as voices_status
    from inspections.steps.voices import write_form as write_form

_HOMES = {
    "Decided": "inspections.rectification.deciding",
    "add_rectification": "inspections.steps.rectifying",
    "collect_rectification": "inspections.steps.rectifying",
    "decide_many": "inspections.steps.rectifying",
    "decide_rectification": "inspections.steps.rectifying",
    "rectify_status": "inspections.steps.rectifying",
    "rectify_template": "inspections.steps.rectifying",
    "send_rectification": "inspections.steps.rectifying",
    "By": "inspections.ledger.chain",
    "Decision": "inspections.ledger.decisions",
    "OpenRound": "inspections.round.opened",
    "Outcome": "inspections.ledger.objections",
    "Period": "inspections.round.round",
    "Round": "inspections.round.round",
    "Verdict": "inspections.ledger.decisions",
    "add_inspector": "inspections.steps.changing_rosters",
    "add_objection": "inspections.steps.objecting",
    "add_school": "inspections.steps.changing_rosters",
    "chase_round": "inspections.steps.chasing",
    "collect_follow_up": "inspections.steps.following_up",
    "collect_round": "inspections.steps.collecting",
    "collect_self_assessment": "inspections.steps.self_assessing",
    "self_assessment_status": "inspections.steps.self_assessing",
    "send_self_assessment": "inspections.steps.self_assessing",
    "decide_voices": "inspections.steps.voices",
    "import_voices": "inspections.steps.voices",
    "voices_status": "inspections.steps.voices",
    "write_form": "inspections.steps.voices",
    "decide_file": "inspections.steps.deciding",
    "decide_item": "inspections.steps.deciding",
    "draw_follow_up": "inspections.steps.following_up",
    "decide_objection": "inspections.steps.objecting",
    "erase_names": "inspections.steps.erasing",
    "erase_school": "inspections.steps.erasing",
    "follow_up_status": "inspections.steps.following_up",
    "ledger_acts": "inspections.steps.looking_back",
    "ledger_decisions": "inspections.steps.looking_back",
    "list_objections": "inspections.steps.objecting",
    "open_round": "inspections.ledger.of_round",
    "release_computer": "inspections.steps.computers",
    "remove_school": "inspections.steps.changing_rosters",
    "replace_inspector": "inspections.steps.changing_rosters",
    "draw_round": "inspections.steps.planning",
    "redraw_round": "inspections.steps.redrawing",
    "plan_round": "inspections.steps.planning",
    "verify_draw": "inspections.steps.planning",
    "replan_round": "inspections.steps.replanning",
    "resume_ledger": "inspections.steps.looking_back",
    "revoke_decision": "inspections.steps.deciding",
    "school_history": "inspections.steps.looking_back",
    "send_follow_up": "inspections.steps.following_up",
    "start_round": "inspections.round.starting",
    "verify_ledger": "inspections.steps.looking_back",
    "write_workbooks": "inspections.steps.handing_out",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
