"""A department that does not exist: units, projects, years, every grade and kind of indicator.

Its figures are kept as plain numbers beside the YAML that says them, so that a test can add
them up by itself.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

UNITS = ("市科普中心", "市技术市场管理办公室", "市大型科学仪器设施共享服务平台管理中心",
         "市科技人才发展中心", "市科技信息服务和成果转化促进与知识产权运营保护中心")  # fmt: skip
THINGS = ("场馆开放", "设备维护", "成果推广", "人才服务", "平台运行", "课题研究")
LONG = "面向全市中小企业的科技公共服务平台体系化建设、运行维护与成果转化一体化保障"


@dataclass(frozen=True, kw_only=True)
class Made:
    """A record and the figures that it must come to."""

    stem: str
    unit: str
    project: str
    initial: Decimal
    adjusted: Decimal
    executed: Decimal
    score: Decimal
    grade: str
    indicators: int
    met: int
    missed: tuple[str, ...]
    far_over: tuple[str, ...]
    text: str


def cents(random: Random, low: int, high: int) -> Decimal:
    return Decimal(random.randint(low * 100, high * 100)).scaleb(-2)


def make(random: Random, number: int) -> Made:
    """Make a record whose score is what its sort says: good, fair, poor or failing."""
    unit = UNITS[number % len(UNITS)]
    words = LONG if number % 37 == 5 else THINGS[number % len(THINGS)]
    project = f"{words}项目第{number}号"
    initial = cents(random, 5, 900)
    adjusted = (initial * random.choice((Decimal(1), Decimal("1.05")))).quantize(Decimal("0.01"))
    # How much of everything is reached, in percent.
    level = (100, 100, 100, 97, 80, 66, 40)[number % 7]
    executed = (adjusted * level / 100).quantize(Decimal("0.01"))
    targets = [("数量", "≥", 40 + number % 9, "场", 30), ("质量", "≥", 90, "%", 20),
               ("社会效益", "≥", 50, "万人次", 25), ("社会效益", "≤", 10, "次", 5),
               ("服务对象满意度", "≥", 90, "%", 10)]  # fmt: skip
    lines, scores, missed, far_over = [], [], [], []
    for index, (level2, sign, target, measure, points) in enumerate(targets):
        name = f"{'事故' if sign == '≤' else '指标'}{number}的{index}"
        actual = Decimal(target * level) / 100 if sign == "≥" else Decimal(target * 100) / level
        if level == 100 and index == 0 and number % 4 == 0:
            actual = Decimal(target * 2)
            far_over.append(name)
        actual = actual.quantize(Decimal("0.01"))
        met = actual >= target if sign == "≥" else actual <= target
        share = Decimal(1) if met else (
            actual / target if sign == "≥" else Decimal(target) / actual)  # fmt: skip
        scores.append((points * share + Decimal("0.005")).quantize(Decimal("0.001")))
        scores[-1] = Decimal(int(scores[-1] * 100)) / 100
        if not met:
            missed.append(name)
        reason = (
            ""
            if met and name not in far_over
            else (
                f", 偏差原因分析: 第{number}号项目受天气影响有变动, 改进措施: 明年提前安排{index}"
            )
        )
        amounts = f"年度指标值: {sign}{target}({measure}), 实际完成值: {actual}({measure})"
        lines.append((level2, f"{{三级指标: {name}, {amounts}, 分值: {points}{reason}}}"))
    rate = Decimal(int(executed / adjusted * 10 * 100 + Decimal("0.5"))) / 100
    score = rate + sum(scores)
    grade = next(n for n, least in (("优", 90), ("良", 75), ("合格", 60), ("不合格", 0))
                 if score >= least)  # fmt: skip
    levels: dict[str, dict[str, list[str]]] = {}
    for (level2, line), level1 in zip(
        lines, ("产出", "产出", "效益", "效益", "满意度"), strict=True
    ):
        levels.setdefault(f"{level1}指标", {}).setdefault(f"{level2}指标", []).append(line)
    tree = "".join(
        f"  {one}:\n" + "".join(f"    {two}:\n" + "".join(f"      - {i}\n" for i in every)
                                for two, every in groups.items())
        for one, groups in levels.items()
    )  # fmt: skip
    text = (
        f"项目名称: {project}\n实施单位: {unit}\n项目资金:\n"
        f"  当年财政拨款: {{年初预算数: {initial}, 全年预算数: {adjusted}, "
        f"全年执行数: {executed}}}\n"
        f"年度总体目标:\n  预期目标: 做好第{number}号工作，服务市民。\n"
        f"  实际完成情况: 第{number}号工作全年推进，预算资金按进度支付。\n绩效指标:\n{tree}"
    )
    return Made(
        stem=f"p{number:03}", unit=unit, project=project, initial=initial, adjusted=adjusted,
        executed=executed, score=score, grade=grade, indicators=len(targets),
        met=len(targets) - len(missed), missed=tuple(missed), far_over=tuple(far_over), text=text,
    )  # fmt: skip


def department(folder: Path, *, projects: int, years: tuple[int, ...]) -> dict[int, list[Made]]:
    """Write the records of several years; each year ends some projects and begins others."""
    made: dict[int, list[Made]] = {}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "perfeval.yaml").write_text(
        "主管部门: 市科学技术委员会\n口径: shanghai\n填报日期: 2025-06-30\n", "utf-8"
    )
    for index, year in enumerate(years):
        random = Random(f"{year}")  # noqa: S311  # figures, not secrets
        made[year] = [make(random, n) for n in range(5 * index, projects + 5 * index)]
        (folder / str(year)).mkdir()
        (folder / f"{year}/perfeval.yaml").write_text(f"预算年度: {year}\n", "utf-8")
        for each in made[year]:
            (folder / f"{year}/{each.stem}.yaml").write_text(each.text, "utf-8")
    return made
