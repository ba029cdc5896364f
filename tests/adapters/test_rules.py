"""Loading a campaign: what ships, a second one in another language, and everything that can be wrong with one."""

# ruff: noqa: E501 - a table of cases is read by its rows

import pickle
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.rules import FILES, RulesError, load_rules
from bot.campaign import NOT_ENTITLED, Check, CheckKind, FieldKind, Phrases, Unit
from bot.text import folded

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "rules" / "3x100-2021"
TOWN = ROOT / "tests" / "campaigns" / "town-award"

ROSTER = "id,name,kind,parent,aliases,addresses,population\n"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A copy of the town's campaign, to be spoiled."""
    return Path(shutil.copytree(TOWN, tmp_path / "town"))


def problems(folder: Path) -> list[str]:
    with pytest.raises(RulesError) as caught:
        load_rules(folder)
    return list(caught.value.problems)


def spoil(folder: Path, file: str, *changes: tuple[str, str]) -> None:
    text = (folder / file).read_text("utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    (folder / file).write_text(text, "utf-8")


# --- the campaign that ships ------------------------------------------------------------------------------------------


def test_the_notice_made_data_says_what_the_notice_says() -> None:
    rules = load_rules(SHIPPED)
    assert (rules.id, rules.zone, rules.language, rules.work_calendar) == ("3x100-2021", "Asia/Shanghai", "zh-CN", "china")
    assert (rules.opens, rules.last_day, rules.announced) == (date(2021, 12, 1), date(2021, 12, 20), date(2021, 12, 30))
    assert (rules.office.mailbox, rules.office.telephone) == ("sjhdz2021@126.com", "0371-65901305")
    assert {id: kind.quota for id, kind in rules.kinds.items()} == {
        "city-large": 10,
        "city-small": 5,
        "province": 1,
        "people-org": 1,
        "enterprise": 1,
        "university": 1,
        NOT_ENTITLED: 0,
    }
    assert [category.id for category in rules.categories] == ["project", "team", "member"]
    kinds = [check.kind for check in rules.checks]
    assert kinds == [
        CheckKind.WORD_LIMIT,
        CheckKind.PUBLICITY,
        CheckKind.ACCEPTED_VALUES,
        CheckKind.IN_SERVICE,
        CheckKind.INDIVIDUAL,
        *[CheckKind.PRECEDENCE] * 3,
    ]
    publicity = next(check for check in rules.checks if check.kind is CheckKind.PUBLICITY)
    assert (publicity.limit, publicity.unit_kinds) == (3, ("city-large", "city-small"))


def test_every_category_names_its_unit_and_its_seal_and_asks_nothing_of_the_office() -> None:
    for category in load_rules(SHIPPED).categories:
        assert category.field(category.unit_field) is not None
        seal = category.field(category.seal_field)
        assert seal is not None
        assert seal.kind is FieldKind.OPINION
        assert category.field(category.nominee) is not None


def test_the_roster_has_all_cities_with_the_census_their_counties_and_the_provincial_units() -> None:
    rules = load_rules(SHIPPED)
    units = {unit.id: unit for unit in rules.units}
    cities = [unit for unit in rules.units if unit.kind.startswith("city-")]
    assert sum(city.population or 0 for city in cities) == 99_365_519
    assert Counter(city.kind for city in cities) == {"city-large": 9, "city-small": 9}
    assert [city.id for city in cities] == [f"41{n:02}00" for n in range(1, 18)] + ["419001"]
    counties = [u for u in rules.units if u.kind == NOT_ENTITLED and u.id.isdigit()]
    assert len(counties) == 156
    assert all(county.parent == county.id[:4] + "00" for county in counties)
    provincial = Counter(u.kind for u in rules.units if u.kind in ("province", "people-org", "enterprise", "university"))
    assert provincial.total() >= 180
    assert min(provincial.values()) >= 20
    assert provincial["university"] >= 60
    assert all(units[unit.parent].kind != NOT_ENTITLED for unit in rules.units if unit.parent)


def test_no_two_units_of_the_roster_share_a_name_or_alias() -> None:
    names = Counter(
        name for unit in load_rules(SHIPPED).units for name in {folded(word) for word in (unit.name, *unit.aliases)}
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_every_list_of_phrases_is_filled_and_no_phrase_vanishes_when_folded() -> None:
    phrases = load_rules(SHIPPED).phrases
    for name in Phrases.__dataclass_fields__:
        words = getattr(phrases, name)
        assert words, name
        assert [word for word in words if not folded(word)] == [], name


# --- a second campaign ------------------------------------------------------------------------------------------------


def test_a_second_campaign_in_another_language_needs_no_code() -> None:
    rules = load_rules(TOWN)
    assert (rules.language, rules.zone, rules.work_calendar, rules.settings) == (
        "en",
        "Europe/London",
        "weekends",
        {"prize": "a silver oak leaf"},
    )
    assert [category.id for category in rules.categories] == ["person", "group"]
    assert rules.checks[0] == Check(
        CheckKind.WORD_LIMIT, ("material-too-long",), "Rule 4: a story of at most 100 words", limit=100
    )
    assert rules.units[:2] == (
        Unit(
            "007",
            "Northside Ward",
            "ward",
            ("Northside", "North Side Ward"),
            None,
            ("clerk@northside.example",),
            4200,
            "Ann Field",
            "01632 960107",
        ),
        Unit("W2", "Southgate Ward", "ward", ("Southgate",), None, ("@southgate.example",), 1900),
    )
    assert [(unit.name, unit.parent) for unit in rules.units if unit.kind == NOT_ENTITLED] == [
        ("Junior Rowers", "C1"),
        ("Mill Lane Residents", "007"),
    ]


def test_a_campaign_that_never_speaks_of_bodies_below_has_their_kind_all_the_same(town: Path) -> None:
    spoil(town, "campaign.toml", ('[[kind]]\nid = "not-entitled"\nname = "Goes through another"\nquota = 0\n', ""))
    spoil(town, "units.csv", ("Goes through another", "not-entitled"))
    assert load_rules(town).quota(NOT_ENTITLED) == 0


def test_rules_travel_to_another_process() -> None:
    rules = load_rules(TOWN)
    assert pickle.loads(pickle.dumps(rules)) == rules  # noqa: S301 its own bytes, made a line above


def test_the_version_follows_every_file_and_nothing_else(town: Path) -> None:
    before = load_rules(town).version
    (town / "notes.txt").write_text("not a rule", "utf-8")
    assert load_rules(town).version == before
    assert load_rules(TOWN).version == before
    seen = {before}
    for file in FILES:
        with (town / file).open("a", encoding="utf-8") as handle:
            handle.write("\n")
        seen.add(load_rules(town).version)
    assert len(seen) == 1 + len(FILES)


# --- wrong files ------------------------------------------------------------------------------------------------------


def test_all_problems_of_all_files_are_told_together(town: Path) -> None:
    spoil(town, "campaign.toml", ('zone = "Europe/London"', 'zone = "Europe/Oakbridge"'), ("hour = 10", 'hour = "10"'))
    spoil(town, "categories.toml", ('nominee = "Full name"', 'nominee = "Ful name"'))
    spoil(town, "checks.toml", ('"material-too-long"', '"material-to-long"'))
    spoil(town, "mail.toml", ("robots", "robot"))
    spoil(town, "units.csv", ("W2,", "007,"))
    assert problems(town) == [
        "campaign.toml: reminders.hour: must be a whole number without quotation marks",
        "categories.toml: category[person].nominee: 'Ful name' is no field of this category (do you mean 'Full name'?)",
        "mail.toml: robot: unknown key (do you mean 'robots'?)",
    ]
    spoil(town, "campaign.toml", ('hour = "10"', "hour = 10"))
    assert problems(town) == [
        "campaign.toml: zone: unknown time zone 'Europe/Oakbridge': write an IANA name like Asia/Shanghai",
        "categories.toml: category[person].nominee: 'Ful name' is no field of this category (do you mean 'Full name'?)",
        "checks.toml: check[1].findings: unknown finding 'material-to-long' (do you mean 'material-too-long'?)",
        "mail.toml: robot: unknown key (do you mean 'robots'?)",
        "units.csv: line 3: id '007' belongs to Northside Ward (line 2) and Southgate Ward (line 3): keep it at one of them",
    ]


@pytest.mark.parametrize(
    ("file", "before", "after", "problem"),
    [
        ("campaign.toml", 'id = "town-award"\n', "", 'id: is missing: write a text in quotation marks, like "…"'),
        ("campaign.toml", "last_day = 2024-02-29", 'last_day = "2024-02-29"', "last_day: must be a date without quotation marks, like 2021-12-20"),
        ("campaign.toml", "last_day = 2024-02-29", "last_day = 2024-02-29T10:00:00", "last_day: must be a date without quotation marks, like 2021-12-20"),
        ("campaign.toml", "last_day = 2024-02-29", "last_day = 2024-01-29", "last_day: 2024-01-29 lies before opens 2024-02-01"),
        ("campaign.toml", "announced = 2024-03-31", "announced = 2024-02-28", "announced: 2024-02-28 lies before last_day 2024-02-29"),
        ("campaign.toml", 'language = "en"', 'language = "en"\nwork_calendar = "chine"', "work_calendar: unknown 'chine' (do you mean 'china'?); known are weekends, china"),
        ("campaign.toml", 'language = "en"', "language = true", 'language: must be a text in quotation marks, like "…"'),
        ("campaign.toml", "quota = 2", "quota = true", "kind[ward].quota: must be a whole number without quotation marks"),
        ("campaign.toml", "quota = 2", "quota = -2", "kind[ward].quota: is -2: write 0 or more"),
        ("campaign.toml", "quota = 0", "quota = 4", "kind[not-entitled].quota: is 4: units that must go through another have 0"),
        ("campaign.toml", 'id = "club"', 'id = "ward"', "kind: 'ward' stands there twice"),
        ("campaign.toml", "digest_minute = 15", "digest_minute = 75", "reminders.digest_minute: is 75: write a number from 0 to 59"),
        ("campaign.toml", "days_before = [5, 1]", "days_before = [5, -1]", "reminders.days_before: holds -1: write days before the last day, 0 for the last day itself"),
        ("campaign.toml", "days_before = [5, 1]", "days_before = 5", "reminders.days_before: must be a list in square brackets"),
        ("campaign.toml", 'prize = "a silver oak leaf"', "prize = 3", "settings: must be a table whose values are texts in quotation marks"),
        ("campaign.toml", 'name = "Oakbridge Award Committee"', 'name = "Oakbridge Award Committee "', "office.name: has white space at its ends: take it away"),
        ("campaign.toml", 'zone = "Europe/London"', 'zone = "../etc/passwd"', "zone: unknown time zone '../etc/passwd': write an IANA name like Asia/Shanghai"),
        ("categories.toml", 'kind = "month"', 'kind = "moth"', "category[person].field[Date of birth].kind: unknown 'moth' (do you mean 'month'?); known are text, long-text, person, telephone, date, month, number, choice, opinion, office"),
        ("categories.toml", 'unit_field = "Nominated by"', 'unit_field = "Nominator"', "category[person].unit_field: 'Nominator' is no field of this category (do you mean 'Nominated by'?)"),
        ("categories.toml", 'name = "Date of birth"', 'name = "Full name"', "category[person].field: 'Full name' stands there twice"),
        ("categories.toml", 'kind = "choice"', 'kind = "text"', 'category[person].field[Age group].choices: belong to a field of kind "choice"'),
        ("categories.toml", 'kind = "office"', 'kind = "office"\nrequired = true', "category[person].field[For the committee].required: the office's own field cannot be asked of submitters"),
        ("categories.toml", 'synonyms = ["Phone", "Tel"]', 'synonyms = ["Phone", "NAME"]', "category[person].field.synonyms: 'NAME' stands there twice"),
        ("categories.toml", 'id = "group"', 'id = "person"', "category: 'person' stands there twice"),
        ("categories.toml", 'titles = ["Group of the Year", "Group"]', 'titles = ["Group", "volunteer"]', "category.titles: 'volunteer' stands there twice"),
        ("categories.toml", "required = true", 'requierd = "yes"', "category[person].field[Full name].requierd: unknown key (do you mean 'required'?)"),
        ("checks.toml", 'kind = "publicity"', 'kind = "publicty"', "check[2].kind: unknown 'publicty' (do you mean 'publicity'?); known are word-limit, publicity, accepted-values, in-service, individual, precedence"),
        ("checks.toml", 'unit_kinds = ["ward"]', 'unit_kinds = ["words"]', "check[2].unit_kinds: unknown kind 'words' (do you mean 'ward'?)"),
        ("checks.toml", 'categories = ["group"]', 'categories = ["groups"]', "check[2].categories: unknown category 'groups' (do you mean 'group'?)"),
        ("checks.toml", 'field = "Notice displayed"', 'field = "Story told"', "check[2].field: 'Story told' is no field of category 'group' (do you mean 'Story'?)"),
        ("checks.toml", "limit = 5\n", "", 'check[2].limit: is missing: a check of kind "publicity" needs it'),
        ("checks.toml", 'source = "Rule 2: one person"', "", 'check[3].source: is missing: write a text in quotation marks, like "…"'),
        ("mail.toml", 'robots = ["noreply", "no-reply", "mailer-daemon"]', 'robots = ["noreply", 7]', 'robots[2]: must be a text in quotation marks, like "…"'),
        ("mail.toml", "submission = [", "submission = ", "Expected newline or end of document after a statement (at line 1, column 26)"),
        ("units.csv", "T1,Junior Rowers,not-entitled,Oakbridge Rowing Club", "T1,Junior Rowers,not-entitled,Oakbridge Rowing Clubs", "line 6: parent 'Oakbridge Rowing Clubs' of Junior Rowers is not in the roster (do you mean 'Oakbridge Rowing Club'?)"),
        ("units.csv", "T1,Junior Rowers,not-entitled,Oakbridge Rowing Club", "T1,Junior Rowers,not-entitled,", "line 6: Junior Rowers is not entitled: write the unit it goes through into the column 上级单位 (parent)"),
        ("units.csv", "C2,Art Society,club", "C2,Art Society,clob", "line 5: unknown kind 'clob' (do you mean 'club'?)"),
        ("units.csv", "C2,Art Society,club,,", "C2,Art Society,club,,orc", "line 5: name or alias 'orc' belongs to Oakbridge Rowing Club (line 4) and Art Society (line 5): keep it at one of them"),
        ("units.csv", "C2,Art Society", "C2,Oakbridge  rowing CLUB", "line 5: name or alias 'oakbridgerowingclub' belongs to Oakbridge Rowing Club (line 4) and Oakbridge rowing CLUB (line 5): keep it at one of them"),
        ("units.csv", "C2,Art Society,club,,", "C2,Art Society,club,,A", "line 5: alias 'A' is too short to be recognised: write at least two characters"),
        ("units.csv", "C2,Art Society,club", ",Art Society,club", "line 5: 编号 (id) is empty"),
        ("units.csv", ",4200,", ",many,", "line 2: population 'many' is no whole number of residents"),
        ("units.csv", ",4200,", ",900,", "line 2: Northside Ward has 900 residents; kind ward begins at 1000"),
        ("units.csv", "clerk@northside.example", "clerk at northside", "line 2: 'clerk' is no mail address (name@example.org, or @example.org for a whole domain)"),
        ("units.csv", "W2,", "4.1E+11,", "line 3: id '4.1E+11' was shortened by a spreadsheet: format the column as text and write it again"),
        ("units.csv", "@southgate.example", "clerk@northside.example", "line 3: address 'clerk@northside.example' belongs to Northside Ward (line 2) and Southgate Ward (line 3): keep it at one of them"),
        ("units.csv", "id,name,kind", "id,nam,kind", "line 1: unknown heading 'nam' (do you mean 'name'?); known are id, name, kind, parent, aliases, addresses, population, contact, telephone"),
        ("units.csv", "id,name,kind,parent", "id,name,kind,name", "line 1: heading 名称 (name) stands there twice"),
        ("units.csv", "Art Society,club,,,,,,", "Art Society,club,,,,,,,,surplus", "line 5: has more cells than there are headings: a separator too many, or a cell that needs quotation marks"),
        ("units.csv", "C2,Art Society", 'C2,"Art Society', "is no table: unexpected end of data"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_named_by_file_and_key_with_what_to_write_instead(
    town: Path, file: str, before: str, after: str, problem: str
) -> None:
    spoil(town, file, (before, after))
    assert f"{file}: {problem}" in problems(town)


def test_a_unit_that_goes_through_itself_is_told(town: Path) -> None:
    spoil(town, "units.csv", ("T1,Junior Rowers,not-entitled,Oakbridge Rowing Club", "T1,Junior Rowers,not-entitled,T2"))
    spoil(town, "units.csv", ("T2,Mill Lane Residents,Goes through another,007", "T2,Mill Lane Residents,not-entitled,T1"))
    assert problems(town) == [
        "units.csv: line 6: Junior Rowers goes through itself: no unit above it may nominate",
        "units.csv: line 7: Mill Lane Residents goes through itself: no unit above it may nominate",
    ]


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_told(town: Path, file: str) -> None:
    (town / file).unlink()
    assert problems(town)[0] == f"{file}: is missing: copy it from the campaign that ships and edit it"


def test_no_folder_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path / "nowhere") == ["nowhere: no such campaign folder"]


def _link(path: Path) -> None:
    path.rename(path.with_suffix(".away"))
    path.symlink_to(path.with_suffix(".away"))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("file", "change", "problem"),
    [
        ("units.csv", _link, "is a symbolic link: put the file itself here"),
        ("mail.toml", _folder, "is not a plain file"),
        ("units.csv", lambda p: p.write_bytes(b"x" * (4 * 1024 * 1024 + 1)), "has 4194305 bytes; rule files have at most 4194304"),
        ("units.csv", lambda p: p.write_bytes(b"PK\x03\x04rest"), "is a workbook: save it as CSV (“CSV UTF-8” in Excel, “CSV” in WPS)"),
        ("units.csv", lambda p: p.write_bytes(b"\x7fELF\0\0\0"), "is a binary file: save the table as CSV"),
        ("units.csv", lambda p: p.write_bytes(b"a,b\n\xff\xfe\xfd\n"), "line 2: is neither UTF-8 nor GB18030: save it as “CSV UTF-8”"),
        ("units.csv", lambda p: p.write_bytes(b""), "is empty: the first line must hold the headings 编号 (id),名称 (name),类型 (kind)"),
        ("mail.toml", lambda p: p.write_bytes(b"# \xd6\xd0\n"), "line 1: is not UTF-8: save it as UTF-8"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_text_is_told(town: Path, file: str, change: Callable[[Path], object], problem: str) -> None:
    change(town / file)
    assert f"{file}: {problem}" in problems(town)


# --- the roster as offices save it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_roster_opens_as_excel_and_wps_save_it(town: Path, encoding: str, separator: str, end: str) -> None:
    rows = [
        ("编号", "名称", "类型", "别名", "常住人口", "备用"[:0]),
        ("0012", "老街区委员会", "Ward council", '"老街；老街区、老街办"', '"12,600"', ""),
        ("", "", "", "", "", ""),
        ("0013", '"张庄 ""南"" 会"', "club", '"张庄\n张庄南"', "", ""),
    ]
    text = end.join(separator.join(row) for row in rows) + end
    (town / "units.csv").write_bytes(text.encode(encoding))
    assert load_rules(town).units == (
        Unit("0012", "老街区委员会", "ward", ("老街", "老街区", "老街办"), population=12600),
        Unit("0013", '张庄 "南" 会', "club", ("张庄", "张庄南")),
    )


def test_columns_may_stand_in_any_order_and_under_chinese_or_english_headings(town: Path) -> None:
    (town / "units.csv").write_text("电话,类型,name,代码\n01632,club,Chess Club,9\n", "utf-8")
    assert load_rules(town).units == (Unit("9", "Chess Club", "club", telephone="01632"),)


def test_several_addresses_of_a_unit_are_kept_in_lower_case(town: Path) -> None:
    (town / "units.csv").write_text(
        ROSTER + 'C1,Chess Club,club,,,"A@Chess.example；b@chess.example c@chess.example",\n', "utf-8"
    )
    assert load_rules(town).units[0].addresses == ("a@chess.example", "b@chess.example", "c@chess.example")
