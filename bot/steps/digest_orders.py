"""The digest's part about orders by mail: today's code, what was refused since the last digest, whether letters pause."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.briefing import Briefing
from bot.deciding.codes import day_code, spelled
from bot.deciding.deeds import OPTIONS
from bot.deciding.digest_days import next_digest
from bot.deciding.waiting import Waiting
from bot.letters.order_words import OrderSays
from bot.ports import Transaction
from bot.steps.order_days import LONGEST
from bot.steps.order_security import ORDERS, REFUSED
from bot.steps.rulings_post import PAUSED


@dataclass(frozen=True, slots=True)
class OrderNews:
    """What the ledger says about orders; `refused` are the mails of each reason since the last digest."""

    refused: tuple[tuple[str, tuple[str, ...]], ...] = ()
    paused: datetime | None = None


NO_NEWS = OrderNews()


def order_news(ledger: Transaction, since: datetime) -> OrderNews:
    """One look."""
    refused: defaultdict[str, list[str]] = defaultdict(list)
    for event in ledger.chronicle.of(ORDERS):
        if event.what == REFUSED and event.at >= since:
            refused[str(event.facts["why"])].append(str(event.facts["mail"]))
    paused = ledger.marks.get(PAUSED)
    return OrderNews(
        tuple((why, tuple(mails)) for why, mails in sorted(refused.items())), datetime.fromisoformat(paused) if paused else None
    )


@dataclass(frozen=True, slots=True)
class OrderHints:
    """The same in words; `code` is empty where no order can be taken."""

    says: OrderSays
    code: str = ""
    until: datetime | None = None
    refused: str = ""
    paused: str = ""

    def say(self, key: str, **values: object) -> str:
        """A sentence of `words/orders.toml`."""
        return self.says.put(key, **values)

    def options(self, one: Waiting) -> str:
        """What can be done about a thing, by number; "" where nothing can by an order."""
        deeds = OPTIONS.get(one.reason, ())
        named = [self.say("option", number=number, deed=self.say(f"deed_{deed}")) for number, deed in enumerate(deeds, 1)]
        return self.say("parted").join(named)


def order_hints(told: Briefing, news: OrderNews, key: bytes, says: OrderSays, rules: Rules) -> OrderHints:
    """What the digest says about orders; without a secret it carries no code."""
    code = spelled(day_code(key, rules.id, told.now.date())) if key and rules.orders.code else ""
    return OrderHints(says, code, _until(told.now, rules) if code else None, _refused(news, says), _paused(told, news, says))


def _until(now: datetime, rules: Rules) -> datetime:
    """A code holds until the digest after the next one is due."""
    following = next_digest(now, rules)
    after = next_digest(following, rules) if following else None
    return min(after or now + LONGEST, now + LONGEST)


def _refused(news: OrderNews, says: OrderSays) -> str:
    if not news.refused:
        return ""
    whys = [
        says.put(
            "refused_part",
            why=says.put(f"refused_{why}"),
            count=len(mails),
            mails=[says.about(mail) for mail in mails[-3:]],
        )
        for why, mails in news.refused
    ]
    return says.put("refused", count=sum(len(mails) for _, mails in news.refused), whys=whys)


def _paused(told: Briefing, news: OrderNews, says: OrderSays) -> str:
    if news.paused is None:
        return ""
    moment = says.wording.phrase("digest", "moment", {"t": news.paused})
    return says.put("paused", moment=moment, count=told.health.queued)


def listed_items(told: Briefing) -> tuple[str, ...]:
    """What the digest numbers, each as its thing and why it waits: an answer by number is understood by this."""
    return tuple(f"{_about(one)} {one.reason}" for one in told.waiting.shown)


def _about(one: Waiting) -> str:
    if one.what == "nomination":
        return f"nomination:{one.number}"
    return f"mail:{one.mail}" if one.what == "mail" else f"letter:{one.letter}"
