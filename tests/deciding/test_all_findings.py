"""Every finding of the closed list can be given, with the facts that its wording needs."""

from collections.abc import Iterator

import pytest

from bot.deciding.facts import OF_LEDGER, OF_MAIL, OF_MATERIAL, OF_PAIR
from bot.model import SEVERITIES, Finding
from tests.deciding.build import Ledger, at, file, filled, mail, picture, text, unread, whole

LATER = {"similar-material", "versions-differ", "stamp-not-seen"}
"""Given by other parts of the program, over the whole ledger or over pictures."""

KEYS: dict[str, set[str]] = {
    "no-attachment": set(),
    "cloud-attachment": {"links", "count"},
    "attachment-unreadable": set(),
    "attachment-encrypted": set(),
    "attachment-unsupported": set(),
    "attachment-unsafe": set(),
    "unit-unknown": {"found"},
    "unit-ambiguous": {"candidates", "names"},
    "unit-not-entitled": {"unit", "name", "through", "through_name"},
    "category-unknown": {"candidates", "names"},
    "category-ambiguous": {"candidates", "names", "sources"},
    "form-missing": {"nominee"},
    "material-missing": {"nominee", "limit"},
    "field-missing": {"wanted"},
    "field-invalid": {"found", "wanted"},
    "material-too-long": {"count", "limit", "over"},
    "material-near-limit": {"count", "characters", "limit"},
    "publicity-missing": {"days"},
    "publicity-too-short": {"found", "first", "last", "days", "limit", "over", "arrived"},
    "not-party-member": {"found", "wanted"},
    "not-in-service": {"found", "reason"},
    "over-quota": {"quota", "live", "place", "numbers", "nominees"},
    "late": {"days", "hours", "minutes", "deadline", "received"},
    "duplicate-nominee": {"numbers", "nominees", "units", "categories"},
    "sender-new": {"address", "known"},
}
"""The facts each finding carries at least; see `bot/deciding/facts.py`."""


def everything_wrong() -> Iterator[Finding]:
    """A bad week: mails that between them give every finding."""
    ledger = Ledger()
    two = [
        file(f"{n}.docx", *filled("team", {"单位（团队）名称": n, "推荐单位": u}).sections)
        for n, u in (("甲队", "郑州市"), ("乙队", "洛阳市"))
    ]
    county = filled("project", {"推荐单位": "新乡市红旗区", "推荐单位意见": "同意推荐。红旗区委（盖章）"})
    stranger = filled("project", {"推荐单位": "某某协会", "实施单位": "某某协会", "推荐单位意见": "同意"})
    other = {"body": "请查收。", "sender": "x@mail.example"}
    contradicting = file("推荐表.docx", *filled("team", {"单位（团队）名称": "新乡市“晨光”队"}).sections)
    province = whole("member", 推荐单位="河南省教育厅", 公示情况="")
    mails = [
        (mail(), 16),
        (mail(links=("https://pan.baidu.com/s/1",)), 16),
        (mail(*(unread(f"{c}.zip", c) for c in ("attachment-unreadable", "attachment-encrypted", "attachment-unsafe"))), 16),
        (mail(picture("推荐表.jpg")), 16),
        (mail(stranger, file("a.docx", text()), subject="推荐材料", body=other["body"], sender=other["sender"]), 16),
        (mail(*two, subject="推荐材料", body=other["body"], sender=other["sender"]), 16),
        (mail(county, file("a.docx", text()), subject="红旗区推荐材料", body="红旗区现报送。", sender=other["sender"]), 16),
        (mail(file("柏知远典型材料.docx", text("典型材料"))), 16),
        (mail(contradicting, file("a.docx", text("党员服务标兵典型材料"))), 16),
        (mail(whole("project", 项目名称="“一”项目", 联系电话="", 开展时间="2021年13月", 公示情况="")[0]), 16),
        (mail(*whole("member", 政治面貌="群众", 出生年月="1950年1月", 公示情况="12月14日至15日公示")), 16),
        (mail(filled("team", {}), file("a.docx", text(words=2100))), 16),
        (
            mail(
                filled("project", {"项目名称": "“二”项目"}), file("b.docx", text(words=1900, characters=2100, body="另一篇。"))
            ),
            16,
        ),
        (mail(*province, subject="河南省教育厅材料", body="现将河南省教育厅材料报送。", sender="jgdw@jyt.example"), 22),
        (
            mail(
                *whole("member", 推荐单位="河南省教育厅", 公示情况="", 姓名="祝青禾"),
                subject="河南省教育厅材料",
                body="河南省教育厅报送。",
            ),
            16,
        ),
        (
            mail(
                *whole("member", 推荐单位="河南省教育厅", 公示情况="", 姓名="谷向垚"),
                subject="河南省教育厅材料",
                body="河南省教育厅报送。",
            ),
            16,
        ),
        (mail(*whole("team", **{"单位（团队）名称": "新乡市“新芽”队"}), sender="new@mail.example"), 16),
    ]
    for reading, day in mails:
        decision = ledger.take(reading, at(day))
        yield from decision.findings
        for entry in decision.filed:
            yield from entry.nomination.findings


GIVEN = list(everything_wrong())


@pytest.mark.parametrize("check", [check for check in SEVERITIES if check not in LATER])
def test_each_finding_can_be_given_with_its_severity_and_facts(check: str) -> None:
    found = [finding for finding in GIVEN if finding.check == check]
    assert found
    for finding in found:
        assert finding.severity is SEVERITIES[check]
        assert set(finding.facts) >= KEYS[check]


def test_a_finding_stands_at_the_mail_or_at_a_nomination_and_says_which_file() -> None:
    for finding in GIVEN:
        if finding.check.startswith(("field-", "publicity-", "not-", "material-", "form-")):
            assert finding.file is not None
        if finding.field is not None:
            assert finding.check not in OF_MAIL | OF_MATERIAL | OF_LEDGER | OF_PAIR


def test_no_finding_is_outside_the_closed_list() -> None:
    assert {finding.check for finding in GIVEN} == set(SEVERITIES) - LATER
