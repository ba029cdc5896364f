"""The tables of the ledger database, with the indexes that keep it fast at a hundred thousand nominations."""

import sqlalchemy as sa

from bot.adapters.store_values import Moment, Shape, Words
from bot.model import Event, MailRow, Nomination, Note, OutboxRow, Outgoing
from bot.ports import Mark

REVISION = "0002"
"""The newest revision in `bot/adapters/migrations/`, which every change of the tables below goes into."""

SCHEMA = 2
"""What a program of the first release, which knows of no revisions, asks for: where it is not 1, it touches nothing."""

KEY_LENGTH = 200
"""Characters of a folded nominee that are compared: an index row must stay below 2,700 bytes in PostgreSQL."""

metadata = sa.MetaData()

# alembic's own table, as alembic makes it; not among the tables that a copy takes along.
revisions = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

MAIL = Shape(MailRow, leave=("id",))
NOMINATION = Shape(Nomination)
OUTGOING = Shape(Outgoing)
OUTBOX_ROW = Shape(OutboxRow, leave=("id", "outgoing"))
EVENT = Shape(Event)
MARK = Shape(Mark)
NOTE = Shape(Note)


LISTS = sa.text("listed <> '[]'")
"""Mails with a summary table: few, and looked for whenever something of their unit is filed."""


def _identity() -> sa.Column[int]:
    """A number that is never given twice."""
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


schema = sa.Table(
    "schema",
    metadata,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
)

mails = sa.Table(
    "mails",
    metadata,
    _identity(),
    *MAIL.columns(),
    # `position` is kept whole as JSON; these two put mails that arrived in the same second in order.
    sa.Column("folder", Words, nullable=False),
    sa.Column("uid", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("message_id", "sha256", name="mails_identity"),
    sa.Index("mails_arrival", "received", "folder", "uid", "id"),
    sa.Index("mails_state", "state", "received"),
    sa.Index("mails_answer", "answer_state", "received"),
    sa.Index("mails_listing", "unit", sqlite_where=LISTS, postgresql_where=LISTS),
    sqlite_autoincrement=True,
)

nominations = sa.Table(
    "nominations",
    metadata,
    *NOMINATION.columns(key=("number", "version")),
    sa.Column("newest", sa.Boolean, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),  # the number as a number: 10000 comes after 9999
    sa.Column("nominee_key", Words, nullable=False),
    sa.Column("touched", Moment, nullable=False),  # when this version was last written, and by which mail
    sa.Column("touched_by", sa.Integer, nullable=False),
)
_newest = nominations.c.newest.is_(True)
sa.Index("nominations_newest", nominations.c.ordinal, unique=True, sqlite_where=_newest, postgresql_where=_newest)
sa.Index("nominations_ordinal", nominations.c.ordinal)
sa.Index("nominations_unit", nominations.c.unit, nominations.c.category, sqlite_where=_newest, postgresql_where=_newest)
sa.Index("nominations_nominee", nominations.c.nominee_key, sqlite_where=_newest, postgresql_where=_newest)

# The words of each nomination's newest material, and its sampled shingles (`bot/deciding/alike.py`) by which copies are found.
texts = sa.Table(
    "texts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),  # the nomination's number as a number
    sa.Column("text", Words, nullable=False),
)

shingles = sa.Table(
    "shingles",
    metadata,
    sa.Column("shingle", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

addresses = sa.Table(
    "addresses",
    metadata,
    sa.Column("unit", Words, primary_key=True),
    sa.Column("address", Words, primary_key=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("mail", sa.Integer, nullable=False),  # the first mail that showed it
)

outbox = sa.Table(
    "outbox",
    metadata,
    _identity(),
    *OUTGOING.columns(),
    *OUTBOX_ROW.columns(),
    sa.UniqueConstraint("dedup_key", name="outbox_key"),
    sa.Index("outbox_due", "state", "due", "id"),
    sa.Index("outbox_sent", "state", "sent"),
    sa.Index("outbox_message_id", "message_id"),
    sqlite_autoincrement=True,
)

recipients = sa.Table(
    "recipients",
    metadata,
    sa.Column("letter", sa.Integer, sa.ForeignKey("outbox.id"), primary_key=True),
    sa.Column("address", Words, primary_key=True),  # lower case
    sa.Index("recipients_address", "address"),
)

chronicle = sa.Table(
    "chronicle",
    metadata,
    _identity(),
    *EVENT.columns(),
    sa.Index("chronicle_subject", "subject", "id"),
    sqlite_autoincrement=True,
)

notes = sa.Table("notes", metadata, *NOTE.columns(key=("subject", "kind")), sa.Index("notes_kind", "kind"))

folders = sa.Table("folders", metadata, *MARK.columns(key=("folder",)))

marks = sa.Table(
    "marks",
    metadata,
    sa.Column("key", Words, primary_key=True),
    sa.Column("value", Words, nullable=False),
)
