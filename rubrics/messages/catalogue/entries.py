"""Messages: what is entered in the rows."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "at-once-unclear": (
        "warning",
        "“当场处理”写的是“{value}”，看不出当场做了什么，没有算作当场改正",
        "请以当场改正、封存、停用、下架、抽样、退回、拒收、销毁开头，后面写数量、单号；没有改完的不要写当场改正",
    ),
    "entry-not-understood": ("error", "“{value}”看不懂，这里要填{expected}", "请改为{expected}"),
    "entry-interpreted": ("note", "“{value}”按 {meaning} 读取", "如不是这个意思，请改正"),
    "entry-out-of-range": ("error", "{value} 超出允许范围（{range}）", "请核对后改正"),
    "entry-step": ("error", "{value} 不在允许的分值中：{allowed}", "请改为允许的分值"),
    "entry-percent": (
        "error",
        "{value} 可能是百分号造成的（95% 会变成 0.95）",
        "请只填数字，例如 95",
    ),
    "entry-precise": ("note", "{value} 的小数太多，按 {meaning} 计算", "如不对请改正"),
    "entry-hidden": (
        "warning",
        "这一格显示的是 {shown}，实际是 {value}，按 {value} 计算",
        "如应按显示的数计算，请把显示的数重新填一遍",
    ),
    "entry-shown": (
        "error",
        "这一格显示为{shown}，存的是“{stored}”，看到的和存的不是一回事，没有读取",
        "请清除这一格的内容和格式（删除线、上标、自定义数字格式等），把要填的重新填一遍；不填的请删去",
    ),
    "entry-lost": ("error", "单元格是{detail}，读不出数", "请重新填写这一格"),
    "entry-formula": (
        "note",
        "这一格是公式 {formula}，按它的结果 {value} 读取",
        "如不是这个意思，请直接填数",
    ),
    "entry-missing": (
        "error",
        "{indicator} 只填了一部分，缺“{label}”，按未查处理",
        "请补填；没有查的请把状态选为“未查”",
    ),
    "entry-unexpected": (
        "warning",
        "{indicator} 的状态是“{state}”，却填了“{value}”",
        "请核对状态；填写的内容未计入",
    ),
    "state-not-understood": ("error", "状态“{value}”看不懂", "请从 已查、未查、合理缺项 中选"),
    "state-not-excusable": (
        "error",
        "{indicator} 不能由督学列为合理缺项，按未查处理",
        "请补查；确实不适用的请修改名册中的特征",
    ),
    "excuse-without-reason": (
        "error",
        "{indicator} 列为合理缺项，没有写理由，按未查处理",
        "请在“备注”写明理由",
    ),
    "reason-missing": ("error", "{indicator} 酌情扣分没有写理由，不予扣分", "请补写扣分理由"),
    "evidence-missing": (
        "warning",
        "{indicator} 要有佐证材料而没有填，列为待核",
        "请补填照片或材料的文件名",
    ),
    "fault-missing": (
        "warning",
        "{indicator} 扣了分，没有写问题事实",
        "请写明时间、地点和事实，学校要据此整改",
    ),
    "ratio-above-one": (
        "error",
        "{indicator} 的“{numerator}”（{have}）大于“{denominator}”（{due}），按未查处理",
        "请核对两个数",
    ),
    "votes-above-entitled": (
        "error",
        "{indicator} 的票数合计 {cast}，多于应到人数 {entitled}，按未查处理",
        "请核对票数和应到人数",
    ),
    "survey-inconsistent": (
        "error",
        "{indicator} 的份数不合：满意 {satisfied}、收回 {returned}、发出 {sent}，按未查处理",
        "应有 满意≤收回≤发出",
    ),
    "red-line-unanswered": ("warning", "红线“{title}”没有填是或否，按未发现处理", "请逐条确认"),
    "private-number": (
        "warning",
        "这里有{kind}，对外的文件里中间几位用 * 代替",
        "没有必要写的请删去；台账里保留原样",
    ),
    "text-cleaned": (
        "note",
        "文字里有看不见或会改变显示的字符（{characters}），对外的文件里已去掉",
        "多半是从网页或聊天记录复制来的，不影响得分；核对文字是否完整即可",
    ),
    "extra-missing": (
        "error",
        "没有安装 {module}，不能{purpose}",
        '请运行 pip install "school-inspection-scoring[{extra}]"，或只装它：pip install {module}',
    ),
    "settings-changed": (
        "warning",
        "批次设置和上次计分时（{before} 记下的）不同：{changed}。现在的设置 {since} 由 {who} 记下",
        "确实要改的，不用再做什么；不是有意改的，请改回 round.yaml，再运行一次",
    ),
    "totals-moved": (
        "note",
        "和上次写出的结果相比，{count} 个总分变了：{moved}",
        "请核对变化的原因；已经印发的，按规定更正",
    ),
    "results-outdated": (
        "error",
        "results 里的结果写出以后，{what}改过，现在算出的会和 scores.csv 不一致，什么也没有写",
        "请先运行 scoring score {round}，或运行 scoring run {round} 一次做完",
    ),
}
