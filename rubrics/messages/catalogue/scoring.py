"""Messages: scores and their files."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "repeat-former": (
        "error",
        "以前的批次“{name}”用不了，认定不了屡查屡犯，没有计分：{detail}",
        "请把那个批次的文件夹放回原处，或在 round.yaml 的 follows 里改正；不再认定的，从那里去掉",
    ),
    "repeat-unlinked": (
        "note",
        "《{rubric}》规定了屡查屡犯怎样处理，round.yaml 没有写本批次接在哪个批次之后",
        "以前有批次的，请在 follows 写上它的文件夹；第一次检查的不用写，只看本批次“回头看”的结论",
    ),
    "repeat-unopened": (
        "warning",
        "“{round}”（{name}）没有建立整改台账，其中查出的问题没有按屡查屡犯认定",
        "请先在那个批次运行 scoring rectify open，再计分",
    ),
    "repeat-changed": (
        "note",
        "《{rubric}》与“{round}”时不同：{left} 新增或改了分值、计分规则，这些指标不认定屡查屡犯",
        "其余指标照常认定；确属同一问题的，由局里另行研究",
    ),
    "verdict-withheld": (
        "note",
        "{school}《{rubric}》没有等次：{detail}",
        "缺项属实的不用处理；不属实的请补查，或改细则的 excused_limit",
    ),
    "visit-incomplete": (
        "warning",
        "{school}的{rubric}有 {count} 项未查（{items}），总分为暂定",
        "请补查，或按批次规定处理",
    ),
    "school-unvisited": ("warning", "{school}的{rubric}还没有检查记录", "请催收检查表或安排检查"),
    "states-differ": (
        "warning",
        "{school} {indicator}：{first}记“{state}”，{second}记“{other}”",
        "请两人核对；只按记“已查”的计分，都没有查的按未查处理",
    ),
    "votes-below-quorum": (
        "warning",
        "{school} {indicator} 有效票不足应到人数的 {quorum}{figures}，测评无效",
        "请重新组织测评",
    ),
    "trial-column-unknown": ("warning", "不认识的列“{column}”，没有使用", "可以用：{known}"),
    "trial-school-missing": (
        "error",
        "表里没有写{subject}的一列",
        "请给这一列写上表头：{known}，写一个即可",
    ),
    "trial-trait-unread": (
        "error",
        "{school}的{traits}看不懂，有的项看它定适不适用，这一行没有计分",
        "请改正这一格，再试一次",
    ),
    "trial-na": (
        "error",
        "“{value}”看不懂，这里要填{expected}",
        "不适用、没有这一项的，请写 NA；没有查的，请空着",
    ),
    "trial-notes": (
        "note",
        "同样的说明共 {count} 处{where}，只列一次：{said}",
        "如不是这个意思，请改正",
    ),
    "trial-alike": (
        "note",
        "还有 {count} 处也是这样（{places}）：{said}",
        "请照上面的说法一并改正",
    ),
    "trial-row-twice": (
        "error",
        "{school}同一次检查、同一个人有两行，另一行在第 {first} 行，这一行没有计分",
        "不是同一次或同一个人的，请用次别、督学两列分开；重复的请删去",
    ),
    "trial-day": (
        "error",
        "{school}的检查日“{value}”看不懂，这一行没有计分",
        "请写成 2026-10-20 这样",
    ),
    "trial-trait-differs": (
        "warning",
        "{school}各行的“{trait}”不同，按第 {first} 行的“{value}”算",
        "请把各行改成一样",
    ),
    "trial-occasion": (
        "warning",
        "次别“{occasion}”不在设置的 occasions 中，排在最后",
        "可以写：{known}",
    ),
    "trial-incomplete": (
        "warning",
        "{count} 所学校有未查的项，总分为暂定：{said}",
        "请补填；不适用的写 NA",
    ),
    "trial-own-unasked": (
        "warning",
        "{what}没有使用：{why}",
        "不用的请删去；要学校自评这一项的，请改细则",
    ),
    "trial-own-missing": (
        "note",
        "明细表里没有自评的列，没有算自评扣的分（{costs}）",
        "要试的，请加上各项自评得分的列：{columns}……；没有交自评表的学校空着",
    ),
    "trial-own-differs": (
        "warning",
        "{school}各行 {item} 的自评不同，按第 {first} 行的“{value}”算",
        "请把各行改成一样，或只在一行写",
    ),
    "trial-group": ("error", "没有特征“{trait}”，不能按它分组", "可以用：{known}"),
    "trial-samples": (
        "error",
        "{column} 填了 {count} 个读数，细则只取 {most} 个",
        "请删去多余的读数，或把细则里的 samples 改大",
    ),
    "school-unknown": ("error", "没有学校“{school}”", "请写学校代码、校名，或校名的一部分、简称"),
    "school-ambiguous": ("error", "“{school}”不止一所学校：{known}", "请写学校代码或完整校名"),
    "explain-rubric-unknown": ("error", "本批次没有细则或指标“{rubric}”", "细则可以写：{known}"),
    "explain-item-unknown": ("error", "《{rubric}》没有“{item}”这一项", "可以写：{known}"),
    "nothing-to-score": (
        "error",
        "台账里还没有检查记录",
        "请先把填好的检查表放进 returned，再运行 scoring collect",
    ),
}
