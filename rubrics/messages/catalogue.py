"""Every message that a user can get: code -> (severity, what is wrong, what to do), in Chinese.

Codes are stable: scripts and marked workbooks rely on them. Texts may name parameters in braces.
Sections follow the rooms; within a section, the order in which work meets them.
"""

from __future__ import annotations

CATALOGUE: dict[str, tuple[str, str, str]] = {
    # --- rubrics: files -------------------------------------------------------------------
    "file-missing": ("error", "找不到文件 {name}", "请检查路径和文件名"),
    "rubric-missing": (
        "error",
        "没有细则“{name}”",
        "自带的细则有 {known}；自己的细则请写 YAML 文件的路径",
    ),
    "file-too-big": ("error", "文件太大，不像是细则", "请确认选对了文件"),
    "file-encoding": (
        "error",
        "文件编码是 {encoding}，不是 UTF-8",
        "请用记事本打开，另存为，编码选 UTF-8",
    ),
    "file-not-text": (
        "error",
        "这不是文本文件",
        "细则是 YAML 文本；Excel 里的细则请先用 scoring rubric import 转换",
    ),
    "yaml-syntax": ("error", "YAML 写法有误：{detail}", "请检查这一行的缩进、冒号后的空格和引号"),
    "yaml-duplicate-key": ("error", "“{key}”写了两次", "请删去或改名其中一个"),
    "yaml-empty": ("error", "文件里没有内容", "请写上细则，或换一个文件"),
    "rubric-missing-key": ("error", "缺少“{key}”", "请补上 {key}：{meaning}"),
    "rubric-unknown-key": ("error", "不认识“{key}”", "这里可以写：{known}"),
    "rubric-value": ("error", "“{value}”不对：{detail}", "请按细则写法说明修改"),
    # --- rubrics: meaning -----------------------------------------------------------------
    "rubric-id-twice": ("error", "编号 {id} 出现两次", "请给每个指标、加分项和红线不同的编号"),
    "rubric-id-needed": (
        "error",
        "{what}没有 id",
        "请写上 id：它是检查表里这一行的编号",
    ),
    "rubric-id-reserved": ("error", "编号 {id} 另有用途", "请换一个编号"),
    "rubric-flag-labels": (
        "error",
        "编号 {id} 的两问不同：“{first}”“{second}”",
        "同一问请写同一句话；不同的问请用不同的编号",
    ),
    "rubric-points-sum": (
        "error",
        "{what}的分值合计 {sum}，应为 {expected}",
        "请调整下级分值或这里的总分",
    ),
    "rubric-rule-points": (
        "error",
        "{detail}",
        "请修改规则或分值，使最多正好 {points} 分（计负分的，最少要能是 0 分）",
    ),
    "rubric-bands-gap": ("error", "分档有空档：{detail}", "请补上缺的一档，两端写清开闭"),
    "rubric-bands-overlap": ("error", "分档重叠：{detail}", "请让相邻两档在同一点一开一闭"),
    "rubric-grades-order": ("error", "等次“{grade}”的次序不对", "等次请从最好的写到最差的"),
    "rubric-trait-unknown": (
        "error",
        "条件里的特征“{trait}”不在特征表中",
        "可以用：{known}；要用别的，请在 traits 里加上",
    ),
    "rubric-trait-twice": (
        "error",
        "特征“{trait}”已经有了",
        "不用自己加，请删去；意思不同的，请换一个名称",
    ),
    "rubric-trait-value": ("error", "特征“{trait}”没有“{value}”这个值", "可以写：{known}"),
    "rubric-basis-missing": (
        "error",
        "指标 {id} 没有依据",
        "请在 basis 写上依据代码，文件列在 documents",
    ),
    "rubric-basis-unknown": (
        "error",
        "依据代码“{code}”不在 documents 中",
        "请在 documents 补上，或改为：{known}",
    ),
    "rubric-trigger-value": ("error", "触发条件不对：{detail}", "请修改触发条件"),
    "rubric-trigger-part": ("error", "触发条件里的“{part}”不是本指标的填写项", "可以写：{known}"),
    "rubric-grade-unknown": ("error", "等次“{grade}”不在 grades 中", "可以写：{known}"),
    "rubric-effective": (
        "error",
        "{detail}",
        "同一指标各时期的规则须同一类型、填写项相同，日期不能重叠",
    ),
    "rubric-unit": ("error", "单位不一致：{detail}", "请{write}"),
    "rubric-domain": (
        "warning",
        "分档 {range} 用不到：读数默认不小于 0",
        '读数可以是负数的，请加上 domain: "(-∞, ∞)"；不会是负数的，请删去这一档',
    ),
    "rubric-at-least-unknown": (
        "error",
        "等次条件里的 {id} 不是一级指标，也不是指标",
        "请写一级指标或指标的编号，如 at_least: {{A: 60%}}",
    ),
    "rubric-excused-points": (
        "warning",
        "缺项上限写的是 {limit} 分：总分 {points} 分，相当于 {percent}%",
        "要按比例请写百分比，如 excused_limit: 40%；确是分值的不用改",
    ),
    "rubric-unreachable": ("warning", "用不到{what}：{detail}", "请修改或删去"),
    "rubric-scale-kind": ("error", "计负分的细则不能用 {kind} 规则", "可以用：{known}"),
    # --- rubrics: workbooks ---------------------------------------------------------------
    "rubric-sheet-missing": (
        "error",
        "工作簿里没有“{sheet}”表",
        "请在 scoring rubric export 导出的工作簿上修改，不要删改表名",
    ),
    "rubric-sheet-unknown": ("warning", "不认识工作表“{sheet}”，没有读取", "多余的工作表请删去"),
    "rubric-heading-missing": ("error", "缺少“{heading}”一列", "请补上这一列；表头写在第一行"),
    "rubric-heading-unknown": (
        "warning",
        "不认识“{heading}”，没有读取",
        "请不要改动表头；说明可写在备注里",
    ),
    "rubric-row-orphan": (
        "error",
        "“{value}”在“{sheet}”表里没有，这一行没有读取",
        "请改为已有的编号，或在那张表里补上",
    ),
    "rubric-cell-unused": ("error", "“{heading}”不用于{what}", "请清空这一格，或改规则种类"),
    "rubric-id-made": (
        "error",
        "编号 {value} 是日期、逻辑值或日期的序号，多半是电子表格把原来的编号（如 1-1）改成了这样",
        "请把这一列设为文本格式，重新填写编号",
    ),
    "rubric-rule-twice": ("error", "{id} 有两行“规则”", "请删去一行"),
    # --- inspections: round and roster ----------------------------------------------------
    "round-missing": (
        "error",
        "{name} 不是一个检查批次（没有 round.yaml）",
        "请先运行 scoring round start",
    ),
    "round-value": ("error", "批次设置有误：{detail}", "请修改 round.yaml"),
    "quota-not-due": (
        "warning",
        "考核期 {since} 至 {until} 还不满一个周期，{rubric}的 {items} 应有次数为 0，一律得满分",
        "考核期写错的，请修改 round.yaml 的 period（或 elapsed）",
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
    "plan-value": ("error", "检查安排的“{what}”填了“{value}”，不认识", "可以填：{known}"),
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
        "请在督学名册里给这些组补人，或检查时请别组督学同去，写进“同行督学”；补了人再发检查表",
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
    "roster-heading-twice": ("error", "表头“{heading}”出现两次", "请删去或改名其中一列"),
    "roster-id-missing": ("error", "这一行没有{what}代码", "请补上代码；多余的行请删去"),
    "roster-id-twice": ("error", "{what}代码 {id} 与{first}重复", "请改正其中一个"),
    "roster-id-made": (
        "error",
        "{what}代码是{kind} {value}，多半是电子表格把原来的代码改成了这样",
        "请把这一列设为文本格式，重新填写代码",
    ),
    "roster-id-given": (
        "note",
        "有 {count} 名督学没有代码，程序按姓名编了代码，以后每次读都一样",
        "不用管；要用自己的代码，请加“督学代码”一列，发表以后不要再改",
    ),
    "roster-id-needed": (
        "error",
        "督学“{name}”没有代码，又有同名的",
        "请加“督学代码”一列，给同名的人各写一个代码",
    ),
    "roster-team-missing": (
        "warning",
        "有 {count} 名督学没有填“检查组”，各自成一组",
        "和别人同组的请补上组名",
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
        "请核对是不是同一所学校；确是两所的，请在校名里写明区别",
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
    # --- inspections: workbooks -----------------------------------------------------------
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
    "workbook-foreign": ("error", "这不是本系统发出的检查表", "请用发出的检查表填写，不要另做表格"),
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
    "sheet-unknown": ("warning", "工作表“{sheet}”不是检查表，没有读取", "多余的工作表请删去"),
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
        "文件里有{what}，没有读取",
        "请把文字写进“问题事实”或“备注”；图片移到该项的行里，或另存后把文件名写进“佐证文件名”",
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
    # --- inspections: head of a visit -----------------------------------------------------
    "head-missing": ("error", "没有填“{label}”{effect}", "请补上"),
    "head-value": ("error", "“{label}”填了“{value}”，看不懂{effect}", "请按“{example}”填写"),
    "inspectors-few": (
        "error",
        "检查人只有 {count} 名，至少要 {least} 名",
        "请补填同行督学；确实只有 {count} 名的，这次检查不合规定，请补足人数重查",
    ),
    "inspector-unknown": (
        "error",
        "督学“{inspector}”不在名册中",
        "请核对姓名或代码，或先在督学名册里补上",
    ),
    "visit-reversed": ("error", "离校时间 {left} 早于到校时间 {arrived}", "请核对两个时间"),
    "visit-short": (
        "warning",
        "在校只有 {minutes} 分钟，细则要求至少 {least} 分钟",
        "请核对时间；确实不足的，请说明情况或补查",
    ),
    "visit-outside": (
        "error",
        "检查日期 {day} 不在批次期限 {since} 至 {until} 之内，这张表没有计入",
        "请核对日期，改好再交；日期没有错的，由局里改 round.yaml 的 window，再收表",
    ),
    "visit-conflict": (
        "error",
        "{school}的{rubric}，{inspector}的两份表不一样，{which}的一份（{first}）{stands}有效",
        (
            "以这一份为准的，运行 scoring ledger decide accept DIR {this} --why 理由；"
            "以那一份为准的，运行 scoring ledger decide accept DIR {that} --why 理由"
        ),
    ),
    "items-unchecked": (
        "warning",
        "有 {count} 项没有查：{items}，按未查处理；同一次检查没有别人查过的，总分为暂定",
        "请补查补填；不适用于本校的，在“状态”选“合理缺项”并写理由",
    ),
    "confirm-figures": (
        "warning",
        "“{section}”选了“其余全部符合”，但有 {count} 项要填数或评定，没有填：{items}，按未查处理",
        "请补填；不适用于本校的，在“状态”选“合理缺项”并写理由",
    ),
    "confirm-evidence": (
        "warning",
        "“{section}”选了“其余全部符合”，有 {count} 项符合也要佐证，没有填：{items}，列为待核",
        "请在各项的“佐证”补填照片或材料的文件名",
    ),
    "confirm-partly": (
        "error",
        "{indicator} 只填了一部分，“其余全部符合”管不到填过的项，缺“{label}”，按未查处理",
        "请把缺的也填上（符合的选 √，数照实填）；没有查的请把状态选为“未查”",
    ),
    "confirm-nothing": (
        "note",
        "“{section}”选了“其余全部符合”，但没有一项是空着的，没有用上",
        "不用管；如有本应空着的项，请核对",
    ),
    "item-unproven": (
        "warning",
        "{item} 由“其余全部符合”确认，还要有佐证材料，列为待核",
        "请补填照片或材料的文件名",
    ),
    "item-unchecked": (
        "warning",
        "{item} 没有查，按未查处理",
        "请补查补填；不适用于本校的，在“状态”选“合理缺项”并写理由",
    ),
    "facts-differ": (
        "error",
        (
            "{indicator}{label}：{inspector}记“{value}”，{second}在 {file} {sheet} {cell} "
            "记“{other}”，同一次检查的事实应当一致；核定前按有利于学校的计，记待核"
        ),
        (
            "请检查组核对，改正填错的一份；定不下来的，由局里查明后运行 "
            "scoring ledger decide correct DIR {what} 查明的值 --why 理由"
        ),
    ),
    # --- inspections: entries -------------------------------------------------------------
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
    # --- inspections: evidence ------------------------------------------------------------
    "evidence-link": (
        "error",
        "这是指向别处的链接，没有打开，不作佐证",
        "请把文件本身复制到这里，删去链接",
    ),
    "evidence-special": ("error", "这不是普通文件，没有打开", "请删去"),
    "evidence-name": ("error", "名字{detail}，没有使用", "请换一个普通的名字，再收表"),
    "evidence-unreadable": (
        "error",
        "读不到这个文件（{detail}），不作佐证",
        "请检查权限，或重新复制一份，再收表",
    ),
    "evidence-empty": ("error", "文件是空的，不作佐证", "请重新复制原件，再收表"),
    "evidence-cut": (
        "error",
        "图片不完整，或已损坏，不作佐证",
        "请从手机或相机重新复制原件，再收表",
    ),
    "evidence-huge": (
        "error",
        "图片有 {detail} 像素，大得不正常，没有打开，不作佐证",
        "请缩小后另存为 JPG，再收表",
    ),
    "evidence-heic": (
        "error",
        "这是苹果手机的 HEIC 图片，看不了，不作佐证",
        "请转成 JPG 再放进来（手机设置：相机、格式、兼容性最佳），再收表",
    ),
    "evidence-not-picture": (
        "error",
        "后缀和内容不符：内容是{detail}，不作佐证",
        "请放入真正的图片或文件，改后缀是不行的",
    ),
    "evidence-folder-unknown": (
        "warning",
        "文件夹不能归到一所学校，里面 {count} 个文件没有使用{effect}",
        "请把文件夹改名为学校代码或校名，再收表",
    ),
    "evidence-folder-unclear": (
        "warning",
        "文件夹的名字不止一所学校：{known}，里面 {count} 个文件没有使用{effect}",
        "请把文件夹改名为学校代码或完整校名，再收表",
    ),
    "evidence-unowned": (
        "warning",
        "文件不在学校的文件夹里，{detail}，没有使用",
        "请移到 evidence 下以学校代码或校名命名的文件夹",
    ),
    "evidence-code-unclear": (
        "warning",
        "按文件名是 {owner} 的佐证，但分不清是哪一次：{which}，没有使用",
        "请放进学校文件夹里以细则代码（或次别）命名的文件夹，或把文件名写进检查表",
    ),
    "evidence-not-found": (
        "warning",
        "佐证文件“{name}”{why}，不作佐证；扣分没有别的佐证的，列为待核",
        "请核对文件名，把文件放进 {folder}，再收表；纸质材料不要写后缀",
    ),
    "evidence-not-sent": (
        "warning",
        "写了 {count} 个佐证文件（{owners}），这所学校还一个文件也没有，都不作佐证；扣分列为待核",
        "请把照片和材料放进 {folder}，再收表；纸质材料不要写后缀",
    ),
    "evidence-unused": (
        "note",
        "没有检查表用到这个文件",
        "需要的，请把文件名写进“佐证文件名”，或让文件名以指标编号开头",
    ),
    "evidence-shared": (
        "error",
        "同一张照片用在了不同的学校：{school}，还有{others}；弄清以前都不作佐证",
        "请核对照片是哪所学校的，放错的请删去，再收表",
    ),
    "evidence-repeated": ("note", "同一张照片用在了几项：{owners}", "确实都能证明的，不用管"),
    "evidence-time": (
        "warning",
        "照片摄于 {taken}，不在检查时间 {visit} 之内",
        "请核对是不是这次检查拍的；相机时间不准的，请在备注说明",
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
    "ledger-unreadable": (
        "error",
        "台账打不开：文件已损坏，或正被别的程序占用",
        "请稍后再试；仍打不开的，从备份恢复；没有的，把 ledger.db 移走，运行 scoring ledger resume",
    ),
    "ledger-unreachable": (
        "error",
        "共用台账连不上，或正被占用太久",
        "请检查网络、地址和密码（密码可放在环境变量 PGPASSWORD 里），稍后再试",
    ),
    "ledger-newer": (
        "error",
        "这份台账由新版的程序写过，本程序看不全，没有改动它",
        "请把程序更新到同一版本，再运行一次",
    ),
    "ledger-busy": (
        "error",
        "台账正由另一个程序写，等了很久还没有轮到",
        "请等那边做完，再运行一次同样的命令；已记的都在，没有记的不会丢",
    ),
    "ledger-readonly": (
        "error",
        "台账写不进去：文件或文件夹是只读的，或没有写入权限",
        "请取消 ledger.db 和批次文件夹的只读，或换有权限的用户，再运行一次",
    ),
    "ledger-address": (
        "error",
        "共用台账的地址“{value}”不对",
        "请写成 postgresql://用户@主机/数据库；不共用的不用写",
    ),
    "extra-missing": (
        "error",
        "没有安装 {module}，不能{purpose}",
        '请运行 pip install "school-inspection-scoring[{extra}]"，或只装它：pip install {module}',
    ),
    "ledger-broken": (
        "error",
        "第 {act} 笔起台账不可信：{where}{detail}",
        "请停用这份台账，从备份恢复；查明是谁、什么时候改的",
    ),
    "ledger-behind": (
        "error",
        "台账只有 {held} 笔，而以前已记到第 {due} 笔（校验码 {head}…）：{missing}{decisions}",
        "请找回原来的台账；确实找不回的，运行 scoring ledger resume 写明缘由，再接着做",
    ),
    "ledger-whole": ("error", "台账没有缺少哪一笔，不用接着记", "不用再做什么"),
    "ledger-head-short": (
        "error",
        "校验码“{head}”不能核对：至少要开头的 12 位，只有数字和 a 到 f",
        "请按抄下的校验码写全",
    ),
    "ledger-head": (
        "error",
        "台账里没有校验码以 {head} 开头的一笔：它之后的记录被截去，或整本台账重写过",
        "请核对抄下的校验码；无误的，从备份恢复台账",
    ),
    "decide-file-unknown": ("error", "台账里没有文件“{name}”", "可以写：{known}"),
    "decide-item-unknown": ("error", "{rubric}里没有“{item}”", "请写检查表 A 列的编号，如 {known}"),
    "decide-value": ("error", "“{value}”看不懂，{item} 要填{expected}", "请改为{expected}"),
    "decide-nothing": (
        "error",
        "{school}的{rubric}没有计入的检查记录可以{verdict}",
        "请先收表，或核对学校、细则、督学和次别",
    ),
    "decide-number": (
        "error",
        "没有第 {number} 号决定，或已撤销",
        "用 scoring ledger decisions DIR 查看",
    ),
    "erase-first": (
        "error",
        "{count} 个收着的文件里还有这些内容，没有删除",
        "请先把这些文件移走、改名或改好，运行 scoring collect，再删除：{files}",
    ),
    "school-erased": ("note", "删除的是 {school}（{id}）的记录", "不能恢复"),
    "file-gone": (
        "warning",
        "{school}的{rubric}，{inspector}的检查表收过，现在文件不在了，没有计入",
        "请把文件放回；确实不要的，运行 scoring ledger decide reject DIR {typed} --why 理由",
    ),
    "file-differs": (
        "warning",
        "收表以后，这个文件改过或不在了",
        "有意改的，请再运行 scoring collect；不明原因的，请从备份恢复",
    ),
    "published-edited": (
        "note",
        "写出以后，这个文件改过或不在了",
        "有意改的不必理会；要恢复原样的，请再运行 scoring run",
    ),
    "file-erased": (
        "error",
        "这份文件的内容已按规定从台账删除，没有再读",
        "请把文件也删去",
    ),
    "decision-unmatched": (
        "warning",
        "第 {number} 号决定（{verdict} {what}）现在没有可用的对象",
        "请核对；不再需要的，运行 scoring ledger decide revoke DIR {number} --why 理由",
    ),
    "decision-evidence": (
        "warning",
        "{school}的{rubric}，第 {number} 号决定更正了 {item}，细则要有佐证，还没有，列为待核",
        "请由局里把佐证放进 {folder}，文件名以编号开头（如 {owner}.jpg），再收表",
    ),
    "marked-edited": (
        "warning",
        "{name} 写出以后有人改过，没有覆盖",
        "改好的请移到 returned 里再收表；不要的请删去",
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
        "results 里的结果写出以后，{what}改过，现在写报告会和 scores.csv 不一致，没有写",
        "请先运行 scoring score {round}，或运行 scoring run {round} 一次做完",
    ),
    "ledger-stale": (
        "warning",
        "收表以后，名册、细则或批次设置改过",
        "请重新运行 scoring collect",
    ),
    # --- scoring --------------------------------------------------------------------------
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
        "表里没有写学校的一列",
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
        "同样的说明共 {count} 处，只列一次：{said}",
        "如不是这个意思，请改正",
    ),
    "trial-incomplete": (
        "warning",
        "{count} 所学校有未查的项，总分为暂定：{said}",
        "请补填；不适用的写 NA",
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
    # --- reports --------------------------------------------------------------------------
    "glyph-missing": (
        "warning",
        "“{text}”里的“{character}”（U+{code}）没有字形，印出来会是空框",
        "请换用其他写法，或用 --fonts 指定含此字的字体",
    ),
    "font-unreadable": (
        "warning",
        "字体文件打不开，没有使用：{detail}",
        "请换一份完好的字体文件，或从字体文件夹移出",
    ),
    "font-restricted": (
        "warning",
        "这个{face}字体不许嵌入文件，没有使用",
        "请换用允许嵌入的{face}字体；不换则用开源字体代替",
    ),
    "font-unrecognised": (
        "warning",
        "文件夹里没有公文用的字体，全部用开源字体代替",
        "请放入这些字体的 .ttf 文件：{known}",
    ),
    "picture-unreadable": (
        "warning",
        "图片打不开，没有印出：{detail}",
        "请换成能打开的 JPG 或 PNG 图片",
    ),
    "picture-changed": (
        "warning",
        "收表以后，这张图片改过，没有印出",
        "请重新运行 scoring collect，再出意见书",
    ),
    "letter-failed": (
        "error",
        "{school}的意见书没有做成：{detail}",
        "其他学校的不受影响；这是程序的缺陷，请把这一行原样报给维护人员",
    ),
    "word-edited": (
        "warning",
        "这份 Word 意见书有人改过，意见书的内容后来又变了，因此没有重写",
        "要新的一份：把它移走或改名，再运行一次 report --word；把改过的地方抄过去",
    ),
    "letters-undated": (
        "note",
        "没有写意见书的日期，整改期限从学校收到之日起算，不写截止日期",
        "要写明截止日期的，在 round.yaml 的 letters 里写 day，如 day: 2026-11-16",
    ),
    "letters-removed": (
        "note",
        "以前写的 {count} 份意见书现在不再有，已经删除：{names}",
        "学校退出、改名或检查记录不再计入时会这样；已经发出的，请另行告知学校",
    ),
    "letter-left-over": (
        "warning",
        "这份意见书是以前写的，现在不再有；有人改过，因此没有删除",
        "不再用的请移走；已经发出的，请另行告知学校",
    ),
    "output-locked": (
        "error",
        "{name} 写不进去：{detail}",
        "请关闭正打开它的程序；被同名的文件夹或文件占了位置的，请把那一个移走或改名；然后重试",
    ),
    "results-torn": (
        "error",
        "{name} 里的几个文件不是同一次写出的，没有用它们比较升降",
        "请对那个批次再运行一次 scoring score；不要改动 results 里的文件",
    ),
    "output-long": (
        "error",
        "{name} 写不进去：文件名或路径太长",
        "请把批次文件夹移到上层位置，或缩短文件夹的名称，然后重试",
    ),
    "output-failed": (
        "error",
        "{name} 写不进去：系统报告“{detail}”",
        "请检查磁盘、U 盘或网络盘是否正常，然后重试；以前写好的没有动",
    ),
    "disk-full": (
        "error",
        "磁盘已满，或用完了配额，{name} 没有写成",
        "请腾出空间，再运行一次同样的命令；已写好的都完整，重做的结果不变",
    ),
    "file-refused": (
        "error",
        "{name} 读写不了：系统报告“{detail}”",
        "请检查这个文件或文件夹的权限，以及磁盘、U 盘或网络盘是否正常，再运行一次",
    ),
}
