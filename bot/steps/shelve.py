"""Shelve: handled mails are put into folders where people look for them; the ledger never looks there itself."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.deciding.shelf import Shelf, shelf
from bot.model import MailRow, MailState, Position
from bot.ports import Cabinet, LoginError, Lying, MailboxError, Store, Transaction

SEEN = "shelves-seen"
"""Mark: up to which row of the history mails have been looked at."""

AGAIN = "shelves-again"
"""Mark: numbers of mails that could not be put away, to be tried again in the next round."""

PAGE = 200
"""Rows of the history looked at in one call."""

log = logging.getLogger("shouli.shelve")


@dataclass(frozen=True, slots=True)
class Labels:
    """What the folders are called, and whether mails are moved there or copied."""

    names: Mapping[Shelf, str]
    move: bool = False


@dataclass(frozen=True, slots=True)
class _Task:
    """A mail that belongs elsewhere than it lies. `put`: where an earlier call put it."""

    mail: MailRow
    folder: str
    put: Position | None


def shelve(store: Store, cabinet: Cabinet, labels: Labels) -> bool:
    """Put away what the newest page of the history speaks of; says whether there is more.

    A mailbox that fails is logged and costs nothing but time: what is left is tried again. A mail that lies no more where it
    did was moved or deleted by people, and they are right. LoginError is passed on: who asks again must know.
    """
    with store.glance() as look:
        again, entries = _again(look), look.chronicle.since(int(look.marks.get(SEEN) or 0), PAGE)
        subjects = [entry.event.subject for entry in entries] if not again else []
        tasks = list(_tasks(look, [*again, *_mails(look, subjects)], labels))
    left = _done(store, cabinet, tasks, labels)
    with store.begin() as transaction:
        transaction.marks.put(AGAIN, " ".join(str(task.mail.id) for task in left) or None)
        if entries and not again:
            transaction.marks.put(SEEN, str(entries[-1].id))
    return not left and bool(again or len(entries) == PAGE)


def _again(look: Transaction) -> list[int]:
    return [int(word) for word in (look.marks.get(AGAIN) or "").split()]


def _mails(look: Transaction, subjects: Sequence[str]) -> Iterator[int]:
    """The mails that these rows of the history are about, or that brought the nominations they are about."""
    for subject in dict.fromkeys(subjects):
        kind, _, number = subject.partition(":")
        if kind == "mail" and number.isdecimal():
            yield int(number)
        elif kind == "nomination" and (nomination := look.nominations.get(number)) is not None:
            yield nomination.mail


def _tasks(look: Transaction, mails: Sequence[int], labels: Labels) -> Iterator[_Task]:
    for id in dict.fromkeys(mails):
        mail = look.mails.get(id)
        if mail.state is MailState.NEW or mail.position is None:
            continue
        filed = [nomination for number in mail.filed if (nomination := look.nominations.get(number)) is not None]
        place, put = shelf(mail, filed), _put(look, id)
        if place is not None and (put is None or put.folder != labels.names[place]):
            yield _Task(mail, labels.names[place], put)


def _done(store: Store, cabinet: Cabinet, tasks: Sequence[_Task], labels: Labels) -> list[_Task]:
    """One after the other, each remembered at once; gives back those that are left, the one that failed at their end."""
    for number, task in enumerate(tasks):
        try:
            found = cabinet.put(_lying(task, labels), task.folder, move=labels.move)
            if found is not None and task.put is not None and not labels.move:
                cabinet.clear(task.put)
        except LoginError:
            raise
        except MailboxError as error:
            log.warning("mail %d: not put into its folder, tried again in the next round: %s", task.mail.id, error)
            return [*tasks[number + 1 :], task]
        if found is None:
            log.info("mail %d: lies no more where it did, people have moved it", task.mail.id)
        with store.begin() as transaction:
            transaction.marks.put(_key(task.mail.id), _word(found or Position(task.folder, 0, 0)))
    return []


def _lying(task: _Task, labels: Labels) -> Lying:
    """Where the mail lies now: where we moved it, else where it came in."""
    where = task.put if labels.move and task.put is not None else task.mail.position
    assert where is not None  # noqa: S101 - mails without a position are no tasks; this tells the type checker
    return Lying(where, task.mail.message_id, task.mail.size)


def _put(look: Transaction, mail: int) -> Position | None:
    word = look.marks.get(_key(mail))
    if word is None:
        return None
    uidvalidity, uid, folder = word.split(" ", 2)
    return Position(folder, int(uidvalidity), int(uid))


def _word(position: Position) -> str:
    return f"{position.uidvalidity} {position.uid} {position.folder}"


def _key(mail: int) -> str:
    return f"shelf:{mail}"
