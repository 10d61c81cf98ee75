"""Messages: letters and workbooks that are published."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
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
    "picture-elsewhere": (
        "warning",
        "这张图片在共用台账的另一台电脑上，佐证照样算，这里的意见书里没有印出",
        "请在那台电脑上出意见书，或把它拷到这里的同一个位置，再出一次",
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
    "letters-drafts": (
        "note",
        (
            "{count} 份意见书印了“草稿”，没有编号：还有未定的事项、没有收齐的检查表"
            "（按宽严校正的，整套细则的检查表都要收齐），或没有写日期"
        ),
        "事项定了、日期写了，再运行一次 scoring report 就编号；要照现在的样子发出的，加 --issue",
    ),
    "first-opinions-undated": (
        "note",
        "没有写初步意见的日期，提出异议的期限从学校收到之日起算，不写截止日期",
        "在 round.yaml 的 letters 里写 first_day，如 first_day: 2026-10-20",
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
    "pdf-missing": (
        "error",
        "文件打不开：{detail}",
        "请检查路径，或先把文件拷到这台电脑上",
    ),
    "pdf-encrypted": (
        "error",
        "文件加了密码，读不出内容，不能核验",
        "本程序写的意见书不加密码；请向发文机关取原来的文件",
    ),
    "pdf-large": (
        "error",
        "文件超过 {most} MB，不是本程序写的意见书",
        "意见书不到 1 MB；扫描件不能这样核验，请按编号和校验码与存档的原件比对",
    ),
    "pdf-unreadable": (
        "error",
        "不能当作 PDF 读：{detail}",
        "请用原来的 PDF 文件核验；Word、照片、扫描件不能核验，请按编号和校验码与存档的原件比对",
    ),
    "letter-replaced": (
        "warning",
        "{number}是原件，没有改过，但已由{by}替换，现在作废",
        "请以{by}为准",
    ),
    "letter-altered": (
        "error",
        "写着编号{number}，台账里有这个编号，但文件和当时写出的不一样：内容被改过，或经别的软件另存、加签、装订过",
        "请向发文机关取原来的文件；纸上的编号和校验码可以与存档的原件比对",
    ),
    "letter-pending": (
        "error",
        "编号{number}已经给出，但写报告没有写完就停了，这份文件还没有登记，现在不能核验",
        "请重新运行 scoring report，写完以后再核验",
    ),
    "verify-where": (
        "error",
        "这份文件不在批次文件夹里，不知道该用哪个批次的台账核验",
        "请在文件后面写上批次文件夹：scoring verify {file} 批次文件夹",
    ),
    "letter-other": (
        "error",
        "写着编号{number}，校验码{said}；台账里这个编号是另一份，校验码{held}",
        "可能是别的批次用了同样的字样，请用那个批次的文件夹核验；不是的，请勿采用，向发文机关核对",
    ),
    "letter-scanned": (
        "error",
        "这是扫描件或照片做成的 PDF，里面没有文字可以核对，不能判断真伪",
        "请用原来的电子文件核验；只有纸质件的，把末页的编号和校验码报给发文机关，与存档的原件比对",
    ),
    "letter-unknown": (
        "error",
        "台账里没有这份文件，{number}也查不到",
        "不是这个批次发的，或是伪造的；别的批次的，请用那个批次的文件夹核验",
    ),
    "letter-draft": (
        "warning",
        "是本程序写的草稿，没有编号，没有发出",
        "发出的以有编号的为准",
    ),
    "letter-unnumbered": (
        "note",
        "是这个批次写出的文件，没有改过；这类文件没有编号",
        "有没有更新的一份，看 reports 里同名的文件",
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
