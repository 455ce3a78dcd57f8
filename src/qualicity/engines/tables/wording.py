"""What each broken rule says to the person who filed the row: expected, why, how to mend."""

from __future__ import annotations

from datetime import date

from qualicity.definitions.registers import Column, Rule
from qualicity.engines.tables.findings import Wording
from qualicity.errors import Text

#: What a column of each type expects, for a cell that is not understood.
_EXPECTED = {
    "number": Text("数值，如 12.5", "a number such as 12.5"),
    "integer": Text("整数，如 12", "a whole number such as 12"),
    "date": Text("日期，如 2014-05-08", "a date such as 2014-05-08"),
    "datetime": Text("日期时间，如 2014-05-08 14:00", "a date and time such as 2014-05-08 14:00"),
    "boolean": Text("是 或 否", "yes or no"),
    "place": Text(
        "本市县（市、区）、开发区的名称或代码，或外地6位行政区划代码",
        "a place of this city by name or code, or a code of GB/T 2260",
    ),
    "enterprise": Text(
        "18位统一社会信用代码，或9位组织机构代码", "an 18-character credit code, or a 9-character organisation code"
    ),
    "gtin": Text("8、12、13或14位商品条码", "a GTIN of 8, 12, 13 or 14 digits"),
}
_WHY = {
    "number": Text("不是数值，无法计算", "it is not a number and cannot be reckoned with"),
    "integer": Text("不是整数", "it is not a whole number"),
    "date": Text("不是能识别的日期，或没有这一天", "it is no date that is understood, or there is no such day"),
    "datetime": Text("不是能识别的日期时间", "it is no date and time that is understood"),
    "boolean": Text("只能填是或否", "only yes or no can stand here"),
    "code": Text("不在代码表内", "it is not in the list of codes"),
    "place": Text("不认识这个地区，无法归到县区", "the place is not known, so that the row belongs nowhere"),
    "enterprise": Text(
        "校验位或位数不对，找不到对应的企业", "length or check character is wrong: no enterprise answers to it"
    ),
    "gtin": Text("校验位或位数不对", "length or check digit is wrong"),
}
_MEND = {
    "number": Text(
        "只填数字，单位写在表头；没有数据就留空，不要填“/”“—”",
        "enter digits only; leave the cell empty where there is no value",
    ),
    "integer": Text("填整数", "enter a whole number"),
    "date": Text("改为 年-月-日，单元格设为日期格式", "write year-month-day, and format the cell as a date"),
    "datetime": Text("改为 年-月-日 时:分", "write year-month-day hour:minute"),
    "boolean": Text("填“是”或“否”", "enter yes or no"),
    "code": Text("从下拉列表中选择", "choose from the drop-down list"),
    "place": Text(
        "从下拉列表中选择；外地的填6位行政区划代码", "choose from the list; elsewhere enter the six-digit code"
    ),
    "enterprise": Text("对照营业执照核对代码", "check it against the business licence"),
    "gtin": Text("对照商品条码核对数字", "check the digits under the bar code"),
}


def required(column: Column) -> Wording:
    """Return the words for an empty cell that must be given."""
    mend = Text(f"填写“{column.title.zh}”", f"fill in “{column.title.en}”")
    return Wording(expected(column), Text("必填项为空", "a required cell is empty"), mend)


def not_understood(column: Column) -> Wording:
    """Return the words for a cell that is no value of its column's type."""
    return Wording(expected(column), _WHY[column.type], _MEND[column.type])


def expected(column: Column) -> Text:
    """Return what a column expects."""
    if column.type == "code":
        zh = "、".join(value.title.zh for value in column.codes)
        en = ", ".join(value.title.en for value in column.codes)
        return Text(f"其中之一：{zh}", f"one of: {en}")
    if column.type == "text":
        return (
            Text("文字", "text")
            if column.example is None
            else Text(f"如 {column.example}", f"such as {column.example}")
        )
    return _EXPECTED[column.type]


def nearest_code(column: Column, like: str | None) -> tuple[str, str]:
    """Return what is expected where a code is not known: the nearest one, if one is near."""
    usual = expected(column)
    for value in column.codes:
        if like in (value.code, value.title.zh, value.title.en):
            return f"是否指“{value.title.zh}”？{usual.zh}", f"did you mean “{value.title.en}”? {usual.en}"
    return usual.zh, usual.en


def out_of_bounds(column: Column) -> Wording:
    """Return the words for a number outside its column's bounds."""
    unit = f" {column.unit}" if column.unit else ""
    low, high = _figure(column.minimum), _figure(column.maximum)
    if column.maximum is None:
        bounds = Text(f"不小于{low}{unit}", f"{low}{unit} or more")
    elif column.minimum is None:
        bounds = Text(f"不大于{high}{unit}", f"{high}{unit} or less")
    else:
        bounds = Text(f"{low} 至 {high}{unit}", f"{low} to {high}{unit}")
    return Wording(
        bounds,
        Text("超出合理范围", "it lies outside what is possible"),
        Text("核对数值和计量单位", "check the value and its unit"),
    )


def too_many_decimals(column: Column) -> Wording:
    """Return the words for a number with more decimals than its column reports."""
    return Wording(
        Text(f"最多{column.decimals}位小数", f"at most {column.decimals} decimals"),
        Text(
            "小数位数多于规定，可能是计算值而非实测值",
            "it has more decimals than are reported: perhaps computed, not measured",
        ),
        Text("按规定位数修约后填写，或说明原因", "round as prescribed, or explain"),
    )


def too_long(column: Column) -> Wording:
    """Return the words for a text beyond its column's length."""
    return Wording(
        Text(f"最多{column.max_length}个字", f"at most {column.max_length} characters"),
        Text("文字过长", "the text is too long"),
        Text("缩短文字", "shorten the text"),
    )


def wrong_form(column: Column) -> Wording:
    """Return the words for a text that is not written in its column's form."""
    form = column.example or column.pattern or ""
    return Wording(
        Text(f"形如 {form}", f"written like {form}"),
        Text("写法不合规定", "it is not written in the prescribed form"),
        Text("照样例改写", "write it like the example"),
    )


def outside_period(start: date, end: date, *, stock: bool) -> Wording:
    """Return the words for a date that does not belong to the period of the submission."""
    if stock:
        span = Text(f"不晚于 {end}", f"{end} or earlier")
        why = Text("日期晚于报送期末", "the date lies after the period's end")
    else:
        span = Text(f"{start} 至 {end}", f"{start} to {end}")
        why = Text("日期不在报送期内", "the date lies outside the period that is reported")
    return Wording(
        span, why, Text("核对日期；属于别的期间的另行报送", "check the date; report other periods separately")
    )


def repeated_row() -> Wording:
    """Return the words for a row that stands in the file before, cell by cell."""
    return Wording(
        Text("每条记录一行", "one row for each record"),
        Text("与前面一行完全相同", "it is the same as an earlier row in every cell"),
        Text(
            "删去重复的行；若确为两条记录，请区分编号",
            "delete it; where there are two records, give each its own number",
        ),
    )


def duplicate_key(columns: tuple[Column, ...]) -> Wording:
    """Return the words for rows that share a key but not their content."""
    zh, en = "、".join(column.title.zh for column in columns), ", ".join(column.title.en for column in columns)
    return Wording(
        Text(f"{zh}不重复", f"{en} only once"),
        Text(
            f"几行的{zh}相同而内容不同，不知道以哪行为准",
            f"rows share {en} but differ: which one counts is not known",
        ),
        Text("保留正确的一行，其余删去", "keep the right row and delete the others"),
    )


def of_rule(rule: Rule, columns: dict[str, Column]) -> Wording:
    """Return the words for a rule of the register's own."""
    return Wording(_rule_expects(rule, columns), rule.why.text, rule.mend.text)


_OPERATORS = {"<=": "≤", "<": "<", ">=": "≥", ">": ">", "==": "=", "!=": "≠"}


def _rule_expects(rule: Rule, columns: dict[str, Column]) -> Text:
    if rule.compare is not None:
        left, sign = columns[rule.compare.left].title, _OPERATORS[rule.compare.op]
        if rule.compare.right is None:
            value = _figure(rule.compare.value)
            return Text(f"{left.zh} {sign} {value}", f"{left.en} {sign} {value}")
        right = columns[rule.compare.right].title
        return Text(f"{left.zh} {sign} {right.zh}", f"{left.en} {sign} {right.en}")
    assert rule.requirement is not None, f"rule {rule.code} asks nothing"
    title = columns[rule.requirement.column].title
    if rule.requirement.must_be == "given":
        return Text(f"填写{title.zh}", f"{title.en} is given")
    return Text(f"{title.zh}为空", f"{title.en} is empty")


def _figure(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
