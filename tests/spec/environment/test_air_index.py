"""The air quality index by HJ 633-2012, on hours that the national network published.

按 HJ 633-2012 计算空气质量指数，以国家网发布的小时数据为例。
"""

import numpy as np

from qualicity.errors import Text
from qualicity.methods.air import POLLUTANTS, annual_mean, hourly_aqi, percentile_hj663

TITLE = Text(zh="空气质量指数与年评价", en="The air quality index and the evaluation of a year")


def test_a_published_hour_in_zhengzhou() -> None:
    """On 2 April 2020 at 8 o'clock, PM2.5 of 58 and PM10 of 69 µg/m³ gave a published index of 79 for PM2.5.

    2020 年 4 月 2 日 8 时，PM2.5 为 58、PM10 为 69 µg/m³，发布的指数为 79，首要污染物 PM2.5。
    """
    hour = hourly_aqi(pm25=58, pm10=69, so2=9, no2=38, co=0.7, o3_1h=39)
    assert hour.aqi.tolist() == [79.0]
    assert POLLUTANTS[hour.primary[0]] == "pm25"


def test_a_pollutant_that_was_not_measured_is_left_out() -> None:
    """At the next station PM10 was missing; PM2.5 of 57 µg/m³ alone gave the published 78.

    相邻站点缺 PM10，仅凭 PM2.5 的 57 µg/m³ 得出发布值 78。
    """
    assert hourly_aqi(pm25=57, pm10=np.nan, so2=9, no2=45, co=0.7, o3_1h=31).aqi.tolist() == [78.0]


def test_a_year_with_too_few_days_has_no_mean() -> None:
    """A year of 323 daily values is one short of the 324 that a valid annual mean needs.

    全年有效日均值 323 个，比年均值有效所需的 324 个少一个，不出年均值。
    """
    days = np.arange("2014-01-01", "2014-11-20", dtype="datetime64[D]")
    assert not annual_mean(days, np.full(days.size, 80.0)).valid


def test_the_98th_percentile_lies_between_two_ranked_days() -> None:
    """Of the daily values 1 to 101 the 98th percentile is the 99th in rank.

    日均值为 1 至 101 时，第 98 百分位数是排序后的第 99 个。
    """
    assert percentile_hj663(np.arange(1.0, 102.0), 0.98) == 99.0
