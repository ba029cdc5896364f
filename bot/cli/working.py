"""Commands that do the work: the scheduled worker and the single round."""

import argparse
from dataclasses import replace
from typing import Any

from bot.adapters.heartbeat import Heartbeat, Pulse
from bot.adapters.log import set_up_logging
from bot.adapters.notify import Notifier
from bot.config import Config, load_config
from bot.opening import open_app, rare_collections
from bot.schedule import Watched, run_until_stopped
from bot.steps.deliver import ask_again
from bot.steps.login_pause import forget


def add_to(commands: Any) -> None:
    """Declare the commands."""
    run = commands.add_parser("run", help="work until stopped: poll, handle, answer, remind, digest, deliver")
    run.set_defaults(handler=_run)
    once = commands.add_parser("once", help="one round, then exit (for cron); exit 1 when something went wrong in it")
    once.add_argument(
        "--login", action="store_true", help="ask mailbox and letter server although they refused the login a while ago"
    )
    once.set_defaults(handler=_once)


def _run(given: argparse.Namespace) -> int:
    config = load_config(given.config)
    set_up_logging(config.worker.log, quiet=False)
    with open_app(config) as app, rare_collections():
        forget(app.store)  # who starts a worker may have put the password right
        ask_again(app.store, app.clock)
        notifier = Notifier()
        app.pulse = Pulse(Heartbeat(config.state_folder, app.clock, config.worker.poll_seconds), notifier)
        app.start()
        notifier.ready()
        watched = Watched(notifier.alive, notifier.watchdog_seconds / 3)
        run_until_stopped(app.round, config.worker.poll_seconds, app.rules.zone, app.stopping, watched)
        notifier.stopping()
        return 2 if app.lost else 0


def _once(given: argparse.Namespace) -> int:
    config = at_once(load_config(given.config))
    set_up_logging(config.worker.log, quiet=False)
    with open_app(config) as app, rare_collections():
        if given.login:
            forget(app.store)
            ask_again(app.store, app.clock)
        app.pulse = Pulse(Heartbeat(config.state_folder, app.clock, 0), Notifier())
        app.start()
        well = app.round().well
        if app.looker is not None:  # nothing waits for it any more
            app.looker.finish()
        return 0 if well else 1


def at_once(config: Config) -> Config:
    """Settings of a single round: cron has its own rhythm, so what lies there together is answered together and at once."""
    return replace(config, answers=replace(config.answers, quiet_seconds=0, window_minutes=0))
