"""Forms of one category under the title of another, subjects and folders that say otherwise, halves that do not match."""

from collections.abc import Iterator
from dataclasses import replace

from tests.labelled.clerks.base import FORM, STORY, case, filed, pair, received, written
from tests.labelled.clerks.drawing import form, note, story
from tests.labelled.clerks.sheet import KINDS, MEMBER, PROJECT, TEAM, Sheet, sheet
from tests.labelled.label import Case
from tests.labelled.packing import zipped

KINDS_ALL = (PROJECT, TEAM, MEMBER)
UNIT, ID = "河南省体育局", "S056"


def cases() -> Iterator[Case]:
    """The form decides over subject, folder, file name and body; labels decide where there is no title."""
    for kind in KINDS_ALL:
        for other in KINDS_ALL:
            if kind == other:
                continue
            yield from _overruled(kind, other)
        one = sheet(f"no title {kind}", kind, UNIT)
        mail = written(f"no title {kind}", "材料", "请收", {"a.docx": form(one, title=""), "b.docx": story(one)})
        yield case(f"against-no-title-{kind}", received(mail, ID, filed(one, form="a.docx", material="b.docx")))
        one = sheet(f"campaign title {kind}", kind, UNIT)
        mail = written(
            f"campaign title {kind}", "材料", "请收", {FORM: form(one, title="“三个100”推选活动推荐表"), STORY: story(one)}
        )
        yield case(f"against-title-of-all-{kind}", received(mail, ID, filed(one)))
    yield from _halves()
    yield from _material_alone()


def _overruled(kind: str, other: str) -> Iterator[Case]:
    one = sheet(f"subject {kind} {other}", kind, UNIT)
    mail = written(f"subject {kind} {other}", f"{KINDS[other]}推荐材料", f"现报送{KINDS[other]}一个。", pair(one))
    yield case(f"against-subject-{kind}-{other}", received(mail, ID, filed(one)))
    one = sheet(f"folder {kind} {other}", kind, UNIT)
    files = {"材料.zip": zipped({f"{KINDS[other]}/{name}": content for name, content in pair(one).items()})}
    where = f"材料.zip/{KINDS[other]}"
    yield case(
        f"against-folder-{kind}-{other}",
        received(
            written(f"folder {kind} {other}", "材料", "", files),
            ID,
            filed(one, form=f"{where}/{FORM}", material=f"{where}/{STORY}"),
        ),
    )
    one = sheet(f"file {kind} {other}", kind, UNIT)
    first, second = f"{KINDS[other]}推荐表.docx", "典型材料.docx"
    mail = written(f"file {kind} {other}", "材料", "", {first: form(one), second: story(one)})
    yield case(f"against-file-name-{kind}-{other}", received(mail, ID, filed(one, form=first)))


def _titled(one: Sheet, kind: str) -> Sheet:
    """The same with a material under the title of a category."""
    return replace(one, text=(f"{one.nominee}“{KINDS[kind]}”典型材料", *one.text[1:]))


def _halves() -> Iterator[Case]:
    for kind in KINDS_ALL:
        one = _titled(sheet(f"same title {kind}", kind, UNIT), kind)
        yield case(f"against-nothing-{kind}", received(written(f"same title {kind}", "材料", "", pair(one)), ID, filed(one)))
        one = sheet(f"missing material {kind}", kind, UNIT)
        mail = written(f"missing material {kind}", "推荐表和材料", "请收", {FORM: form(one)})
        yield case(f"against-form-alone-{kind}", received(mail, ID, filed(one, "material-missing", material=None)))
    one = sheet("letter instead", TEAM, UNIT)
    mail = written("letter instead", "材料", "请收", {FORM: form(one), "说明.docx": note("情况说明", "典型材料随后报送。")})
    yield case("against-a-note-for-a-material", received(mail, ID, filed(one, "material-missing", material=None)))


def _material_alone() -> Iterator[Case]:
    for kind in KINDS_ALL:
        one = _titled(sheet(f"alone {kind}", kind, UNIT), kind)
        mail = written(f"alone {kind}", "省体育局典型材料", "表随后。", {STORY: story(one)})
        yield case(f"against-material-alone-{kind}", received(mail, ID, filed(one, "form-missing", form=None)))
        one = sheet(f"alone subject {kind}", kind, UNIT)
        mail = written(f"alone subject {kind}", f"省体育局{KINDS[kind]}典型材料", "表随后。", {STORY: story(one)})
        yield case(f"against-material-alone-subject-{kind}", received(mail, ID, filed(one, "form-missing", form=None)))
    one = sheet("alone unknown", TEAM, UNIT)
    one = one.telling("为民办实事典型材料", *one.text[1:])
    mail = written("alone unknown", "省体育局典型材料", "表随后。", {STORY: story(one)})
    label = replace(filed(one, "form-missing", "category-unknown", form=None), category=None, nominee=None)
    yield case("against-material-of-no-category", received(mail, ID, label))
