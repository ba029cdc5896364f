"""Roles of files, and which form and material make one nomination."""

import pytest

from bot.deciding.roles import role_of
from bot.model import FileRead, Format, Role, Section
from tests.deciding.build import GOOD, file, filled, form, found, judged, mail, picture, rows, rules, text, unread, whole

Pairs = list[tuple[str | None, str | None]]


def pairs(*files: FileRead) -> Pairs:
    return [(draft.form, draft.material) for draft in judged(mail(*files)).drafts]


def member(name: str, path: str, **changed: str | None) -> FileRead:
    return file(path, *filled("member", {"姓名": name, **changed}).sections)


@pytest.mark.parametrize(
    ("sent", "role"),
    [
        (file("1.docx", form()), Role.FORM),
        (file("材料.docx", form()), Role.FORM),  # what stands in it before what it is called
        (file("2.docx", text("典型材料")), Role.MATERIAL),
        (file("游庆穗.docx", text("用心守护夕阳红", words=1500)), Role.MATERIAL),
        (file("汇总表.xlsx", rows(("序号", "名称"), ("1", "甲"), ("2", "乙"))), Role.SUMMARY),
        (file("公示.docx", text("关于推荐名单的公示", words=400)), Role.PUBLICITY),
        (file("扫描.docx", text("关于报送推荐材料的函", words=300)), Role.LETTER),
        (file("报送函.docx", text("", words=300)), Role.LETTER),
        (file("通知.docx", text("关于开展推选活动的通知", words=2200)), Role.OTHER),
        (file("说明.txt", text("说明", words=30)), Role.OTHER),
        (file("让公示栏成为连心桥.docx", text("让公示栏成为连心桥", words=1200)), Role.PUBLICITY),
        (file("典型材料.docx", text("让公示栏成为连心桥", words=1200)), Role.MATERIAL),
        (picture("IMG_0001.jpg"), Role.PHOTO),
        (picture("推荐表.jpg"), Role.STAMPED_SCAN),
        (picture("盖章扫描件.pdf"), Role.STAMPED_SCAN),
        (picture("日报公示.jpg"), Role.PUBLICITY),
        (picture("公示盖章扫描件.pdf"), Role.PUBLICITY),
        (picture("报送函.pdf"), Role.LETTER),
        (picture("公示/1.jpg"), Role.PUBLICITY),
        (unread("推荐表.docx"), Role.UNREAD),
        (file("宣传片.mp4"), Role.OTHER),
        (file("全部.zip", container=True), Role.OTHER),
    ],
)
def test_a_file_has_a_role_by_what_stands_in_it_and_then_by_its_name(sent: FileRead, role: Role) -> None:
    assert role_of(sent, rules()) is role


def test_a_form_and_a_material_belong_together_without_a_name_in_common() -> None:
    assert pairs(file("a.docx", form()), file("b.docx", text("一项温暖的工程"))) == [("a.docx", "b.docx")]


def test_names_that_contradict_are_never_paired() -> None:
    material = file("柏知远同志事迹材料.docx", text("柏知远同志事迹材料", about="柏知远，男。柏知远同志多年如一日。"))
    made = judged(mail(member("游庆穗", "推荐表.docx"), material)).drafts
    assert [(one.nominee, one.form, one.material, found(one)) for one in made] == [
        ("游庆穗", "推荐表.docx", None, ["material-missing"]),
        ("柏知远", None, "柏知远同志事迹材料.docx", ["category-unknown", "form-missing"]),
    ]


@pytest.mark.parametrize(
    ("forms", "materials"),
    [
        (("游庆穗推荐表.docx", "柏知远推荐表.docx"), ("柏知远典型材料.docx", "游庆穗典型材料.docx")),
        (("1.docx", "2.docx"), ("柏知远.docx", "游庆穗.docx")),
        (("游庆穗/推荐表.docx", "柏知远/推荐表.docx"), ("柏知远/典型材料.docx", "游庆穗/典型材料.docx")),
        (("包.zip/1/表.docx", "包.zip/2/表.docx"), ("包.zip/2/材料.docx", "包.zip/1/材料.docx")),
        (("甲/2推荐表.docx", "乙/2推荐表.docx"), ("乙/2典型材料.docx", "甲/2典型材料.docx")),
        (("类/1推荐表.docx", "类/2推荐表.docx"), ("类/2典型材料.docx", "类/1典型材料.docx")),
        (("1-推荐表.docx", "2-推荐表.docx"), ("2-典型材料.docx", "1-典型材料.docx")),
    ],
)
def test_several_are_paired_by_names_folders_and_numbers(forms: tuple[str, str], materials: tuple[str, str]) -> None:
    sent = [member("游庆穗", forms[0]), member("柏知远", forms[1])]
    sent += [
        file(path, text(f"材料{number}", body=f"第{number}篇。用心用情为民服务。")) for number, path in enumerate(materials)
    ]
    assert sorted(pairs(*sent)) == sorted([(forms[0], materials[1]), (forms[1], materials[0])])


def test_a_title_or_the_first_lines_name_the_nominee() -> None:
    sent = [member("游庆穗", "a.docx"), member("柏知远", "b.docx")]
    sent += [file("c.docx", text("为民服务的贴心人", about="柏知远，红旗区干部。")), file("d.docx", text("游庆穗同志先进事迹"))]
    assert pairs(*sent) == [("a.docx", "d.docx"), ("b.docx", "c.docx")]


def test_what_cannot_be_paired_is_for_a_person_with_the_choices() -> None:
    sent = [member("游庆穗", "a.docx"), member("柏知远", "b.docx")]
    sent += [file("c.docx", text("典型材料", body="甲篇。")), file("d.docx", text("典型材料", body="乙篇。"))]
    made = judged(mail(*sent)).drafts
    assert [(one.form, one.material, one.uncertain, found(one)) for one in made] == [
        ("a.docx", None, ("a.docx", "c.docx", "d.docx"), []),
        ("b.docx", None, ("b.docx", "c.docx", "d.docx"), []),
    ]


def test_one_material_for_two_forms_is_not_guessed() -> None:
    sent = [member("游庆穗", "a.docx"), member("柏知远", "b.docx"), file("c.docx", text("典型材料"))]
    assert [one.uncertain for one in judged(mail(*sent)).drafts] == [("a.docx", "c.docx"), ("b.docx", "c.docx")]


def test_one_document_with_form_and_material_is_one_nomination() -> None:
    made = judged(mail(file("申报.docx", form(), text("典型材料", words=1873)))).drafts
    assert [(one.form, one.material, one.count and one.count.words) for one in made] == [("申报.docx", "申报.docx", 1873)]


def test_a_note_below_a_form_is_no_material() -> None:
    assert [found(one) for one in judged(mail(file("申报.docx", form(), text("填表说明", words=180)))).drafts] == [
        ["material-missing"]
    ]
    assert [found(one) for one in judged(mail(file("申报.docx", form(), text("", words=90)))).drafts] == [["material-missing"]]


def test_one_document_with_several_forms_is_several_nominations() -> None:
    sections: list[Section] = []
    for name in ("游庆穗", "柏知远", "祝青禾"):
        sections += [form("member", 姓名=name), text(f"{name}典型材料", about=name)]
    made = judged(mail(file("全部.docx", *sections))).drafts
    assert [(one.nominee, one.material, found(one)) for one in made] == [
        (n, "全部.docx", []) for n in ("游庆穗", "柏知远", "祝青禾")
    ]


def test_one_document_with_several_forms_only_takes_its_materials_from_elsewhere() -> None:
    forms = file("推荐表.docx", *(form("member", 姓名=name) for name in ("游庆穗", "柏知远")))
    sent = [forms, file("柏知远.docx", text("柏知远事迹")), file("游庆穗.docx", text("游庆穗事迹"))]
    made = judged(mail(*sent)).drafts
    assert [(one.nominee, one.material) for one in made] == [("游庆穗", "游庆穗.docx"), ("柏知远", "柏知远.docx")]


def test_a_material_alone_is_a_nomination_without_form() -> None:
    made = judged(mail(file("新乡市+党员服务标兵+游庆穗+典型材料.docx", text("典型材料")))).drafts
    assert [(one.nominee, one.category, found(one)) for one in made] == [("游庆穗", "member", ["form-missing"])]


def test_a_form_alone_lacks_its_material() -> None:
    made = judged(mail(filled("team", {}))).drafts
    assert [(one.material, found(one), one.count) for one in made] == [(None, ["material-missing"], None)]


def test_a_stamped_pdf_beside_the_word_form_is_its_scan() -> None:
    word, material = whole("member")
    pdf = file("游庆穗推荐表（盖章）.pdf", form("member", 民族="汉"))
    made = judged(mail(word, material, pdf))
    assert [(one.form, one.material, one.uncertain) for one in made.drafts] == [(word.path, material.path, ())]
    assert made.roles[pdf.path] is Role.STAMPED_SCAN


def test_a_pdf_of_the_material_is_no_second_material() -> None:
    word, material = whole("member")
    pdf = file("游庆穗典型材料盖章.pdf", *material.sections)
    made = judged(mail(word, material, pdf))
    assert [(one.form, one.material) for one in made.drafts] == [(word.path, material.path)]
    assert made.roles[pdf.path] is Role.STAMPED_SCAN


def test_the_same_file_twice_counts_once() -> None:
    word, material = whole()
    again = FileRead(f"副本/{word.path}", word.sha256, word.size, Format.DOCX, sections=word.sections)
    assert pairs(word, material, again) == [(word.path, material.path)]


def test_two_different_word_forms_of_one_nominee_are_for_a_person() -> None:
    word, material = whole("member")
    other = member("游庆穗", "游庆穗推荐表（修改）.docx", 民族="回族")
    made = judged(mail(word, material, other)).drafts
    assert [(one.form, one.uncertain) for one in made] == [(word.path, (word.path, other.path))]


def test_further_texts_about_a_nominee_make_no_nomination() -> None:
    word, material = whole()
    more = file("工作总结.docx", text("2021年工作总结", words=900))
    assert pairs(word, material, more) == [(word.path, material.path)]


def test_of_two_texts_about_one_nominee_the_one_that_calls_itself_a_material_is_it() -> None:
    word, material = whole("member")
    more = file("游庆穗简况.docx", text("游庆穗简况", words=400))
    assert pairs(word, material, more) == [(word.path, material.path)]
    assert pairs(
        file("表.docx", form()), file("典型材料.docx", text("典型材料")), file("正文.docx", text("", words=500, body="别的。"))
    ) == [("表.docx", "典型材料.docx")]


def test_two_materials_of_one_nominee_are_for_a_person() -> None:
    word, material = whole("member")
    other = file("游庆穗典型材料（修改）.docx", text("游庆穗典型材料", body="改过的一篇。"))
    assert [one.uncertain for one in judged(mail(word, material, other)).drafts] == [(word.path, material.path, other.path)]


def test_a_scanned_form_beside_the_word_material_is_named_in_the_finding() -> None:
    made = judged(mail(file("游庆穗典型材料.docx", text("游庆穗典型材料")), picture("游庆穗推荐表.pdf"))).drafts
    assert [finding.facts["scan"] for one in made for finding in one.findings if finding.check == "form-missing"] == [
        "游庆穗推荐表.pdf"
    ]


def test_thirty_nominations_of_one_archive_are_thirty() -> None:
    sent = []
    for number in range(30):
        name = f"第{number}街道“{chr(0x4E00 + number * 7)}{chr(0x6000 + number)}心桥”服务队"
        sent.append(file(f"新乡市.zip/{number}.推荐表.docx", *filled("team", {"单位（团队）名称": name}).sections))
        sent.append(file(f"新乡市.zip/材料/{29 - number}x.docx", text(f"{name}典型材料", about=name)))
    made = judged(mail(*sent)).drafts
    assert len(made) == 30
    assert all(one.material and not found(one) for one in made)


def test_a_form_pasted_into_the_mail_is_read() -> None:
    reading = mail(file("典型材料.docx", text()), body_sections=(form(),))
    assert [(one.form, one.material, found(one)) for one in judged(reading).drafts] == [("body", "典型材料.docx", [])]


@pytest.mark.parametrize("category", list(GOOD))
def test_an_empty_name_in_the_form_is_taken_from_the_file_name(category: str) -> None:
    field = {"project": "项目名称", "team": "单位（团队）名称", "member": "姓名"}[category]
    word = file("新乡市+祝青禾+推荐表.docx", filled(category, {field: ""}).sections[0])
    made = judged(mail(word, file("材料.docx", text()))).drafts
    assert [(one.nominee, found(one)) for one in made] == [("祝青禾", [f"field-missing {field}"])]


# --- names within names, and all weighed together -----------------------------------------------------------------------


def plain(path: str, *lines: str, title: str = "用心用情办好群众身边事") -> FileRead:
    return file(path, text(title, body="\n".join((*lines, f"{path}，为群众办实事。"))))


def test_a_name_within_another_is_no_mention_of_it() -> None:
    sent = [member("张伟", "a.docx"), member("张伟民", "b.docx")]
    sent += [file("1.docx", text("张伟民同志事迹")), file("2.docx", text("张伟同志事迹", body="张伟坚守一线。"))]
    assert pairs(*sent) == [("a.docx", "2.docx"), ("b.docx", "1.docx")]


def test_of_two_nominees_in_an_opening_the_first_is_whom_it_is_about() -> None:
    team = file("b.docx", *filled("team", {"单位（团队）名称": "槐树社区党群服务站", "负责人": "游庆穗"}).sections)
    sent = [member("游庆穗", "a.docx"), team]
    sent += [plain("1.docx", "游庆穗，槐树社区党群服务站站长。", title="游庆穗同志先进事迹")]
    sent += [plain("2.docx", "槐树社区党群服务站在站长游庆穗带领下，把服务送到身边。", title="小站点里的大民生")]
    assert pairs(*sent) == [("a.docx", "1.docx"), ("b.docx", "2.docx")]


def test_a_name_again_and_again_deep_in_a_text_tells_whom_it_is_about() -> None:
    sent = [member("游庆穗", "a.docx"), member("柏知远", "b.docx")]
    sent += [
        plain(f"{n}.docx", "长" * 400, f"{name}同志坚守一线。", f"大家都说：有事找{name}。")
        for n, name in ((1, "柏知远"), (2, "游庆穗"))
    ]
    assert pairs(*sent) == [("a.docx", "2.docx"), ("b.docx", "1.docx")]


@pytest.mark.parametrize(
    ("form_path", "material_path"),
    [
        ("0{}-1 表.docx", "0{}-2 材料.docx"),
        ("附件{}-1推荐表.docx", "附件{}-2材料.docx"),
        ("推荐表/{}.docx", "典型材料/{}.docx"),
    ],
)
def test_a_second_number_or_a_folder_of_one_kind_tells_the_rest(form_path: str, material_path: str) -> None:
    sent = [member(name, form_path.format(n)) for n, name in ((1, "游庆穗"), (2, "柏知远"))]
    sent += [plain(material_path.format(n)) for n in (2, 1)]
    assert pairs(*sent) == [(form_path.format(n), material_path.format(n)) for n in (1, 2)]


def test_who_does_the_work_tells_a_project_where_no_other_says_the_same() -> None:
    sent = [
        file(f"{letter}.docx", *filled("project", {"项目名称": name, "实施单位": body, "项目负责人": who}).sections)
        for letter, name, body, who in (
            ("a", "“夜归灯”照明提升项目", "柳林供电所", "庄以宁"),
            ("b", "“流动书屋”进山项目", "龙泉图书馆", "柏知远"),
        )
    ]
    sent += [plain(f"{n}.docx", f"{body}坚持为民，{body}党支部带头。") for n, body in ((1, "龙泉图书馆"), (2, "柳林供电所"))]
    assert pairs(*sent) == [("a.docx", "2.docx"), ("b.docx", "1.docx")]


def test_the_last_form_takes_the_last_material_where_every_other_has_its_own() -> None:
    sent = [member(name, f"{name}推荐表.docx") for name in ("游庆穗", "柏知远", "祝青禾")]
    sent += [file(f"{name}典型材料.docx", text("典型材料", body=f"{name}")) for name in ("游庆穗", "柏知远")]
    sent += [file("典型材料.docx", text("典型材料", body="一篇没有名字的。"))]
    assert pairs(*sent)[2] == ("祝青禾推荐表.docx", "典型材料.docx")


def test_the_last_form_takes_no_text_that_is_no_material_as_the_others_are() -> None:
    sent = [member(name, f"{name}推荐表.docx") for name in ("游庆穗", "柏知远")]
    sent += [file("游庆穗典型材料.docx", text("典型材料", body="游庆穗")), plain("年度工作.docx", title="今年以来的工作")]
    made = judged(mail(*sent)).drafts
    assert [(one.nominee, one.material, one.uncertain) for one in made][1] == (
        "柏知远",
        None,
        ("柏知远推荐表.docx", "年度工作.docx"),
    )


# --- several in one file ------------------------------------------------------------------------------------------------

LONG = "走村入户，把群众的急难愁盼一件一件办好。" * 8


@pytest.mark.parametrize(
    "heads",
    [
        ("游庆穗同志事迹", "柏知远同志事迹"),
        ("扎根社区二十年\n游庆穗，男，红旗区干部。", "山路上的守护人\n柏知远，男，卫滨区干部。"),
        ("扎根社区二十年\n——记红旗区干部游庆穗", "山路上的守护人\n——记卫滨区干部柏知远"),
    ],
)
def test_materials_that_follow_each_other_in_one_file_are_taken_apart_by_name(heads: tuple[str, str]) -> None:
    both = file("典型材料.docx", text("", body="\n".join(f"{head}\n{LONG}" for head in heads)))
    made = judged(mail(member("游庆穗", "a.docx"), member("柏知远", "b.docx"), both)).drafts
    assert [(one.form, one.material, one.material_text.split("\n")[0] or one.material_text.split("\n")[1]) for one in made] == [
        ("a.docx", "典型材料.docx", heads[0].split("\n")[0]),
        ("b.docx", "典型材料.docx", heads[1].split("\n")[0]),
    ]


def test_one_material_in_which_another_nominee_is_a_heading_stays_whole() -> None:
    body = f"{LONG}\n站长柏知远\n{LONG}"
    sent = [member("游庆穗", "a.docx"), member("柏知远", "b.docx")]
    sent += [
        file("游庆穗典型材料.docx", text("游庆穗典型材料", about="游庆穗，", body=body)),
        file("柏知远.docx", text("柏知远事迹")),
    ]
    assert pairs(*sent) == [("a.docx", "游庆穗典型材料.docx"), ("b.docx", "柏知远.docx")]


def test_materials_before_their_forms_in_one_document_belong_to_the_form_that_follows() -> None:
    sections: list[Section] = []
    for name in ("游庆穗", "柏知远"):
        sections += [text(f"{name}事迹", about=name), form("member", 姓名=name)]
    made = judged(mail(file("全部.docx", *sections))).drafts
    assert [(one.nominee, one.opening.split("\n")[0]) for one in made] == [("游庆穗", "游庆穗事迹"), ("柏知远", "柏知远事迹")]


# --- scans of somebody else ---------------------------------------------------------------------------------------------


def unsupported(*files: FileRead) -> list[str | None]:
    return [finding.file for finding in judged(mail(*files)).findings if finding.check == "attachment-unsupported"]


def test_scans_of_a_whole_nomination_of_somebody_else_are_told() -> None:
    sent = (*whole("member"), picture("柏知远推荐表.pdf"), picture("柏知远典型材料.pdf"))
    assert unsupported(*sent) == ["柏知远推荐表.pdf", "柏知远典型材料.pdf"]


@pytest.mark.parametrize(
    "names",
    [
        ("游庆穗推荐表.pdf", "游庆穗典型材料.pdf"),
        ("红旗区民政事务中心推荐表.pdf", "红旗区民政事务中心典型材料.pdf"),
        ("推荐表.pdf", "典型材料.pdf"),
        ("新乡市推荐表盖章.pdf", "新乡市典型材料盖章.pdf"),
        ("柏知远推荐表.pdf",),
    ],
)
def test_other_scans_beside_documents_are_their_stamped_copies(names: tuple[str, ...]) -> None:
    assert unsupported(*whole("member"), *map(picture, names)) == []


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("推荐材料.zip/游庆穗工作照.jpg", Role.PHOTO),
        ("推荐材料.zip/照片/IMG_1.jpg", Role.PHOTO),
        ("推荐材料.zip/IMG_1.jpg", Role.PHOTO),
        ("推荐材料.zip/盖章/1.jpg", Role.STAMPED_SCAN),
        ("推荐表/1.jpg", Role.STAMPED_SCAN),
    ],
)
def test_a_picture_in_an_archive_is_not_told_by_what_the_archive_is_called(path: str, role: Role) -> None:
    assert role_of(picture(path), rules()) is role
