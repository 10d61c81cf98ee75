"""Messages: filled workbooks and their sheets."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "workbook-unreadable": (
        "error",
        "文件打不开：{detail}",
        "请用 Excel 或 WPS 重新另存为 .xlsx 后再交",
    ),
    "workbook-ending": (
        "error",
        "内容是工作簿，后缀却是 {ending}，没有读取",
        "请把后缀改为 .xlsx，再收表",
    ),
    "returned-archive": (
        "error",
        "这是压缩包（{ending}），里面的检查表没有读取",
        "请先解压，把里面的检查表放进 returned 文件夹，再收表",
    ),
    "returned-wps": (
        "error",
        "这是 WPS 自己的格式（{ending}），没有读取",
        "请用 WPS 打开，另存为 .xlsx 后再交",
    ),
    "returned-paper": (
        "warning",
        "这个文件（{ending}）不是检查表，没有读取",
        "检查结果请填在发下的 .xlsx 检查表里；佐证材料请放进 evidence 下学校的文件夹",
    ),
    "returned-recordings": (
        "warning",
        "这个文件夹里有照片、录音或录像（如这一个），没有作为佐证",
        "请移到 evidence 下以学校代码或校名命名的文件夹，再收表",
    ),
    "workbook-filled": (
        "warning",
        "这个文件有人打开保存过，或不是本系统写的，没有用空白检查表覆盖",
        "填过的请移到 returned，没有用的请删去；还要空白表的，再运行 scoring workbooks",
    ),
    "workbook-left": (
        "warning",
        "这是以前写出的检查表，这次没有它；有人打开保存过，没有删除",
        "填过的请移到 returned，没有用的请删去；不要再下发",
    ),
    "workbook-foreign": (
        "error",
        "这不是本系统发出的检查表",
        "请用发出的检查表填写，不要另做表格；整改清单、复查记录各有自己的 returned 文件夹",
    ),
    "workbook-blank": (
        "warning",
        "这份检查表一格都没有填，没有内容可读",
        "请核对是不是把空表放了进来；填好保存以后放进 returned，再收一次；用不着的请移走",
    ),
    "workbook-other-round": (
        "error",
        "这是批次“{other}”的检查表，不是本批次的",
        "请核对后交到对应批次",
    ),
    "identity-altered": (
        "error",
        "工作表“{sheet}”的身份信息（学校、督学、次别等）不是本批次发出时的样子，这张表不算数",
        "请交回原来发出的那份检查表；找不到的，用 scoring workbooks 新发的空白表誊写",
    ),
    "mark-altered": (
        "error",
        "工作表“{sheet}”写着更正另一份表，但这个标记不是本批次做的，没有当作更正",
        (
            "更正请在 marked/ 里那份标好的表上改；要用这一份的，由局里运行 "
            "scoring ledger decide accept DIR 这份文件 --why 理由"
        ),
    ),
    "school-other": (
        "error",
        "写的是“{typed}”，这张表发给“{school}”，照“{school}”计分",
        "填错了表的，请用发给“{typed}”的检查表重填；没有填错的，把校名改回来",
    ),
    "school-renamed": (
        "warning",
        "写的是“{typed}”，名册上 {code} 是“{school}”，照“{school}”计分",
        "请核对是不是这所学校；改了校名的，请改学校名册",
    ),
    "title-other": (
        "warning",
        "标题写的是“{typed}”，这张表是“{title}”，照“{title}”计分",
        "请核对有没有填错表，把标题改回来",
    ),
    "recorder-other": (
        "error",
        "填表督学写的是“{typed}”，这张表发给{own}，记在{own}名下",
        "请各填各的检查表；换了人的，先用 scoring round replace-inspector 换，再发新表",
    ),
    "workbook-old-rubric": (
        "error",
        "检查表用的是{rubric} {other} 版，本批次用 {version} 版",
        "请用新发的检查表誊写",
    ),
    "sheet-unknown": (
        "warning",
        "工作表“{sheet}”不是检查表，没有读取{quote}",
        "要算数的请写进检查表的“问题事实”或“备注”；多余的工作表请删去",
    ),
    "sheet-typed": (
        "warning",
        "这张工作表不用填，上面写了 {count} 格，没有读取：{detail}",
        "请移到检查表的“问题事实”或“备注”，这里的删去",
    ),
    "texts-other": (
        "note",
        "有 {count} 格印好的文字与现在发出的不同：{detail}",
        "以前的版本发出的检查表不用管；是自己写的，请移到浅黄色的格子里",
    ),
    "rows-hidden": (
        "warning",
        "第 {rows} 行被隐藏了，没有填",
        "请取消隐藏，核对有没有漏填",
    ),
    "columns-hidden": (
        "warning",
        "{columns} 列被隐藏了，整列没有填",
        "请取消隐藏，核对有没有漏填",
    ),
    "sheet-copied": (
        "error",
        "工作表“{sheet}”是“{first}”的复制件",
        "一校一表，请用发给该校的检查表",
    ),
    "sheet-school-unknown": (
        "error",
        "学校代码 {school} 不在名册中",
        "请核对代码，或先在学校名册里补上",
    ),
    "sheet-rubric-inapplicable": (
        "error",
        "{school}不适用{rubric}",
        "请核对学校和细则，或修改名册中的特征",
    ),
    "workbook-rubric-changed": (
        "warning",
        "检查表发出以后，{rubric} {version} 版的内容改过",
        "请核对填写项有没有变；内容有实质改动时应换版本号、重发检查表",
    ),
    "workbook-unread": (
        "warning",
        "文件里有{what}{quote}，没有读取",
        (
            "请把文字写进“问题事实”或“备注”，这里的删去；图片移到该项的行里，"
            "图片和文件也可以另存后把文件名写进“佐证文件名”"
        ),
    ),
    "picture-unread": (
        "warning",
        "这一格里有图片（或 Excel 的数据类型），从文件里取不出来，没有作为佐证",
        "请把图片改为浮动在单元格上（右键“转换为浮动图片”），或把照片另存后把文件名写进“佐证文件名”",
    ),
    "workbook-macros": (
        "note",
        "文件里有宏，没有运行；读到的只是格子里的内容",
        "不需要宏，请另存为 .xlsx 后再交",
    ),
    "sheet-rubric-unknown": (
        "error",
        "本批次没有细则 {rubric}",
        "请核对后交到对应批次，或在 round.yaml 的 rubrics 补上",
    ),
    "sheet-occasion-unknown": (
        "error",
        "本批次没有次别“{occasion}”",
        "可以用的次别：{known}；请核对后交到对应批次",
    ),
    "sheet-altered": (
        "error",
        "工作表“{sheet}”的表头或列被改动过，没有读取",
        "请把内容誊到空白检查表，不要增删行列、改动表头",
    ),
    "entry-misplaced": (
        "warning",
        "“{value}”填在不用填的格子里，没有读取",
        "请移到浅黄色的格子里，或删去",
    ),
    "statement-kept": (
        "note",
        "“{label}”写了“{value}”，已记入台账，不影响得分",
        "需要答复的，请另行办理",
    ),
    "problems-many": (
        "warning",
        "这张表里同样的问题（{like}）还有 {count} 处，没有一一列出",
        "请先改好列出的；表里多出来的内容请整片删去",
    ),
    "points-altered": (
        "warning",
        "“分值”一格改成了 {value}，细则是 {points} 分；计分按细则",
        "请改回 {points}；细则要改的，由局里修改细则并重发检查表",
    ),
    "score-altered": (
        "warning",
        "“得分”一格的公式改成了数；计分按填写的内容重新算，不用这个数",
        "请从空白检查表复制公式回来，或不管它",
    ),
    "sheet-hidden": (
        "warning",
        "工作表“{sheet}”被隐藏了，里面有填写，照常读取",
        "请取消隐藏，核对里面的内容",
    ),
    "row-unknown": (
        "warning",
        "编号“{code}”不是本细则的填写项，这一行没有读取",
        "请不要改动 A 列编号",
    ),
    "row-twice": ("error", "编号“{code}”出现两次", "请删去多出的一行"),
    "row-missing": ("error", "编号“{code}”这一行不见了", "请从空白检查表补回这一行"),
}
