"""A township secretary who forwards what was forwarded to her: prefixes, quoted letters, other names and requests in the quote."""

from collections.abc import Iterator
from dataclasses import replace

from tests.labelled.clerks.base import FORM, STORY, case, filed, pair, received, written
from tests.labelled.clerks.drawing import story
from tests.labelled.clerks.names import OVER
from tests.labelled.clerks.sheet import MEMBER, PROJECT, TEAM, sheet
from tests.labelled.envelope import File
from tests.labelled.label import Case, at

PREFIXES = (
    "Fw: ",
    "FW：",
    "转发：",
    "Fwd: Fw: ",
    "回复: 转发: ",
    "答复：转发：",
    "Re: Re: Fw: ",
    "【转发】",
    "转:",
    "转发: 回复：转发: 答复: ",
)
QUOTES = {
    "qq": '\n\n------------------ 原始邮件 ------------------\n发件人: "{who}" <{box}>;\n发送时间: 2021年12月10日(星期五) 下午3:12\n'
    '收件人: "老刘"<liu@example.com>;\n主题: {what}\n\n{said}',
    "netease": '\n\n-------- 转发邮件信息 --------\n发件人："{who}" <{box}>\n发送日期：2021-12-10 15:12:33\n收件人：liu <liu@example.com>\n主题：{what}\n{said}',
    "foxmail": "\n\n\n\nliu@example.com\n \n发件人： {who}\n发送时间： 2021-12-10 15:12\n收件人： liu\n主题： {what}\n{said}",
    "outlook": "\n\n_____________________________\nFrom: {who} <{box}>\nSent: Friday, December 10, 2021 3:12 PM\nTo: liu\nSubject: {what}\n\n{said}",
    "wrote": '\n\n在 2021-12-10 15:12:33，"{who}" <{box}> 写道：\n> {said}',
}
SAID = {
    "question": "请问推荐表在哪里下载？截止时间是哪天？谢谢",
    "withdrawal": "上次报的那个先撤回，等我们改好再报。",
    "status": "请帮忙查询一下我们的材料收到没有。",
    "vacation": "您好，我正在休假，无法及时回复您的邮件。",
    "thanks": "收到，谢谢！",
}


def cases() -> Iterator[Case]:
    """Every prefix; every way of quoting with every thing said below; letters in letters."""
    for number, prefix in enumerate(PREFIXES):
        one = sheet(f"forward {prefix}", (PROJECT, TEAM, MEMBER)[number % 3], "省民政厅")
        mail = written(f"forward {prefix}", f"{prefix}推荐材料", "请收。", pair(one))
        yield case(f"forward-prefix-{number}", received(mail, "S037", filed(one)))
    for number, (style, quote) in enumerate(QUOTES.items()):
        for what, said in SAID.items():
            one = sheet(f"forward {style} {what}", (TEAM, MEMBER, PROJECT)[number % 3], "省水利厅")
            below = quote.format(who="周口老王", box="wang@example.com", what="关于周口市推荐材料", said=said)
            mail = written(f"forward {style} {what}", "转发：推荐材料", f"省水利厅的材料，请收。{below}", pair(one))
            yield case(f"forward-{style}-quotes-a-{what}", received(mail, "S045", filed(one)))
    yield from _inside()


def _inside() -> Iterator[Case]:
    for number, depth in enumerate((1, 2, 3)):
        one = sheet(f"forward inside {depth}", (MEMBER, PROJECT, TEAM)[number], "省水利厅")
        mail = written(f"inner {depth}", "报送材料", "请转。", pair(one))
        where = ""
        for step in range(depth):
            name = f"原邮件{step}.eml"
            mail = replace(
                written(f"outer {depth} {step}", "转发", "见附件中的邮件，省水利厅", {}),
                files=[File(name, mail.bytes(), "message/rfc822")],
            )
            where = f"{name}/{where}"
        yield case(
            f"forward-mail-in-mail-{depth}",
            received(mail, "S045", filed(one, form=f"{where}{FORM}", material=f"{where}{STORY}")),
        )
    one = sheet("forward inside city", PROJECT, "鹤壁市", OVER)
    inner = written("inner city", "淇县报鹤壁市", "请审。", pair(one), when=at(10))
    outer = replace(
        written("outer city", "鹤壁市推荐材料", "", {}), files=[File("淇县.eml", inner.bytes(), "application/octet-stream")]
    )
    where = "淇县.eml"
    yield case("forward-saved-mail", received(outer, "410600", filed(one, form=f"{where}/{FORM}", material=f"{where}/{STORY}")))
    yield from _said_inside()
    one = sheet("forward half inside", TEAM, "鹤壁市", OVER)
    files = pair(one)
    inner = written("half inner", "材料", "补材料", {STORY: files[STORY]})
    outer = written("half outer", "鹤壁市推荐材料", "表在外面，材料在里面", {FORM: files[FORM]})
    outer = replace(outer, files=[*outer.files, File("材料.eml", inner.bytes(), "message/rfc822")])
    yield case("forward-half-inside", received(outer, "410600", filed(one, material=f"材料.eml/{STORY}")))


def _said_inside() -> Iterator[Case]:
    """Only the attached mail says whose files these are; what it is called names nobody."""
    rows = (
        ("signs", "材料", "请查收。\n\n中共鹤壁市委党史学习教育领导小组办公室", "原邮件.eml"),
        ("says", "材料", "您好，我们是鹤壁市，现报送推荐材料。", "ATT00001.eml"),
        ("subject", "鹤壁市推荐材料", "请查收。", "forward.eml"),
        ("mentions", "材料", "鹤壁市的推荐材料，请收。", "转发的邮件.eml"),
    )
    for number, (how, subject, text, name) in enumerate(rows):
        one = sheet(f"forward inside {how}", (PROJECT, TEAM, MEMBER)[number % 3], "", OVER).without("推荐单位")
        inner = written(f"inside {how}", subject, text, pair(one))
        outer = replace(written(f"outside {how}", "Fw: 材料", "", {}), files=[File(name, inner.bytes(), "message/rfc822")])
        label = filed(one, form=f"{name}/{FORM}", material=f"{name}/{STORY}")
        yield case(f"forward-only-the-inner-mail-{how}", received(outer, "410600", label))
    one = sheet("forward material alone", TEAM, "省水利厅")
    inner = written("inner alone", "先进服务单位典型材料", "省水利厅", {"典型材料.docx": story(one)})
    outer = replace(
        written("outer alone", "省水利厅材料", "", {}), files=[File("ATT00002.eml", inner.bytes(), "message/rfc822")]
    )
    label = filed(one, "form-missing", form=None, material="ATT00002.eml/典型材料.docx")
    yield case("forward-material-alone-in-a-mail", received(outer, "S045", replace(label, category=TEAM)))
