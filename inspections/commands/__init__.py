"""The room's door for the command line: rounds, blank workbooks, collecting; the ledger."""

from __future__ import annotations

import typer

from inspections.commands import (
    decisions,
    follow_up,
    ledger,
    objections,
    planning,
    rectify_status,
    rectifying,
    rosters,
    rounds,
    self_assessing,
    sheets,
    starting,
    voices,
)

round_app = typer.Typer(no_args_is_help=True, help="检查批次：名册样表，检查，新建，看进度。")
round_app.command("start")(starting.start)
round_app.command("template")(rounds.template)
round_app.command("check")(rounds.check)
round_app.command("status")(rounds.status)
round_app.command("plan")(planning.plan)
round_app.command("replan")(rounds.replan)
round_app.command("add-school")(rosters.add_school)
round_app.command("remove-school")(rosters.remove_school)
round_app.command("add-inspector")(rosters.add_inspector)
round_app.command("replace-inspector")(rosters.replace_inspector)

app = typer.Typer(no_args_is_help=True)
app.add_typer(round_app, name="round")
app.command("workbooks")(sheets.workbooks)
app.command("collect")(sheets.collect)

decision_app = typer.Typer(no_args_is_help=True, help="对检查记录作决定；督学填的原样保留。")
decision_app.command("accept")(decisions.accept)
decision_app.command("reject")(decisions.reject)
decision_app.command("correct")(decisions.correct)
decision_app.command("excuse")(decisions.excuse)
decision_app.command("revoke")(decisions.revoke)

objection_app = typer.Typer(no_args_is_help=True, help="学校对初步意见的异议：登记，列出，答复。")
objection_app.command("add")(objections.add)
objection_app.command("list")(objections.list_objections)
objection_app.command("decide")(objections.decide)
app.add_typer(objection_app, name="objection")

ledger_app = typer.Typer(no_args_is_help=True, help="台账：核验，查来历，作决定，按规定删除。")
ledger_app.add_typer(decision_app, name="decide")
ledger_app.command("verify")(ledger.verify)
ledger_app.command("log")(ledger.log)
ledger_app.command("history")(ledger.history)
ledger_app.command("decisions")(ledger.list_decisions)
ledger_app.command("resume")(ledger.resume)
ledger_app.command("release")(ledger.release)
ledger_app.command("erase")(ledger.erase)

follow_up_app = typer.Typer(no_args_is_help=True, help="回头看：抽取，发记录，收结论，看进度。")
follow_up_app.command("draw")(follow_up.draw)
follow_up_app.command("collect")(follow_up.collect)
follow_up_app.command("status")(follow_up.status)

rectify_app = typer.Typer(no_args_is_help=True, help="整改：立台账，发清单，收报送，审核，看进度。")
rectify_app.command("send")(rectifying.send)
rectify_app.command("collect")(rectifying.collect)
rectify_app.command("decide")(rectifying.decide)
rectify_app.command("extend")(rectifying.extend)
rectify_app.command("status")(rectify_status.status)
rectify_app.command("add")(rectifying.add)
rectify_app.command("template")(rectifying.template)

voices_app = typer.Typer(no_args_is_help=True, help="问卷、访谈、热线、测评：收，看，决定。")
voices_app.command("form")(voices.form)
voices_app.command("import")(voices.import_files)
voices_app.command("status")(voices.status)
voices_app.command("decide")(voices.decide)
app.add_typer(voices_app, name="voices")

self_assessment_app = typer.Typer(no_args_is_help=True, help="学校自评：发自评表，收，看谁没有交。")
self_assessment_app.command("send")(self_assessing.send)
self_assessment_app.command("collect")(self_assessing.collect)
self_assessment_app.command("status")(self_assessing.status)
app.add_typer(self_assessment_app, name="selfassess")
