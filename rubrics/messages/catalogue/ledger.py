"""Messages: the ledger, decisions, and what was erased."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
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
        (
            "请写成 postgresql://用户@主机/数据库；几个单位用一个数据库的，末尾加"
            " ?schema=本局简称（十个字以内）；不共用的不用写"
        ),
    ),
    "ledger-other-round": (
        "error",
        "这个共用台账里已有批次代码同是“{id}”的另一个批次（密钥不同），没有写入任何内容",
        (
            "别的单位也用这个数据库的，在地址末尾加 ?schema=本局简称（?schema=东城），"
            "写进 round.yaml 的 ledger；本来就是这个批次的，请用建批次时的那个文件夹，密钥不要改"
        ),
    ),
    "ledger-unproven": (
        "error",
        "这个共用台账是旧版建的，还没有认定是哪个批次的；这台电脑上没有什么能证明它是“{id}”这个批次的",
        (
            "请先在一直收表的那台电脑上运行一次 scoring collect，它就认定了；不是这个批次的，"
            "在地址末尾加 ?schema=本局简称"
        ),
    ),
    "ledger-foreign": (
        "error",
        "这里放的是别的程序的数据库，不是台账，没有改动它",
        (
            "请把它移走，从备份恢复 ledger.db；没有备份的，移走后运行 scoring ledger resume；"
            "共用台账的，在地址末尾加 ?schema=本局简称"
        ),
    ),
    "ledger-misplaced": (
        "error",
        "这是批次“{other}”的台账，本批次的代码是“{id}”，没有写入任何内容",
        (
            "请把它放回那个批次的文件夹，从备份恢复本批次的 ledger.db；"
            "改过 round.yaml 里 id 的，请改回来"
        ),
    ),
    "computer-new": (
        "note",
        "这个文件夹第一次往共用台账里收表，记为{name}；台账里还有 {others}，几台收的合在一起算",
        "不用再做什么；其实是同一台换了文件夹的，用 scoring ledger release 让原来的那台不再算",
    ),
    "computer-copied": (
        "warning",
        (
            "这个文件夹是拷贝来的、搬过来的，或换过位置：原来记作{taken}，现在另记为{name}，"
            "两台收的合在一起算"
        ),
        (
            "是拷贝的，不用再做什么；搬了家、原来的不再用了的，运行"
            " scoring ledger release DIR {taken} --why 理由"
        ),
    ),
    "computer-settings": (
        "error",
        "{name}（{who}收表）的批次设置和这里不一样，两边算出来的结果会不同：{what}",
        "请商定以哪一份为准，把那份 round.yaml 拷到另一台，两台各收一次表",
    ),
    "computer-basis": (
        "warning",
        "{name}（{who}收表）是按另外的名册或细则读的检查表",
        "请把两台的 roster、rubrics 换成一样的，在{name}上再收一次表",
    ),
    "computer-unknown": (
        "error",
        "台账里没有正在算的“{name}”",
        "可以写：{known}",
    ),
    "computer-here": (
        "error",
        "{name}就是这台电脑，下次收表又会算进来",
        "不要算的检查表，请从 returned 移走，再运行 scoring collect",
    ),
    "ledger-broken": (
        "error",
        "第 {act} 笔起台账不可信：{where}{detail}",
        "请停用这份台账，从备份恢复；查明是谁、什么时候改的",
    ),
    "ledger-behind": (
        "error",
        "台账{held} 笔，而以前已记到第 {due} 笔（校验码 {head}…）：{missing}{decisions}",
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
    "erase-rewrite": (
        "note",
        "台账里已经删除；以前写出的文件里可能还有，重写以后才没有",
        "请运行 {commands}；已经发出、打印、另存的，请自行收回",
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
    "ledger-stale": (
        "warning",
        "收表以后，名册、细则或批次设置改过",
        "请重新运行 scoring collect",
    ),
}
