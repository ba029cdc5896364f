"""Opens the program for its settings: what a worker must hold first, on what it refuses to start, every part in its place."""

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.annotate import DocxAnnotator
from bot.adapters.clock import SystemClock
from bot.adapters.edits import Edits
from bot.adapters.files import FileOriginals, StateError, free_bytes, make_state, only_worker
from bot.adapters.footing import Footing
from bot.adapters.ledger_emptying import ARCHIVED
from bot.adapters.order_key import make_order_key, order_key
from bot.adapters.rules import load_rules
from bot.adapters.scans import find_scanner
from bot.adapters.store import SqlStore
from bot.adapters.store_schema import bring_up_to_date
from bot.app import App
from bot.config import Config, ConfigError
from bot.ports import Clock, Store
from bot.steps.edited import note_edit
from bot.steps.second_look import Looker, SecondLook
from bot.wiring import (
    cabinet_for,
    campaign_folder,
    courier_for,
    lacking,
    ledger_url,
    mailbox_for,
    post_for,
    reader_pool,
    wording_for,
)

_COLLECTIONS = (5000, 20, 50)  # new containers until the youngest are looked at; such looks until the older ones are

LEAST_FREE = 64 * 1024
"""Bytes that a worker needs to write down what it does."""


@contextmanager
def open_app(config: Config, clock: Clock | None = None, *, working: bool = True) -> Iterator[App]:
    """The program for these settings. `working`: hold the lock that keeps a second worker out; looking needs none.

    ConfigError, RulesError, WordingError, StateError and StoreError say what keeps it from opening.
    """
    if working and (problems := lacking(config)):
        raise ConfigError(problems)
    campaign = campaign_folder(config)
    rules = load_rules(campaign)
    wording = wording_for(config, rules, campaign)
    zone = ZoneInfo(rules.zone)
    state = make_state(config.state_folder)
    with ExitStack() as stack:
        store, overtaken = _ledger(stack, config, state, zone, working=working)
        reader = reader_pool(config, rules, config.worker.readers)
        stack.callback(reader.close)
        annotator = DocxAnnotator(rules, config.limits)
        stack.callback(annotator.close)
        post = post_for(config, rules)
        mailbox, courier = mailbox_for(config, zone), courier_for(config, post.sender.address)
        originals = FileOriginals(state)
        now = clock or SystemClock(rules.zone)
        app = App(config, rules, wording, now, store, originals, mailbox, courier, reader, post, annotator=annotator)
        app.disk_free = partial(free_bytes, state)
        app.order_key = make_order_key(state) if working else order_key(state)
        app.renew_rules()
        if working:
            _watch(app, campaign, state, overtaken)
            app.cabinet = cabinet_for(config)
            app.looker = _looker(stack, app)
        yield app


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let the garbage collector look at new things only, and when there are thousands of them.

    Modules, rules, rosters and templates stay as long as the worker does; to go through them again and again costs 0.4 ms a
    mail. What a mail leaves behind goes without the collector, for there are hardly any cycles in it.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _ledger(
    stack: ExitStack, config: Config, state: Path, zone: ZoneInfo, *, working: bool
) -> tuple[SqlStore, Callable[[], str]]:
    """The ledger, closed with the stack, and what asks whether it was overtaken; a worker holds what it needs first."""
    if working:
        stack.enter_context(only_worker(state))
        _refuse_full(state)
        bring_up_to_date(ledger_url(config))
    store = SqlStore(ledger_url(config), zone)
    stack.callback(store.close)
    if not working:
        return store, str
    _refuse_archived(store)
    return store, stack.enter_context(store.alone())


def _looker(stack: ExitStack, app: App) -> Looker | None:
    """Who reads scans in the background, where it is wanted and the extra is installed."""
    scanner = find_scanner(app.rules, app.config.limits) if app.config.worker.ocr else None
    if scanner is None:
        return None
    looker = Looker(SecondLook(app.store, app.originals, app.reader, scanner, app.rules, app.clock))
    stack.callback(looker.close)
    return looker


def _refuse_full(state: Path) -> None:
    """Where nothing can be written down, nothing is taken in: the mails wait in the mailbox."""
    free = free_bytes(state)
    if free is not None and free < LEAST_FREE:
        raise StateError(f"{state}: only {free} bytes are free on this disk: make room; nothing was taken in")


def _refuse_archived(store: Store) -> None:
    """A ledger without its personal data would take every mail that lies in the mailbox for a new one."""
    with store.glance() as look:
        since = look.marks.get(ARCHIVED)
    if since is not None:
        raise StateError(f"the campaign of this ledger was archived on {since[:10]}: name another state folder for a new one")


def _watch(app: App, campaign: Path, state: Path, overtaken: Callable[[], str]) -> None:
    """Remember what the worker stands on, and which rules and wording it has read."""
    own = app.config.campaign.templates
    folders = (campaign, *((app.config.path(own),) if own else ()))
    app.footing = Footing((state / "lock", state / "ledger.db"), overtaken)
    app.edits = Edits(folders, lambda: wording_for(app.config, load_rules(campaign), campaign))
    note_edit(app.store, "")
