"""Mutations of the good record that make one rule speak, and near misses that make none."""

Edit = tuple[str, str]

EXECUTED = "executed: 98.00"
DAYS = "actual: 310(天)"
POINTS = "points: 20"
SAFE = "      - indicator: 安全事故次数\n        target: ≤2(次)\n        actual: 1(次)\n"
DECLARED = "  appropriation:\n"
REASON = "        deviation_reason: "


def scored(score: str, actual: str = DAYS) -> tuple[Edit, ...]:
    return ((DAYS, f"{actual}\n        declared_score: {score}"),)


def explained(actual: str, reason: str) -> Edit:
    return (DAYS, f"{actual}\n{REASON}{reason}")


def improved(after: str, measure: str) -> Edit:
    return (after, f"{after}\n        improvement: {measure}")


def safe(name: str, target: str, actual: str) -> tuple[Edit, ...]:
    """Put another indicator in the place of the accidents."""
    row = f"      - indicator: {name}\n        target: {target}\n        actual: {actual}\n"
    return ((SAFE, row),)


def counted(name: str, target: str, actual: str) -> tuple[Edit, ...]:
    """Put another indicator in the place of the talks."""
    return (("indicator: 举办讲座", f"indicator: {name}"), ("≥20(场)", target),
            ("actual: 22(场)", f"actual: {actual}"))  # fmt: skip


GOOD_REASON = "因场馆检修少开放十天，明年将提前安排检修"

NO_BUDGET: tuple[Edit, ...] = (
    ("initial_budget: 100.00", "initial_budget: 0.00"),
    ("adjusted_budget: 100.00", "adjusted_budget: 0.00"),
    (EXECUTED, "executed: 0.00"),
)
WHY_NO_BUDGET = ("市民普遍满意", "当年没有安排资金，工作由志愿者承担")


def no_total(rate: str) -> Edit:
    amounts = "    initial_budget: 0.00\n    adjusted_budget: 0.00\n    executed: 0.00\n"
    declared = f"  declared_total:\n{amounts}    declared_execution_rate: {rate}\n"
    return (DECLARED, f"{declared}  declared_execution_score: 10.00\n{DECLARED}")


SPEAKS: list[tuple[str, tuple[Edit, ...]]] = [
    ("funds-do-not-add-up", ((DECLARED, "  declared_total:\n    initial_budget: 100.00\n"
     "    adjusted_budget: 100.00\n    executed: 97.00\n" + DECLARED),)),
    ("budget-zero", (*NO_BUDGET, (DECLARED, "  declared_execution_score: 0\n" + DECLARED))),
    ("budget-zero", (*NO_BUDGET, no_total("98.00"), WHY_NO_BUDGET)),
    ("budget-zero", (*NO_BUDGET, no_total("0.00"))),
    ("overspent", ((EXECUTED, "executed: 100.01"),)),
    ("adjustment-unexplained", (("initial_budget: 100.00", "initial_budget: 89.00"),)),
    ("amount-unit-suspect", (("initial_budget: 100.00", "initial_budget: 10000000.00"),
     ("adjusted_budget: 100.00", "adjusted_budget: 10000000.00"),
     (EXECUTED, "executed: 9800000.00"))),
    ("amount-unit-suspect", (("adjusted_budget: 100.00", "adjusted_budget: 1000000.00"),
     (EXECUTED, "executed: 980000.00"), ("市民普遍满意", "年中追加经费"))),
    ("declared-rate-wrong", ((EXECUTED, EXECUTED + "\n    declared_execution_rate: 97.90"),)),
    ("declared-rate-wrong", ((DECLARED, "  carryover:\n    initial_budget: 0\n    "
     "adjusted_budget: 0\n    executed: 0\n    declared_execution_rate: 100\n" + DECLARED),)),
    ("declared-execution-score-wrong",
     ((DECLARED, "  declared_execution_score: 9.70\n" + DECLARED),)),
    ("execution-low-unexplained", ((EXECUTED, "executed: 89.99"),)),
    ("full-outputs-low-execution", ((EXECUTED, "executed: 59.00"),
     ("市民普遍满意", "资金略有结余"))),
    ("points-not-100", ((POINTS, "points: 20.5"), ("points: 15", "points: 14"))),
    ("level-points-differ", (("indicators:\n",
     "declared_level_points:\n  产出指标: 49\nindicators:\n"),)),
    ("level-points-differ", (("indicators:\n",
     "declared_level_points:\n  成本指标: 10\nindicators:\n"),)),
    ("execution-points-differ",
     ((DECLARED, "  declared_execution_points: 20\n" + DECLARED),)),
    ("level-weight-unusual", ((POINTS, "points: 15"), ("points: 20", "points: 25"))),
    ("points-not-positive", (("points: 15", "points: 0"), (POINTS, "points: 30"),
     ("points: 5\n", "points: 10\n"))),
    ("indicator-dominates", ((POINTS, "points: 31"), ("points: 15", "points: 4"))),
    ("indicator-dominates", (("≥300(天)", "全年开放"),
     ("不少于300天", "更多天"), (DAYS, "actual: 达成指标"))),
    ("dimension-missing", (("  效益指标:\n    社会效益指标:", "  影响指标:\n    社会影响指标:"),)),
    ("satisfaction-missing", (("满意度指标:\n    服务对象满意度指标", "效果指标:\n    服务对象"),
     ("indicator: 观众满意度", "indicator: 观众好评率"))),
    ("score-above-points", scored("20.01")),
    ("score-above-points", ((DECLARED, "  declared_execution_score: 10.01\n" + DECLARED),)),
    ("declared-score-differs", (*scored("19"),
     ("declared_score: 19", f"declared_score: 19\n{REASON}{GOOD_REASON}"))),
    ("declared-score-differs", (("≤2(次)", "≤0(次)"), ("actual: 1(次)",
     f"actual: 1(次)\n        declared_score: 9\n{REASON}{GOOD_REASON}"))),
    ("declared-score-differs", (("≤2(次)", "≥0(次)"), ("安全事故", "应急演练"), ("actual: 1(次)",
     f"actual: 0(次)\n        declared_score: 9\n{REASON}{GOOD_REASON}"))),
    ("unmet-full-score", (("≤2(次)", "=0(次)"), ("actual: 1(次)",
     f"actual: 1(次)\n        declared_score: 10\n{REASON}{GOOD_REASON}"))),
    ("unmet-full-score", (*scored("20", "actual: 290(天)"),
     ("declared_score: 20", f"declared_score: 20\n{REASON}{GOOD_REASON}"))),
    ("qualitative-band", (("≥20(场)", "每月举办"), ("actual: 22(场)",
     f"actual: 部分达成\n        declared_score: 14\n{REASON}{GOOD_REASON}"))),
    ("qualitative-band", (("≥20(场)", "每月举办"), ("actual: 22(场)",
     f"actual: 未达成\n        declared_score: 15\n{REASON}{GOOD_REASON}"))),
    ("qualitative-word-unknown", (("≥20(场)", "每月举办"), ("actual: 22(场)",
     "actual: 很好\n        declared_score: 15"))),
    ("qualitative-vague", (("≥20(场)", "完善、有效"), ("actual: 22(场)", "actual: 达成指标"))),
    ("far-over-target", (("actual: 22(场)", "actual: 26(场)"),)),
    ("target-too-low", (("actual: 22(场)", f"actual: 60(场)\n{REASON}各区加办讲座，场次大增"),)),
    ("comparator-direction", (("target: ≤2(次)", "target: ≥1(次)"),)),
    ("comparator-direction", (("target: ≥20(场)", "target: ≤25(场)"),)),
    ("comparator-direction", safe("讲解投诉件数", "≥1(件)", "1(件)")),
    ("comparator-direction", safe("设备故障停机时间（小时）", "'>1(小时)'", "1.1(小时)")),
    ("comparator-direction", safe("逾期项目数", "≥1(个)", "1(个)")),
    ("comparator-direction", safe("差错率", "≥1(%)", "1(%)")),
    ("comparator-direction", counted("展板制作费用", "≥20(万元)", "22(万元)")),
    ("comparator-direction", (("质量指标", "成本指标"), ("讲解合格率", "场馆租金"),
     ("target: ≥90(%)\n        actual: 95(%)", "target: ≥90(万元)\n        actual: 95(万元)"))),
    ("comparator-direction", counted("培训人数", "≤25(人)", "22(人)")),
    ("comparator-direction", counted("发表论文", "<25(篇)", "22(篇)")),
    ("percentage-above-100", (("actual: 95(%)", "actual: 101(%)"),)),
    ("percentage-above-100", (("讲解合格率", "展项完成率"), ("actual: 95(%)", "actual: 101(%)"))),
    ("level2-misfit", (("举办讲座\n        target: ≥20(场)", "举办讲座\n        target: ≥20(%)"),
     ("actual: 22(场)", "actual: 22(%)"))),
    ("level2-misfit", (("讲解合格率\n        target: ≥90(%)", "讲解\n        target: ≥90(场)"),
     ("actual: 95(%)", "actual: 95(场)"))),
    ("level2-misfit", (("讲解合格率", "讲解按时率"),)),
    ("level2-misfit", (("讲座安排按时率", "讲座覆盖率"),)),
    ("payment-as-output", (("indicator: 讲解合格率", "indicator: 资金支付率"),)),
    ("indicator-duplicate", (("indicator: 举办讲座", "indicator: 场馆 开放天数"),)),
    ("indicator-duplicate", (("场馆开放天数", "科普场馆上半年面向全体市民开放的天数"),
     ("indicator: 举办讲座", "indicator: 科普场馆上半年面向全体市民开放天数"))),
    ("level-name-unusual", (("    数量指标:", "    数量指际:"),)),
    ("level-name-unusual", (("    质量指标:", "    质量指:"),)),
    ("level-name-unusual", (("    社会效益指标:", "    社会效宜指标:"),)),
    ("level-name-unusual", (("    服务对象满意度指标:", "    服务对像满意度指标:"),)),
    ("level-name-unusual", (("  产出指标:", "  一、产出指示:"),)),
    ("declared-total-wrong", (("indicators:\n", "declared_total_score: 99.00\nindicators:\n"),)),
    ("declared-grade-wrong", (("indicators:\n", "declared_grade: 良\nindicators:\n"),)),
    ("unmet-unexplained", ((DAYS, "actual: 290(天)"),)),
    ("deduction-unexplained", (("≥20(场)", "每月举办"), ("actual: 22(场)",
     "actual: 达成指标\n        declared_score: 14"))),
    ("reason-without-deviation", (explained(DAYS, GOOD_REASON),)),
    ("reason-without-deviation", (improved(DAYS, "每月安排一次夜间检修"),)),
    ("reason-without-deviation", (explained(DAYS, "无"), improved(f"{REASON}无", GOOD_REASON))),
    ("reason-boilerplate", (explained("actual: 290(天)", "客观原因"),)),
    ("reason-boilerplate", (explained("actual: 290(天)", "因场馆检修少开放了十天时间"),)),
    ("reason-boilerplate", (explained("actual: 290(天)", "因场馆检修少开放了十天时间"),
     improved("因场馆检修少开放了十天时间", "不适用"))),
    ("unmet-unexplained", (explained("actual: 290(天)", "无"),)),
    ("unmet-unexplained", (explained("actual: 290(天)", "—"), improved("—", "不适用"))),
    ("deduction-unexplained", (("≥20(场)", "每月举办"), ("actual: 22(场)",
     f"actual: 达成指标\n        declared_score: 14\n{REASON}无"))),
    ("far-over-target", (("actual: 22(场)", f"actual: 26(场)\n{REASON}无"),)),
    ("narrative-number-differs", (("讲座场场满员", "举办讲座23场"),)),
    ("narrative-number-differs", (("参观人数稳步上升", "参观人数5.3万人次"),)),
    ("narrative-number-differs", (("市民普遍满意", "观众满意度达97%"),)),
    ("narrative-number-differs", (("参观人数稳步上升", "参观人数5.3万人次比上年增加3000人次"),)),
    ("goal-uncovered", (("让更多市民", "新媒体推送不少于40篇，让更多市民"),)),
    ("narrative-undone", (("市民普遍满意", "夜场尚未开放"),)),
    ("narrative-undone", (("市民普遍满意", "夜场未完成3场"),)),
    ("narrative-undone", (("市民普遍满意", "夜场未完成率为0.8%"),)),
    ("narrative-undone", (("市民普遍满意", "夜场未完成数为零星几场"),)),
    ("narrative-undone", (("市民普遍满意", "夜场尚未开放"), explained(DAYS, "无"))),
    ("narrative-undone", (("市民普遍满意", "夜场尚未开放"),
     ("actual: 22(场)", f"actual: 26(场)\n{REASON}各区加办讲座，场次大增"))),
    ("narrative-undone", (("市民普遍满意", "夜场尚未开放"),
     ("actual: 22(场)", f"actual: 18(场)\n{REASON}讲师档期冲突，下一步提前约定"))),
    ("narrative-undone", (("市民普遍满意", "取消门票，展品更新暂停"),)),
    ("narrative-copied", (("2024年场馆开放310天，讲座场场满员，参观人数稳步上升，市民普遍满意。",
     "全年开放场馆不少于300天，举办多场讲座，让更多市民走近科学。"),)),
    ("wrong-year", (("2024年场馆", "2021年场馆"),)),
    ("placeholder-left", (("市民普遍满意", "满意度为**"),)),
    ("markup-left", (("市民普遍满意", "市民<br>满意"),)),
    ("private-data", (("市民普遍满意", "电话13812345678"),)),
    ("private-data", (("市民普遍满意", "写信至a.b@example.cn"),)),
    ("private-data", (("市民普遍满意", "讲解员身份证11010519491231002X"),)),
    ("private-data", (("市民普遍满意", "编号110105194912310021，身份证11010519491231002x"),)),
    ("private-data", (("市民普遍满意", "电话021-12345678"),)),
    ("private-data", (("市民普遍满意", "账号6222021234567890"),)),
    ("private-data", (("市民普遍满意", "项目代码账户6222021234567890"),)),
    ("private-data", (("市民普遍满意", "款项按合同汇至6222021234567890123"),)),
    ("private-data", (("市民普遍满意", "证书费转入6222021234567890"),)),
    ("placeholder-left", (("市民普遍满意", "举办第XX届科普节"),)),
    ("placeholder-left", (("市民普遍满意", "20XX年举办"),)),
    ("placeholder-left", (("市民普遍满意", "××单位满意"),)),
    ("placeholder-left", (("市民普遍满意", "成效待填"),)),
    ("placeholder-left", (("市民普遍满意", "成效待补充"),)),
    ("wrong-year", (("project: 科普场馆开放", "project: 2021年科普场馆开放"),)),
]  # fmt: skip

SILENT: list[tuple[Edit, ...]] = [
    (("    数量指标:", "    （一）数量指标:"), ("    质量指标:", "    2.质量指标（10分）:")),
    (("    质量指标:", "    教育质量指标:"), ("    社会效益指标:", "    社会效益:")),
    (("    社会效益指标:", "    社会影响指标:"), ("    服务对象满意度", "    群众满意度")),
    (("    数量指标:", "    预期绩效:"), ("    质量指标:", "    工作任务:")),
    (("    数量指标:", "    产出数量:"), ("    质量指标:", "    能力建设指标:")),
    (("    数量指标:", "    产量目标:"), ("    时效指标:", "    时效目标:")),
    (("    质量指标:", "    效率指标:"), ("    社会效益指标:", "    社会效果指标:")),
    (),
    ((DECLARED, "  declared_total:\n    initial_budget: 100.00\n    adjusted_budget: 100.00\n"
      "    executed: 98.00\n" + DECLARED),),
    ((EXECUTED, "executed: 100.00"),),
    (*NO_BUDGET, WHY_NO_BUDGET, (DECLARED, "  declared_execution_score: 10.00\n" + DECLARED)),
    (*NO_BUDGET, WHY_NO_BUDGET, no_total("0.00")),
    (("initial_budget: 100.00", "initial_budget: 92.00"),),
    (("initial_budget: 100.00", "initial_budget: 80.00"), ("市民普遍满意", "年中追加经费")),
    ((EXECUTED, "executed: 90.00"),),
    ((EXECUTED, "executed: 80.00"), ("市民普遍满意", "按规定核减预算")),
    ((EXECUTED, EXECUTED + "\n    declared_execution_rate: 98.00"),),
    ((EXECUTED, EXECUTED + "\n    declared_execution_rate: 98"),),
    ((DECLARED, "  carryover:\n    initial_budget: 0\n    adjusted_budget: 0\n"
      "    executed: 0\n    declared_execution_rate: 0.00\n" + DECLARED),),
    ((EXECUTED, "executed: 80.00"), ("市民普遍满意", "因招标节约，剩余款项结转下年使用")),
    (("市民普遍满意", "合同号2024010112345678，合同编号：2024010112345678"),),
    (("市民普遍满意", "不存在延期，全年未发生延期现象，未完成任务为0"),),
    (("讲座场场满员", "举办讲座第23场于12月完成"),),
    ((DECLARED, "  declared_execution_score: 9.80\n" + DECLARED),),
    (("indicators:\n", "declared_level_points:\n  产出指标: 50.00\nindicators:\n"),),
    ((DECLARED, "  declared_execution_points: 10.00\n" + DECLARED),),
    scored("20"),
    # An equal target that is surpassed keeps its points, and is explained all the same.
    (("≥300(天)", "=300(天)"), *scored("20", f"actual: 310(天)\n{REASON}{GOOD_REASON}")),
    (("adjusted_budget: 100.00", "adjusted_budget: 1000001.00"),
     (EXECUTED, "executed: 980000.00"), ("市民普遍满意", "年中追加经费")),
    (("actual: 22(场)", "actual: 25(场)"),),
    (("actual: 22(场)", f"actual: 26(场)\n{REASON}各区加办讲座，场次大增"),),
    (explained("actual: 290(天)", GOOD_REASON),),
    (explained("actual: 290(天)", "因场馆检修少开放了十天时间"),
     improved("因场馆检修少开放了十天时间", "每月安排一次夜间检修")),
    *((explained(DAYS, word), improved(word, word),
       ("actual: 22(场)", f"actual: 22(场)\n{REASON}无"))
      for word in ("无", "'-'", "——", "/", "不适用", "无。", "无偏差")),
    (("≥20(场)", "每月举办"), ("actual: 22(场)", "actual: 达成指标")),
    (("≥20(场)", "每月举办"),
     ("actual: 22(场)", f"actual: 部分达成\n        declared_score: 12\n{REASON}{GOOD_REASON}")),
    (("actual: 95(%)", "actual: 100(%)"),),
    (("indicator: 观众满意度", "indicator: 观众增长率"), ("actual: 96(%)", "actual: 110(%)")),
    (("indicator: 举办讲座", "indicator: 举办展览"),),
    (("产出指标:", "一、产出指标:"), ("效益指标:", "二、效益指标:"),
     ("满意度指标:", "三、满意度指标:")),
    (("indicators:\n", "declared_total_score: 99.80\nindicators:\n"),),
    (("indicators:\n", "declared_grade: 优\nindicators:\n"),),
    (("2024年场馆", "2025年3月前场馆"),),
    (("参观人数稳步上升", "参观人数5.2万人次"),),
    (("参观人数稳步上升", "参观人数52000余人次"),),
    *((("参观人数稳步上升", words),) for words in ("参观人数比上年增加3000人次",
      "参观人数去年为4.9万人次", "参观人数上半年2.5万人次", "上半年参观人数2.5万人次",
      "参观人数其中学生9000人次", "第一季度参观人数9000人次", "参观人数减少3000人次")),
    *((("市民普遍满意", words),) for words in ("观众满意度较上年提高2%", "观众满意度目标90%",
      "观众满意度计划达90%", "计划观众满意度90%")),
    (("参观人数稳步上升", "参观人数超过5万人次"),),
    (("讲座场场满员", "举办讲座22场，其中上半年举办讲座10场"),),
    (("讲座场场满员", "举办讲座得到23家单位支持"),),
    (("actual: 52000(人次)", "actual: 5.24(万人次)"), ("参观人数稳步上升", "参观人数52449人次")),
    (("让更多市民", "讲座听众不少于20场次，让更多市民"),),
    *((("市民普遍满意", words),) for words in ("全年取消门票", "取消了收费", "取消预约限制",
      "全年无延期", "没有暂停开放")),
    (("市民普遍满意", "部分讲座延期"),
     ("actual: 22(场)", f"actual: 18(场)\n{REASON}讲师档期冲突，下一步提前约定")),
    (("市民普遍满意", "夜场尚未举行"),
     ("actual: 22(场)", f"actual: 18(场)\n{REASON}夜场照明未通过验收，下一步整改")),
    (("市民普遍满意", "档案数字化暂停"), explained("actual: 290(天)", GOOD_REASON)),
    (("市民普遍满意", "“十四五”以来参观者2021人"),),
    (("市民普遍满意", "编号138123456789"),),
    # The check digit, the month and the year of birth: what makes a number one of a person.
    (("市民普遍满意", "编号110105194912310021"),),
    (("市民普遍满意", "编号110105194913310021"),),
    (("市民普遍满意", "编号110105204912310026"),),
    (("市民普遍满意", "统一社会信用代码123100004250057303"),),
    (("市民普遍满意", "统一社会信用代码91310115MA1K35AB2X"),),
    (("市民普遍满意", "新增展板3××4组、3**4组，显示屏3×4米"),),
    (("市民普遍满意", "增购XXL号工作服，参展第XXI届科普节"),),
    (("市民普遍满意", "力量有待补充，设施待填补空白，邀请填写问卷"),),
    (("市民普遍满意", "满意度>90%，a<b"),),
    (("安全事故次数", "事故处理次数"), ("target: ≤2(次)", "target: ≥1(次)")),
    *(safe(name, "≥95(%)", "97(%)") for name in ("支出进度", "讲解无差错率", "资金支出合规率",
      "投诉办结率", "支出占比")),
    *(safe(name, "≥5(%)", "6(%)") for name in ("成本节约率", "企业成本降低率")),
    *(safe(name, "≥300(天)", "310(天)") for name in ("无故障运行天数", "零事故天数")),
    *(safe(name, "≥5(次)", "6(次)") for name in ("事故应急演练", "事故预防宣传次数",
      "受理投诉件数", "办理投诉数", "调解事故起数", "发现漏洞数量", "投诉渠道",
      "逾期项目清理数", "费用减免人数")),
    *(safe(name, "≥5(万元)", "6(万元)") for name in ("损失挽回金额", "避免损失金额",
      "带动企业研发支出", "居民消费支出")),
    *(counted(name, "≥20(万元)", "22(万元)") for name in ("医疗救助支出", "征收费用")),
    (("质量指标", "成本指标"), ("讲解合格率", "预算节约金额"),
     ("target: ≥90(%)\n        actual: 95(%)", "target: ≥90(万元)\n        actual: 95(万元)")),
    (("质量指标", "成本指标"), ("讲解合格率", "预算控制率")),
    *(counted(name, "≤25(次)", "22(次)") for name in ("会议数量", "出国团组数", "公务接待批次",
      "服务投诉件数", "检查发现问题数", "培训会议次数", "车辆运行次数")),
    counted("能耗总量", "≤25(吨)", "22(吨)"),
    counted("服务等候时间", "≤25(分钟)", "22(分钟)"),
    counted("培训经费", "≤25(万元)", "22(万元)"),
    counted("建设工期", "≤25(天)", "22(天)"),
    counted("服务人员数", "≤25(人)", "22(人)"),
    (("讲解合格率", "年度计划完成率"), ("actual: 95(%)", "actual: 112(%)")),
    *(((("场馆开放天数", f"科普场馆{one}面向全体市民开放"), ("indicator: 举办讲座",
       f"indicator: 科普场馆{two}面向全体市民开放")))
      for one, two in (("上半年", "下半年"), ("一季度", "二季度"), ("第一批", "第二批"),
      ("线上", "线下"), ("国内", "国外"), ("市级", "区级"), ("新建", "改建"),
      ("2023年", "2024年"))),
]  # fmt: skip

# Rules that no mutation of this form can make speak alone, and where they are tested.
ELSEWHERE = {
    "cost-missing": "test_a_rule_that_is_off_speaks_in_a_profile_that_wants_it",
    "evidence-missing": "test_evidence_is_asked_for_where_a_profile_wants_it",
    "actual-has-comparator": "test_what_cannot_be_scored_is_named_by_its_rule",
    "unit-mismatch": "test_what_cannot_be_scored_is_named_by_its_rule",
}
