"""The last hours and what comes after, 20 to 31 December: to the last minute, too late, thanks, and our own letter again."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from bot.demo.acts import clean, loose, nominees, note, paper, papers, sends, wanted, writes
from bot.demo.cast import Writer, writer
from bot.demo.forms import filled
from bot.demo.machines import returned_letter
from bot.demo.people import person
from bot.demo.programs import Enclosure, compose
from bot.demo.scene import Expected, NoLetterError, Post, Scene, on
from bot.model import Command, Outcome, State

HOSPITAL = Writer(
    unit="河南大学第一附属医院",
    written="河南大学第一附属医院",
    place="河南大学第一附属医院",
    address="dangban@hospital.example",
    program="netease",
    clerk=person("clerk", "河南大学第一附属医院"),
    parts=("急诊科", "护理部"),
)


def last_hours() -> tuple[Scene, ...]:
    """All of them."""
    return (*_hospital(), _on_the_blank_forms(), *_old_program(), *_to_the_minute(), *_too_late(), *_afterwards())


def _hospital() -> tuple[Scene, ...]:
    """A subordinate body by itself, then its university."""
    at = on(20, "09:40")
    team = nominees(HOSPITAL, at, {"team": (0,)})
    sent = note(HOSPITAL, "hospital-alone", at, team, enclosures=loose(papers(HOSPITAL, team)))
    expected = Expected(Outcome.RETURNED, HOSPITAL.unit, findings=("unit-not-entitled",))
    return (
        Scene(sent.key, at, lambda _: compose(sent, HOSPITAL.program), expected),
        clean("henu", on(20, "15:30"), "henu-three", project=(0,), team=(0,), member=(0,)),
    )


def _on_the_blank_forms() -> Scene:
    """The unit that asked for the forms fills in those it got."""
    women, at, key = writer("women"), on(20, "16:20"), "women-on-blank-forms"
    some = nominees(women, at, {"project": (0,), "member": (0,)})

    def write(post: Post) -> bytes:
        blanks = _attached_forms(post, women.address)
        files = []
        for one in some:
            blank = next(content for name, content in blanks.items() if _fits(name, one.category))
            files += [Enclosure(f"{one.name}推荐表.docx", filled(blank, one)), paper(women, one).enclosures()[1]]
        return compose(note(women, key, at, some, enclosures=tuple(files)), women.program)

    return Scene(key, at, write, Expected(Outcome.RECEIVED, women.unit, filed=wanted(some)))


def _attached_forms(post: Post, address: str) -> dict[str, bytes]:
    """The Word files of the first letter to this address that brought some, by name."""
    for letter in post.letters:
        parts = message_from_bytes(letter.content).walk() if address in letter.recipients else ()
        files = {_file_name(part): part.get_payload(decode=True) for part in parts}
        forms = {name: content for name, content in files.items() if name.endswith(".docx") and isinstance(content, bytes)}
        if forms:
            return forms
    msg = f"no letter with forms to {address}"
    raise NoLetterError(msg)


def _file_name(part: Message) -> str:
    return str(make_header(decode_header(part.get_filename() or "")))


def _fits(name: str, category: str) -> bool:
    """Whether the form of this name is the category's: the annexes are numbered in the order of the notice."""
    return {"project": "附件1", "team": "附件2", "member": "附件3"}[category] in name


def _old_program() -> tuple[Scene, ...]:
    """A mail program from another time: raw GB18030 in the header fields."""
    youth, at, key = writer("youth"), on(20, "17:10"), "youth-raw-headers"
    some = nominees(youth, at, {"project": (0,), "team": (0,), "member": (0,)})

    def write(_: Post) -> bytes:
        return compose(note(youth, key, at, some, enclosures=loose(papers(youth, some))), "old")

    return (Scene(key, at, write, Expected(Outcome.RECEIVED, youth.unit, filed=wanted(some))),)


def _to_the_minute() -> tuple[Scene, ...]:
    """The evening of the last day."""
    htu, at = writer("htu"), on(20, "22:10")
    some = nominees(htu, at, {"team": (0,)})

    def together(_: Post) -> bytes:
        files = tuple(one.together() for one in papers(htu, some))
        return compose(note(htu, "htu-together", at, some, enclosures=files), htu.program)

    return (
        clean("xinyang", on(20, "20:30"), "xinyang-evening", project=(0, 1, 2), team=(0,)),
        clean("anyang", on(20, "21:15"), "anyang-evening", "in-cell", project=(0,), team=(0,)),
        Scene("htu-together", at, together, Expected(Outcome.RECEIVED, htu.unit, filed=wanted(some))),
        clean("zhengzhou", on(20, "23:58:30"), "zhengzhou-last-minute", project=(0, 1), member=(0, 1)),
    )


def _too_late() -> tuple[Scene, ...]:
    """The next morning."""
    hebi, at = writer("hebi"), on(21, "07:40")
    some = nominees(hebi, at, {"project": (0,), "team": (0,), "member": (0,)})
    return (
        sends("hebi", at, "hebi-late", some, Expected(Outcome.RECEIVED, hebi.unit, filed=wanted(some, State.LATE, "late"))),
    )


def _afterwards() -> tuple[Scene, ...]:
    """A letter of ours comes back by a forwarding rule, a clerk says thank you, another asks how things stand."""
    puyang, luohe = writer("puyang"), writer("luohe")
    thanks = "收到回执，非常感谢！祝工作顺利。"
    return (
        Scene(
            "our-own",
            on(21, "10:00"),
            lambda post: returned_letter(post.last(puyang.address), on(21, "10:00")),
            Expected(Outcome.IGNORED),
        ),
        writes("shangqiu", on(22, "09:15"), "shangqiu-thanks", "感谢", thanks, Expected(Outcome.HELD)),
        writes(
            "luohe",
            on(23, "15:30"),
            "luohe-asks",
            "查询受理情况",
            f"您好，请查询我市报送材料的受理情况。\n{luohe.written}",
            Expected(Outcome.COMMAND, luohe.unit, Command.STATUS),
        ),
    )
