"""The rush, 16 to 20 December: an archive of thirty, thirty mails in ten minutes, quotas, automatic replies, corrections."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.demo.acts import CATEGORIES, answers, clean, loose, nominees, note, paper, papers, sends, shown, wanted, writes
from bot.demo.cast import writer
from bot.demo.forms import form, forms_together, text_document
from bot.demo.machines import automatic_reply, delivery_report
from bot.demo.nominees import Nominee, invent
from bot.demo.packing import page, photograph, summary, zipped, zipped_gbk
from bot.demo.programs import Enclosure, compose
from bot.demo.prose import Topic, material
from bot.demo.scene import Expected, Post, Scene, Wanted, on
from bot.model import Command, Outcome, State


def rush() -> tuple[Scene, ...]:
    """All of them."""
    return (
        *_automatic(),
        _archive_of_thirty(),
        *_thirty_mails(),
        *_quota(),
        *_namesakes(),
        *_three_faults(),
        *_corrected(),
        *_odd_packing(),
        *_asking(),
        *_clean_ones(),
    )


def _automatic() -> tuple[Scene, ...]:
    """Two automatic replies to receipts, one known by its words, one by its header; and a receipt that bounced."""
    transport, zzu = writer("transport"), writer("zzu")
    machine = Expected(Outcome.IGNORED)
    return (
        clean("transport", on(16, "16:30"), "transport-two", project=(0,), team=(0,)),
        Scene("transport-vacation", on(16, "16:44"), lambda post: automatic_reply(transport, post, on(16, "16:44")), machine),
        clean("zzu", on(16, "17:00"), "zzu-three", project=(0,), team=(0,), member=(0,)),
        Scene(
            "zzu-absent",
            on(16, "17:13"),
            lambda post: automatic_reply(zzu, post, on(16, "17:13"), marked=True),
            machine,
        ),
        clean("labour", on(17, "09:50"), "labour-two", project=(0,), team=(0,)),
        Scene(
            "bounced",
            on(17, "10:30"),
            lambda post: delivery_report(post.last(writer("labour").address), on(17, "10:30")),
            Expected(Outcome.BOUNCE),
        ),
    )


def _archive_of_thirty() -> Scene:
    """A large city sends its whole quota in one archive: three folders of ten, names in GBK, a table of contents."""
    city, at, key = writer("xinxiang"), on(17, "08:40"), "xinxiang-thirty"
    some = nominees(city, at, dict.fromkeys(CATEGORIES, range(10)))
    folders = {"project": "1.实事项目", "team": "2.先进服务单位（团队）", "member": "3.党员服务标兵"}

    def write(_: Post) -> bytes:
        files = {}
        for category in CATEGORIES:
            those = papers(city, [one for one in some if one.category == category])
            for file in loose(those):
                files[f"新乡市/{folders[category]}/{file.name}"] = file.content
        files["新乡市/新乡市推荐汇总表.xlsx"] = _summary(some)
        archive = Enclosure("新乡市“三个100”推荐材料（30项）.zip", zipped_gbk(files))
        return compose(note(city, key, at, (), text=_cover(city.written, len(some)), enclosures=(archive,)), city.program)

    return Scene(key, at, write, Expected(Outcome.RECEIVED, city.unit, filed=wanted(some)))


def _cover(unit: str, count: int) -> str:
    return f"实践活动组：\n    现将我市“三个100”推荐材料共{count}项打包报上，汇总表在压缩包内，请审阅。\n\n{unit}"


def _summary(some: Sequence[Nominee]) -> bytes:
    """A 汇总表 of these nominees."""
    head = ("序号", "类别", "名称（姓名）", "联系电话", "备注")
    rows = [(str(number), one.called, one.name, one.fields["联系电话"], "") for number, one in enumerate(some, 1)]
    return summary("“三个100”推选活动推荐汇总表", (head, *rows))


def _thirty_mails() -> tuple[Scene, ...]:
    """Another large city sends thirty mails within ten minutes."""
    city, start = writer("nanyang"), on(17, "16:00")
    some = nominees(city, start, dict.fromkeys(CATEGORIES, range(10)))
    return tuple(
        sends("nanyang", start + timedelta(seconds=20 * number), f"nanyang-{number + 1:02}", [one])
        for number, one in enumerate(some)
    )


def _quota() -> tuple[Scene, ...]:
    """Two projects from a unit that may send one: it takes the first back and the second stands; another leaves it open."""
    office = writer("insurance")
    first, second = (invent(office, "project", number) for number in (0, 1))
    filed = (*wanted([first]), Wanted(second.name, "project", State.OVER_QUOTA, ("over-quota",)))

    def withdraw(post: Post) -> bytes:
        number, letter = post.number(office.address, first.name), post.last(office.address)
        text = f"您好，经研究，保留“{second.name}”，撤回 {number}。谢谢！"
        sent = note(office, "insurance-keeps-second", on(18, "10:00"), subject=f"撤回 {number}", text=text, answers=letter)
        return compose(sent, office.program)

    moved = {first.name: State.WITHDRAWN, second.name: State.ACCEPTED}
    labour = writer("labour")
    member, surplus = invent(labour, "member"), invent(labour, "project", 1)
    later = (*wanted([member]), Wanted(surplus.name, "project", State.OVER_QUOTA, ("over-quota",)))
    return (
        sends(
            "insurance", on(17, "15:10"), "insurance-two", [first, second], Expected(Outcome.RECEIVED, office.unit, filed=filed)
        ),
        Scene(
            "insurance-keeps-second",
            on(18, "10:00"),
            withdraw,
            Expected(Outcome.COMMAND, office.unit, Command.WITHDRAW, moved=moved),
        ),
        sends(
            "labour",
            on(19, "11:30"),
            "labour-one-too-many",
            [surplus, member],
            Expected(Outcome.RECEIVED, labour.unit, filed=later),
        ),
    )


def _namesakes() -> tuple[Scene, ...]:
    """A provincial office and a city nominate the same project, each with a material of its own."""
    office, city, at = writer("health"), writer("zhengzhou"), on(18, "09:30")
    of_city = invent(city, "project", 3, shown=shown(city, at))
    topic = Topic("the office's own words", "health", f"{of_city.name}典型材料", office.place, of_city.name, office.clerk.name)
    of_office = replace(
        of_city.with_fields(推荐单位=office.written, 公示情况=""), unit=office.written, material=material(topic, 1400)
    )
    team = invent(city, "team", shown=shown(city, at))
    filed = (Wanted(of_city.name, "project", findings=("duplicate-nominee",)), *wanted([team]))
    return (
        sends("health", on(16, "14:20"), "health-first", [of_office]),
        sends("zhengzhou", at, "zhengzhou-second", [of_city, team], Expected(Outcome.RECEIVED, city.unit, filed=filed)),
    )


def _three_faults() -> tuple[Scene, ...]:
    """One mail, three nominations, each with a fault of its own; the next day one of them is mended."""
    city, at = writer("zhumadian"), on(18, "11:15")
    project, team, member = nominees(city, at, {"project": (0,), "team": (0,), "member": (0,)})
    undated = project.with_fields(公示情况=f"已在{city.medium}公示5个工作日，无异议。")
    wrong, old = team.with_fields(联系电话="0396-655"), member.with_fields(出生年月="1961年12月", 参加工作时间="1982年7月")
    filed = (
        *wanted([undated], State.DEFECTIVE, "field-invalid 公示情况"),
        *wanted([wrong], State.DEFECTIVE, "field-invalid 联系电话"),
        *wanted([old], State.DEFECTIVE, "not-in-service"),
    )
    file = Enclosure("推荐表（电话已更正）.docx", form(team, "pairs"))
    return (
        sends("zhumadian", at, "zhumadian-faults", [undated, wrong, old], Expected(Outcome.RECEIVED, city.unit, filed=filed)),
        answers(
            "zhumadian",
            on(19, "10:05"),
            "zhumadian-telephone",
            f"您好，{team.name}的联系电话已更正，推荐表见附件。",
            Expected(Outcome.RECEIVED, city.unit, filed=(Wanted(team.name, "team", version=2),)),
            enclosures=(file,),
        ),
    )


def _corrected() -> tuple[Scene, ...]:
    """A unit corrects a figure by itself, from an address that nobody knows yet."""
    city, at = writer("luoyang"), on(18, "15:40")
    some = nominees(city, at, {"project": (0,), "team": (0,), "member": (0,)})
    better = some[0].with_fields(受益人数="36800人")
    filed = (Wanted(better.name, "project", version=2),)
    return (
        sends("luoyang", at, "luoyang-three", some),
        answers(
            "luoyang",
            on(19, "09:20"),
            "luoyang-figure",
            "您好，受益人数统计有误，已更正，请以此次报送为准。",
            Expected(Outcome.RECEIVED, city.unit, findings=("sender-new",), filed=filed),
            enclosures=paper(city, better).enclosures(),
            sender="luoyang.dsb@163.example",
            address=city.address,
        ),
    )


def _odd_packing() -> tuple[Scene, ...]:
    """A county's mail forwarded whole, several forms in one file, an archive with everything that belongs to it."""
    return (_forwarded(), _several_forms(), _archive_with_proof(), _with_a_program())


def _forwarded() -> Scene:
    """The city forwards a county's mail as an attachment; the form inside is the city's."""
    city, at, key = writer("anyang"), on(18, "16:30"), "anyang-forwards"
    some = nominees(city, at, {"member": (0,)})

    def write(_: Post) -> bytes:
        inner = note(
            city,
            "inner",
            on(18, "11:00"),
            some,
            sender="dsb@tangyin.example",
            name="汤阴县",
            enclosures=loose(papers(city, some)),
        )
        attached = Enclosure("转发：汤阴县推荐材料.eml", compose(inner, "qq"), "message/rfc822")
        text = f"您好，现转报汤阴县推荐材料，我市审核同意。\n\n{city.written} {city.clerk.name}"
        return compose(note(city, key, at, subject="安阳市推荐材料（转报）", text=text, enclosures=(attached,)), city.program)

    return Scene(key, at, write, Expected(Outcome.RECEIVED, city.unit, filed=wanted(some)))


def _several_forms() -> Scene:
    """Two forms in one file, the materials beside it."""
    city, at, key = writer("xinyang"), on(18, "17:05"), "xinyang-two-in-one"
    some = nominees(city, at, {"member": (0, 1)})

    def write(_: Post) -> bytes:
        files = [Enclosure("信阳市党员服务标兵推荐表（2人）.docx", forms_together(some, "pairs"))]
        files += [Enclosure(f"{one.name}典型材料.docx", text_document(one.material)) for one in some]
        return compose(note(city, key, at, some, enclosures=tuple(files)), city.program)

    return Scene(key, at, write, Expected(Outcome.RECEIVED, city.unit, filed=wanted(some)))


def _archive_with_proof() -> Scene:
    """Five nominations with summary, publicity page and photographs in one archive with UTF-8 names."""
    city, at, key = writer("shangqiu"), on(19, "10:40"), "shangqiu-archive"
    some = nominees(city, at, {"project": (0, 1), "team": (0, 1), "member": (0,)})

    def write(_: Post) -> bytes:
        files = {file.name: file.content for file in loose(papers(city, some))}
        files["商丘市推荐汇总表.xlsx"] = _summary(some)
        lines = ("关于“三个100”推荐名单的公示", some[0].fields["公示情况"], *(one.name for one in some))
        files["公示证明.pdf"] = page(lines)
        files |= {f"照片/现场照片{number}.png": photograph(60 * number) for number in (1, 2, 3)}
        return compose(note(city, key, at, some, enclosures=(Enclosure("商丘市.zip", zipped(files)),)), city.program)

    return Scene(key, at, write, Expected(Outcome.RECEIVED, city.unit, filed=wanted(some)))


def _with_a_program() -> Scene:
    """A program rides along; it is never opened, and the nominations beside it stand."""
    office, at, key = writer("market"), on(20, "14:10"), "market-with-program"
    some = nominees(office, at, {"project": (0,), "team": (0,), "member": (0,)})

    def write(_: Post) -> bytes:
        program = Enclosure("文件查看器.exe", b"MZ" + bytes(4094))
        return compose(note(office, key, at, some, enclosures=(*loose(papers(office, some)), program)), office.program)

    return Scene(key, at, write, Expected(Outcome.RECEIVED, office.unit, findings=("attachment-unsafe",), filed=wanted(some)))


def _asking() -> tuple[Scene, ...]:
    """A unit asks how things stand."""
    puyang = writer("puyang")
    text = f"您好，想查询一下我市推荐材料的受理情况。谢谢！\n\n{puyang.written} {puyang.clerk.name}"
    return (
        writes("puyang", on(17, "14:00"), "puyang-asks", "查询", text, Expected(Outcome.COMMAND, puyang.unit, Command.STATUS)),
    )


def _clean_ones() -> tuple[Scene, ...]:
    """Units that simply do it right."""
    return (
        clean("jiaozuo", on(17, "11:20"), "jiaozuo-rest", "in-cell", team=(0,), member=(0,)),
        clean("sanmenxia", on(18, "08:55"), "sanmenxia-rest", "colons", team=(0,), member=(0,)),
        clean("xuchang", on(18, "14:25"), "xuchang-rest", "controls", project=(0, 1), member=(0,)),
        clean("luohe", on(19, "16:45"), "luohe-rest", "vertical", team=(0,), member=(0,)),
        clean("jiyuan", on(19, "17:30"), "jiyuan-two", project=(0,), team=(0,)),
        clean("pingdingshan", on(20, "09:05"), "pingdingshan-rest", project=(0, 1), member=(0,)),
        clean("zhoukou", on(20, "10:15"), "zhoukou-rest", project=(0, 1), team=(1,), member=(0,)),
        clean("education", on(20, "11:00"), "education-three", project=(0,), team=(0,), member=(0,)),
    )
