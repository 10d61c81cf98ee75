"""Every sentence of a letter, so that an editor reads them in one place.

Names in braces are filled in; what is typed or computed never goes through these patterns twice.
Names of things stand in “ ”, beside each other without 、 (GB/T 15834-2011); quotation marks inside
of others become ‘ ’ when a letter is printed (see ``plain_text``).
"""

from __future__ import annotations

from typing import Final

# The top.
OCCASION: Final = (
    "{when}，{who}根据“{round}”安排到{you}，依据{rubric}，采取{how}的方式进行检查{counted}。"
    "现将情况反馈如下。"
)
ASKED: Final = "，收回有效问卷{count}份"
WHO: Final = "检查组{teams}{names}共{count}名{people}"
LEADER: Final = "{name}（组长）"
WHO_ELSE: Final = "（另有{count}人姓名待核对）"
WHO_UNKNOWN: Final = "检查组{count}人（姓名待核对）"

REPLACES: Final = "（本{paper}替换{number}，该号作废）"
REPLACES_ONCE: Final = "（编号后替换{number}）"

# 一、检查结果：得分
NOTHING_SCORED: Final = "各项均为合理缺项或未查，没有可以计分的项目。"
WHOLE: Final = "满分{full}分，{you}{total_name}{total}分。"
EARNED: Final = "应得{applicable}分，{you}得{earned}分"
COMBINED: Final = "；各份记录分别{how}、再行合成，为{normalised}分"
CONVERTED: Final = "，折合{normalised}分（{score}÷应得分×{full}）"
TOTAL_CONVERTED: Final = "，{total_name}折合为{total}分（{score}÷应得分×{full}）。"
SCORE: Final = ("得分", "按未取整的得分")
DEMERITS: Final = "本细则计负分，越少越好。{you}计{earned}分"
BONUS: Final = "；加分{points}分{which}"
PENALTY: Final = "；附加{off}分{points}分{which}"
TOTAL: Final = "。{total_name}{total}分。"
TOTAL_BY_RULE: Final = "。按{rule}规定，{total_name}记为{total}分。"
NO_TOTAL: Final = "。只反馈检查情况，不计总分。"
TOTAL_NAMES: Final = ("总分", "暂定总分")

# 宽严校正
PLAIN_NAMES: Final = ("校正前总分", "校正前暂定总分")
SEVERITY: Final = (
    "{corrected}。{you}计分的{count}份检查表，按填表督学的编号，校正为{records}{how}，得{own}分；"
)
SEVERITY_LATE: Final = "（{who}在校正定下以后才有检查表，不校正）"
SEVERITY_TOTAL: Final = "校正后{total_name}{total}分（{plain}{sum}）。"
SEVERITY_AT_END: Final = "总分不低于0分、不超过满分，实际校正{by}分，"
SEVERITY_BY_RED_LINE: Final = "{corrected}；{you}{total_name}按红线规定记为{total}分，不校正。"

# 自评与复评
OWN_SCORES: Final = (
    "注：{you}应自评{asked}项，自评和复评都有分的{count}项，自评{own}分，复评{review}分，{apart}。"
    "相差＝自评－复评，{effect}。"
)
OWN_NO_EFFECT: Final = "不影响得分"
OWN_EFFECT: Final = "按细则计入附加扣分：{charged}"
OWN_FREE: Final = "按细则计算：{charged}"
OWN_CHARGED: Final = "自评与复评相差"
OWN_APART: Final = {1: "自评高{points}分", 0: "两者相同", -1: "自评低{points}分"}
NO_OWN_SCORES: Final = "{you}没有交自评表，不作自评与复评的比较{effect}。"
NOT_HANDED_IN: Final = "，按细则扣{points}分，计入附加扣分"
NO_OWN_CHARGED: Final = "没有交自评表"
OWN_SCORES_ALONE: Final = "{you}交了自评表，没有自评和复评都有分的指标，不作比较。"

# 红线
RED_LINES: Final = "触碰红线{count}条：{lines}。"
RED_LINE: Final = "{titles}，{effect}"
NO_AWARD: Final = "{you}本批次不具备评优评先资格。"
RED_LINES_PENDING: Final = "{titles}尚缺佐证，红线待核，暂不发生效力。"

# 等次
NO_GRADE: Final = "{reason}总分为暂定，本次不评等次。"
UNGRADED: Final = "{grade}。{reason}本{paper}只反馈问题，不作评价。"
GRADE: Final = "{provisional}评为“{grade}”。"
BY_RED_LINE: Final = "因触碰红线，{provisional}评为“{grade}”。"
WHY_NOT_BETTER: Final = "等次没有更高的原因：{reasons}。"
WANTED: Final = "总分{least}才能评为“{grade}”。"
AT_LEAST: Final = ("达到{points}分", "高于{points}分")
AT_MOST: Final = ("不超过{points}分", "低于{points}分")

# 名次
UNRANKED: Final = "不参加本组排名：{reason}。"
ALONE: Final = "{group}只有{you}一所学校参加排名，不作比较。"
MIDDLES: Final = ("本组中位数", "本组暂定中位数")
RANK: Final = "在{group}参加排名的{size}所学校中{provisional}{verb}第{rank}名{tie}。"
TIE: Final = "（同分的先后由“{key}”决定）"
CERTAIN: Final = "{by}，真实名次有{level}把握{place}{alike}{caveat}。"
CERTAIN_PLACE: Final = ("在{place}", "是{place}")
ALIKE: Final = "，总分与{names}无明显差别"
ALIKE_MORE: Final = "，总分与{names}等{count}所学校无明显差别"
ALIKE_ALL: Final = "，总分与本组其他{count}所学校都无明显差别"
MEDIAN: Final = "本组总分中位数{provisional}{median}分，{you}{apart}。"
GROUP_OPEN: Final = "{who}的检查情况尚未核定，{what}为暂定。"
GROUP_OPEN_OF: Final = "本组有{count}所学校{with_you}"
GROUP_OPEN_WHAT: Final = {True: "名次和中位数均", False: "中位数"}
"""What hangs on others, by whether ranks are told."""
APART: Final = ("高{points}分", "低{points}分", "与之相同")

# 未齐、未查、待核、待定
OWED: Final = "检查组有{count}份检查表尚未收齐，收齐后的结果另行告知，此前{what}均为暂定。"
UNCHECKED: Final = (
    "本次查了{seen}项、共{seen_points}分；未查{count}项、共{points}分，{counted}：{names}。"
    "补查结果另行告知。"
)
UNCHECKED_COUNTED: Final = {
    "exclude": "不计得分，也不作零分",
    "excuse": "按合理缺项处理，总分为暂定",
}
PENDING: Final = "{count}项因检查组尚缺佐证，列为待核{stake}，{treated}{proved}。"
PENDING_STAKE: Final = "，共涉及{points}分"
PENDING_TREATED: Final = {
    "full": "暂不{off}分",
    "zero": "暂按最差计{cost}",
    "as_observed": "暂照实测计分{cost}",
}
PENDING_COST: Final = "，共{off}{points}分"
PENDING_PROVED: Final = "；其中{count}项有佐证的部分已{off}{points}分，列入问题"
UNSETTLED: Final = "{count}项检查组的记录不一致，列为待核{stake}，核定前按有利于{you}的一份计分。"
EXTRAS_PENDING: Final = ("{titles}尚缺佐证，暂照计。", "{titles}尚缺佐证，暂不计入。")
PENDING_IS_OURS: Final = "{what_is_owed}，{you}不需自证；核定结果另行告知，此前{what}均为暂定。"
DISPUTED: Final = (
    "有{count}份检查记录另有内容不同的一份，待我局核定；"
    "本{paper}暂按先收到的计算，核定后如有变动，另行通知。"
)
CORRECTED: Final = (
    "本次得分依据更正后的检查记录：{what}。此前告知的结果与此不同的，以本{paper}为准。"
)
CORRECTED_SHEETS: Final = "检查组更正后重新提交的检查表{count}份"
CORRECTED_ITEMS: Final = "经我局核定更正的内容{items}"

# 问卷依据
HEARD_OF: Final = "“{item}”{how}{said}{open}。"
ANSWERS: Final = {
    "份": "依据“{survey}”的{count}份有效答卷",
    "人次": "依据“{survey}”的{count}人次回答",
    "件": "依据“{survey}”登记的{count}件",
}
ANSWERS_AT_ALL: Final = "依据“{survey}”统计"
FEW_ANSWERS: Final = "依据“{survey}”统计（不足5个，不列数目）"
SENT: Final = "（发出{sent}份，回收率{rate}）"
SHARE_TOLD: Final = "，{name}{share}（95%置信区间{low}—{high}）"
SHARE_HIDDEN: Final = "，有一类回答不足5人，不列{name}"
SHARE_OF: Final = "{part}占{whole}的比例"
CLASSES_WEIGHED: Final = "，按{classes}个{unit}的学生数加权"
SILENT_CLASSES: Final = "（另有{count}个{unit}没有答卷）"
UNPLACED: Final = "，{count}没有写明{unit}的不计入"
SOME: Final = "个别"
NOT_WEIGHED: Final = "，没有可用的班级学生数，未加权"
SAMPLE_TOO_SMALL: Final = "，样本不足，不计分"
UNDECIDED: Final = "；其中{count}答卷是否有效尚未决定，暂算在内，本项为暂定"

# 缺项
EXCUSED: Final = "合理缺项{count}项共{points}分，{counted}：{groups}。"
EXCUSED_COUNTED: Final = ("不计得分也不扣分", "不计分")
EXCUSED_FOR: Final = "{reason}的，"
NOT_CONCERNED: Final = "不涉及{you}（仅查{when}的学校）"
UNTOLD: Final = "为免从分数推出选票，{items}不单列分数，合计{verb}{earned}分（{most}{points}分）。"
SURPLUS: Final = "超额完成、得分超过分值的：{which}；得分＝应得－扣分＋超过的分。"
ADJUSTED: Final = "各项按{places}位小数列出，尾数已作调整，使各项之和等于合计。"

WEIGHED: Final = "{how}。应得、得分、扣分都已折合到总分，问题事实里写的是该项自身的分值。"
SHARES: Final = "得分率按未取整的得分计算。"

# 二、做得好的方面
NOTHING_GOOD: Final = "本次检查没有得满分的指标，也没有高于{middle}的一级指标。"
NOTHING_MET: Final = "本次检查没有得满分的指标。"
ALL_DIMENSIONS: Final = "各项一级指标都{full}。"
DIMENSIONS: Final = "一级指标中，{texts}。"
DIMENSIONS_FULL: Final = "{titles}{full}"
DIMENSION_PARTLY: Final = "“{title}”已查的{count}项都{full}，另有{open}项未查"
DIMENSION_AHEAD: Final = "“{title}”{rate}{percent}，高于{middle}{lead}个百分点"
INDICATORS: Final = "二级指标中，{count}项{full}，如{titles}。"
INDICATORS_AHEAD: Final = "二级指标中，{count}项{full}，其中{titles}{also}{better}{middle}。"
FULL: Final = ("得满分", "没有计分")
RATE: Final = ("得分率", "未计分率")

# 三、存在问题和整改要求
NO_FAULTS: Final = "本次检查没有发现{off}分的问题。"
BUT_UNTOLD: Final = "除不单列分数的项目外，{text}"
NO_FAULTS_PARTLY: Final = "已查的项目没有发现{off}分的问题。"
FAULTS: Final = "共有{count}项问题"
FAULTS_MARKED: Final = "其中{marked}"
FAULTS_FREE: Final = "{count}项没有{off}分"
FAULTS_UNTOLD: Final = "{count}项不单列分数"
UNTOLD_SUM: Final = "不单列分数的各项合计{off}{points}分{with_open}"
UNTOLD_OPEN: Final = "（含待核的）"
NONE_PROVED: Final = "没有已查实的问题"
NONE_COSTS: Final = "没有{off}分的问题"
EVIDENCE_OWED: Final = "佐证由检查组补齐"
SETTLING_OWED: Final = "不一致的记录由检查组核定"
WAITING: Final = "{count}{stake}，{held}，{what_is_owed}后核定"
WAITING_COUNT: Final = ("待核{count}项", "另有待核{count}项")
WAITING_NOTE: Final = "（其中{notes}）"
WAITING_BOTH: Final = "{count}项查实的部分已列入上述问题"
WAITING_UNTOLD: Final = "{count}项不单列得分"
WAITING_FOR: Final = {
    (True, False): "由检查组补齐佐证",
    (False, True): "由检查组核对记录",
    (True, True): "由检查组补齐佐证、核对记录",
}
"""By whether some evidence is owed, and whether some records do not agree."""
WAITING_FREE: Final = "暂不{off}分"
WAITING_HIDDEN: Final = "暂{off}的分数不单列"
REMARKS: Final = "另有不{off}分的提示{count}项，请注意改进"
FEW_BALLOTS: Final = "参加测评的人少，不列分数，得分{band}"
FEW_WAITING: Final = "参加测评的人少，待核，不单列得分"
BESIDE: Final = "与人数少的测评合计，不单列分数"
BY_BALLOT: Final = "按汇总结果，{most}{points}分，计{earned}分"
BY_BALLOT_WAITING: Final = "按汇总结果，{most}{points}分，核定属实计{earned}分"
ONLY_EVIDENCE: Final = "检查时没有发现{off}分的情况，尚缺佐证"
SETTLED: Final = "经核定，{found}"
SETTLED_SO: Final = "{fact}（经核定，{found}）"
SCORED_SO: Final = "{fact}。计分：{reason}"
STANDARD: Final = "{fact}。标准：{threshold}"
TOUCHED: Final = "{text}（触碰红线“{title}”）"
PUT_RIGHT: Final = "{text}检查当日已当场改正。"
DONE_AT_ONCE: Final = "{text}检查当日：{acts}。"
AGAIN: Final = "{text}{again}。"
LASTING: Final = "已当场改正，请长期坚持。"
PUT_RIGHT_DUE: Final = "当场\n已改正"
NO_DEMAND: Final = "请自行改正。"
TRIFLE: Final = "失分不足0.05分，不单列整改要求。"
REMARK: Final = "请注意改进。"
LEGEND_RETURN: Final = "{back}的是该项改好后总分的变动，以复查结果为准；"
LEGEND: Final = "注：{back}佐证号是检查组留存材料的编号。"
SHORT_NAMES: Final = "依据简称：{names}。"
DOCUMENTS: Final = "检查依据的文件：{names}。"
OTHER_DOCUMENTS: Final = "检查依据的其他文件：{names}。"

# 四、整改和报送
NO_REPORT: Final = "没有须报送整改报告的问题。请坚持日常自查，保持现有水平。"
NO_REPORT_YET: Final = "{seen}没有须报送整改报告的问题。{open}，{later}后如有问题，另行告知。"
NO_REPORT_SEEN: Final = "已查的项目"
NO_REPORT_PROVED: Final = "已核定的项目"
NO_REPORT_OPEN: Final = {
    "unchecked": "另有{count}项（{points}分）未查",
    "pending": "{count}项待核",
    "owed": "检查组有{count}份检查表尚未收齐",
    "disputed": "{count}份检查记录待核定",
    "unsifted": "问卷中标出的答卷是否有效尚未决定",
}
NO_REPORT_LATER: Final = {
    "unchecked": "补查",
    "pending": "核定",
    "owed": "收齐",
    "disputed": "核定",
    "unsifted": "决定",
}
RECTIFY: Final = "请对照上表逐项整改，明确责任领导和责任人；举一反三，自查同类问题。{when}。"
TERMS: Final = {False: "立行立改的，收到后当即改正", True: "限期整改的，按期改好"}
ALL_PUT_RIGHT: Final = (
    "上表所列问题检查当日都已当场改正，不用另报整改报告。请长期坚持；举一反三，自查同类问题。"
)
REPORT: Final = (
    "请{days}向{bureau}报送整改报告，逐项写明责任领导、责任人、整改措施、完成日期和佐证材料，"
    "由主要负责人签字并加盖单位公章。"
)
FOLLOW_UP: Final = "整改情况将组织“回头看”逐项复查；逾期未改的，按有关规定处理。{referral}"
REFERRAL: Final = "触碰红线涉及的情况，{bodies}依法处理。"

CONTACT: Final = "{contact}。"

# 五、异议
OBJECTION_AGAIN: Final = (
    "对本{paper}仍有异议的，请{days}向{to}书面提出，附理由和证明材料，加盖单位公章。"
)
FIRST_AT_ONCE: Final = "立行立改的，请即行改正。"
FIRST_RECTIFY: Final = (
    "上表所列为初步认定的问题和拟提出的整改要求，以正式意见书为准；整改期限自正式意见书另行起算。"
)
FIRST_OBJECTION: Final = (
    "对以上事实、计分或者依据有不同意见的，请{days}{until}向{to}书面提出，写明指标编号、理由，"
    "附证明材料，加盖单位公章。{bureau}核实后作出采纳、部分采纳或者不采纳的答复，写入正式意见书；"
    "逾期没有提出的，按本初步意见形成正式意见书。"
)
FIRST_UNTIL: Final = "（{day}当日收到的，至{last}）"
HEARD: Final = "{day}的初步意见（{number}）已送{you}征求意见。"
HEARD_UNDATED: Final = "初步意见（{number}）已送{you}征求意见。"
NOT_OBJECTED: Final = "期限内没有收到{you}的异议。"
OBJECTED: Final = "{you}提出异议{count}件，答复如下："
ONE_OBJECTION: Final = "第{number}号异议（{day}收到{late}）：{text}"
LATE_OBJECTION: Final = "，已过期限"
ONE_ANSWER: Final = "答复：{outcome}。{reasons}{corrected}"
CORRECTED_FOR: Final = "有关记录已经更正，得分以本{paper}为准。"
NOT_ANSWERED: Final = "答复：正在核实，另行告知。"
ERASED: Final = "（内容已按规定删除）"
OBJECTION: Final = "如有异议，请{days}向{to}书面提出，附理由和证明材料，加盖单位公章。"
FROM_RECEIPT: Final = "自收到本{paper}之日起{days}{unit}内"
RECEIPT_ANSWER: Final = "□ 没有异议　　□ 有异议，另行书面提出"
