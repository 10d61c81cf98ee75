"""Messages: electronic signatures of letters."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "signing-file-missing": (
        "error",
        "证书文件打不开：{detail}",
        "请核对 round.yaml 里 letters.signing 的 certificate，路径从批次文件夹算起",
    ),
    "signing-file-kind": (
        "error",
        "这个文件不是 PKCS#12 证书文件，不能用来签名",
        (
            "要带私钥的 .p12 或 .pfx；.cer、.crt 只是证书，没有私钥，"
            "请向发证机构取，或从证书管理里连同私钥导出"
        ),
    ),
    "signing-password-missing": (
        "error",
        "没有证书的密码（令牌的 PIN），不能签名",
        (
            "在终端里运行时会问；定时运行的，设环境变量 {variable}，"
            "或在 round.yaml 的 letters.signing 里用 password_file 写只有本人能读的密码文件"
        ),
    ),
    "signing-password-wrong": (
        "error",
        "证书的密码（令牌的 PIN）不对，或证书文件已经损坏",
        "请核对密码再运行一次；令牌的 PIN 输错几次会锁定，先问清楚再试",
    ),
    "signing-password-file": (
        "error",
        "密码文件不能用：{detail}",
        "请核对 password_file 的路径；文件的第一行写密码，别的不写",
    ),
    "signing-password-open": (
        "error",
        "别人也能读这个密码文件，没有用它",
        "请改成只有本人能读：chmod 600 文件名；密码可能已经被人看到的，请换一个",
    ),
    "signing-expired": (
        "error",
        "证书不在有效期内：{since} 到 {until}",
        "请向发证机构换新证书；日期看着对的，检查这台电脑的时钟",
    ),
    "signing-unsuited": (
        "error",
        "这张证书不能用来给意见书签名：{reason}",
        "请换签名用的证书（RSA 2048 位以上或 ECDSA，用途含数字签名，带私钥）",
    ),
    "signing-token": (
        "error",
        "令牌不能用：{detail}",
        "请检查令牌是否插好、厂家的驱动是否装好，module、token、key 写得对不对",
    ),
    "signing-failed": (
        "error",
        "这份意见书没有签成，因此没有写：{detail}",
        "请检查令牌和网络，再运行一次 scoring report；编号已经给了的，不会变",
    ),
    "letters-unsigned": (
        "error",
        (
            "{count} 份意见书要签名而不能签，没有写，也没有给新的编号；"
            "以前写好的没有动，Word 文件、装订本也没有写"
        ),
        "照前面说的办好以后，再运行一次 scoring report；不要签名的，从 round.yaml 里删去 signing",
    ),
    "signature-broken": (
        "error",
        "文件里的电子签名（{by}）无效：{reason}",
        "请不要采用这份文件，向发文机关取原来的文件",
    ),
    "signature-unchecked": (
        "note",
        "文件里有电子签名，没有查它有没有效：{reason}",
        "是不是原件以台账为准，与签名无关；要查签名的，照上面说的办好再核验一次",
    ),
}
