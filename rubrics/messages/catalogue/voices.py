"""Messages: what many people said, questionnaires, interviews, complaints, ballots."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "voices-value": (
        "error",
        "voices.yaml 写得不对：{detail}",
        "请改好再运行一次；不知道怎么写的，可以先移走它，程序会写出一份草稿",
    ),
    "voices-alias": (
        "warning",
        "别名“{name}”指的学校 {id} 不在名册里",
        "请核对学校代码",
    ),
    "voices-unrecognised": (
        "error",
        "认不出这张表：不是问卷星、腾讯问卷、金数据、WPS 表单、LimeSurvey 导出的，也没有一列是学校",
        "请按草稿在 voices.yaml 里写明各列是什么，再导入一次；乱码的请重新导出为 UTF-8 或 Excel",
    ),
    "voices-draft": (
        "note",
        "已经写好一份草稿：{file}",
        "请改好后另存为 voices.yaml，再导入一次",
    ),
    "voices-columns-missing": (
        "error",
        "voices.yaml 的“{survey}”写的列这张表里没有：{columns}",
        "题目改过的，请把新的题目加进这一题的 columns；缺的题目按没有问处理",
    ),
    "voices-heading-twice": (
        "warning",
        "有几列的列名相同：{headings}",
        "已按先后编号，各算一题；同一题分几列的，请在 voices.yaml 里写明",
    ),
    "voices-school-column": (
        "error",
        "看不出哪一列是学校，没有收",
        "请在 voices.yaml 里写明 school 是哪一列；用链接参数区分学校的，写明 link",
    ),
    "voices-number-column": (
        "error",
        "看不出哪一列是数目，“{kind}”的表要有，没有收",
        "请把这一列的列名写成：{headings}",
    ),
    "voices-class-column": (
        "error",
        "没有一列是年级、班级，没有收",
        "请把列名写成“年级”“班级”，班级写成 三年级2班 或 2班，再导入一次",
    ),
    "voices-class-twice": (
        "warning",
        "“{table}”里有 {count} 个班写了几行，人数相加了：{classes}",
        "请核对；多收了一份表的，用 --replace 重新导入",
    ),
    "voices-no-table": (
        "warning",
        "“{item}”要按“{table}”加权，还没有收这张表，“{survey}”的满意率未加权",
        "请用 scoring voices import 导入各班人数（学校、年级、班级、学生数），--survey {table}",
    ),
    "voices-no-classes": (
        "warning",
        "“{item}”要按“{table}”加权，“{survey}”没有问年级、班级，未加权",
        "请去掉 round.yaml 的 weighed_by；下次问卷加一题“班级”",
    ),
    "voices-unweighed": (
        "warning",
        "“{item}”要按“{table}”加权，{of} 所学校没有班级人数或答卷对不上班级，未加权：{schools}",
        "请在“{table}”里补上这些学校各班的人数，再导入一次",
    ),
    "voices-unplaced": (
        "note",
        "“{survey}”有 {count} 份答卷没有写班级，或班级不在“{table}”里，满意率不计入：{schools}",
        "请核对“{table}”的班级写法；答卷没有写的不用做什么",
    ),
    "voices-no-answers": ("error", "这张表只有列名，没有答卷，没有收", "请核对导出的文件"),
    "voices-cells-lost": (
        "warning",
        "从这一格起有 {count} 格是错误值或没有算出结果的公式（{detail}），按没有填处理",
        "请在表里改好，再导入一次",
    ),
    "voices-count": (
        "error",
        "“{heading}”应是整数，这里是“{value}”，没有算",
        "请在表里改好，再导入一次",
    ),
    "voices-unsubmitted": (
        "note",
        "有 {count} 份没有提交，没有收",
        "这是对方中途退出的；要算的，请在问卷网站里导出时另作处理",
    ),
    "voices-option-unknown": (
        "warning",
        "{question} 的这些选项不在“{scale}”里，只计数，不算满意不满意：{options}",
        "请在 voices.yaml 这一题的 options 里写明各是什么，或在 scales 里写自己的档次",
    ),
    "voices-school-unknown": (
        "warning",
        "有 {count} 份认不出是哪所学校（{ways} 种写法），已收下，不算在任何学校",
        (
            "用 scoring voices status 看是哪些写法，在 {settings} 的 aliases 里写明各是哪所学校，"
            "再导入一次"
        ),
    ),
    "voices-time-unknown": (
        "warning",
        "有 {count} 份的提交时间看不懂或没有写，期外和重复不核对这些",
        "请核对这一列的格式，如 2026-10-12 09:30:00",
    ),
    "voices-known": (
        "note",
        "这个文件已经收过（第 {number} 号），没有再算一次",
        "不用做什么",
    ),
    "voices-read-again": (
        "note",
        (
            "这个文件已经收过（第 {number} 号），名册、voices.yaml 或读法与那时不同，"
            "已按现在的重收，原来的不再算"
        ),
        "不用做什么",
    ),
    "voices-erased": (
        "error",
        "这个文件收过（第 {number} 号），台账里按规定删过其中的内容，没有再收",
        "请先在文件里删去要删的，再导入；要代替原来的，加 --replace",
    ),
    "voices-name-known": (
        "error",
        "已经收过同名的文件（第 {number} 号），内容不同，没有收",
        "是更正的，加 --replace 再导入一次，原来的不再算；是另一批答卷，请改文件名",
    ),
    "voices-overlap": (
        "error",
        "有 {count} 份答卷在“{name}”（第 {number} 号）里已经有了（序号和提交时间相同），没有收",
        (
            "是后来又导出的全部答卷，加 --replace 再导入一次，原来的不再算；"
            "不同的问卷请用 --survey 写明名称"
        ),
    ),
    "voices-replaced": (
        "note",
        "已代替第 {number} 号文件“{name}”，那个文件的答卷不再算",
        "两个都要算的，请改文件名或用 --survey 写明是不同的问卷",
    ),
    "voices-other-kind": (
        "error",
        "“{survey}”收过的是{before}，这个文件是{now}，份数和人次不能合计，没有收",
        "请用 --survey 另写一个名称，或用 --kind 写明是什么",
    ),
    "voices-question-differs": (
        "warning",
        "“{survey}”有几题在各文件里题目不同，分开计数：{questions}",
        "是同一题的，请在 voices.yaml 里把两种题目写进这一题的 columns，再导入一次",
    ),
    "voices-undecided": (
        "warning",
        "“{survey}”按“{rule}”有 {count} 份要看一看，还没有决定，暂时都算在内",
        "决定后运行 scoring voices decide {folder} {survey} --rule {rule} --count 或 --leave-out",
    ),
    "voices-none": (
        "error",
        "还没有收过答卷",
        "请先运行 scoring voices import",
    ),
    "voices-survey-unknown": (
        "error",
        "没有收过“{survey}”",
        "收过的有：{known}",
    ),
    "voices-nothing-flagged": (
        "error",
        "“{survey}”按“{rule}”没有要看的答卷，不用决定",
        "用 scoring voices status 看有哪些",
    ),
    "voices-decided-so": ("note", "“{survey}”的“{rule}”已经是这样决定的", "不用做什么"),
    "voices-report-edited": (
        "warning",
        "这份问卷报告写出以后有人改过，没有重写",
        "要重写的，请先移走它或改个名，再运行 scoring voices report",
    ),
    "voices-form-none": (
        "error",
        "《{rubric}》没有由问卷、民主测评打分的指标，不用问卷",
        "请核对细则的代码",
    ),
    "voices-form-drafted": (
        "note",
        "{item} 细则没有写问什么，题目是按指标名称拟的：{question}",
        "请核对；要改的，在细则的规则里写 question，选项写 options",
    ),
    "voices-form-private": (
        "warning",
        "{item} 的题目“{question}”问的是姓名、电话之类，没有写进问卷",
        "请改细则里的 question：问卷不问能认出人的",
    ),
    "voices-provisional": (
        "warning",
        ("“{survey}”按“{rule}”有 {count} 份要看一看，还没有决定算不算，由它统计的指标都是暂定的"),
        (
            "看过后运行 scoring voices decide DIR {survey} --rule {rule} --reason 理由，"
            "加 --count（算）或 --leave-out（不算）"
        ),
    ),
    "voices-unknown-survey": (
        "warning",
        "{item} 由“{survey}”统计，台账里没有这份问卷（收过的：{known}），暂按督学填的计",
        "请用 scoring voices import 收进来，或改正 round.yaml 的 voices",
    ),
    "voices-unknown-question": (
        "warning",
        "{item} 由“{survey}”统计，里面没有“{question}”这一题，暂按督学填的计",
        "请改正 round.yaml 的 voices；可以写的题：{known}",
    ),
    "voices-unknown-option": (
        "warning",
        "{item} 的题目里没有选项“{options}”，暂按督学填的计",
        "请改正 round.yaml 的 voices；选项有：{known}",
    ),
    "voices-unseen-option": (
        "warning",
        "{item}：题目“{question}”里没有一份答卷选“{options}”",
        "写错了的请改正 round.yaml 的 voices，选项有：{known}；确实没有人选的不用改",
    ),
    "voices-unmeant-option": (
        "warning",
        "{item}：选票上的“{options}”细则里没有系数，按弃权和废票算",
        "对应细则哪个选项的，请在 round.yaml 的 voices 里写 options；细则的选项：{known}",
    ),
    "voices-school-silent": (
        "warning",
        (
            "{item} 由“{survey}”统计，有 {count} 所查过的学校没有答卷：{schools}；"
            "督学填了这些数的，按督学填的计，没有填的这一项未查"
        ),
        "请核对问卷里的校名（scoring voices status），或由督学填写",
    ),
    "voices-differ": (
        "note",
        "{item}：督学填的是{value}，与“{survey}”统计的（{other}）不同，按统计的计",
        "统计有误的，请改正问卷或 round.yaml；要按督学填的计，由局里作出决定",
    ),
}
