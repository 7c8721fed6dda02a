"""Forms in the layouts of other places, as grids, and those as Word, Excel and web pages."""

import html
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import docx
import openpyxl
from docx.document import Document
from docx.table import Table


@dataclass(frozen=True)
class C:
    """A cell: its text, what it means in the record (none for labels), its spans."""

    text: str
    means: str = ""
    wide: int = 1
    high: int = 1


Row = Sequence[C]
Grid = Sequence[Row]


def v(text: str, *, means: str | None = None, wide: int = 1, high: int = 1) -> C:
    """Make a cell with a value, which stands in the record as it is or as `means` says."""
    return C(text, text if means is None else means, wide, high)


HEAD: Grid = (
    (C("项目名称", wide=2), v("城区道路养护", wide=6)),
    (C("主管部门", wide=2), v("某市交通局", wide=2), C("实施单位"), v("某市道路管理所", wide=3)),
)
GOALS: Grid = (
    (C("年度总体目标", wide=1, high=2), C("预期目标", wide=3), C("实际完成情况", wide=4)),
    (v("养护道路120公里。", wide=3), v("养护道路126公里，群众满意。", wide=4)),
)
NATIONAL: Grid = (
    *HEAD,
    (C("项目资金（万元）", wide=2, high=4), C("年初预算数"), C("全年预算数（A）"),
     C("全年执行数（B）"), C("分值"), C("执行率（B/A）"), C("得分")),
    (C("年度资金总额", wide=0), v("320.00"), v("300.00"), v("297.30"), v("10"),
     v("99.10%", means="99.10"),
     v("9.91")),
    (C("其中：当年财政拨款", wide=0), v("320.00"), v("300.00"), v("297.30"), C("—"), C("99.10%"),
     C("—")),
    (C("上年结转资金", wide=0), v("0.00"), v("0.00"), v("0.00"), C("—"), C(""), C("—")),
    *GOALS,
    (C("一级指标"), C("二级指标"), C("三级指标"), C("年度指标值"), C("实际完成值"), C("分值"),
     C("得分"),
     C("偏差原因分析及改进措施")),
    (v("产出指标", high=3), v("数量指标", high=2), v("养护里程"), v("≥120公里"), v("126公里"),
     v("20"),
     v("20"), C("")),
    (v("坑槽修补"), v("≥5000平方米"), v("4800平方米"), v("20"), v("19.2"),
     v("雨季延长，下年提前备料。")),
    (v("质量指标"), v("验收合格率"), v("=100%"), v("100%"), v("20"), v("20"), C("")),
    (v("满意度指标"), v("服务对象满意度指标"), v("市民满意度"), v("≥90%"), v("93%"), v("30"),
     v("30"),
     C("")),
    (C("总分", wide=5), C("100"), v("99.11"), C("")),
)  # fmt: skip


def _spread(grid: Grid) -> Grid:
    """Give the label column beside 项目资金 its width; `wide=0` marks where it stands."""
    return tuple(tuple(C(c.text, c.means, max(c.wide, 1), c.high) for c in row) for row in grid)


YUNNAN: Grid = (
    (C("项目名称"), v("乡村振兴示范点建设", wide=9)),
    (C("主管部门"), v("某县农业农村局", wide=4), C("实施单位"), v("某县农业技术站", wide=4)),
    (C("项目资金（元）", high=2), C("", wide=2), C("年初预算数"), C("全年预算数"), C("全年执行数"),
     C("分值"), C("执行率"), C("得分", wide=2)),
    (C("年度资金总额", wide=2), v("1500000.00", means="150.00"), v("1500000.00", means="150.00"),
     v("1234567.00", means="123.4567"), v("10"), v("82.30%", means="82.30"), v("8.23", wide=2)),
    (C(""), C("其中：当年财政拨款", wide=2), v("1500000.00", means="150.00"),
     v("1500000.00", means="150.00"), v("1234567.00", means="123.4567"), C("-"), C("82.30%"),
     C("-", wide=2)),
    (C("一级指标"), C("二级指标"), C("三级指标"), C("指标性质"), C("指标值"), C("度量单位"),
     C("实际完成值"),
     C("分值"), C("得分"), C("偏差原因分析及改进措施")),
    (v("产出指标", high=2), v("数量指标"), v("示范点个数"), C(">=", means="≥6(个)"),
     C("6", means="≥6(个)"),
     C("个", means="≥6(个)"), v("6", means="6(个)"), v("50"), v("50"), C("")),
    (v("时效指标"), v("按期完工"), C("定性指标"), v("年底前完工"), C("无"), v("达成指标"), v("20"),
     v("20"),
     C("")),
    (v("效益指标"), v("经济效益指标"), v("农户增收"), C("≥", means="≥8(%)"), C("8", means="≥8(%)"),
     C("%", means="≥8(%)"), v("6.5", means="6.5(%)"), v("20"), v("16.25"), v("市场价格下跌")),
    (C("合计", wide=7), C("100"), v("94.48"), C("")),
)  # fmt: skip
SICHUAN: Grid = (
    (C("项目名称"), v("图书馆夜间开放", wide=7)),
    (C("主管部门"), v("某区文化局", wide=3), C("项目单位"), v("某区图书馆", wide=3)),
    (C("项目资金（万元）", wide=2), C("年初预算"), C("调整后预算数"), C("执行数"), C("权重"),
     C("执行率"),
     C("得分")),
    (C("资金总额", wide=2), v("88.00"), v("80.00"), v("80.00"), v("10"),
     v("100.00%", means="100.00"),
     v("10.00")),
    (C("财政资金", wide=2), v("88.00"), v("80.00"), v("80.00"), C("/"), C("100.00%"), C("/")),
    (C("其他资金", wide=2), v("0.00"), v("0.00"), v("0.00"), C("/"), C("/"), C("/")),
    (C("一级指标"), C("二级指标"), C("三级指标"), C("目标值"), C("完成值"), C("权重"), C("得分"),
     C("未完成原因分析")),
    (v("产出指标"), v("数量指标"), v("夜间开放天数"), v("≥300(天)"), v("312(天)"), v("50.00"),
     v("50.00"),
     C("")),
    (v("满意度指标"), v("服务对象满意度指标"), v("读者满意度"), v("≥95.00(%)"), v("91.20(%)"),
     v("40.00"),
     v("38.40"), v("座位不足")),
    (C("评价结论"), v("良", wide=7)),
    (C("存在问题"), v("座位不足。", wide=7)),
    (C("改进措施"), v("下年增设座位。", wide=7)),
)  # fmt: skip
HUBEI: Grid = (
    (C("项目名称", wide=2), v("社区食堂补助", wide=5)),
    (C("主管部门", wide=2), v("某区民政局", wide=2), C("实施单位"), v("某街道办事处", wide=2)),
    (C("预算执行情况（万元）", wide=2), C("预算数"), C("执行数"), C("执行率"), C("得分", wide=2)),
    (C("年度财政资金总额", wide=2), v("60.00"), v("57.00"), v("95.00%", means="95.00"),
     v("19", wide=2)),
    (C("一级指标"), C("二级指标"), C("三级指标"), C("年初目标值"), C("实际完成值"), C("得分"),
     C("备注")),
    (v("产出指标", high=2), v("数量指标"), v("补助食堂数"), v("≥12个"), v("12个"), v("40"), C("")),
    (v("质量指标"), v("食品抽检合格率"), v("100%"), v("98%"), v("38"), v("一家不合格，已整改。")),
)  # fmt: skip
CHONGQING: Grid = (
    (C("项目名称"), v("河道清淤", wide=6)),
    (C("主管部门"), v("某区水利局", wide=3), C("实施单位"), v("某区河道站", wide=2)),
    (C("资金（万元）"), C("年初预算数"), C("全年预算数"), C("全年执行数"), C("执行率"), C("分值"),
     C("得分")),
    (C("年度总金额"), v("45.50"), v("45.50"), v("45.00"), v("98.90", means="98.90"), v("10"),
     v("9.89")),
    (C("指标名称"), C("计量单位"), C("指标性质"), C("指标值"), C("实际完成值"), C("权重"),
     C("得分")),
    (v("清淤长度"), C("公里", means="≥3.5(公里)"), C("≥", means="≥3.5(公里)"),
     C("3.5", means="≥3.5(公里)"), v("3.6", means="3.6(公里)"), v("60"), v("60")),
    (v("水质达标"), C(""), C("定性"), v("达到Ⅲ类"), v("达成"), v("30"), v("30")),
)  # fmt: skip
TRADITIONAL: Grid = (
    (C("項目名稱", wide=1), v("圖書採購", wide=7)),
    (C("主管部門"), v("某區文化局", wide=3), C("實施單位"), v("某區圖書館", wide=3)),
    (C("項目資金（萬元）", wide=2), C("年初預算數"), C("全年預算數"), C("全年執行數"), C("分值"),
     C("執行率"),
     C("得分")),
    (C("年度資金總額", wide=2), v("30.00"), v("30.00"), v("29.10"), v("10.00"), v("97.00"),
     v("9.70")),
    (C("當年財政撥款", wide=2), v("30.00"), v("30.00"), v("29.10"), C("-"), C("97.00"), C("-")),
    (C("一級指標"), C("二級指標"), C("三級指標"), C("年度指標值"), C("實際完成值"), C("分值"),
     C("得分"),
     C("偏差原因分析及改進措施")),
    (v("產出指標"), v("數量指標"), v("採購圖書"), v("≥5000(冊)"), v("5120(冊)"), v("90.00"),
     v("90.00"),
     C("")),
    (C("總分", wide=5), C("100.00"), v("99.70"), C("")),
    (C("評分等級", wide=1), v("優", wide=7)),
)  # fmt: skip
LAYOUTS: dict[str, Grid] = {
    "national": _spread(NATIONAL), "Yunnan": YUNNAN, "Sichuan": SICHUAN, "Hubei": HUBEI,
    "Chongqing": CHONGQING, "traditional": TRADITIONAL,
}  # fmt: skip
TITLE = "项目支出绩效自评表（2024年度）"


def _laid(grid: Grid) -> list[tuple[int, int, C]]:
    """Return each cell with the row and column that it begins in."""
    taken: set[tuple[int, int]] = set()
    found = []
    for y, row in enumerate(grid):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            found.append((y, x, cell))
            taken |= {(y + dy, x + dx) for dy in range(cell.high) for dx in range(cell.wide)}
            x += cell.wide
    return found


def word(grid: Grid) -> bytes:
    document: Document = docx.Document()
    document.add_paragraph(TITLE)
    laid = _laid(grid)
    columns = max(x + c.wide for _, x, c in laid)
    rows = max(y + c.high for y, _, c in laid)
    table: Table = document.add_table(rows, columns, style="Table Grid")
    for y, x, cell in laid:
        area = table.cell(y, x).merge(table.cell(y + cell.high - 1, x + cell.wide - 1))
        area.text = cell.text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel(grid: Grid) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"] = TITLE
    for y, x, cell in _laid(grid):
        page.cell(y + 2, x + 1, cell.text).data_type = "s"  # `=100%` is no formula
        if cell.wide > 1 or cell.high > 1:
            page.merge_cells(
                start_row=y + 2, start_column=x + 1, end_row=y + 1 + cell.high,
                end_column=x + cell.wide,
            )  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def web(grid: Grid) -> bytes:
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td rowspan={c.high} colspan={c.wide}><p>{html.escape(c.text)}</p></td>" for c in row
        )
        + "</tr>"
        for row in grid
    )
    return f"<h1>{TITLE}</h1><table>{rows}</table>".encode()


KINDS: dict[str, Callable[[Grid], bytes]] = {"docx": word, "xlsx": excel, "html": web}
