"""The first days, 1 to 10 December: questions, an advertisement, a county by itself, the first papers and what they lack."""

from dataclasses import replace
from datetime import date

from bot.demo.acts import answers, clean, loose, nominees, note, paper, papers, sends, shown, wanted, writes
from bot.demo.cast import Writer, writer
from bot.demo.forms import form
from bot.demo.nominees import Nominee, invent, publicity
from bot.demo.people import person
from bot.demo.programs import Enclosure, Note, compose
from bot.demo.scene import MAILBOX, Expected, Post, Scene, Wanted, on
from bot.model import Command, Outcome, State

COUNTY = Writer(
    unit="商水县",
    written="商水县党史学习教育领导小组办公室",
    place="商水县",
    address="dsb@shangshui.example",
    program="qq",
    clerk=person("clerk", "商水县"),
)


def first_days() -> tuple[Scene, ...]:
    """All of them, in order of arrival."""
    return (*_questions(), *_county(), *_water(), *_publicity(), *_candidate(), *_too_long())


def _questions() -> tuple[Scene, ...]:
    women, hebi = writer("women"), writer("hebi")
    return (
        writes(
            "women",
            on(1, "10:12"),
            "where-are-the-forms",
            "咨询推荐表",
            "您好，通知里说推荐表附后，但我们没有看到附件。请问表格在哪里下载？"
            f"\n\n{women.unit} {women.clerk.name} {women.clerk.office}",
            Expected(Outcome.COMMAND, command=Command.FORMS),
        ),
        writes(
            "hebi",
            on(2, "15:40"),
            "does-it-use-our-places",
            "关于名额的咨询",
            f"领导您好：\n    请问中央、省驻我市单位推荐的项目，是否占用我市名额？盼复。\n\n{hebi.written} {hebi.clerk.name}",
            Expected(Outcome.HELD),
        ),
        Scene("banners-and-medals", on(3, "11:05"), lambda _: compose(_advertisement(), "qq"), Expected(Outcome.IGNORED)),
    )


def _advertisement() -> Note:
    text = "专业定制锦旗、奖牌、荣誉证书、企业画册，厂家直销，年底优惠促销，满千立减！\n"
    text += "欢迎来电咨询，加微信享折扣。\n\n如不想再收到此类邮件，请回复TD退订。"
    subject = "年终表彰锦旗奖牌定制 厂家直销 限时优惠"
    return Note("banners-and-medals", on(3, "11:05"), "sales@banners.example", "金奖杯工艺品", MAILBOX, subject, text)


def _county() -> tuple[Scene, ...]:
    """A county writes by itself; its city sends the same project two days later."""
    zhoukou, alone, through = writer("zhoukou"), on(6, "09:18"), on(8, "10:02")
    project = invent(zhoukou, "project", 4, shown=publicity(zhoukou, date(2021, 12, 1), date(2021, 12, 7), 5))
    of_county = replace(project, unit=COUNTY.written).with_fields(推荐单位=COUNTY.written)

    def write(_: Post) -> bytes:
        sent = note(COUNTY, "county-alone", alone, [of_county], enclosures=loose(papers(COUNTY, [of_county])))
        return compose(sent, COUNTY.program)

    expected = Expected(Outcome.RETURNED, COUNTY.unit, findings=("unit-not-entitled",))
    team = invent(zhoukou, "team", 0, shown=shown(zhoukou, through))
    return (
        Scene("county-alone", alone, write, expected),
        sends("zhoukou", through, "county-through-its-city", [project, team]),
    )


def _water() -> tuple[Scene, ...]:
    """A form without a telephone number, mended by a reply that brings the form again."""
    water = writer("water")
    project = invent(water, "project")
    lacking = project.without("联系电话")
    defect = wanted([project], State.DEFECTIVE, "field-missing 联系电话")
    mended = paper(water, project)
    return (
        sends("water", on(7, "14:20"), "water-no-telephone", [lacking], Expected(Outcome.RECEIVED, water.unit, filed=defect)),
        answers(
            "water",
            on(8, "09:30"),
            "water-telephone-added",
            "您好，联系电话已补填，推荐表重新报送，请查收。",
            Expected(Outcome.RECEIVED, water.unit, filed=(Wanted(project.name, "project", version=2),)),
            enclosures=(Enclosure(mended.form_name, form(project, mended.dress)),),
        ),
        clean("puyang", on(8, "16:05"), "puyang-three", project=(0,), team=(0,), member=(0,)),
    )


def _publicity() -> tuple[Scene, ...]:
    """One city published for two days only, another not at all; both mend it, one by reply, one with the number."""
    jiaozuo, xuchang = writer("jiaozuo"), writer("xuchang")
    short = invent(jiaozuo, "project", shown=publicity(jiaozuo, date(2021, 12, 7), date(2021, 12, 8), 2))
    longer = short.with_fields(公示情况=publicity(jiaozuo, date(2021, 12, 9), date(2021, 12, 14), 4))
    silent, told = invent(xuchang, "team"), invent(xuchang, "team", shown=shown(xuchang, on(14, "10:40")))
    return (
        sends("jiaozuo", on(9, "10:20"), "jiaozuo-two-days", [short], _defective(jiaozuo, short, "publicity-too-short")),
        sends("xuchang", on(9, "15:30"), "xuchang-no-publicity", [silent], _defective(xuchang, silent, "publicity-missing")),
        _numbered(xuchang, told),
        answers(
            "jiaozuo",
            on(15, "09:10"),
            "jiaozuo-four-days",
            "已按要求重新公示4个工作日，更正后的推荐表见附件。",
            _mended(jiaozuo, longer),
            enclosures=(Enclosure("推荐表（更正）.docx", form(longer)),),
        ),
    )


def _defective(who: Writer, nominee: Nominee, finding: str) -> Expected:
    return Expected(Outcome.RECEIVED, who.unit, filed=wanted([nominee], State.DEFECTIVE, finding))


def _mended(who: Writer, nominee: Nominee) -> Expected:
    return Expected(Outcome.RECEIVED, who.unit, filed=(Wanted(nominee.name, nominee.category, version=2),))


def _numbered(who: Writer, nominee: Nominee) -> Scene:
    """A new mail, no reply, with the nomination's number in the subject."""
    at, key = on(14, "10:40"), "xuchang-by-number"

    def write(post: Post) -> bytes:
        number = post.number(who.address, nominee.name)
        file = Enclosure(f"{number}推荐表.docx", form(nominee, "vertical"))
        sent = note(who, key, at, subject=f"{number} 补正材料", text="公示情况已补填，推荐表见附件。", enclosures=(file,))
        return compose(sent, who.program)

    return Scene(key, at, write, _mended(who, nominee))


def _candidate() -> tuple[Scene, ...]:
    """A candidate member of the party is no member; the university takes him back and names another."""
    henau = writer("henau")
    candidate = invent(henau, "member").with_fields(政治面貌="中共预备党员", 入党时间="2021年6月")
    withdrawn = Expected(Outcome.COMMAND, henau.unit, Command.WITHDRAW, moved={candidate.name: State.WITHDRAWN})

    def withdraw(post: Post) -> bytes:
        number = post.number(henau.address, candidate.name)
        text = f"您好，经研究，我校撤回 {number}（{candidate.name}），另行推荐。\n\n{henau.unit} {henau.clerk.name}"
        return compose(note(henau, "henau-withdraws", on(13, "09:00"), subject=f"撤回 {number}", text=text), henau.program)

    return (
        sends("henau", on(10, "09:05"), "henau-candidate", [candidate], _defective(henau, candidate, "not-party-member")),
        Scene("henau-withdraws", on(13, "09:00"), withdraw, withdrawn),
        clean("henau", on(13, "09:25"), "henau-another", member=(1,)),
    )


def _too_long() -> tuple[Scene, ...]:
    """A material far above 2,000 字, shortened and sent alone in a reply."""
    luohe, at = writer("luohe"), on(10, "11:00")
    short = nominees(luohe, at, {"project": (0,)})[0]
    long = invent(luohe, "project", shown=short.fields["公示情况"], words=2300)
    file = paper(luohe, short).enclosures()[1]
    return (
        sends("luohe", at, "luohe-too-long", [long], _defective(luohe, long, "material-too-long")),
        answers(
            "luohe",
            on(13, "15:00"),
            "luohe-shortened",
            "典型材料已压缩到2000字以内，请以此为准。",
            _mended(luohe, short),
            enclosures=(file,),
        ),
    )
