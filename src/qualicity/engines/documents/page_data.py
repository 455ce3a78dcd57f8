"""Recognises what a web page prints around a document: index number, dates of the page, menus, buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from qualicity.engines.documents.lines import Block, Line, Table

_KEYS: Final = (
    "信息索引号|索引号|信息分类|主题分类|组配分类|发文机关|发布机构|发布单位|发文单位|制发机关|公开方式|公开时限|公开属性|公开范围|"
    "公开日期|发布日期|发文日期|成文日期|生成日期|印发日期|生效日期|废止日期|有效期|有效性状态|有效性|效力状态|是否有效|文件状态|"
    "文件类别|文件名称|名称|标题|发文字号|发布文号|文件编号|统一编号|文号|信息来源|新闻来源|来源|发布时间|浏览次数|浏览量|访问量|"
    "浏览人次|点击数|点击量|点击|阅读次数|字体大小|字体|字号|责任部门|责任编辑|作者|体裁|签发人|份号|密级|紧急程度|核心提示|主题词|"
    "您当前所在位置|您当前的位置|您的位置|您现在的位置|当前位置|所在位置|今天是|时间|日期|备注|语音|编辑"
)
_KEY: Final = re.compile(rf"(?P<key>{_KEYS})[｜|\s]*[：:][｜|\s]*|^(?P<bare>{_KEYS})(?=$|[｜|\s：:]|宜|\d{{4}}-)")
_LOOSE: Final = re.compile(
    r"^(?:首页|网站首页|无障碍|长者版|打印|关闭|收藏|分享|分享到|朗读|下载|返回|大中小|视力保护色|扫一扫.*|打印本页|关闭窗口|"
    r"[『【\[].{0,8}(?:图文解读|图解|解读|字体|打印|大中小).*|上一篇.*|下一篇.*|相关(?:链接|解读|文档|文章)[：:]?|特急|加急|播放|附件下载.*|"
    r"(?:19|20)\d\d年第\d{1,3}[期号](?:（.*）)?|(?:19|20)\d\d-\d{1,2}-\d{1,2}(?:\s?\d{1,2}:\d\d(?::\d\d)?)?[\s\d｜|]*|[｜|\s]+)(?:[：:]|$)"
)
_TRAIL: Final = re.compile(r"[>＞»].*[>＞»]|^首页[>＞»]|https?://|www\.|ICP备|中国法律信息搜索网|^\[?字体")
_BULLET: Final = re.compile(r"^(?:——|[•●·*\s])+")
_BARS: Final = re.compile(r"[｜|\s]+$")
LONGEST: Final = 160


@dataclass(slots=True)
class PageData:
    """What the page says of the document, by key, and the lines that said so."""

    values: dict[str, str] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def first(self, *keys: str) -> str | None:
        """Return the value of the first of these keys that the page fills."""
        return next((self.values[key] for key in keys if self.values.get(key)), None)


def read_page_data(lines: Sequence[Line], *, top: int) -> PageData:
    """Return the data of the page; keys count only among the first ``top`` lines, buttons anywhere."""
    found = PageData()
    waiting = ""
    for index, line in enumerate(lines):
        text = _BULLET.sub("", line.text)
        if index < top and waiting and not _KEY.match(text) and len(text) <= 80:
            found.values.setdefault(waiting, text)
            found.used.add(line.number)
            waiting = ""
            continue
        waiting = ""
        if index < top and _KEY.match(text) and len(text) <= LONGEST:
            pairs = _pairs(text)
            for key, value in pairs:
                found.values.setdefault(key, value) if value else None
            waiting = pairs[-1][0] if pairs and not pairs[-1][1] and len(pairs) == 1 and text[-1] in "：:" else ""
            found.used.add(line.number)
        elif _LOOSE.match(text) or (index < top and len(text) <= LONGEST and _TRAIL.search(text)):
            found.used.add(line.number)
    return found


def _pairs(text: str) -> list[tuple[str, str]]:
    """Return the keys of one line with their values; several may share a line."""
    marks = list(_KEY.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [
        (mark["key"] or mark["bare"], text[mark.end() : end].strip("｜|：: "))
        for mark, end in zip(marks, ends, strict=True)
    ]


def without_page_tables(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the tables that hold only data of the page laid flat into lines."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and sum(bool(_KEY.match(row.cells[0])) for row in block.rows) * 2 > len(
            block.rows
        ):
            found += [Line(row.number, "｜".join(cell for cell in row.cells if cell)) for row in block.rows]
        elif isinstance(block, Line) and _BARS.search(block.text) and block.text.count("|") + block.text.count("｜"):
            found.append(Line(block.number, _BARS.sub("", block.text), block.origin, block.style))
        else:
            found.append(block)
    return found
