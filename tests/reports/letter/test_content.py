"""What a letter says, and what it never says: read back from the printed page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from inspections.records.record import Observation, State
from inspections.round.round import Letters, Ranking, Round
from reports.letter.content import letter_blocks, texts
from reports.letter.fact import fact_in_short
from reports.letter.peers import Peers
from reports.letter.subject import Letter
from reports.letter.writing import letter_pdf
from rubrics.files.loading import load_rubric
from rubrics.language.rubric import Rubric
from rubrics.values.traits import with_derived
from tests.reports.letter.inspected import (
    COMPANION,
    DAY,
    ROUND,
    SCHOOL,
    TRAITS,
    faulty,
    letter,
    observation,
    rubric,
    visits,
    with_faults,
)

Pages = Callable[[bytes], list[str]]
HYGIENE = Path(__file__).parents[2] / "rubrics" / "hygiene_uk.yaml"


@pytest.fixture
def read(pages: Pages) -> Callable[[Letter], str]:
    """The whole text of a letter, without white space and page numbers."""
    return lambda made: re.sub(r"—\d—", "", "".join(pages(letter_pdf(made))))


Read = Callable[[Letter], str]


def changed(**changes: object) -> Round:
    return ROUND.model_copy(update=changes)


def said(text: str, *parts: str) -> None:
    """All parts stand in the text, in this order."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, f"没有“{part}”：{text[at:]}"
        at = found + len(part)


def test_the_opening_names_school_day_inspectors_rubric_and_methods(read: Read) -> None:
    said(
        read(letter(rubric("canteen"))),
        "编号：____________学校食堂饮食卫生管理意见书青禾县第一小学：2026年10月14日，",
        "检查组（一组）钱一鸣、孙二平共2名检查人员根据“2026年秋季督导检查”安排到你校，",
        "依据《学校食堂饮食卫生管理细则》（2026.2版），采取查阅档案、现场查看、问卷的方式",
        "一、检查结果",
        "二、做得好的方面",
        "三、存在问题和整改要求",
        "四、整改和报送",
        "五、异议",
        "青禾县教育局2026年11月16日送达回执",
        "收件单位（盖章）青禾县第一小学文书学校食堂饮食卫生管理意见书",
        "□没有异议□有异议",
    )


def test_a_name_that_is_not_in_the_roster_is_counted_and_not_printed(read: Read) -> None:
    def typed(*others: str) -> str:
        held = letter(rubric("canteen"))
        visits = [replace(one, inspectors=others) for one in held.score.visits]
        return read(replace(held, score=replace(held.score, visits=visits)))

    told = typed("D01", "孙二苹")
    said(told, "检查组（一组）钱一鸣共1名检查人员（另有1人姓名待核对）根据")
    assert "孙二苹" not in told
    nobody = typed("钱一呜")
    said(nobody, "检查组1人（姓名待核对）根据")
    assert "钱一呜" not in nobody


def test_points_normalisation_grade_rank_and_gap(read: Read) -> None:
    town = replace(SCHOOL, traits=TRAITS | {"食堂经营方式": "自营"})
    made = letter(rubric("canteen"), with_faults(rubric("canteen"), 15), school=town)
    score = made.score
    assert (score.applicable, score.rank, score.group_size) == (980_000, 4, 4)
    assert score.normalised is not None
    median, total = made.published(score.median or 0), made.published(score.total or 0)
    said(
        read(made),
        f"应得98分，你校得{made.points(score.earned)}分，总分折合为{total}分（得分÷应得分×100）。",
        f"评为“{score.grade}”。",
        "在小学组参加排名的4所学校中暂列第4名。",
        f"本组总分中位数暂为{median}分，你校低{Decimal(median) - Decimal(total)}分。",
        "本组有1所学校的检查情况尚未核定，名次和中位数均为暂定。",
        "合理缺项1项共2分，不计得分也不扣分：不涉及你校（仅查食堂经营方式为委托、自营和委托的学校）的，",
        "H3委托经营管理。",
    )


def test_nothing_is_said_of_normalisation_where_all_applies(read: Read) -> None:
    text = read(letter(rubric("canteen")))
    said(text, "满分100分，你校总分100.00分。", "评为“优秀”。")
    said(text, "各项一级指标都得满分。二级指标中，45项得满分", "本次检查没有发现扣分的问题。")
    said(text, "没有须报送整改报告的问题。")
    assert "折合" not in text
    assert "等次没有更高" not in text
    assert "红线" not in text


def test_a_fault_has_fact_points_basis_evidence_demand_and_deadline(read: Read) -> None:
    of = rubric("canteen")
    wrong = replace(
        observation(of, "B1", SCHOOL, 1.0),
        values={"": Decimal(2)},
        fault="2名从业人员健康证明过期。",
        evidence=("健康证.jpg",),
    )
    late = replace(
        observation(of, "C2", SCHOOL, 1.0),
        values={"": Decimal(1)},
        fault="大米缺检验合格证明",
        evidence=("大米.jpg", "台账.jpg"),
    )
    said(
        read(letter(of, [late, wrong])),
        "共有2项问题，扣5分，其中关键项1项。",
        "关键项1B1接触直接入口食品人员的健康证明：2名从业人员健康证明过期。−4+4食法第45条佐证1请立即让",
        "立行立改",
        "其他问题2C2索证索票（许可证、合格证明、检疫票）：大米缺检验合格证明。−1+1食法",
        "佐证2、3",
        "15日内至12月1日",
        "依据简称：食法，《中华人民共和国食品安全法》；食1，《学校食品安全与营养健康管理规定》；食8，",
        "请在30日内（至12月16日）向青禾县教育局报送整改报告",
        "如有异议，请自收到本意见书之日起10个工作日内向青禾县教育局督导室书面提出",
    )


def test_why_the_grade_is_not_higher(read: Read) -> None:
    of = rubric("canteen")
    wrong = replace(observation(of, "B1", SCHOOL, 1.0), values={"": Decimal(1)}, evidence=("a",))
    made = letter(of, [wrong])
    assert made.score.grade == "良好"
    said(read(made), "评为“良好”。等次没有更高的原因：关键项不合格1项（B1），不能评为“优秀”")
    weak = letter(of, [faulty(of, name) for name in ("C1", "C2", "C3", "E1", "F2", "G2", "G3")])
    assert (weak.score.grade, weak.score.limits) == ("良好", ())
    said(read(weak), "评为“良好”。总分达到90分才能评为“优秀”。")


def test_a_measured_value_stands_beside_the_standard(read: Read) -> None:
    of = rubric("canteen")
    cold = observation(of, "C5", SCHOOL, 1.0)
    first = next(key for key in cold.values if key.startswith("冷藏"))
    warm = replace(
        cold,
        values=cold.values | {first: Decimal("12.5")},
        fault="冷藏柜偏热",
        evidence=("表.jpg",),
    )
    said(read(letter(of, [warm])), "C5", "冷藏柜偏热。计分：", "12.5℃", "标准：冷藏0")


def test_a_deadline_in_another_year_says_which(read: Read) -> None:
    settings = changed(letters=Letters(day=date(2026, 12, 20)))
    text = read(letter(rubric("canteen"), [faulty(rubric("canteen"), "C1")], settings=settings))
    said(text, "30日内至2027年1月19日", "请在30日内（至2027年1月19日）向")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("查10月台账，见佐证", "查10月台账，见佐证。计分：三至六年级日平均完成时间65分钟"),
        ("2人抽查，时长6５分钟", "时长6５分钟。标准"),
        ("超时", "超时。计分：三至六年级日平均完成时间65分钟"),
    ],
)
def test_a_figure_that_was_not_written_is_told_once(read: Read, fault: str, told: str) -> None:
    of = rubric("shuangjian")
    plain = observation(of, "B4", SCHOOL, 1.0)
    ((key, _),) = [held for held in plain.values.items() if isinstance(held[1], Decimal)]
    long = replace(plain, values={key: Decimal(65)}, fault=fault, evidence=("台账.jpg",))
    text = read(letter(of, [long]))
    said(text, told)
    assert len(re.findall("6[5５]分钟", text)) == 1


def test_a_count_and_a_level_that_were_not_written_are_told(read: Read) -> None:
    of = rubric("canteen")
    held = observation(of, "B1", SCHOOL, 1.0)
    ill = replace(held, values={"": Decimal(2)}, fault="健康证明过期", evidence=("证.jpg",))
    said(read(letter(of, [ill])), "健康证明过期。计分：", "2人×")
    ill = replace(ill, fault="健康证明过期的有2人")
    assert "计分：" not in read(letter(of, [ill]))


def test_a_red_line_stands_first_with_all_that_follows(read: Read) -> None:
    of = rubric("canteen")
    plain = observation(of, "A1", SCHOOL, 1.0)
    crossed = replace(
        plain,
        values=plain.values | {"无证": Decimal(1), "有效": Decimal(0)},
        fault="许可证已注销",
        evidence=("门头.jpg",),
    )
    made = letter(of, [faulty(of, "C1"), crossed])
    text = read(made)
    said(
        text,
        "（二）红线。触碰红线1条：“无证经营”，等次定为“不合格”，取消评优评先资格，移送市场监管部门。",
        "评为“不合格”。",
        "其中红线1项。",
        "红线（一票否决）1A1",
        "（触碰红线“无证经营”）：许可证已注销",
        "其他问题2C1",
        "触碰红线涉及的情况，移送市场监管部门依法处理。",
    )
    assert "罚" not in text


def test_without_ranks_none_is_printed(read: Read) -> None:
    of = rubric("canteen")
    quota = {"grade": "优秀", "share": "10%", "then": "良好", "edge": "cut"}
    open_ = Ranking.model_validate({"quotas": [quota]})
    published = letter(of, settings=changed(ranking=open_))
    assert "第1名评为“良好”" in read(published)
    kept = letter(of, settings=changed(ranking=open_.model_copy(update={"publish": False})))
    text = read(kept)
    assert not re.search(r"第\d+名|名次|列第", text)
    said(text, "不超过本组的10%（4所中0所），评为“良好”", "与本组比较。本组总分中位数")


def test_schools_that_share_a_rank_are_told(read: Read) -> None:
    made = letter(rubric("canteen"))
    shared = replace(made, peers=Peers({}, {1: 2}))
    said(read(shared), "所学校中暂并列第1名")
    settled = replace(shared, score=replace(shared.score, group_open=0))
    said(read(settled), "所学校中并列第1名")
    alone = replace(made, score=replace(made.score, group_size=1))
    said(read(alone), "小学组只有你校一所学校参加排名，不作比较。")


def test_unchecked_items_make_the_total_provisional(read: Read) -> None:
    of = rubric("canteen")
    gap = Observation("C1", State.UNCHECKED, reason="那天没来得及，赵老师说改天")
    text = read(letter(of, [gap]))
    said(text, "暂定总分折合为100.00分", "有1项未查，总分为暂定，本次不评等次。")
    said(text, "不参加本组排名：有1项未查。", "本次查了44项、共97分；未查1项、共3分，")
    said(text, "不计得分，也不作零分：C1大宗食材招标")
    assert "赵老师" not in text
    assert "评为" not in text
    excused = read(letter(of, [gap], settings=changed(unchecked="excuse")))
    said(excused, "暂定总分折合为100.00分", "暂评为“优秀”。", "按合理缺项处理，总分为暂定：C1")


def test_what_was_not_looked_at_is_neither_praised_nor_called_otherwise(read: Read) -> None:
    of = rubric("canteen")
    gap = Observation("C1", State.UNCHECKED)
    part = read(letter(of, [gap]))
    assert "各项一级指标都" not in part
    said(part, "“采购贮存”已查的7项都得满分，另有1项未查", "已查的项目没有发现扣分的问题。")
    said(part, "100.0%（部分未查）")
    gaps = [Observation(item.id, State.UNCHECKED) for item in of.dimensions[1].indicators]
    whole = read(letter(of, gaps))
    assert "各项一级指标都" not in whole
    assert "不适用" not in whole
    assert "“人员管理”" not in whole
    assert re.search("人员管理未查", whole)


def test_a_result_that_rests_on_a_correction_says_so(read: Read) -> None:
    plain = letter(rubric("canteen"))
    assert "更正" not in read(plain)
    sheets = read(replace(plain, corrected=1))
    said(sheets, "依据更正后的检查记录：检查组更正后重新提交的检查表1份。此前告知的结果与此不同的")
    visits = [
        replace(
            one,
            observations=tuple(
                replace(item, decided=("第 3 号决定 王科长 更正",) if item.owner == "A4" else ())
                for item in one.observations
            ),
        )
        for one in plain.score.visits
    ]
    told = read(replace(plain, score=replace(plain.score, visits=visits), decided=True))
    said(told, "更正情况。本次得分依据更正后的检查记录：经我局核定更正的内容（A4）。")
    assert "王科长" not in told
    assert "号决定" not in told


def test_too_much_excused_is_no_grade(read: Read) -> None:
    own = replace(SCHOOL, traits=with_derived({"学段": "小学", "食堂经营方式": "自营"}))
    strict = rubric("canteen").model_copy(update={"excused_limit": Fraction(1, 100)})
    text = read(letter(strict, school=own))
    said(text, "应得98分，你校得98分。只反馈检查情况，不计总分。")
    said(text, "不评定。缺项2分，占满分100分的2%，超过1%。本意见书只反馈问题")
    assert "总分1" not in text
    assert "可恢复" not in text
    assert "中位数" not in text
    assert "不适用" not in text
    assert "评为" not in text
    assert "列第" not in text


def test_what_waits_for_evidence_has_a_list_of_its_own(read: Read) -> None:
    of = rubric("canteen")
    open_ = replace(faulty(of, "C2"), evidence=())
    text = read(letter(of, [faulty(of, "C1"), open_]))
    said(
        text,
        "暂定总分97.00分",
        "暂评为“优秀”。",
        "暂列第1名。",
        "待核事项。1项因检查组尚缺佐证，列为待核，共涉及2分，暂不扣分。佐证由检查组补齐，",
        "此前得分、等次和名次均为暂定。",
        "共有1项问题",
        "1C1",
        "涉及分值",
        "1C2索证索票",
    )
    assert "索证索票档案" not in text
    assert "材料报送" not in text
    assert text.count("C2索证索票") == 1
    only = read(letter(of, [open_]))
    said(
        only,
        "没有扣分的问题；待核1项，共涉及2分，暂不扣分，由检查组补齐佐证后核定。",
        "没有须报送整改报告的问题。",
    )


def test_a_remark_without_a_deduction_costs_nothing(read: Read) -> None:
    of = rubric("canteen")
    remark = replace(observation(of, "C1", SCHOOL, 1.0), fault="合同用了旧版文本")
    text = read(letter(of, [remark]))
    said(text, "没有扣分的问题；另有不扣分的提示1项，请注意改进。", "不扣分的提示1C1")
    said(text, "合同用了旧版文本。—", "请注意改进。—")


def test_what_comes_next_is_what_is_still_to_be_done() -> None:
    of = rubric("canteen")
    at_once, dated = "立行立改的，收到后当即改正", "限期整改的，按期改好"
    report, done = "报送整改报告，逐项写明", "不用另报整改报告"

    def told(*items: tuple[str, str]) -> tuple[set[str], set[str]]:
        wrong = [replace(faulty(of, name), at_once=acts) for name, acts in items]
        text = "".join(part for it in letter_blocks(letter(of, wrong)) for part in texts(it))
        table, _, next_steps = text.partition("四、整改和报送")
        found = {one for one in (at_once, dated, report, done) if one in next_steps}
        return found, {one for one in ("立行立改", "日内\n至", "当场\n已改正") if one in table}

    assert told(("D1", "")) == ({at_once, report}, {"立行立改"})
    assert told(("A1", "")) == ({dated, report}, {"日内\n至"})
    both = ({at_once, dated, report}, {"立行立改", "日内\n至"})
    assert told(("D1", ""), ("A1", "")) == both
    put_right = ("D1", "当场改正")
    assert told(put_right) == ({done}, {"当场\n已改正"})
    assert told(put_right, ("A1", "")) == ({dated, report}, {"日内\n至", "当场\n已改正"})


def test_what_mending_gives_back_is_explained_where_a_fault_says_it(read: Read) -> None:
    of = rubric("canteen")
    remark = replace(observation(of, "C1", SCHOOL, 1.0), fault="合同用了旧版文本")
    assert "可恢复" not in read(letter(of, [remark]))
    said(read(letter(of, [remark, faulty(of, "D1")])), "扣分、可恢复", "可恢复的是该项改好后")


def test_nothing_that_was_said_in_confidence_is_printed(read: Read) -> None:
    """Words typed about interviews and ballots, companions, remarks, file names, ballot counts."""
    of = rubric("party")
    secret = "张三说书记不听意见"
    plain = {item.id: observation(of, item.id, SCHOOL, 1.0) for item in of.indicators}

    def told(owner: str, **ballots: int) -> Observation:
        return replace(
            plain[owner],
            values=plain[owner].values | {k: Decimal(v) for k, v in ballots.items()},
            fault=secret,
            remark=secret,
            reason=secret,
            evidence=("谈话记录-张三.pdf",),
        )

    private = [
        told("G1", 好=17, 差=13),
        told("G2", A=20, D=10),
        told("G3", A=3, D=1),
    ]
    excused = Observation("G2", State.EXCUSED, remark=secret, reason=secret)
    seen = replace(plain["C1"], remark="王五向督学反映", evidence=("赵六的记录.jpg",))
    # The four ballots of G3 could be had by subtraction, were the points of another item there.
    cases = (
        (private, "与人数少的测评合计，不单列分数。—"),
        ([private[0], excused, seen], "按汇总结果，满分5分，计"),
    )
    for changes, scored in cases:
        text = read(letter(of, [*changes, seen]))
        for word in (
            "张三",
            "谈话记录-",
            "王五",
            "赵六",
            COMPANION,
            "陪同",
            "测评票",
            "差13",
            ".pdf",
        ):
            assert word not in text
        said(text, f"G1民主测评（触碰红线“‘差’票达到三分之一”）：{scored}")
    assert not any(secret in part for b in letter_blocks(letter(of, private)) for part in texts(b))


def test_what_hides_or_reorders_text_is_taken_out(read: Read) -> None:
    of = rubric("canteen")
    typed = "甲\u202e乙\u2066丙\u200b\x07丁\x1b[31m\ufe0f\r\n戊\t=1+1<b>己</b>"
    named = replace(SCHOOL, name="青禾\u202e县\u200b第一\n小学")
    wrong = replace(faulty(of, "C1", named), fault=typed)
    made = letter(of, [wrong], school=named)
    said(read(made), "青禾县第一小学：", "甲乙丙丁[31m戊=1+1<b>己</b>")
    printed = "".join(part for block in letter_blocks(made) for part in texts(block))
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", printed
    )


def test_the_bureau_s_own_number_is_printed_and_none_is_made(read: Read) -> None:
    settings = changed(letters=Letters(number="东教督〔2026〕3号"), note="")
    text = read(letter(rubric("canteen"), settings=settings))
    assert text.startswith("东教督〔2026〕3号学校食堂饮食卫生管理意见书")
    assert "编号：" not in text
    said(
        text,
        "请自收到本意见书之日起10个工作日内向青禾县教育局书面提出",
        "年月日送达回执",
        "（东教督〔2026〕3号）",
    )
    said(
        read(letter(rubric("canteen"), [faulty(rubric("canteen"), "C1")], settings=settings)),
        "收到后30日内",
        "请自收到本意见书之日起30日内向青禾县教育局报送整改报告",
    )


@pytest.mark.parametrize(
    ("name", "people", "title"),
    [
        ("shuangjian", "名督学根据", "督导意见书"),
        ("canteen", "名检查人员根据", "学校食堂饮食卫生管理意见书"),
        ("party", "名考核组成员根据", "党建工作考核意见反馈"),
    ],
)
def test_inspectors_and_papers_are_called_as_the_rubric_has_them(
    read: Read, name: str, people: str, title: str
) -> None:
    text = read(letter(rubric(name)))
    said(text, title, people)
    assert people == "名督学根据" or "督学根据" not in text


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        (Letters(), "请自收到本意见书之日起10个工作日内向"),
        (Letters(objection_working_days=15), "请自收到本意见书之日起15个工作日内向"),
        (Letters(objection_days=7), "请自收到本意见书之日起7日内向"),
    ],
)
def test_objections_count_from_receipt(read: Read, letters: Letters, words: str) -> None:
    said(read(letter(rubric("canteen"), settings=changed(letters=letters))), words)


def test_a_demand_goes_no_further_than_the_finding(read: Read) -> None:
    of = rubric("canteen")
    plain = observation(of, "H2", SCHOOL, 1.0)
    missing = replace(
        plain, values=plain.values | {"演练": Decimal(0)}, fault="没有演练", evidence=("台账.jpg",)
    )
    text = read(letter(of, [missing]))
    said(text, "请组织食品安全事故应急演练并存档。", "15日内")
    assert "请制定食品安全事故应急预案" not in text
    assert "请建立食品安全事故报告制度" not in text


def test_several_deadlines_are_told_apart(read: Read) -> None:
    of = rubric("shuangjian")
    plain = observation(of, "E1", SCHOOL, 1.0)
    early = {"小学": Decimal(8 * 60 + 5), "提前到校": Decimal(1)}
    wrong = replace(
        plain, values=plain.values | early, fault="上课早、要求早到", evidence=("作息.jpg",)
    )
    text = read(letter(of, [wrong]))
    said(text, "（1）请调整作息，小学上午上课不早于8:20。（2）请立即停止要求学生提前到校。")
    said(text, "（1）15日内", "（2）立行立改")


def test_demands_of_one_deadline_share_its_number(read: Read) -> None:
    of = rubric("canteen")
    text = read(letter(of, [faulty(of, "C1")]))
    assert "（3）" not in text
    said(text, "（1）30日内", "（2）15日内")
    (asked,) = letter(of, [faulty(of, "C1")]).faults
    assert len(asked.demands) > 2
    for demand in asked.demands:
        said(text, demand.demand)


def test_a_photograph_is_called_by_the_fact() -> None:
    of = rubric("canteen")
    made = letter(of, [replace(faulty(of, "B1"), fault="2名从业人员没有健康证明。另有1人过期")])
    fault = next(item for item in made.faults if item.owner == "B1")
    assert fact_in_short(made, fault) == "2名从业人员没有健康证明"


def test_a_red_line_is_why_the_grade_is_low_not_the_key_item(read: Read) -> None:
    of = rubric("canteen")
    plain = observation(of, "A1", SCHOOL, 1.0)
    values = plain.values | {"无证": Decimal(1), "有效": Decimal(0)}
    crossed = replace(plain, values=values, fault="许可证已注销", evidence=("门头.jpg",))
    text = read(letter(of, [crossed]))
    said(text, "因触碰红线，评为“不合格”。")
    assert "等次没有更高的原因" not in text


def test_a_note_on_the_round_stands_small_on_the_first_page(pages: Pages) -> None:
    made = letter(rubric("canteen"), settings=changed(note="学校和数据均为编造。"))
    first, *_ = pages(letter_pdf(made))
    assert "学校食堂饮食卫生管理意见书（学校和数据均为编造）青禾县第一小学：" in first


def test_several_occasions_are_told_with_their_days(read: Read) -> None:
    of = rubric("canteen")
    settings = changed(occasions=("平时", "年终"))
    more = visits(of, SCHOOL, 1.0, occasion="年终", day=date(2026, 11, 2))
    first = [
        replace(visit, key=replace(visit.key, occasion="平时"))
        for visit in visits(of, SCHOOL, 1.0, day=DAY)
    ]
    made = letter(of, settings=settings, more=more)
    both = replace(made, score=replace(made.score, visits=(*first, *more)))
    said(read(both), "2026年10月14日（平时）、2026年11月2日（年终），检查组")


def test_kindergartens_are_spoken_to_as_such(read: Read) -> None:
    garden = replace(SCHOOL, name="青禾县第一幼儿园", traits=TRAITS | {"学段": "幼儿园"})
    text = read(letter(rubric("canteen"), school=garden))
    assert "你校" not in text
    assert "到你园，" in text


@pytest.fixture(scope="module")
def ratings() -> Rubric:
    made, problems = load_rubric(HYGIENE)
    assert made is not None, problems
    return made


def test_demerits_are_told_in_their_own_words(read: Read, ratings: Rubric) -> None:
    fine = [Observation(item.id, State.CHECKED, {"": Decimal(0)}) for item in ratings.indicators]
    wrong = replace(fine[0], values={"": Decimal(15)}, fault="砧板混用", evidence=("砧板.jpg",))
    made = letter(ratings, [wrong, *fine[1:]])
    text = read(made)
    said(text, "本细则计负分，越少越好。你校计15分。总分", "计15分", "砧板混用", "+15−15")
    assert "折合" not in text
    assert "得满分" not in text
    assert "扣" not in text.replace("扣分、可恢复", "")
