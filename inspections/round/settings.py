"""round.yaml: the settings of a round, written so that a clerk can edit them, and read back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from inspections.round.bulletin_settings import BulletinSettings
from inspections.round.drawing_settings import Drawing
from inspections.round.keys import key_digest
from inspections.round.round import Distribution, GradeQuota, Period, Round, Teaching
from inspections.round.severity_correction import SeverityCorrection
from inspections.round.signing import Signing
from inspections.round.voiced import Voiced
from rubrics.files.limits import oversized
from rubrics.files.refusals import by_key, refusals, whole_detail
from rubrics.files.slips import slips_first
from rubrics.files.yaml_text import parse_yaml, read_yaml
from rubrics.language.subject import SCHOOLS, Words
from rubrics.messages.problems import Place, Problem, has_errors, problem
from rubrics.values.points import plain, share_text

_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff][\w·/.\u4e00-\u9fff-]*")
_RESERVED = {"true", "false", "null"}


def read_settings(
    path: Path, file: str = "", *, given: Mapping[str, object] | None = None
) -> tuple[Round | None, list[Problem]]:
    """Returns the round that a settings file describes; None with at least one error.

    ``file`` is how problems name the file; ``given`` what it need not say. Codes: round-value, at
    the line and path of the mistake, and those of ``rubrics.files.yaml_text.read_yaml``.
    """
    source = read_yaml(path)
    if source.data is None:
        return None, [_named(item, file) for item in source.problems]
    told = [_named(item, file) for item in source.problems]
    if has_errors(told):
        return None, told
    if isinstance(source.data, dict):
        if too_much := list(oversized(source.data)):
            return None, [
                problem("round-value", _at(source.places.at(keys), file), detail=detail)
                for keys, _, detail in too_much
            ]
        try:
            return Round.model_validate(_filled(given or {}, source.data)), told
        except ValidationError as error:
            found = refusals(error, Round, source.data, source.places, by_key)
            return None, [
                _named(item, file)
                if item.code == "yaml-syntax"
                else problem("round-value", _named(item, file).place, detail=whole_detail(item))
                for item in slips_first(found, source.lines)
            ]
    detail = "应是一组“名称: 值”"
    return None, [problem("round-value", Place(file or str(path)), detail=detail)]


def _filled(given: Mapping[str, object], said: Mapping[str, object]) -> dict[str, object]:
    """What is said, with what is given for the rest, in groups within it too."""
    found = {**given, **said}
    for name, value in given.items():
        own = said.get(name)
        if isinstance(value, Mapping) and isinstance(own, Mapping):
            found[name] = {**value, **own}
    return found


def _named(item: Problem, file: str) -> Problem:
    return Problem(_at(item.place, file), item.code, item.params)


def _at(place: Place, file: str) -> Place:
    return Place(file or place.file, place.sheet, place.cell)


def settings_text(settings: Round, words: Words = SCHOOLS) -> str:
    """Returns the text of round.yaml: every setting, each with what it means, in Chinese.

    Reading the text gives the same round again, but for its key: that has a file of its own
    (``round.key_file``), and only its digest stands here.
    """
    digest = key_digest(settings.key) or settings.key_digest
    text = words.said(_TEMPLATE).format(
        id=typed(settings.id),
        title=typed(settings.title),
        bureau=typed(settings.bureau),
        person=typed(settings.contact.person),
        phone=typed(settings.contact.phone),
        rubrics="\n".join(f"  - {typed(item)}" for item in settings.rubrics),
        window=_period(settings.window),
        period=f"period: {_period(settings.period)}"
        if settings.period
        else f"# period: {_period(settings.window)}",
        teaching=_teaching(settings.teaching),
        elapsed=_optional("elapsed", {k: str(v) for k, v in settings.elapsed.items()}, "{term: 1}"),
        occasions=_list(settings.occasions),
        raters=settings.raters,
        facts=settings.combining.facts,
        level=settings.combining.level,
        inspectors=settings.combining.inspectors,
        trim=settings.combining.trim,
        trim_from=settings.combining.trim_from,
        inspector_weights=_optional(
            "inspector_weights",
            _numbers(settings.combining.inspector_weights),
            "{D01: 2, D02: 1}",
        ),
        visits=settings.combining.visits,
        trim_visits=settings.combining.trim_visits,
        trim_visits_from=settings.combining.trim_visits_from,
        weights_of_visits=_optional(
            "weights", _numbers(settings.combining.weights), "{平时: 40, 年终: 60}"
        ),
        unchecked=settings.unchecked,
        groups=_list(settings.ranking.groups),
        tie_keys=_list(settings.ranking.tie_keys),
        red_line=settings.ranking.red_line,
        quotas=_quotas(settings.ranking.quotas),
        distribution=_distribution(settings.ranking.distribution),
        publish=str(settings.ranking.publish).lower(),
        certainty=str(settings.ranking.certainty).lower(),
        weights=_optional("weights", _numbers(settings.weights), "{细则一: 40, 细则二: 60}"),
        follows=_follows(settings.follows),
        ballots_from=settings.ballots_from,
        voices=_voices(settings.voices),
        drawing=_drawing(settings.drawing),
        severity_correction=_severity_correction(settings.severity_correction),
        number=typed(settings.letters.number),
        numbers=typed(settings.letters.numbers),
        day=f"day: {settings.letters.day}" if settings.letters.day else "# day: 2026-11-16",
        first_day=f"first_day: {settings.letters.first_day}"
        if settings.letters.first_day
        else "# first_day: 2026-10-20",
        objection_working_days=settings.letters.objection_working_days,
        objection_days=f"objection_days: {settings.letters.objection_days}"
        if settings.letters.objection_days is not None
        else "# objection_days: 15",
        objection_to=typed(settings.letters.objection_to),
        report_days=settings.letters.report_days,
        signing=_signing(settings.letters.signing),
        offices=_optional(
            "offices", _texts(settings.rectification.offices), "{细则一: 安全股, 细则二/A: 人事股}"
        ),
        count=settings.rectification.count,
        at_once_days=settings.rectification.at_once_days,
        copies=_list(settings.bulletin.copies),
        methods=_methods(settings.bulletin),
        ledger=typed(settings.ledger),
        note=typed(settings.note),
        key_comment=words.said(KEY_COMMENT),
        key_digest=typed(digest),
    )
    # The text must say what was meant; anything else is a bug of ours, not of the clerk's.
    meant = settings.model_copy(update={"key": "", "key_digest": digest})
    assert Round.model_validate(parse_yaml(text).data) == meant
    return text


def _methods(bulletin: BulletinSettings) -> str:
    examples = {"class_visits": 30, "questionnaires": 1200, "meetings": 6, "interviews": 80}
    counts = bulletin.counts
    return "\n".join(
        f"  {name}: {counts[name]}" if name in counts else f"  # {name}: {example}"
        for name, example in examples.items()
    )


def typed(value: str) -> str:
    """Returns text as it is written in YAML, in quotes where it needs them."""
    if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    return _json(value)


def _json(value: object) -> str:
    # YAML reads these as line breaks, JSON writes them as they are.
    quoted = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda m: f"\\u{ord(m[0]):04x}", quoted)


def _period(period: Period) -> str:
    return f"{{since: {period.since}, until: {period.until}}}"


def _teaching(spans: Iterable[Teaching]) -> str:
    written = [f"{{from: {span.since}, to: {span.until}}}" for span in spans]
    if not written:
        return (
            "# teaching: [{from: 2026-02-24, to: 2026-07-03}, {from: 2026-09-01, to: 2027-01-22}]"
        )
    return "\n".join(["teaching:", *(f"  - {span}" for span in written)])


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(map(typed, items))}]"


def _signing(signing: Signing | None) -> str:
    if signing is None:
        return "# signing: {certificate: ../证书/督导室.p12}"
    said = ((name, value) for name, value in signing.model_dump().items() if value)
    return f"signing: {{{', '.join(f'{name}: {typed(value)}' for name, value in said)}}}"


def _numbers(weights: Mapping[str, Decimal]) -> dict[str, str]:
    return {key: f"{plain(value):f}" for key, value in weights.items()}


def _texts(entries: Mapping[str, str]) -> dict[str, str]:
    return {key: typed(value) for key, value in entries.items()}


def _optional(name: str, entries: Mapping[str, str], example: str) -> str:
    if not entries:
        return f"# {name}: {example}"
    inside = ", ".join(f"{typed(key)}: {value}" for key, value in entries.items())
    return f"{name}: {{{inside}}}"


def _quotas(quotas: Iterable[GradeQuota]) -> str:
    lines = [
        f"    - {{grade: {typed(item.grade)}, share: {share_text(item.share)},"
        f" then: {typed(item.then)}, edge: {item.edge}{_rounding(item)}}}"
        for item in quotas
    ]
    return "\n".join(["  quotas:", *lines]) if lines else _NO_QUOTA


def _rounding(quota: GradeQuota) -> str:
    least = f", at_least: {quota.at_least}" if quota.at_least else ""
    return f", round: {quota.round}{least}"


def _distribution(held: Distribution | None) -> str:
    if held is None:
        return _NO_DISTRIBUTION
    grades = ", ".join(f"{typed(name)}: {share_text(it)}" for name, it in held.grades.items())
    return (
        f"  distribution: {{grades: {{{grades}}}, round: {held.round}, edge: {held.edge},"
        f" group_from: {held.group_from}, red_lined: {held.red_lined}}}"
    )


def _follows(folders: Iterable[str]) -> str:
    listed = ", ".join(map(typed, folders))
    return f"follows: [{listed}]" if listed else "# follows: [../2026春]"


def _voices(voices: Iterable[Voiced]) -> str:
    lines = [f"  - {_json(one.model_dump(exclude_defaults=True))}" for one in voices]
    return "\n".join(["voices:", *lines]) if lines else _NO_VOICES


def _drawing(drawing: Drawing | None) -> str:
    if drawing is None:
        return _NO_DRAWING
    said = drawing.model_dump(mode="json", exclude_defaults=True)
    lines = [f"  {name}: {_json(value)}" for name, value in said.items()]
    return "\n".join(["drawing:", *lines]) if lines else "drawing: {}"


def _severity_correction(held: SeverityCorrection | None) -> str:
    if held is None:
        return "# severity_correction: {limit: 2, reliability: 0.7}"
    only = f", rubrics: {_list(held.rubrics)}" if held.rubrics else ""
    limit, least = plain(held.limit), plain(held.reliability)
    return f"severity_correction: {{limit: {limit}, reliability: {least}{only}}}"


_NO_DRAWING = (
    "# drawing:\n"
    "#   by: [学段]\n"
    "#   share: 30%\n"
    "#   strata: [{when: {有食堂: 是}, rubrics: [细则二], share: 1/3}]\n"
    "#   risk: {results: {不合格: 2, 合格: 1}, open_items: 0.2, complaints: 0.5, months: 0.05}\n"
    "#   team: {size: 2, days: 1, skills: {细则二: [食品]}}\n"
    "#   day: {visits: 2, minutes: 420, travel: 40, near: [区域]}"
)
_NO_VOICES = "# voices:\n#   - {item: 细则一/G1, survey: 家长问卷, question: Q3}"
_NO_QUOTA = "  # quotas:\n  #   - {grade: 优秀, share: 30%, then: 良好, edge: cut, round: down}"

_NO_DISTRIBUTION = (
    "  # distribution: {grades: {优秀: 40%, 良好: 40%, 合格: 20%}, round: largest_remainder,"
    " edge: cut}"
)

KEY_COMMENT_BEFORE: Final = """\
# 检查表的防伪密钥：每张检查表里有按它算出的校验码，换学校、换督学、换次别都会被发现。
# 建批次时随机生成；不要改，不要外传。空着就不校验。
"""
"""What stood above the key while it was one of the settings."""

KEY_COMMENT: Final = """\
# 检查表的防伪密钥在 round.key 里：每张检查表有按它算出的校验码，换学校、换督学、换次别都会被发现。
# 这里只写密钥的校验码，用来发现 round.key 丢了、拿错了；不要改。以前的批次写的是 key: 和密钥。
"""

_TEMPLATE = """\
# 检查批次设置。# 后面是说明，程序不读；改好保存，下一条命令就按新的设置。
# 日期写成 2026-03-01；冒号用半角，后面空一格。

# 批次代码：写在每份检查表里，检查表发出以后不要再改。
id: {id}
# 批次名称和发文机关：印在排名表、意见书和通报上。
title: {title}
bureau: {bureau}
# 联系人（写科室也可以）和电话：印在意见书、通报和通知上；不写就不印。
contact: {{person: {person}, phone: {phone}}}

# 考核细则：自带的写代码（scoring rubric list 可以看到）；自己写的写文件路径，从本文件夹算起。
rubrics:
{rubrics}

# 到校检查的起止日期，两端都算；检查日期不在其中的检查表会列为问题。
window: {window}

# 考核期：每月一次、每学期一次之类的指标，按这段时间折算应有几次；不写就同上。
{period}
# 教学时间：考核期里的各学期，假期不写。每周一次、每教学月一次的指标只算这些时间；
# 不写就连寒暑假一起算。
{teaching}
# 考核期内已满几周、几月……通常由程序推算，写了就以这里为准
# （week 周，month 月，teaching_month 教学月，quarter 季度，half_year 半年，term 学期，year 年）。
{elapsed}

# 检查次别：一所学校在本批次里查几次，各叫什么。
occasions: {occasions}

# 谁填表：team 一个检查组合填一份；each 每名督学各填一份。
raters: {raters}

# 几份检查表怎样合成一个分数：先合督学，再合次别。
combining:
  # 事实（次数、读数、有无、比例）：agreed 同组应当一致，不一致的要核定，核定前按有利于学校的计、
  # 记待核；combined 各自独立评定，像评判一样合成（要求独立评定的批次才用）。
  facts: {facts}
  # 在哪里合：indicator 逐项合；total 各算总分再合。
  level: {level}
  # 几名督学：mean 平均；median 中位数；trimmed 去掉最高最低再平均；weighted 加权；worst 取最差。
  inspectors: {inspectors}
  # trimmed 两头各去掉几个，至少要几名督学才去，不够就取平均。
  trim: {trim}
  trim_from: {trim_from}
  # weighted 的权重，按督学代码写；没有写的是 1，没有评的不占权重。
  {inspector_weights}
  # 几个次别：mean 平均；median 中位数；trimmed 去掉最高最低再平均；weighted 加权；
  # latest 以最近一次为准；worst 取最差。
  visits: {visits}
  # 次别 trimmed 两头各去掉几次，至少要查几次才去，不够就取平均。
  trim_visits: {trim_visits}
  trim_visits_from: {trim_visits_from}
  # weighted 的权重，按次别写；没有查的次别不占权重。
  {weights_of_visits}

# 有未查项的学校：exclude 不排名、不评等次；excuse 未查项按合理缺项处理，并注明。
unchecked: {unchecked}

ranking:
  # 按哪些特征分组排名，组名由各特征的值连成，如 初中·城区组。
  groups: {groups}
  # 同分时依次比什么：key_failed 关键项少者在前；dimension:A 一级指标 A 高者在前。不写就并列。
  tie_keys: {tie_keys}
  # 触红线、总分归零或等次被定死的学校：last 排在本组最后；unranked 不排名。
  # 分数保留的红线（只取消评优、只压等次）不动名次；细则的红线写了 rank 的，按细则。
  red_line: {red_line}
  # 等次比例：每组至多 share 得 grade，其余改为 then；比例边上同分的，cut 都不给，keep 都给。
  # 算出来不是整数：round: down 去尾，half_up 四舍五入；at_least: 1 每组至少给 1 所。
{quotas}
  # 或者等次按比例分布（两种只写一种）：每组按名次，前 40% 得优秀……合计 100%，不看总分够不够。
  # 没有写的等次（如不合格）按总分定，不占名额；不评定、不排名的不参加；
  # 条件、关键项、红线不许的等次不给。
  # round: largest_remainder 最大余数，down 去尾、half_up 四舍五入（余下的归最后一等）；
  # edge: 名额边上同名次的，cut 都给低的，keep 都给高的；
  # group_from: 几所以上的组才分布，不够的按总分；
  # red_lined: 触等次红线的学校，counted 占名额，apart 不占，按总分定。
{distribution}
  # 意见书上是否写名次。
  publish: {publish}
  # 名次旁边是否写明有多大把握（真实名次有九成把握在第几至第几名、和谁分不出先后）：
  # true 写，false 不写。按各份检查表之间的差别估计，写在排名表、意见书、通报和 explain 里，
  # 不改变得分和名次；每校只有一份检查表的，估计不出来，排名表会说明怎样就能知道。
  certainty: {certainty}

# 几张细则合成总评的权重；不写就不合成。某校不适用的细则，权重由其余的分担。
{weights}

# 宽严校正：写了，就按测得的督学宽严校正总分，各种材料的每一页都写明；不写，得分就是细则的计算结果。
# limit 总分至多校正几分；reliability 测得的宽严至少要有多可靠，达不到的整个批次都不校正，说明原因；
# rubrics 只校正哪几套细则，不写就是全部。怎样测、怎样算见 scoring/README.md。
# 意见书只写督学的编号，但学校知道来过的是谁，几所学校对一对就知道几号是谁，写以前请先对督学说明。
{severity_correction}

# 以前的批次在哪个文件夹（从本文件夹算起，最近的写在前面），如 [../2026春]：细则写了 repeat 的，
# 屡查屡犯按那些批次整改台账里的事项和“回头看”结论认定；不写就不认定。
{follows}

# 民主测评有效票不足几张的，对外只写得分在哪一档，不写分数，免得从分数倒推出选票，
# 另有一项分数不单列，免得用合计减出来；0 是都写分数。
ballots_from: {ballots_from}

# 由问卷、测评、投诉（scoring voices import 收进来的）统计的指标，督学不填：哪一项（细则/指标，
# 合成的再写 .部分）、哪份问卷、哪一题；只算一部分人的写 only，见 inspections/voices/README.md。
{voices}

# 双随机：怎样抽学校、怎样派督学，scoring round plan 试排，scoring round draw 抽取；不写就自己排。
# by 分层的特征；share 每个次别抽每层的多少，at_least 每层至少几所，times 每所学校本批次至少查几次；
# strata 另定的层；risk 权重（基数 1，加上次等次、没有销号的事项、投诉、距上次检查的月数，
# limit 封顶）；
# team 几人一组、同组几天、哪套细则要有什么专长；day 一天至多查几所、几分钟、路上几分钟、
# near 同一天查的学校哪些特征应相同；announced 承诺公布满几天才能抽。见 inspections/README.md。
{drawing}

letters:
  # 每份意见书一个编号，由台账按顺序给，不缺号、不重号。{{n}} 顺序号，{{year}} 成文的年份，
  # {{round}} 批次代码，如 东教督意〔{{year}}〕{{n}}号。一年有几个批次的，各用各的字样，免得重号；
  # 不写就不编号。写了成文日期、没有未定事项的意见书才给号，此前印“草稿”。
  numbers: {numbers}
  # 上面不写的，各份意见书同印一个文号，由局里编写，如 东教督〔2026〕3号；不写就留空。
  number: {number}
  # 成文日期。
  {day}
  # 初步意见（scoring report --stage 初步）的成文日期。
  {first_day}
  # 学校收到意见书后几个工作日内可以提出异议（改按自然日的，写 objection_days），向谁提出，
  # 几天内报送整改报告。
  objection_working_days: {objection_working_days}
  {objection_days}
  objection_to: {objection_to}
  report_days: {report_days}
  # 给编了号的意见书签电子签名：写证书文件（.p12、.pfx）的路径，从本文件夹算起，最好放在别处；
  # 在令牌（U 盾）里的，写 {{module: 令牌程序库的路径}}。密码不写在这里，见 reports/README.md。
  {signing}

rectification:
  # 整改、报送的天数怎样算：calendar 自然日；working 工作日（按国务院放假安排）。意见书照此写期限。
  count: {count}
  # 整改由哪个股室承办：按细则写，或按细则的一级指标写（细则/一级指标）。
  {offices}
  # 立行立改的，几个工作日内报送结果。
  at_once_days: {at_once_days}

bulletin:
  # 通报抄送哪些单位；不写，通报上留空行，在 Word 里填。
  copies: {copies}
  # 检查表里没有、通报要写的数：随堂看课几节、回收有效问卷几份、座谈会几场、访谈几人次；不写就不印。
{methods}

# 几台电脑共用一个台账的，写 PostgreSQL 的地址，如 postgresql://用户@主机/数据库；
# 不写就用本文件夹的 ledger.db。密码不要写在这里。
ledger: {ledger}

# 备注：印在排名表和意见书的首页上。
note: {note}

{key_comment}key_digest: {key_digest}
"""
