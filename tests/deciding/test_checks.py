"""The findings of one nomination, each with its near misses."""

from dataclasses import replace

import pytest

from bot.campaign import Check, CheckKind
from bot.deciding.understand import understand
from bot.model import Draft, Place
from tests.deciding.build import ARRIVED, GOOD, draft, file, filled, form, found, mail, rules, text, whole

MATERIAL = file("典型材料.docx", text())


def of(category: str, **changed: str | None) -> Draft:
    return draft(filled(category, changed), MATERIAL)


@pytest.mark.parametrize("category", list(GOOD))
def test_a_form_in_order_has_no_finding(category: str) -> None:
    assert found(of(category)) == []


@pytest.mark.parametrize(
    ("category", "field"),
    [(category.id, spec.name) for category in rules().categories for spec in category.fields if spec.required],
)
@pytest.mark.parametrize("value", ["", "  ", "——", None])
def test_each_starred_field_that_is_empty_or_absent_is_told(category: str, field: str, value: str | None) -> None:
    assert found(draft(filled(category, {field: value}), MATERIAL, subject="新乡市推荐材料")) == [f"field-missing {field}"]


@pytest.mark.parametrize(
    ("category", "field"),
    [
        (category.id, spec.name)
        for category in rules().categories
        for spec in category.fields
        if not spec.required and spec.name != "公示情况"
    ],
)
def test_no_other_field_is_asked_for(category: str, field: str) -> None:
    assert found(of(category, **{field: ""})) == []


def test_several_empty_fields_are_told_one_by_one_in_the_order_of_the_form() -> None:
    made = of("member", 姓名="游庆穗", 性别="", 出生年月="", 联系电话="")
    assert found(made) == ["field-missing 性别", "field-missing 出生年月", "field-missing 联系电话"]
    assert made.findings[0].facts == {"wanted": "choice", "choices": ("男", "女")}
    assert (made.findings[0].file, made.findings[0].place) == ("推荐表.docx", Place("推荐表.docx", table=1, row=3, column=2))


def test_an_opinion_of_seal_and_date_alone_is_missing() -> None:
    assert found(of("project", 推荐单位意见="（盖章） 2021年12月15日")) == ["field-missing 推荐单位意见"]
    assert found(of("project", 推荐单位意见="（盖章） 年 月 日")) == ["field-missing 推荐单位意见"]


def test_the_office_s_own_field_is_never_asked_for_nor_read() -> None:
    assert found(of("project", 审定意见="同意")) == []


@pytest.mark.parametrize(
    ("category", "field", "value", "findings"),
    [
        ("project", "联系电话", "0373-123", ["field-invalid 联系电话"]),
        ("member", "出生年月", "1979年13月", ["field-invalid 出生年月"]),
        ("member", "入党时间", "2003年2月30日", ["field-invalid 入党时间"]),
        ("member", "性别", "汉", ["field-invalid 性别"]),
        ("project", "开展时间", "2021年13月", ["field-invalid 开展时间"]),
        ("project", "开展时间", "无", []),
        ("project", "开展时间", "长期", []),
        ("project", "受益人数", "全市居民", []),
    ],
)
def test_a_value_that_cannot_be_is_told_where_it_stands(category: str, field: str, value: str, findings: list[str]) -> None:
    made = of(category, **{field: value})
    assert found(made) == findings
    assert all(finding.facts["found"] == value and finding.place for finding in made.findings)


@pytest.mark.parametrize(
    ("words", "characters", "findings"),
    [
        (2000, 2000, []),
        (2001, 2001, ["material-too-long"]),
        (2000, 2001, ["material-near-limit"]),
        (1500, 2400, ["material-near-limit"]),
        (2145, 2600, ["material-too-long"]),
        (900, 900, []),
    ],
)
def test_the_length_of_the_material_is_counted_in_words_of_word_processors(
    words: int, characters: int, findings: list[str]
) -> None:
    sent = file("典型材料.docx", text(words=words, characters=characters))
    assert found(draft(file("推荐表.docx", form()), sent)) == findings


def test_a_material_too_long_says_by_how_much() -> None:
    made = draft(file("推荐表.docx", form()), file("典型材料.docx", text(words=2145)))
    assert (made.findings[0].file, made.findings[0].facts) == ("典型材料.docx", {"count": 2145, "limit": 2000, "over": 145})


@pytest.mark.parametrize(
    "value",
    ["中共党员", "党员", "共产党员", "中国共产党党员", "中共党员（正式）", " 中共 党员", "☑中共党员 □群众", "中共正式党员"],
)
def test_a_party_member_passes_however_it_is_written(value: str) -> None:
    assert found(of("member", 政治面貌=value)) == []


@pytest.mark.parametrize(
    "value",
    [
        "中共预备党员",
        "预备党员",
        "群众",
        "共青团员",
        "民盟盟员",
        "中国农工民主党党员",
        "九三学社社员",
        "无党派人士",
        "入党积极分子",
        "中共党员（预备）",
        "□中共党员 ☑群众",
        "无",
    ],
)
def test_whoever_is_no_full_party_member_is_told(value: str) -> None:
    assert found(of("member", 政治面貌=value)) == ["not-party-member 政治面貌"]


def test_an_empty_political_status_is_only_missing() -> None:
    assert found(of("member", 政治面貌="")) == ["field-missing 政治面貌"]


@pytest.mark.parametrize(
    ("birth", "findings"),
    [
        ("1961年12月", ["not-in-service 出生年月"]),  # by the month: sixty at the deadline
        ("1962年1月", []),
        ("1961年12月20日", ["not-in-service 出生年月"]),
        ("1961年12月21日", []),
        ("1961.12（60岁）", ["not-in-service 出生年月"]),
        ("1955.03", ["not-in-service 出生年月"]),
        ("1962", []),
        ("1979年8月", []),
    ],
)
def test_a_member_is_under_sixty_at_the_deadline(birth: str, findings: list[str]) -> None:
    assert found(of("member", 出生年月=birth)) == findings


@pytest.mark.parametrize(
    "post", ["红旗区民政局退休干部", "原红旗区民政局局长（已退休）", "红旗区民政局离休干部", "红旗区教育局退休教师", "退休"]
)
def test_whoever_is_retired_is_not_in_service(post: str) -> None:
    assert found(of("member", 工作单位及职务=post)) == ["not-in-service 工作单位及职务"]


@pytest.mark.parametrize(
    "post",
    [
        "新乡市委老干部局离退休干部工作科科长",
        "红旗区退役军人事务局局长",
        "新乡市退休职工管理中心主任",
        "红旗区离退休干部党工委书记",
        "区养老保险中心退休审核科科长",
        "市人社局退休待遇核定科副科长",
        "新华街道离退休干部党支部书记、民政科科长",
        "市人社局企业退休人员服务科副科长",
    ],
)
def test_whoever_looks_after_the_retired_is_in_service(post: str) -> None:
    assert found(of("member", 工作单位及职务=post)) == []


@pytest.mark.parametrize("name", ["游庆穗", "张和平", "欧阳及第", "买买提·艾力", "游庆穗（女）", "李 娜"])
def test_one_person_is_an_individual(name: str) -> None:
    assert found(of("member", 姓名=name)) == []


@pytest.mark.parametrize("name", ["“暖心桥”志愿服务队", "红旗区民政局党支部", "游庆穗、柏知远", "抗洪抢险突击队"])
def test_a_team_is_no_member(name: str) -> None:
    made = of("member", 姓名=name)
    assert found(made) == ["field-invalid 姓名"]
    assert made.findings[0].facts == {"found": name, "wanted": "person"}


def test_precedence_is_quoted_and_not_judged() -> None:
    made = of("member", 曾获表彰="2020年12月获省级表彰。2018年获县级表彰。", 主要事迹="他走访群众。")
    assert found(made) == []
    assert "2020年12月获省级表彰。" in made.precedence
    assert "2018年获县级表彰。" not in made.precedence


def test_a_unit_or_a_post_is_no_merit() -> None:
    made = of(
        "member",
        工作单位及职务="共青团河南省委青年发展部副科长",
        曾获表彰="2021年5月被省委、省政府授予先进个人称号。",
        主要事迹="他在团省委任职。",
    )
    assert [sentence for sentence in made.precedence if "省委" in sentence] == ["2021年5月被省委、省政府授予先进个人称号。"]


def test_a_check_is_a_row_of_data() -> None:
    """Fewer days of publicity, asked of everybody, and a shorter material: no code knows the numbers of the campaign."""
    told = (
        Check(CheckKind.WORD_LIMIT, ("material-too-long", "material-near-limit"), "", limit=1000),
        Check(CheckKind.PUBLICITY, ("publicity-missing", "publicity-too-short"), "", field="公示情况", limit=9),
    )
    other = replace(rules(), checks=told)
    made = understand(mail(*whole()), other, ARRIVED).drafts[0]
    assert found(made) == ["material-too-long", "publicity-too-short 公示情况"]


def test_a_unit_that_the_form_leaves_out_is_plain_from_the_mail() -> None:
    assert found(of("project", 推荐单位="")) == []
