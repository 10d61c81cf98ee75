"""Messages: a round, its rosters and its plan."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "roster-avoided-unknown": (
        "warning",
        "要回避的学校不在学校名册里：{schools}{could}",
        "写错的请改成名册里的校名或代码；本批次不查的学校不用改",
    ),
    "roster-avoided-taken": (
        "note",
        "要回避的学校写的不是名册里的校名，当作：{taken}",
        "不是这所的，请改成名册里的校名或代码；是的不用改",
    ),
    "roster-skill-alike": (
        "warning",
        "专长写的是“{written}”，round.yaml 的 drawing.team.skills 要的是“{asked}”，不算同一样",
        "是一样的，请改成同样的写法；不是的，不用改",
    ),
    "drawn-team-value": (
        "error",
        "抽出的检查组读不懂：{heading}“{value}”，这一组没有算",
        (
            "检查组不能重名；检查人员写督学名册里的代码（几人用顿号隔开）；"
            "日期写成 2026-10-12。改乱了的，从备份取回 roster/teams.csv"
        ),
    ),
    "round-missing": (
        "error",
        "{name} 不是一个检查批次（没有 round.yaml）",
        "请核对文件夹写得对不对；还没有建批次的，先运行 scoring round start",
    ),
    "round-value": ("error", "批次设置有误：{detail}", "请修改 round.yaml"),
    "round-subjects": (
        "error",
        "一个批次只查一种对象，这里有几种：{listed}",
        "请分成几个批次，各用各的名册",
    ),
    "round-traits": (
        "error",
        "这些细则旁边的 traits.yaml 不一样：{listed}",
        "一个批次只用一份，请合成一份，放在各细则的文件夹里",
    ),
    "key-missing": (
        "error",
        "缺少 round.key：发出的检查表按其中的密钥防伪，没有它分不出真假，什么也没有做",
        (
            "请从备份或原来的文件夹抄回 round.key（密钥的校验码是 {digest}），不要另编一个；"
            "确实找不回的，删去 round.yaml 里 key_digest 一行，检查表照样读，但不再核对真假"
        ),
    ),
    "key-unreadable": (
        "error",
        "round.key 里读不出密钥，什么也没有做",
        "请从备份或原来的文件夹抄回 round.key，不要另编一个；没有权限读的，请先取得权限",
    ),
    "key-other": (
        "error",
        "round.key 不是本批次的：密钥的校验码应是 {digest}，这一个是 {own}；什么也没有做",
        "请从本批次的备份抄回 round.key；round.yaml 是别的批次的，请换回本批次的 round.yaml",
    ),
    "key-moved": (
        "note",
        "检查表的防伪密钥从 round.yaml 移到了 round.key，检查表照样有效",
        "备份批次时请连同 round.key；以前抄出去、发出去的 round.yaml 里还有密钥，不用的请删去",
    ),
    "key-in-settings": (
        "warning",
        "检查表的防伪密钥还在 round.yaml 里，程序不便改动，没有移走",
        "请新建文本文件 round.key，把 round.yaml 里 key 一行剪切过去",
    ),
    "quota-not-due": (
        "warning",
        "考核期 {since} 至 {until} 还不满一个周期，{rubric}的 {items} 应有次数为 0，一律得满分",
        "考核期写错的，请修改 round.yaml 的 period（或 elapsed）；新建批次时写 --period-from",
    ),
    "teaching-unknown": (
        "warning",
        (
            "{rubric}的 {items} 按教学时间折算应有次数，没有写教学时间，假期也算在内："
            "共 {weeks} 周、{months} 个月"
        ),
        "请在 round.yaml 的 teaching 里写明各学期的起止日期，再发检查表",
    ),
    "round-exists": (
        "error",
        "{name} 已经是一个检查批次，没有改动",
        "请换一个文件夹；要改设置，请直接修改其中的 round.yaml",
    ),
    "folder-in-use": (
        "error",
        "{name} 里已有别的文件，没有改动",
        "请换一个新的或空的文件夹",
    ),
    "template-exists": ("error", "{name} 已经有了，没有改动", "请换一个文件夹，或把它移走"),
    "plan-value": ("error", "检查安排的“{what}”填了“{value}”，不认识{more}", "可以填：{known}"),
    "plan-twice": ("error", "这一行与第 {first} 行安排的是同一次检查", "请删去其中一行"),
    "plan-school-missing": (
        "note",
        "名册里有 {count} 所学校没有排进检查安排：{names}",
        "要检查的，用 scoring round replan 补排；这次不检查的，不用改",
    ),
    "plan-team-left": (
        "note",
        "检查组“{team}”的督学都离任了，还排着 {count} 次检查",
        "已经查过、交了表的照样计入；没有查的，用 scoring round replan 改派",
    ),
    "teams-few": (
        "warning",
        "{rubric}一次检查至少要有 {least} 名督学，排去检查的这些组人数不够：{teams}",
        "请在督学名册里给这些组补人，或检查时另请一名督学一起去，写进检查表的同行督学一格；补了人再发检查表",
    ),
    "drawn-teams-few": (
        "warning",
        "{rubric}一次检查至少要有 {least} 名督学，抽签组成的检查组只有 {size} 名",
        "请把 drawing.team.size 改成 {least}，再承诺、抽取；不改的，请别组督学同去并写进检查表",
    ),
    "roster-empty": ("error", "名册里没有{what}", "请在表头下面每行填一{unit}，再试一次"),
    "roster-heading-missing": (
        "error",
        "缺少{heading}一列{seen}",
        "请补上这一列；表头写在各行数据上面",
    ),
    "roster-heading-unknown": (
        "note",
        "这些列没有使用：{headings}",
        "不需要的不用管；需要的请把表头改成能认的：{known}",
    ),
    "roster-heading-merged": (
        "error",
        "表头 {range} 是合并单元格，横跨几列",
        "请取消合并，每列写一个表头",
    ),
    "roster-heading-again": ("note", "这一行是重复的表头，没有读取", "不用管"),
    "roster-row-aside": (
        "note",
        "这一行“{text}”不是{what}，没有读取",
        "确是{what}的，请补上代码和名称",
    ),
    "table-unreadable": (
        "error",
        "文件打不开：{detail}",
        "请用 Excel 或 WPS 打开，另存为不带密码的 .xlsx 后再试",
    ),
    "table-quote": (
        "error",
        "这一行起有一个引号没有成对，后面的内容都被当成了一格",
        "请用记事本打开，补上或删去这一行多出的引号",
    ),
    "table-sheet-hidden": (
        "warning",
        "工作表“{sheet}”被隐藏了，没有读取",
        "要用的请取消隐藏；不用的请删去",
    ),
    "table-sheet-unread": (
        "warning",
        "工作表“{sheet}”没有读取",
        "要用的请写上同样的表头，或单独另存；不用的请删去",
    ),
    "cell-merged": (
        "error",
        "这一格并入了 {range} 的合并单元格，只有左上角一格有内容",
        "请取消合并，每行各填各的",
    ),
    "cell-too-long": (
        "error",
        "这一格有 {count} 个字，一格最多 {most} 个，后面的没有读",
        "请改短；要说的很多时，另附材料",
    ),
    "roster-heading-twice": ("error", "表头“{heading}”出现两次", "请删去或改名其中一列"),
    "roster-id-missing": ("error", "这一行没有{what}代码", "请补上代码；多余的行请删去"),
    "roster-id-twice": ("error", "{what}代码 {id} 与{first}重复", "请改正其中一个"),
    "roster-id-alike": (
        "error",
        "{what}代码 {id} 与{first}的 {other} 只差大小写、全半角或空格，会当成一个",
        "请改正其中一个",
    ),
    "roster-id-made": (
        "error",
        "{what}代码是{kind} {value}，多半是电子表格把原来的代码改成了这样",
        "请把这一列设为文本格式，重新填写代码",
    ),
    "roster-id-given": (
        "note",
        "有 {count} 名督学没有代码，程序按姓名编了代码，以后每次读都一样",
        "不用管；要用自己的代码，请加“代码”一列，发表以后不要再改",
    ),
    "roster-id-needed": (
        "error",
        "督学“{name}”没有代码，又有同名的",
        "请加“代码”一列，给同名的人各写一个代码",
    ),
    "roster-team-missing": (
        "warning",
        "有 {count} 名督学没有填“检查组”，各自成一组",
        "和别人同组的请补上组名",
    ),
    "roster-leaders": (
        "warning",
        "检查组“{team}”有 {count} 名组长，意见书上都会印成组长",
        "一组一名组长，请改督学名册的“组长”一列；离任的不算",
    ),
    "roster-replaces-unknown": (
        "error",
        "“接替”填了“{value}”，{detail}",
        "请填被接替的督学的姓名或代码，他（她）那一行留在名册里",
    ),
    "roster-replaces-present": (
        "warning",
        "{name}接替{before}，而{before}没有标离任，两个人都要交表",
        "{before}已经离任的，请在那一行的“离任”填“是”；没有离任的，删去“接替”里填的",
    ),
    "roster-by-hand": (
        "error",
        "名册 {name} 要自己改：{detail}",
        "请用 Excel 或 WPS 打开名册改好保存，再运行 scoring round replan",
    ),
    "roster-no-column": (
        "error",
        "名册 {name} 没有“{heading}”一列",
        "可以写的列：{known}；或先在名册里加这一列",
    ),
    "inspector-unknown-here": (
        "error",
        "督学“{said}”{detail}",
        "请写名册里的姓名；有同名的写代码",
    ),
    "school-sheets-held": (
        "warning",
        "{school}已有 {count} 份检查表记在台账里，移出名册以后不再计入成绩",
        "要计入的，不要移出；误移的，用 scoring round add-school 加回来，照样计入",
    ),
    "roster-id-number": (
        "warning",
        "{what}代码 {id} 是按数字存的，位数可能不全（开头的 0 会丢）",
        "请把这一列设为文本格式后重新填写",
    ),
    "roster-name-missing": ("error", "{what} {id} 没有填名称", "请补上"),
    "roster-name-twice": (
        "warning",
        "校名“{name}”与 {first} 相同，代码不同",
        "请核对是不是同一所学校；确是两所的，请在名称里写明区别",
    ),
    "roster-trait-value": ("error", "“{heading}”填了“{value}”{more}", "可以填：{known}"),
    "roster-column-missing": (
        "error",
        "学校名册没有{traits}，{rubric}要用（{count} 所学校）{seen}",
        "请补上这些列，或把表头改成这样的名称",
    ),
    "roster-trait-missing": (
        "error",
        "学校 {school} 没有填“{trait}”，而{rubric}要用",
        "请补上；不补则相关指标按适用处理",
    ),
}
