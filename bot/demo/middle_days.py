"""The week before the rush, 13 to 16 December: halves that come apart, links instead of files, locked and broken archives."""

from dataclasses import replace

from bot.demo.acts import answers, clean, loose, nominees, note, paper, papers, sends, wanted, writes
from bot.demo.cast import writer
from bot.demo.forms import form, text_document
from bot.demo.nominees import invent
from bot.demo.packing import zipped_gbk, zipped_with_password
from bot.demo.programs import Enclosure, compose
from bot.demo.scene import Expected, Post, Scene, Wanted, on
from bot.model import Outcome, State


def middle_days() -> tuple[Scene, ...]:
    """All of them."""
    return (*_halves(), *_titles(), *_nothing_attached(), *_archives(), *_broken(), *_nameless(), *_jointly())


def _halves() -> tuple[Scene, ...]:
    """The form now, the material an hour later."""
    unions = writer("unions")
    project = invent(unions, "project")
    form_file, material_file = paper(unions, project, dress="controls").enclosures()
    late = Expected(Outcome.RECEIVED, unions.unit, filed=(Wanted(project.name, "project", version=None),))
    missing = Expected(Outcome.RECEIVED, unions.unit, filed=wanted([project], State.DEFECTIVE, "material-missing"))
    first = note(unions, "unions-form", on(13, "10:15"), [project], enclosures=(form_file,))
    second = note(unions, "unions-material", on(13, "11:20"), subject="补充典型材料", enclosures=(material_file,))
    return (
        Scene(first.key, first.at, lambda _: compose(first, unions.program), missing),
        Scene(second.key, second.at, lambda _: compose(second, unions.program), late),
    )


def _titles() -> tuple[Scene, ...]:
    """A subject that names another category is overruled by the form; a material that names another is a contradiction."""
    sanmenxia, kaifeng = writer("sanmenxia"), writer("kaifeng")
    project = nominees(sanmenxia, on(13, "16:30"), {"project": (0,)})
    at = on(14, "09:40")
    team = nominees(kaifeng, at, {"team": (0,)})[0]
    torn = replace(team, material=(f"{team.name}", "（党员服务标兵典型材料）", *team.material[1:]))
    subject = "先进服务团队推荐材料（三门峡）"
    sent = note(
        sanmenxia, "sanmenxia-subject", on(13, "16:30"), project, subject=subject, enclosures=loose(papers(sanmenxia, project))
    )
    contradiction = (Wanted(team.name, None, State.DEFECTIVE, ("category-ambiguous",)),)
    return (
        Scene(
            sent.key,
            sent.at,
            lambda _: compose(sent, sanmenxia.program),
            Expected(Outcome.RECEIVED, sanmenxia.unit, filed=wanted(project)),
        ),
        sends("kaifeng", at, "kaifeng-contradiction", [torn], Expected(Outcome.RECEIVED, kaifeng.unit, filed=contradiction)),
    )


def _nothing_attached() -> tuple[Scene, ...]:
    """Files forgotten, and files left in a cloud; both come after the letter."""
    civil, kaifeng = writer("civil-affairs"), writer("kaifeng")
    link = "https://wx.mail.qq.com/ftn/download?func=3&key=3f1c0b&code=invented"
    text = "各位领导：\n推荐材料已上传为超大附件，请点击下载。\n\n开封市推荐材料.zip (86.2M)\n"
    text += f"进入下载页面：{link}\n\n{kaifeng.written}"
    return (
        writes(
            "civil-affairs",
            on(14, "10:00"),
            "civil-affairs-forgot",
            "省民政厅三个100推荐材料",
            f"您好，省民政厅推荐表和典型材料见附件，请查收。\n\n{civil.written} {civil.clerk.name}",
            Expected(Outcome.RETURNED, findings=("no-attachment",)),
        ),
        clean("civil-affairs", on(14, "10:20"), "civil-affairs-again", project=(0,), team=(0,)),
        writes(
            "kaifeng",
            on(14, "14:30"),
            "kaifeng-cloud",
            "开封市“三个100”推荐材料",
            text,
            Expected(Outcome.RETURNED, findings=("cloud-attachment",)),
        ),
        clean("kaifeng", on(15, "08:50"), "kaifeng-files", project=(0,), team=(1,), member=(0,)),
    )


def _archives() -> tuple[Scene, ...]:
    """An archive with a password, then the same without, names in GBK."""
    energy, at = writer("energy"), on(15, "14:10")
    some = nominees(energy, at, {"project": (0,), "team": (0,), "member": (0,)})

    def write_locked(_: Post) -> bytes:
        files = {f"{number}.docx": one.content for number, one in enumerate(loose(papers(energy, some)), 1)}
        archive = Enclosure("推荐材料（加密）.zip", zipped_with_password(files, b"20211215"))
        return compose(note(energy, "energy-locked", on(15, "09:30"), some, enclosures=(archive,)), energy.program)

    def write_open(post: Post) -> bytes:
        files = {f"河南能源集团/{one.name}": one.content for one in loose(papers(energy, some))}
        archive = Enclosure("推荐材料（无密码）.zip", zipped_gbk(files))
        letter = post.last(energy.address)
        sent = note(energy, "energy-open", at, some, subject=f"答复: {letter.subject}", answers=letter, enclosures=(archive,))
        return compose(sent, energy.program)

    return (
        Scene("energy-locked", on(15, "09:30"), write_locked, Expected(Outcome.RETURNED, findings=("attachment-encrypted",))),
        Scene("energy-open", at, write_open, Expected(Outcome.RECEIVED, energy.unit, filed=wanted(some))),
    )


def _broken() -> tuple[Scene, ...]:
    """A damaged file beside good ones costs that file; a mail of damaged files alone comes back."""
    city, at = writer("pingdingshan"), on(15, "15:00")
    some = nominees(city, at, {"team": (0,)})

    def write_beside(_: Post) -> bytes:
        broken = Enclosure("平顶山市汇总表.docx", text_document(("汇总表",))[:9000])
        return compose(
            note(city, "pingdingshan-one-broken", at, some, enclosures=(*loose(papers(city, some)), broken)), city.program
        )

    company = writer("investment")
    damaged = nominees(company, at, {"project": (0,), "member": (0,)})

    def write_all(_: Post) -> bytes:
        files = tuple(replace(one, content=one.content[: len(one.content) // 3]) for one in loose(papers(company, damaged)))
        return compose(note(company, "investment-broken", on(15, "16:20"), damaged, enclosures=files), company.program)

    beside = Expected(Outcome.RECEIVED, city.unit, findings=("attachment-unreadable",), filed=wanted(some))
    return (
        Scene("pingdingshan-one-broken", at, write_beside, beside),
        Scene(
            "investment-broken", on(15, "16:20"), write_all, Expected(Outcome.RETURNED, findings=("attachment-unreadable",) * 4)
        ),
        sends("investment", on(16, "09:15"), "investment-again", damaged),
    )


def _nameless() -> tuple[Scene, ...]:
    """Papers from a private address that name no unit anywhere; the answer to the letter names it."""
    justice, address = writer("justice"), "qingfeng2021@qq.example"
    stranger = replace(justice, written="", place="", parts=("便民服务中心",))
    project = invent(stranger, "project")
    named = Expected(Outcome.RECEIVED, justice.unit, filed=wanted([project]))

    def write(_: Post) -> bytes:
        files = (
            Enclosure("推荐表.docx", form(project, "in-cell")),
            Enclosure("典型材料.docx", text_document(project.material)),
        )
        text = "您好，推荐表和典型材料见附件，请查收。"
        sent = note(stranger, "nameless", on(16, "10:10"), subject="推荐材料", text=text, sender=address, name="清风徐来")
        return compose(replace(sent, enclosures=files), "qq")

    return (
        Scene("nameless", on(16, "10:10"), write, Expected(Outcome.RETURNED, findings=("unit-unknown",))),
        answers(
            "justice",
            on(16, "15:40"),
            "nameless-named",
            "您好，不好意思忘写单位了，我们是河南省司法厅机关党委。",
            named,
            sender=address,
            name="清风徐来",
        ),
    )


def _jointly() -> tuple[Scene, ...]:
    """Two units nominate jointly; asked which of them, they say it."""
    culture, at = writer("culture"), on(16, "11:00")
    both = "河南省文化和旅游厅、河南省市场监督管理局"
    team = replace(invent(culture, "team"), unit=both).with_fields(推荐单位=both)
    covering = f"省文化和旅游厅与省市场监管局联合推荐材料见附件，请查收。\n\n{culture.clerk.name}"

    def write(_: Post) -> bytes:
        files = (Enclosure("推荐表.docx", form(team, "pairs")), Enclosure("典型材料.docx", text_document(team.material)))
        sent = note(culture, "jointly", at, subject="联合推荐材料", text=covering, name=culture.clerk.name, enclosures=files)
        return compose(sent, culture.program)

    return (
        Scene("jointly", at, write, Expected(Outcome.RETURNED, findings=("unit-ambiguous",))),
        answers(
            "culture",
            on(17, "09:20"),
            "jointly-decided",
            "您好，经商定，由河南省文化和旅游厅推荐。",
            Expected(Outcome.RECEIVED, culture.unit, filed=wanted([team])),
        ),
    )
