"""Messages: photographs and papers."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
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
    "evidence-tiny": (
        "error",
        "图片只有 {detail} 像素，看不出什么，不作佐证",
        "请放入手机或相机里的原件，再收表",
    ),
    "evidence-one-colour": (
        "error",
        "图片从头到尾只有一种颜色，看不出什么，不作佐证",
        "请放入手机或相机里的原件，再收表",
    ),
    "evidence-heic": (
        "error",
        "这是苹果手机的 HEIC 图片，看不了，不作佐证",
        "请转成 JPG 再放进来（手机设置：相机、格式、兼容性最佳），再收表",
    ),
    "evidence-unshown": (
        "error",
        "这是 {detail} 格式的图片，别人打不开，不作佐证",
        "请另存为 JPG 再放进来，再收表",
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
        "请核对文件名，把文件放进 {folder}，再收表；纸质材料只写名称，不写后缀、照片、IMG",
    ),
    "evidence-not-sent": (
        "warning",
        "写了 {count} 个佐证文件（{owners}），这所学校还一个文件也没有，都不作佐证；扣分列为待核",
        "请把照片和材料放进 {folder}，再收表；纸质材料只写名称，不写后缀、照片、IMG",
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
    "evidence-alike": (
        "warning",
        "{school}的这张照片与别校的几乎相同，疑为同一张照片（另存、裁剪、旋转过的）：{others}",
        "请对照着看：是同一张的，弄清是哪所学校的，放错的删去，再收表；确是两张的，不用管",
    ),
    "evidence-alike-here": (
        "note",
        "这张照片与{other}几乎相同（相似 {share}%），用在了几项：{owners}",
        "请看是不是同一张照片另存的；确实都能证明的，不用管",
    ),
    "evidence-time": (
        "warning",
        "照片摄于 {taken}，不在检查时间 {visit} 之内",
        "请核对是不是这次检查拍的；相机时间不准的，请在备注说明",
    ),
}
