"""Publicity by the Chinese work calendar, the deadline, and the length of the material: every border."""

from collections.abc import Iterator

from tests.labelled.label import Case
from tests.labelled.stranger import paper, texts
from tests.labelled.stranger.base import bodies, one
from tests.labelled.stranger.expect import case, n
from tests.labelled.stranger.post import mail

# what the form says | arrival | finding
SHOWN = """
2021年12月15日至12月17日在《新乡日报》公示3个工作日|2021-12-20T09:00:00+08:00|
2021年12月15日至12月17日在《新乡日报》公示|2021-12-18T00:00:01+08:00|
2021年12月15日至12月17日在《新乡日报》公示|2021-12-17T23:59:59+08:00|publicity-too-short
2021年12月16日至12月20日公示|2021-12-20T18:00:00+08:00|publicity-too-short
2021年12月14日至12月16日公示|2021-12-17T08:00:00+08:00|
2021年12月16日至12月17日公示|2021-12-20T08:00:00+08:00|publicity-too-short
2021年12月17日至12月19日公示3天|2021-12-20T08:00:00+08:00|publicity-too-short
12月10日至12月16日在新乡日报公示|2021-12-17T08:00:00+08:00|
12月10日-16日，在《新乡日报》公示，无异议|2021-12-17T08:00:00+08:00|
12.10-12.16公示|2021-12-17T08:00:00+08:00|
2021.12.10—2021.12.16 新乡电视台公示|2021-12-17T08:00:00+08:00|
2021/12/10至2021/12/16|2021-12-17T08:00:00+08:00|
2021-12-10 至 2021-12-16 在市政府网公示|2021-12-17T08:00:00+08:00|
二〇二一年十二月十日至十二月十六日公示|2021-12-17T08:00:00+08:00|
自2021年12月10日起至2021年12月16日止，公示期5个工作日|2021-12-17T08:00:00+08:00|
公示时间：2021年12月10日——12月16日；公示媒体：新乡日报；结果：无异议|2021-12-17T08:00:00+08:00|
２０２１年１２月１０日至１２月１６日公示|2021-12-17T08:00:00+08:00|
2021年12月10日起公示5个工作日|2021-12-17T08:00:00+08:00|
2021年12月16日起公示3个工作日|2021-12-20T08:00:00+08:00|publicity-too-short
2021年9月30日至10月8日公示|2021-12-17T08:00:00+08:00|publicity-too-short
2021年9月30日至10月9日公示|2021-12-17T08:00:00+08:00|
2021年9月24日至9月26日公示|2021-12-17T08:00:00+08:00|publicity-too-short
2021年9月24日至9月27日公示|2021-12-17T08:00:00+08:00|
2021年9月26日至9月28日公示（含调休上班日）|2021-12-17T08:00:00+08:00|
2021年10月8日至10月11日公示|2021-12-17T08:00:00+08:00|
2021年10月1日至10月7日公示|2021-12-17T08:00:00+08:00|publicity-too-short
2021年9月17日至9月22日公示|2021-12-17T08:00:00+08:00|
2021年9月18日至9月22日公示|2021-12-17T08:00:00+08:00|publicity-too-short
2021年12月11日至12月14日公示|2021-12-17T08:00:00+08:00|publicity-too-short
2021年12月31日至2022年1月4日公示|2022-01-06T08:00:00+08:00|publicity-too-short,late
2021年12月31日至2022年1月5日公示|2022-01-06T08:00:00+08:00|late
公示5个工作日|2021-12-17T08:00:00+08:00|field-invalid:公示情况
已在《新乡日报》公示，无异议|2021-12-17T08:00:00+08:00|field-invalid:公示情况
已公示|2021-12-17T08:00:00+08:00|field-invalid:公示情况
|2021-12-17T08:00:00+08:00|publicity-missing
年  月  日至  月  日|2021-12-17T08:00:00+08:00|publicity-missing
2021年12月16日至12月10日公示|2021-12-17T08:00:00+08:00|field-invalid:公示情况
2021年12月32日至12月36日公示|2021-12-17T08:00:00+08:00|field-invalid:公示情况
公示时间：12月8日—10日（3个工作日）|2021-12-17T08:00:00+08:00|
2021年12月8日、9日、10日在新乡日报公示|2021-12-17T08:00:00+08:00|
12月8、9、10日在新乡日报公示|2021-12-17T08:00:00+08:00|
2021年12月8日（星期三）至12月10日（星期五）|2021-12-17T08:00:00+08:00|
12月8日上午9时至12月10日下午6时在市电视台公示|2021-12-17T08:00:00+08:00|
于2021年12月8日在《新乡日报》第3版公示，公示期3个工作日|2021-12-17T08:00:00+08:00|
于2021年12月8日在《新乡日报》第3版公示，公示期为三个工作日，无异议|2021-12-17T08:00:00+08:00|
2021年12月公示5个工作日|2021-12-17T08:00:00+08:00|field-invalid:公示情况
公示期为2021年12月8日到10日|2021-12-17T08:00:00+08:00|
自12月8日至10日止|2021-12-17T08:00:00+08:00|
2021.12.8-12.10|2021-12-17T08:00:00+08:00|
2021.12.8-10|2021-12-17T08:00:00+08:00|
20211208-20211210|2021-12-17T08:00:00+08:00|
12/8-12/10|2021-12-17T08:00:00+08:00|
2021年12月8日~10日|2021-12-17T08:00:00+08:00|
二〇二一年十二月八日至十日|2021-12-17T08:00:00+08:00|
公示7天（12月8日至14日）|2021-12-17T08:00:00+08:00|
12月4日至12月8日公示|2021-12-17T08:00:00+08:00|
12月3日至12月6日公示|2021-12-17T08:00:00+08:00|publicity-too-short
2021年1月1日至1月5日公示|2021-12-17T08:00:00+08:00|publicity-too-short
2021年2月10日至2月18日公示|2021-12-17T08:00:00+08:00|publicity-too-short
2021年2月18日至2月20日公示|2021-12-17T08:00:00+08:00|
2021年4月30日至5月6日公示|2021-12-17T08:00:00+08:00|publicity-too-short
2021年5月6日至5月8日公示|2021-12-17T08:00:00+08:00|
2021年6月11日至6月15日公示|2021-12-17T08:00:00+08:00|publicity-too-short
2021年4月2日至4月6日公示|2021-12-17T08:00:00+08:00|publicity-too-short
2021年4月2日至4月7日公示|2021-12-17T08:00:00+08:00|
2021年10月9日至10月12日公示|2021-12-17T08:00:00+08:00|
2021年10月9日至10月10日公示|2021-12-17T08:00:00+08:00|publicity-too-short
公示起止时间：2021年12月6日-2021年12月8日|2021-12-17T08:00:00+08:00|
2021年12月6日——2021年12月8日，公示媒体：新乡日报|2021-12-17T08:00:00+08:00|
从12月6日开始，到12月8日结束，在新乡网公示|2021-12-17T08:00:00+08:00|
12月6号到12月8号公示|2021-12-17T08:00:00+08:00|
2021 年 12 月 6 日 至 2021 年 12 月 8 日|2021-12-17T08:00:00+08:00|
2021年12月6日至8日，公示无异议。联系电话：0373-3022345|2021-12-17T08:00:00+08:00|
《新乡日报》2021年12月6日A3版，公示时间12月6日至12月10日|2021-12-17T08:00:00+08:00|
经2021年12月3日研究决定推荐，12月6日至8日在新乡日报公示|2021-12-17T08:00:00+08:00|
正在公示|2021-12-17T08:00:00+08:00|field-invalid:公示情况
未公示|2021-12-17T08:00:00+08:00|publicity-missing
公示结束，无异议|2021-12-17T08:00:00+08:00|field-invalid:公示情况
在市属主要媒体公示不少于3个工作日|2021-12-17T08:00:00+08:00|field-invalid:公示情况
2021年12月13日-12月17日正在公示|2021-12-17T08:00:00+08:00|publicity-too-short
"""

# when it arrived | late?
ARRIVED = """
2021-12-20T19:59:00+08:00|
2021-12-20T23:59:59+08:00|
2021-12-21T00:00:00+08:00|late
2021-12-21T00:00:01+08:00|late
2021-12-20T15:59:59+00:00|
2021-12-20T16:00:00+00:00|late
2021-12-20T10:59:59-05:00|
2021-12-20T11:00:00-05:00|late
2021-12-21T00:59:59+09:00|
2021-12-21T01:00:00+09:00|late
2021-12-01T09:00:00+08:00|
2022-01-04T09:00:00+08:00|late
"""


def _shown() -> Iterator[Case]:
    for i, row in enumerate(SHOWN.strip().splitlines()):
        value, at, check = row.split("|")
        finds = [x for x in check.split(",") if x]
        yield one(
            f"publicity-{i:02d}",
            *finds,
            cat=("project", "team", "member")[i % 3],
            over={"公示情况": value},
            mailing={"at": at},
            layout=("four", "lines", "two", "headed")[i % 4],
        )
    for i, (unit, name) in enumerate(
        (("河南省财政厅", "~财政厅"), ("郑州大学", "郑州大学"), ("省总工会", "~总工会"), ("河南能源集团", "~河南能源"))
    ):
        yield one(f"publicity-not-asked-{i}", unit=unit, shown=name, over={"公示情况": ""})
    yield one("publicity-province-short-is-no-matter", unit="省民政厅", shown="~民政厅", over={"公示情况": "在厅机关公示"})
    yield one("publicity-jiyuan", "publicity-missing", unit="济源示范区", shown="~济源", over={"公示情况": ""})


def _arrived() -> Iterator[Case]:
    for i, row in enumerate(ARRIVED.strip().splitlines()):
        at, check = row.split("|")
        over: dict[str, str | None] = {"公示情况": "2021年11月22日至11月26日在日报公示"}
        yield one(f"late-{i:02d}", *([check] if check else []), over=over, mailing={"at": at})
    yield one("late-by-date-only", mailing={"at": "2021-12-20T09:00:00+08:00", "date": "Wed, 22 Dec 2021 09:00:00 +0800"})
    yield one(
        "early-by-date-only", "late", mailing={"at": "2021-12-21T09:00:00+08:00", "date": "Sun, 19 Dec 2021 09:00:00 +0800"}
    )
    yield one("date-nonsense", mailing={"date": "不知何时"})
    yield one(
        "late-and-defective",
        "late",
        "field-missing:项目负责人",
        over={"项目负责人": ""},
        mailing={"at": "2021-12-21T08:00:00+08:00"},
    )


def _length() -> Iterator[Case]:
    for length in (1999, 2000):
        yield one(f"length-{length}", length=length, told={"characters": length})
    for length in (2001, 2500):
        yield one(f"length-{length}", "material-too-long", length=length, told={"characters": length})
    for i, (count, check) in enumerate(((1800, ""), (2000, ""), (2001, "material-too-long"))):
        form, _ = bodies("member", "新乡市", "桑榆晚", f"both{i}")
        del form
        data: dict[str, str | None] = dict(paper.values("member", "新乡市", "桑榆晚", f"both{i}"))
        rows = paper.rows_of("member", data)
        story = texts.material("党员服务标兵桑榆晚典型材料", f"both{i}", count)
        both = paper.docx(paper.p(paper.TITLES["member"]) + paper.four(rows) + "".join(paper.p(x) for x in story))
        yield case(
            f"length-one-file-{count}",
            mail(files={"新乡市桑榆晚.docx": both}),
            "received",
            "新乡市",
            (n("member", "桑榆晚", *([check] if check else []), characters=count),),
        )
    # Latin words count one each by 字数 and many by characters.
    body = texts.material("“e路通”服务项目典型材料", "near", 1500)
    latin = " ".join(f"platform{i}" for i in range(100))
    form, _ = bodies("project", "新乡市", "“e路通”服务项目", "near")
    raw = mail(files={"推荐表.docx": form, "典型材料.docx": paper.prose([*body, latin])})
    yield case(
        "length-near", raw, "received", "新乡市", (n("project", "“e路通”服务项目", "material-near-limit", characters=1600),)
    )
    figures = [*texts.material("数字惠民典型材料", "fig", 1990), "12.5% 0371-6590 3×100 GDP 2021年"]
    form, _ = bodies("project", "新乡市", "数字惠民", "fig")
    raw = mail(files={"推荐表.docx": form, "典型材料.docx": paper.prose(figures)})
    count = sum(texts.words(x) for x in figures)
    near = sum(len("".join(x.split())) for x in figures) > 2000
    yield case(
        "length-figures",
        raw,
        "received",
        "新乡市",
        (n("project", "数字惠民", *(["material-near-limit"] if near else []), characters=count),),
    )


def cases() -> Iterator[Case]:
    yield from _shown()
    yield from _arrived()
    yield from _length()
