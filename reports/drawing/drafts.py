"""The templates of a draw: what is announced before it, and its record, one page."""

from __future__ import annotations

from reports.official.draft import Cell, Draft


def record() -> Draft:
    """双随机抽取记录: from what, how, what came out of each stratum, and who signs."""
    made = Draft("双随机抽取记录")
    made.title("{{ 标题 }}")
    made.table(
        [Cell("项目", 1.3, "{{ 行.项目 }}"), Cell("内容", 9, "{{ 行.内容 }}", centred=False)],
        "行",
        "栏目",
    )
    made.say("各层抽取结果", "表题")
    made.table(
        [
            Cell("次别", 1.8, "{{ 行.次别 }}"),
            Cell("层", 3.9, "{{ 行.层 }}", centred=False),
            Cell("名单库", 1.3, "{{ 行.库 }}"),
            Cell("应抽", 1.1, "{{ 行.应抽 }}"),
            Cell("抽中", 1.1, "{{ 行.抽中 }}"),
            Cell("每所的机会", 2.9, "{{ 行.机会 }}"),
        ],
        "行",
        "行们",
    )
    _signed(made, "抽取人签字：　　　　　　　　见证人签字：　　　　　　　　年　　月　　日")
    return made


def scheme() -> Draft:
    """双随机抽查方案: what is published before the draw, with the commitment to its seed."""
    made = Draft("双随机抽查方案")
    made.title("{{ 标题 }}")
    made.table(
        [Cell("项目", 1.3, "{{ 行.项目 }}"), Cell("内容", 9, "{{ 行.内容 }}", centred=False)],
        "行",
        "栏目",
    )
    made.say("分层、比例和频次", "表题")
    made.table(
        [
            Cell("层", 3.9, "{{ 行.层 }}", centred=False),
            Cell("名单库", 1.3, "{{ 行.库 }}"),
            Cell("比例", 1.2, "{{ 行.比例 }}"),
            Cell("每次至少", 1.5, "{{ 行.至少 }}"),
            Cell("每次抽", 1.2, "{{ 行.应抽 }}"),
            Cell("次别", 1.0, "{{ 行.次 }}"),
            Cell("每所至少", 1.5, "{{ 行.频次 }}"),
            Cell("权重", 1.7, "{{ 行.权重 }}"),
        ],
        "行",
        "行们",
    )
    _signed(made, "拟定人签字：　　　　　　　　批准人签字：　　　　　　　　年　　月　　日")
    return made


def _signed(made: Draft, text: str) -> None:
    made.say(text, "表注", keep=True)
    made.say("{{ 署名 }}（盖章）", "表注")


DRAFTS = {"双随机抽取记录.docx": record, "双随机抽查方案.docx": scheme}
