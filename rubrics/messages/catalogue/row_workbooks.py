"""Messages: workbooks with a row for each thing, which went out and came back."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

_SENT_AGAIN = "请交回原来发出的那份；找不到的，请向发表的单位再要一份，把内容誊进去"

MESSAGES: dict[str, Message] = {
    "rows-unreadable": (
        "error",
        "文件打不开：{detail}",
        "请用 Excel 或 WPS 打开，另存为不带密码的 .xlsx 后再交",
    ),
    "rows-foreign": (
        "error",
        "这不是本系统发出的表（没有身份信息），没有读取",
        f"{_SENT_AGAIN}；督学的检查表放进 returned",
    ),
    "rows-other-round": (
        "error",
        "这是批次“{other}”的表，不是本批次的，没有读取",
        "请核对后交到对应批次",
    ),
    "rows-other-kind": (
        "error",
        "这是另一种用途的表，这里不收，没有读取",
        (
            "整改清单放进 rectify/returned，复查记录放进 followup/returned，自评表放进"
            " selfassess/returned，问责建议放进 accountability/returned；"
            "整改审核用 rectify decide --from，其他来源的用 rectify add"
        ),
    ),
    "rows-seal-altered": (
        "error",
        "表的身份信息（发给谁、第几次发出、有哪些行）不是本批次发出时的样子，没有读取",
        _SENT_AGAIN,
    ),
    "rows-other-owner": (
        "error",
        "这是发给{other}的表，不是发给{due}的，没有读取",
        "请核对是不是交错了；交错的请各自交回",
    ),
    "rows-owner-unknown": (
        "error",
        "表是发给 {id} 的，本批次没有给它发过这种表，没有读取",
        "请核对这份表从哪里来",
    ),
    "rows-older-issue": (
        "warning",
        "这是以前发出的表（版号 {issue}），以后又发过（版号 {latest}）；仍按编号读取，缺的行没有算",
        "请核对有没有漏填后来增加的行；要补的请用最近一次发出的表",
    ),
    "rows-newer-issue": (
        "error",
        "这份表（版号 {issue}）比这里的台账（版号 {latest}）新，没有读取",
        "请在发出这份表的电脑上收表，或先取得最新的台账",
    ),
    "rows-table-missing": (
        "error",
        "表头少了“{headings}”，找不到要读的列，没有读取",
        "请把表头改回发出时的样子（列可以调换位置，不能改名、删去）",
    ),
    "rows-sheet-copied": (
        "error",
        "工作表“{sheet}”和“{first}”是同一张表，只读了“{first}”",
        "请核对以哪一张为准，另一张删去",
    ),
    "rows-sheet-unread": (
        "warning",
        "工作表“{sheet}”不是发出的表，没有读取：{quote}",
        "要算数的请填进表里相应的行；多余的工作表请删去",
    ),
    "rows-column-unread": (
        "warning",
        "“{heading}”这一列不是发出的表里的，没有读取：{quote}",
        "要算数的请填进相应的列；多余的列请删去",
    ),
    "rows-beside": (
        "warning",
        "表格以外写了内容，没有读取：{quote}",
        "要算数的请填进表里相应的行；多余的请删去",
    ),
    "rows-key-unknown": (
        "error",
        "编号“{key}”不在发出的表里，这一行没有读取：{quote}",
        "请按发出的编号填；新的事项请另行报送，不要自己加行",
    ),
    "rows-key-blank": (
        "error",
        "这一行没有编号，不知道说的是哪一件，没有读取：{quote}",
        "请把内容填进有编号的那一行",
    ),
    "rows-key-twice": (
        "error",
        "编号“{key}”出现两次（先在 {first}），两行都没有算",
        "请核对以哪一行为准，另一行删去或改回原来的编号",
    ),
    "rows-row-missing": (
        "error",
        "发出的表里有编号“{key}”，交回的表里没有这一行",
        "请用发出的表补填这一行，不要删行",
    ),
    "rows-text-altered": (
        "warning",
        "编号“{key}”的“{heading}”改动了，改动不算，按发出时的内容",
        "对内容有异议的请写进可以填写的格子，或另行书面提出",
    ),
    "rows-required-blank": (
        "error",
        "编号“{key}”没有填“{heading}”",
        "请补填这一格",
    ),
    "rows-blank": (
        "warning",
        "这份表一格都没有填，没有内容可读",
        "请核对是不是交错了文件（把发出的空表又交了回来）；填好保存以后再收一次",
    ),
    "rows-row-blank": (
        "error",
        "编号“{key}”一格都没有填",
        "请补填这一行",
    ),
    "rows-value": (
        "error",
        "“{heading}”一栏填的“{value}”没有读入，应填：{wanted}",
        "请改正这一格",
    ),
    "rows-paper": (
        "warning",
        "这个文件（{ending}）不是发下的清单，没有读取",
        "请填在发下的 .xlsx 清单里交回；佐证材料放进 evidence 下该校的“整改”文件夹",
    ),
    "rows-unread": (
        "warning",
        "文件里有{what}{quote}，没有读取",
        "文字请填进表里相应的格子；图片请另存为文件，随表一起交，并在表里写文件名",
    ),
    "rows-long": (
        "warning",
        "“{heading}”一栏有 {count} 个字，最多 {most} 个，照常读取",
        "请改短；要说的很多时，另附材料",
    ),
}
