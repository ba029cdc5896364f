"""The daily digest: when it comes, what it tells, that it comes once and also when nothing happened."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.store import SqlStore
from bot.adapters.store_mails import SqlMails
from bot.adapters.store_outbox import SqlOutbox
from bot.adapters.workbook import LedgerBook
from bot.campaign import Rules
from bot.deciding.briefing import Briefing, Health, briefing, listing, renewed
from bot.deciding.digest_days import digest_due, digest_key, next_digest
from bot.letters.compose import Sender
from bot.letters.order_words import OrderSays
from bot.letters.render import Rendered
from bot.model import Attachment, Change, Filed, Filing, Letter, OutboxState, State
from bot.steps.digest import LARGEST_ATTACHMENT, Desk, digest, digest_letter
from bot.steps.digest_orders import NO_NEWS, OrderNews, order_hints
from bot.steps.digest_view import facts
from bot.steps.export import export
from bot.steps.gather import Post
from tests.fakes import FakeClock, memory_store
from tests.letters.soundness import unsound
from tests.office.build import at, campaign, digest_wording, finding, letter, mail, nomination
from tests.office.scene import Scene, scene

POST = Post(Sender("office@example.org", "活动办公室"))
DESK = Desk(("clerk@example.org",), budget=800)
HEALTH = Health(at(17, 8, 29), "", None, 1, 2, 1, 1, 1, 12, 800, quarantined=1, disk_free=38 << 30)
GOLDEN = Path(__file__).parent / "golden"


def early() -> Scene:
    """The scene as it stands before the deadline."""
    one = scene()
    return replace(one, nominations=tuple(line for line in one.nominations if line.state is not State.LATE))


def told(
    one: Scene | None = None, now: datetime | None = None, since: datetime | None = None, health: Health = HEALTH
) -> Briefing:
    one, now, since = one or early(), now or at(17, 8, 30), since or at(16, 8, 30)
    board = one.seen(since)
    changes = {line.number: [event for event in one.events if event.subject.endswith(line.number)] for line in board.lines}
    return briefing(board, changes, health, one.rules, now, since, one.bounced)


ORDER_KEY = bytes(range(32))


def rendered(
    briefed: Briefing,
    rules: Rules | None = None,
    workbook: str = "推荐台账-2021-12-17.xlsx",
    news: OrderNews = NO_NEWS,
    key: bytes = ORDER_KEY,
) -> Rendered:
    wording, campaign_ = digest_wording(), rules or campaign()
    ordering = replace(campaign_, orders=replace(campaign_.orders, code=("口令",)))
    hints = order_hints(briefed, news, key, OrderSays(wording, ordering), ordering)
    return wording.render(Letter.DIGEST, facts(briefed, wording, campaign_, workbook, hints))


# --- when --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(10, 8, 29), False),  # a Friday, a minute early
        (at(10, 8, 30), True),
        (at(10, 23, 59), True),  # the worker stood still all day
        (at(11, 9), False),  # a Saturday
        (at(12, 9), False),
        (at(18, 9), True),  # a Saturday among the last seven days
        (at(19, 9), True),
        (at(14, 9), True),
        (at(25, 9), False),  # the Saturday after the deadline
        (at(30, 9), True),  # the day of the announcement
        (at(31, 9), False),  # the campaign is over
        (at(30, 9, month=11), False),  # it has not begun
    ],
)
def test_the_digest_comes_on_working_days_and_on_each_of_the_last_days(now: datetime, due: bool) -> None:
    assert digest_due(now, campaign()) is due


def test_a_shifted_working_saturday_has_its_digest() -> None:
    autumn = campaign(opens=at(1, month=9).date(), last_day=at(20, month=12).date())
    assert digest_due(at(26, 9, month=9), autumn)  # Sunday, worked for the National Day holidays
    assert not digest_due(at(1, 9, month=10), autumn)


def test_the_next_digest_skips_the_weekend_and_ends_with_the_campaign() -> None:
    assert next_digest(at(10, 9), campaign()) == at(13, 8, 30)
    assert next_digest(at(10, 8), campaign()) == at(10, 8, 30)
    assert next_digest(at(30, 9), campaign()) is None


# --- what --------------------------------------------------------------------------------------------------------------


def test_the_digest_in_plain_text_is_the_golden_one() -> None:
    assert rendered(told()).text == (GOLDEN / "digest.txt").read_text("utf-8")


def test_the_digest_in_html_is_the_golden_one() -> None:
    assert rendered(told()).html == (GOLDEN / "digest.html").read_text("utf-8")


def test_the_subject_says_the_figures_and_how_long_there_is() -> None:
    assert rendered(told()).subject == "【每日简报】12月17日：在册15件，待人工处理8项，待补正3件，未报1家（距截止3天）"


def quiet() -> Briefing:
    return briefing(Scene(campaign(), (), (), (), ()).board, {}, HEALTH, campaign(), at(2, 8, 30), at(1, 8, 30))


def test_a_day_on_which_nothing_happened_says_so() -> None:
    assert rendered(quiet()).text == (GOLDEN / "digest_quiet.txt").read_text("utf-8")


def test_what_came_is_told_since_the_digest_before() -> None:
    came = told().came
    assert [line.number for line in came.filed.shown] == [
        "0005",
        "0006",
        "0008",
        "0011",
        *(f"00{n}" for n in range(20, 26)),
    ]
    assert told(since=at(17, 8)).came.renewed.shown == (
        (early().board.lines[9], (Change("联系电话", "", "13803710004"), Change("学历", "本科", "研究生"))),
    )
    assert [one.mail.id for one in came.bounces.shown] == [6]


def test_two_corrections_of_one_field_are_told_as_one_and_one_taken_back_not_at_all() -> None:
    one = early()
    event = one.events[3]
    back = replace(event, facts={"field:学历": ("研究生", "本科"), "field:联系电话": ("13803710004", "13803710005")})
    briefed = told(replace(one, events=(*one.events, back)), since=at(17, 8))
    assert briefed.came.renewed.shown[0][1] == (Change("联系电话", "", "13803710005"),)
    assert [line.number for line in renewed(one.board, at(17, 8))] == ["0011"]


@pytest.mark.parametrize(("day", "count"), [(18, 0), (19, 3), (20, 3), (21, 0)])
def test_the_telephone_list_comes_on_the_last_two_days(day: int, count: int) -> None:
    briefed = told(now=at(day, 8, 30), since=at(day - 1, 8, 30))
    assert briefed.ring.count == count
    assert ("电话联系名单" in rendered(briefed).text) is (count > 0)


def test_the_telephone_list_names_contact_number_and_where_the_number_was_found() -> None:
    text = rendered(told(now=at(19, 8, 30))).text
    assert "  新乡市（1件待补正） 孔令仪 0373-5550101；戚长风 0373-5550102（0001号表）；秦晓岚 13803710011" in text
    assert "  另有1家未报单位没有留下电话和邮箱，见“应报未报”。" in text


def test_a_late_one_is_told_with_the_moment_it_came_and_waits_for_a_decision() -> None:
    text = rendered(told(scene(), now=at(22, 8, 30), since=at(21, 8, 30))).text
    assert "  · 逾期：0009 河南省教育厅 安然（12月21日 09:12收到）\n" in text
    assert (
        "0009 河南省教育厅 党员标兵 安然\n     缘由：逾期收到；在截止时间之后9小时12分收到\n     可选：1 准予受理；2 退回\n"
        in text
    )


def test_a_long_list_is_cut_and_says_how_long_it_is() -> None:
    assert listing(range(100), 3).shown == (0, 1, 2)
    assert listing(range(100), 3).more == 97
    many = replace(scene(), nominations=tuple(nomination(n, received=at(16, 10, 1)) for n in range(1, 100)))
    assert "……共99项，其余见附件台账。" in rendered(told(many)).text


def test_trouble_with_the_mailbox_stands_on_the_first_screen() -> None:
    ill = replace(HEALTH, mailbox_error="login refused", stopped_until=at(17, 12))
    html = rendered(told(health=ill)).html
    assert html.index("系统状况：需要关注") < html.index("以来</td>")
    assert html.count("系统状况：需要关注") == 2
    assert "邮箱报错：login refused" in html
    assert "系统状况：正常" in rendered(told(health=replace(HEALTH, failed=0, quarantined=0))).html


def test_a_calendar_that_does_not_reach_so_far_is_told() -> None:
    far = campaign(opens=at(1).date().replace(year=2035), announced=at(30).date().replace(year=2035))
    assert not told(replace(scene(), rules=far)).calendar_known
    assert "工作日历没有覆盖" in rendered(told(replace(scene(), rules=far))).text


def test_units_that_were_reminded_twice_and_still_owe_are_named_with_whom_to_ring() -> None:
    assert [(one.unit.unit.id, one.papers, one.reminded.times, one.open) for one in told().escalated.shown] == [
        ("410700", False, 2, 1)
    ]
    text = rendered(told()).text
    assert "新乡市　已提醒2次（最近一次12月17日 09:00），仍有1件待补正" in text.replace(" 已提醒", "　已提醒")
    assert "孔令仪 0373-5550101" in text


@pytest.mark.parametrize(
    "changed",
    [
        {"state": OutboxState.DROPPED, "sent": None},  # it never went
        {"outgoing": replace(letter(6).outgoing, unit="411000")},  # each was reminded once
        {"outgoing": replace(letter(6, Letter.PAPERS).outgoing)},  # of another thing
    ],
    ids=["dropped", "another unit", "papers"],
)
def test_a_unit_reminded_once_is_not_named(changed: dict[str, object]) -> None:
    one = early()
    second = replace(one.letters[-1], **changed)  # type: ignore[arg-type]  # the case names fields of OutboxRow
    assert told(replace(one, letters=(*one.letters[:-1], second))).escalated.count == 0


def test_a_unit_that_mended_everything_is_not_named_however_often_it_was_reminded() -> None:
    one = early()
    mended = tuple(replace(n, state=State.ACCEPTED, findings=()) if n.number == "0002" else n for n in one.nominations)
    assert told(replace(one, nominations=mended)).escalated.count == 0


def test_a_unit_is_named_for_papers_when_it_was_reminded_of_papers() -> None:
    one = early()
    letters = tuple(letter(id, Letter.PAPERS, sent=at(day, 9)) for id, day in ((5, 22), (6, 27)))
    shown = told(replace(one, letters=letters), now=at(28, 8, 30), since=at(27, 8, 30)).escalated.shown
    assert [(each.unit.unit.id, each.papers, each.open) for each in shown] == [("410700", True, 2)]
    assert "盖章纸质件仍有2件未收到" in rendered(told(replace(one, letters=letters))).text


def test_how_often_is_often_is_the_rules_to_say() -> None:
    one = early()
    reminders = replace(one.rules.reminders, escalate_after=3)
    assert told(replace(one, rules=replace(one.rules, reminders=reminders))).escalated.count == 0
    never = replace(one.rules.reminders, escalate_after=0)
    assert told(replace(one, rules=replace(one.rules, reminders=never))).escalated.count == 0


def test_what_gives_a_nominee_precedence_is_quoted_with_the_nomination() -> None:
    one = early()
    sentences = tuple(f"第{n}句：2020年获评全省先进个人。" for n in range(1, 6))
    fresh = tuple(replace(n, precedence=sentences) if n.number == "0005" else n for n in one.nominations)
    text = rendered(told(replace(one, nominations=fresh))).text
    assert (
        "优先情形（摘自材料，仅供参考）：“第1句：2020年获评全省先进个人。”“第2句：2020年获评全省先进个人。”"
        "“第3句：2020年获评全省先进个人。”……共5处，其余见台账" in text
    )


def test_a_bounce_is_told_with_the_letter_the_unit_and_the_address() -> None:
    text = rendered(told()).text
    assert "发给许昌市（xc@example.com）的受理回执“【受理回执】许昌市 0004”没有送达（邮件6）；该邮箱已标记" in text


def test_a_report_about_no_letter_of_ours_says_so() -> None:
    one = early()
    board = one.seen(at(16, 8, 30))
    bare = briefing(board, {}, HEALTH, one.rules, at(17, 8, 30), at(16, 8, 30))
    assert "邮件6　“系统退信”，无法对应到去信" in rendered(bare).text.replace("邮件6 ", "邮件6　")


def test_a_full_disk_and_mails_set_aside_stand_on_the_first_screen() -> None:
    for health in (replace(HEALTH, failed=0, quarantined=0, disk_free=1 << 30), replace(HEALTH, failed=0, quarantined=2)):
        assert "系统状况：需要关注" in rendered(told(health=health)).html.partition("以来</td>")[0]
    assert "空间不足" in rendered(told(health=replace(HEALTH, disk_free=1 << 30))).text
    assert replace(HEALTH, failed=0, quarantined=0).well


@pytest.mark.parametrize(
    "briefed", [told(), told(now=at(20, 8, 30)), told(Scene(campaign(), (), (), (), ()))], ids=["lively", "last day", "quiet"]
)
def test_the_digest_is_sound_mail_and_says_the_same_in_text_and_html(briefed: Briefing) -> None:
    workbook = Attachment("推荐台账.xlsx", b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    assert unsound(digest_letter(briefed, workbook, digest_wording(), campaign(), POST, DESK)) == []


def test_words_from_outside_are_no_markup() -> None:
    evil = replace(scene(), nominations=(nomination(1, nominee="<script>alert(1)</script>", received=at(16, 9)),))
    html = rendered(told(evil)).html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


# --- the step ----------------------------------------------------------------------------------------------------------


def filled_store() -> SqlStore:
    store = memory_store()
    one = scene()
    with store.begin() as transaction:
        for row in one.mails:
            transaction.mails.add(row)
        for row in one.mails:
            transaction.mails.save(row)
        for filed in one.nominations:
            transaction.nominations.file(Filed(filed, Filing.FILED), filed.mail, filed.updated)
        for event in one.events:
            transaction.chronicle.add(event)
        transaction.marks.put("last-poll", at(17, 8, 29).isoformat())
    return store


def run(store: SqlStore, clock: FakeClock, desk: Desk = DESK, kept: dict[str, bytes] | None = None) -> bool:
    def keep(name: str, content: bytes) -> Path:
        (kept if kept is not None else {})[name] = content
        return Path(name)

    wording = digest_wording()
    return digest(store, wording, campaign(), clock, LedgerBook(campaign(), wording), POST, desk, keep)


def test_the_digest_is_queued_once_a_day_with_the_workbook_and_the_workbook_is_kept() -> None:
    store, clock, kept = filled_store(), FakeClock(at(17, 8, 30)), dict[str, bytes]()
    assert run(store, clock, kept=kept)
    clock.advance(timedelta(minutes=1))
    assert not run(store, clock, kept=kept)
    with store.glance() as ledger:
        (row,) = ledger.outbox.all()
        assert [event.what for event in ledger.chronicle.of("letter:digest:2021-12-17")] == ["digest"]
    assert (row.outgoing.dedup_key, row.outgoing.recipients) == ("digest:2021-12-17", ("clerk@example.org",))
    message = email.message_from_bytes(row.outgoing.content, policy=email.policy.default)
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "推荐台账-2021-12-17.xlsx"
    assert attachment.get_content() == kept["推荐台账.xlsx"]
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_ledger_is_read_once_for_letter_and_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counting(part: type[SqlMails | SqlOutbox], name: str) -> None:
        whole = getattr(part, name)

        def counted(of: object) -> Iterator[object]:
            read.append(name)
            found: Iterator[object] = whole(of)
            return found

        monkeypatch.setattr(part, name, counted)

    counting(SqlMails, "all")
    counting(SqlOutbox, "heads")
    assert run(filled_store(), FakeClock(at(17, 8, 30)))
    assert sorted(read) == ["all", "heads"]


def test_before_its_minute_and_on_a_rest_day_nothing_is_queued() -> None:
    store = filled_store()
    assert not run(store, FakeClock(at(17, 8, 29)))
    assert not run(store, FakeClock(at(11, 9)))
    with store.glance() as ledger:
        assert list(ledger.outbox.all()) == []


def test_the_digest_of_the_next_day_tells_only_what_came_in_between() -> None:
    store, clock = filled_store(), FakeClock(at(17, 8, 30))
    run(store, clock)
    clock.advance(timedelta(days=1))
    with store.begin() as transaction:
        late = nomination(99, nominee="周五来的项目", received=at(17, 20), updated=at(17, 20), mail=1)
        transaction.nominations.file(Filed(late, Filing.FILED), 1, at(17, 20))
    assert run(store, clock)
    with store.glance() as ledger:
        rows = list(ledger.outbox.all())
    message = email.message_from_bytes(rows[1].outgoing.content, policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "上期简报以来新收（件）  2" in text  # with the late one of the scene, from the 21st
    assert "0099 新乡市 实事项目 周五来的项目（已受理）" in text


def test_without_an_address_nothing_is_queued_and_the_day_stays_open() -> None:
    store, clock = filled_store(), FakeClock(at(17, 8, 30))
    assert not run(store, clock, Desk(()))
    assert run(store, clock)


def test_a_workbook_that_no_mailbox_takes_stays_at_home() -> None:
    huge = Attachment("推荐台账.xlsx", bytes(LARGEST_ATTACHMENT + 1), "application/octet-stream")
    letter = digest_letter(told(), huge, digest_wording(), campaign(), POST, DESK)
    assert len(letter.content) < 200_000
    message = email.message_from_bytes(letter.content, policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    assert "台账文件过大，没有随信发送" in body.get_content()


def test_the_export_is_the_same_workbook_whenever_it_is_written() -> None:
    store, kept = filled_store(), list[bytes]()

    def keep(name: str, content: bytes) -> Path:
        kept.append(content)
        return Path("state/export") / name

    book = LedgerBook(campaign(), digest_wording())
    assert export(store, book, campaign(), keep) == Path("state/export/推荐台账.xlsx")
    export(store, book, campaign(), keep)
    assert kept[0] == kept[1]


def test_the_key_is_the_day_of_the_campaign() -> None:
    assert digest_key(at(17, 0, 1)) == "digest:2021-12-17"


def test_who_is_listed_in_a_summary_table_and_has_not_come_is_named_once() -> None:
    gaps = tuple(
        finding(check, file="汇总表.xlsx", nominee=name, listed=True)
        for name in ("安然", "“心桥”服务队")
        for check in ("form-missing", "material-missing")
    )
    one = early()
    briefed = told(replace(one, mails=(*one.mails, mail(90, findings=gaps))))
    assert [(line.unit, line.mail, line.nominees) for line in briefed.missing.shown] == [
        ("410700", 90, ("安然", "“心桥”服务队"))
    ]
    both = rendered(briefed)
    assert "  · 邮件90 新乡市：汇总表列有“安然”“‘心桥’服务队”，没有收到其材料\n" in both.text
    assert "邮件90 新乡市：汇总表列有“安然”“‘心桥’服务队”，没有收到其材料" in both.html
