"""What cities write of their publicity: dates in every writing, holidays and days worked for them, not over, not said."""

from collections.abc import Iterator

from tests.labelled.clerks.base import case, filed, pair, received, written
from tests.labelled.clerks.drawing import HAND_NAMES
from tests.labelled.clerks.sheet import MEMBER, PROJECT, TEAM, sheet
from tests.labelled.label import Case, at

SHORT, NONE, UNDATED = "publicity-too-short", "publicity-missing", "field-invalid:公示情况"
SAID: tuple[tuple[str, int, str], ...] = (
    ("2021.12.1-12.3在《郑州日报》公示", 13, ""),
    ("12月6日-8日，郑州晚报，无异议", 13, ""),
    ("二〇二一年十二月一日至七日在洛阳日报公示", 13, ""),
    ("二○二一年十二月三日至六日在报纸公示", 13, SHORT),
    ("2021年12月4日至5日公示", 13, SHORT),
    ("2021年12月3日至12月7日公示3个工作日", 13, ""),
    ("2021年12月9日至13日在日报公示", 13, SHORT),
    ("2021年12月9日至13日在日报公示 ", 14, ""),
    ("2021/12/6—2021/12/8，晚报", 13, ""),
    ("自2021年12月2日起公示5个工作日", 13, ""),
    ("公示5个工作日，无异议", 13, UNDATED),
    ("已公示", 13, UNDATED),
    ("已按要求在市属主要媒体公示，无异议。", 13, UNDATED),
    ("正在公示", 13, UNDATED),
    ("2021年12月上旬在日报公示", 13, UNDATED),
    ("2021年9月30日至10月7日，日报", 13, SHORT),
    ("2021年10月7日至10月9日，日报", 13, SHORT),
    ("2021年10月8日至10月11日，日报", 13, ""),
    ("2021年9月17日—9月22日，日报", 13, ""),
    ("2021年9月18日至9月21日，日报", 13, SHORT),
    ("2021年12月15日至17日，电视台", 17, SHORT),
    ("2021年12月15日至17日，电视台 ", 18, ""),
    ("2021年12月16日至20日，电视台", 20, SHORT),
    ("2021年12月1日、2日、3日在日报公示", 13, ""),
    ("2021年12月6日（周一）至2021年12月8日（周三）", 13, ""),
    ("12.6~12.8 日报", 13, ""),
    ("2021-12-06 至 2021-12-10 市电视台", 13, ""),
    ("2021年11月31日至12月3日", 13, UNDATED),
    ("2021年12月20日至22日", 13, SHORT),
    ("于2021年12月1日至2021年12月7日在《商丘日报》、商丘网公示，公示期5个工作日，期间收到1条意见，经核查不属实", 13, ""),
    ("２０２１年１２月１日至１２月７日", 13, ""),
    ("2021年12月1日8:00至12月3日18:00", 13, ""),
    ("从2021年11月29号到12月3号", 13, ""),
    ("十二月六日至十二月八日，无异议", 13, ""),
    ("", 13, NONE),
    ("    ", 13, NONE),
    ("    年  月  日至    年  月  日", 13, NONE),
    ("公示时间：2021年12月6日—10日；公示媒体：市日报；公示结果：无异议", 13, ""),
    ("公示媒体：市日报\n公示时间：2021年12月6日-2021年12月10日\n公示结果：无异议", 13, ""),
    ("2021年12月6日起至12月8日止", 13, ""),
    ("21年12月6日-12月8日", 13, ""),
    ("2021．12．6—2021．12．8", 13, ""),
    ("2021年12月6—8日在县融媒体中心公示", 13, ""),
    ("2021 年 12 月 6 日 至 2021 年 12 月 8 日", 13, ""),
    ("20211206-20211208", 13, ""),
    ("2021年12月7日-8日（2个工作日）", 13, SHORT),
    ("2021年12月10日至12月12日在日报公示3天", 13, SHORT),
    ("2021年12月10日至12月14日（含周末）", 15, ""),
    ("2021年11月26日-2021年11月30日，市政府网站", 13, ""),
    ("公示期：12月1日——12月7日，监督电话0373-3051234", 13, ""),
    ("2021年12月1日至2021年12月7日，公示期满无异议，监督电话：0373-12380，联系人：2021年度考评办", 13, ""),
)
NOT_ASKED = ("", "无", "/", "公示2天", "2021年12月11日至12日", "正在公示", "单位内部公示3个工作日")


def cases() -> Iterator[Case]:
    """Each writing in a layout of its own; what is not asked of units that are no cities."""
    cities = (("郑州市", "410100"), ("洛阳市", "410300"), ("开封市", "410200"), ("鹤壁市", "410600"))
    for number, (said, day, finding) in enumerate(SAID):
        unit, code = cities[number % len(cities)]
        one = sheet(f"publicity {number}", (PROJECT, TEAM, MEMBER)[number % 3], unit, said)
        files = pair(one, HAND_NAMES[number % len(HAND_NAMES)])
        mail = written(f"publicity {number}", "推荐材料", "请收", files, when=at(day, 18))
        yield case(f"publicity-{number:02d}", received(mail, code, filed(one, *([finding] if finding else []))))
    for number, said in enumerate(NOT_ASKED):
        one = sheet(f"publicity not asked {number}", (PROJECT, TEAM, MEMBER)[number % 3], "省文物局", said)
        mail = written(f"not asked {number}", "推荐材料", "请收", pair(one))
        yield case(f"publicity-not-asked-{number}", received(mail, "S069", filed(one)))
    one = sheet("publicity no line", TEAM, "郑州市").without("公示情况")
    mail = written("no line", "推荐材料", "请收", pair(one))
    yield case("publicity-no-line", received(mail, "410100", filed(one, NONE)))
