"""Messages: drawing schools and inspectors, and why there is no plan."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "plan-nothing": (
        "error",
        "没有要查的学校：没有一所适用本批次的细则，或比例抽下来是 0 所",
        "请核对学校名册的特征和 round.yaml 的 drawing.share、at_least",
    ),
    "plan-times": (
        "error",
        (
            "“{stratum}”每所至少查 {times} 次，{schools} 所要 {needed} 次；"
            "{turns} 个次别每次抽 {count} 所，只有 {drawn} 次"
        ),
        "请调高 share，增加次别（occasions），或减少 times",
    ),
    "plan-people-few": (
        "error",
        "每组 {size} 人，督学名册里在任的只有 {there} 人",
        "请在督学名册里加人，或改小 drawing.team.size",
    ),
    "plan-days-none": (
        "error",
        "“{occasion}”没有工作日可排：检查期限里的工作日分给各次别，轮不到它",
        "请放长 round.yaml 的 window，或减少次别",
    ),
    "plan-days-past": (
        "error",
        "抽取（{day}）以后，检查期限（到 {until}）里没有工作日可排",
        "请放长 round.yaml 的 window；已经承诺的，改了以后用 scoring round draw --again 重新承诺",
    ),
    "plan-day-short": (
        "error",
        "{schools}一次检查至少要 {minutes} 分钟，一天只有 {day} 分钟",
        "请放宽 drawing.day.minutes，或核对细则的 min_minutes",
    ),
    "plan-skill-none": (
        "error",
        "《{rubrics}》的检查组要有一名{need}，督学名册里没有（{count} 所学校要查）",
        "请在督学名册的“专长”“单位”两列填上，或改 drawing.team 的 skills、offices",
    ),
    "plan-avoided": (
        "error",
        "{school}排不出 {size} 人的组：{detail}",
        "请加人，或核对督学名册的“回避”“单位”两列",
    ),
    "plan-room": (
        "error",
        (
            "“{occasion}”要查 {visits} 校次，{days} 个工作日、同时至多 {teams} 组、"
            "每组一天 {a_day} 所，只排得下 {room} 校次"
        ),
        "请放长 window，加人，减少 share，或放宽 drawing.day（一天要查到 {needed} 所才排得下）",
    ),
    "plan-skill-room": (
        "error",
        (
            "“{occasion}”有 {visits} 校次要有一名{need}，这样的只有 {able} 名，"
            "{days} 个工作日、一天 {a_day} 所，至多 {room} 校次"
        ),
        "请放长 window，加这样的人，减少 share，或放宽 drawing.day",
    ),
    "plan-collision": (
        "error",
        "“{occasion}”的 {schools}没有排上（共 {count} 校次），挡住的是：{rules}{how}",
        "请加人，放长 window，或放宽其中一条（drawing.team、督学名册的“专长”“回避”）",
    ),
    "plan-apart": (
        "warning",
        "查《{title}》的督学分成 {parts} 片，没有共同的到校相连，片与片之间谁严谁宽没法比：{names}",
        "{why}；要能比较：{how}",
    ),
    "plan-one-sheet": (
        "note",
        "全组合填一份检查表（raters: team），看不出每名督学各自的尺度，只能比较各组",
        "要比较每名督学，请在 round.yaml 写 raters: each",
    ),
    "plan-drawn-only": (
        "error",
        "有的层只抽一部分学校（{strata}），抽取要公开进行，没有写安排",
        "请用 scoring round draw；每所都查的，把 share 改成 100%",
    ),
    "plan-drawn": (
        "error",
        "{day}已经抽取过（第 {number} 次），安排已定，没有改",
        (
            "安排被改过、丢了的，运行 scoring round draw 照台账写回；改派用 scoring round redraw；"
            "确要重抽，用 scoring round draw --again"
        ),
    ),
    "plan-begun": (
        "error",
        "已经收到 {count} 份检查表，重新安排会让它们对不上，没有改",
        "增减学校、督学请用 round replan 等命令；确要重新抽取的，另建批次",
    ),
    "plan-former": (
        "warning",
        "以前的批次 {name} 读不到：上次的结果、没有销号的事项、上次谁去的，没有算进来",
        "请核对 round.yaml 的 follows；结果还没有算的，先在那个批次运行 scoring score",
    ),
    "draw-committed": (
        "note",
        "承诺码已记入台账，现在还没有抽",
        "请先把承诺码公布出去，再运行一次 scoring round draw 抽取；draw.seed 抽取前不要给任何人看",
    ),
    "draw-waiting": (
        "error",
        "第 {number} 次承诺（{day}）还没有抽取，谁去哪里还没有定，没有写",
        "请先抽取：scoring round draw",
    ),
    "draw-not-yet": (
        "warning",
        "round.yaml 写了 drawing，还没有抽取过：现在的安排是照名册排的，所有学校都在里面",
        (
            "要抽的，先运行 scoring round draw（每所都查的，scoring round plan --yes）；"
            "不抽的，删去 drawing"
        ),
    ),
    "draw-why": (
        "error",
        "没有写理由，什么也没有记",
        "请加 --why 理由，记入台账",
    ),
    "draw-early": (
        "error",
        "承诺码 {since} 记入台账，要公布满 {days} 天，{until} 起才能抽",
        (
            "请到期再抽；急的，改小 round.yaml 的 drawing.announced，再用 "
            "scoring round draw --again 重新承诺、重新公布"
        ),
    ),
    "draw-seed-lost": (
        "error",
        "第 {number} 次承诺的种子（draw.seed）不在这个文件夹里：是另一台电脑承诺的，或丢了、被换过",
        "请在承诺的那台电脑上抽，或从备份取回 draw.seed；找不回的，用 --again 重新承诺",
    ),
    "draw-changed": (
        "error",
        "承诺以后改过{what}，不能再用那时的种子抽取",
        "请改回原样；要照新的抽，用 scoring round draw --again 重新承诺、重新公布",
    ),
    "draw-elsewhere": (
        "error",
        "同时有人在别的电脑上承诺或抽取过，以台账里的为准，这一次没有记",
        "请用 scoring ledger log 看是谁记的；承诺了的，由存有 draw.seed 的那台电脑抽取",
    ),
    "draw-finished": (
        "note",
        "第 {number} 次抽取已经记入台账，上次没有写完安排，现在照台账里的种子写好了",
        "不用重抽；抽取记录等文书也一并写出",
    ),
    "draw-restored": (
        "note",
        "与第 {number} 次抽取（含改派）不同的 {count} 处，已照台账改回，如{first}",
        "不用重抽；检查表已经发出的，请再运行 scoring workbooks",
    ),
    "draw-file-missing": (
        "error",
        "台账里有抽取，安排的文件不见了：{files}",
        "请运行 scoring round draw（不加 --again），照台账写回来，不会重抽",
    ),
    "draw-added-missing": (
        "error",
        "承诺时说过要和种子合用的现场数还没有写：{what}",
        "请照实写在 --with 后面，再运行一次",
    ),
    "draw-added-chosen": (
        "warning",
        "现场数从哪里来，承诺时没有写明：知道种子的人可以挑一个合意的数",
        "以后请在 round.yaml 的 drawing.added 写明（如抽取当天哪一种彩票的开奖号），再承诺",
    ),
    "draw-days-short": (
        "warning",
        "照台账的时间，承诺到抽取只隔了 {days} 天，不满公布的 {wanted} 天，抽取记录写着两个时间",
        "日期是补记的，请在抽取记录上说明；没有公布满的，请用 --again 重新承诺、重新公布",
    ),
    "draw-none": (
        "error",
        "还没有抽取过",
        "请先运行 scoring round draw",
    ),
    "draw-done": (
        "error",
        "{day}已经抽取过（第 {number} 次），没有再抽",
        "要核对，用 scoring round draw --verify；确要重抽，用 --again，台账里两次都在",
    ),
    "draw-seed-wrong": (
        "error",
        "第 {number} 次抽取公开的种子与承诺码不符：不是照承诺抽的",
        "请查台账（scoring ledger log）里是谁、何时记的",
    ),
    "draw-inputs-gone": (
        "warning",
        "抽取以后改过{what}，不能照现在的重算；种子与承诺码相符",
        "要重算，请用抽取那天的名册和设置",
    ),
    "draw-procedure": (
        "error",
        "第 {number} 次承诺用的是第 {procedure} 号抽取办法，这个程序只会到第 {known} 号",
        "请换成较新的程序再做；现在什么也没有写",
    ),
    "draw-differs": (
        "error",
        "照公开的种子重算，结果与第 {number} 次抽取记下的不一样",
        "请用同一版本的程序再算一次；仍不一样的，结果被改过",
    ),
    "draw-plan-changed": (
        "warning",
        "与第 {number} 次抽取（含改派）不同的有 {count} 处，如{first}",
        (
            "照台账改回，用 scoring round draw（不加 --again，不会重抽）；"
            "要改派（请假、改期、补查），改回以后用 scoring round redraw"
        ),
    ),
    "redraw-not-drawn": (
        "error",
        "这个批次的检查组不是抽出来的（没有 roster/teams.csv）",
        "换人请用 scoring round replace-inspector；要抽，先用 scoring round draw",
    ),
    "redraw-unknown": (
        "error",
        "督学名册里叫“{name}”的有 {count} 人",
        "请写督学代码，或名册里的姓名",
    ),
    "redraw-nobody": (
        "error",
        "没有人可以替换的：{teams}",
        (
            "请加人（scoring round add-inspector，--skill 写专长），"
            "或把那一天的学校改期（--school）{how}，再改派一次"
        ),
    ),
    "redraw-no-day": (
        "error",
        "{school}（{occasion}）改不到别的日子：{why}",
        "请放长 round.yaml 的 window，加人，或由局里决定怎样办，写进抽取记录",
    ),
    "redraw-nothing": (
        "error",
        "{school}在这几天没有还没查的安排，没有要改的",
        "请核对日期（--since、--until）；查过的不能再改",
    ),
    "plan-not-drawn": (
        "warning",
        "{schools}没有排进：这个批次的检查组是抽出来的，不由程序随便派",
        "要补查，用 scoring round redraw --school {first}，日期和检查组照公开的种子抽",
    ),
    "draw-replaced": (
        "note",
        "这个批次的检查组是抽出来的：离任的排定的到校由{name}接着去，没有再抽",
        (
            "只是请几天假的，不用这条命令，用 scoring round redraw --inspector；"
            "照办以后运行 scoring round draw --verify，补写公示和派组表"
        ),
    ),
    "plan-rule-broken": (
        "warning",
        "{team}：{detail}（{rule}）",
        "有据的（局里决定的）请写进抽取记录；要换，用 scoring round redraw",
    ),
    "draw-edited": (
        "warning",
        "这份抽取的文书有人改过，内容后来又变了，因此没有重写",
        "要新的一份：移走或改名，再运行 scoring round draw --verify",
    ),
}
