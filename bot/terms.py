"""Puts settings and rules into the steps' own terms: how much is taken in, who is written to, whose orders count."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.adapters.smtp_policy import letters_a_minute
from bot.campaign import Rules
from bot.config import Config
from bot.deciding.proof import Demand
from bot.deciding.shelf import Shelf
from bot.steps.alert import Watch
from bot.steps.digest import Desk
from bot.steps.intake import IntakeLimits
from bot.steps.order_security import OrderDesk
from bot.steps.shelve import Labels

EARLY = timedelta(days=31)
"""Mail is taken in from so long before the campaign opens: the eager write before the notice is out."""

MIB = 1024 * 1024


def intake_limits(config: Config, rules: Rules) -> IntakeLimits:
    """Mail from long before the campaign is nobody's nomination: an old mailbox is passed over."""
    first = config.mailbox.since or (rules.opens - EARLY).isoformat()
    since = datetime.fromisoformat(first).replace(tzinfo=ZoneInfo(rules.zone))
    return IntakeLimits(config.mailbox.largest_mb * MIB, config.mailbox.batch, since)


def order_desk(config: Config, rules: Rules, key: bytes) -> OrderDesk:
    """Whose orders are taken, on what proof; by default of whoever gets the digest."""
    settings = config.office
    addresses = settings.orders_from or settings.digest_to or rules.office.addresses
    listed = frozenset(address.strip().lower() for address in addresses)
    return OrderDesk(listed, key, settings.orders_servers, Demand(settings.orders_proof))


def digest_desk(config: Config, rules: Rules, disk_free: Callable[[], int | None], key: bytes) -> Desk:
    """Who gets the digest and what it tells besides the ledger."""
    return Desk(config.office.digest_to or rules.office.addresses, config.courier.day_budget, disk_free, key)


def alert_watch(config: Config, rules: Rules) -> Watch:
    """Whom to alert, and after how long."""
    settings = config.operator
    recipients = settings.alert_to or config.office.digest_to or rules.office.addresses
    return Watch(recipients, timedelta(minutes=settings.alert_minutes))


def labels_for(config: Config) -> Labels:
    """What the folders for people are called."""
    names = {shelf: getattr(config.folders, shelf.value) for shelf in Shelf}
    return Labels(names, config.folders.after == "move")


def minute_budget(config: Config) -> int | None:
    """How many letters may leave within a minute; None for any number."""
    if config.courier.minute_budget:
        return config.courier.minute_budget
    return letters_a_minute(config.courier.host) if config.courier.kind == "smtp" else None
