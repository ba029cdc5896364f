"""The tables of the first released schema. Its ledgers carry no revision: `schema.version` is 1 in them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.adapters.migrations.columns import identity, moment, number, text, yes_or_no

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    op.create_table("schema", sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False))
    _mails()
    _nominations()
    _texts()
    _letters()
    _history()


def _mails() -> None:
    op.create_table(
        "mails",
        identity(),
        *text("message_id", "sha256"),
        *text("position", null=True),
        *moment("received"),
        *number("size"),
        *text("original"),
        *yes_or_no("complete"),
        *text("state"),
        *number("attempts"),
        *text("outcome", null=True),
        *text("reason"),
        *text("command", "unit", null=True),
        *text("sender", "subject", "findings", "files", "evidence", "filed", "rules", "traceback"),
        *text("letter", "answer_state", null=True),
        *moment("answer_by", "handled", null=True),
        *text("answer_to", "references"),
        *text("given_unit", null=True),
        *yes_or_no("released"),
        *text("folder"),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("message_id", "sha256", name="mails_identity"),
        sqlite_autoincrement=True,
    )
    op.create_index("mails_arrival", "mails", ["received", "folder", "uid", "id"])
    op.create_index("mails_state", "mails", ["state", "received"])
    op.create_index("mails_answer", "mails", ["answer_state", "received"])


def _nominations() -> None:
    op.create_table(
        "nominations",
        *text("number", key=True),
        *number("version", key=True),
        *text("unit"),
        *text("category", null=True),
        *text("nominee", "nominee_unit", "state"),
        *moment("received", "updated"),
        *number("mail"),
        *text("form", "material", null=True),
        *text("fields"),
        *text("count", null=True),
        *text("findings"),
        *number("form_mail", "material_mail", null=True),
        *moment("form_at", "material_at", null=True),
        *yes_or_no("publicity_shown"),
        *moment("paper", null=True),
        *yes_or_no("admitted"),
        *number("order"),
        *text("form_digest", "material_digest", "precedence", "uncertain"),
        *number("standing"),
        *yes_or_no("newest"),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        *text("nominee_key"),
        *moment("touched"),
        sa.Column("touched_by", sa.Integer(), nullable=False),
    )
    newest: dict[str, Any] = {"sqlite_where": sa.text("newest IS 1"), "postgresql_where": sa.text("newest IS true")}
    op.create_index("nominations_newest", "nominations", ["ordinal"], unique=True, **newest)
    op.create_index("nominations_ordinal", "nominations", ["ordinal"])
    op.create_index("nominations_unit", "nominations", ["unit", "category"], **newest)
    op.create_index("nominations_nominee", "nominations", ["nominee_key"], **newest)


def _texts() -> None:
    op.create_table("texts", sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False), *text("text"))
    op.create_table(
        "shingles",
        sa.Column("shingle", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("text", sa.Integer(), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def _letters() -> None:
    op.create_table(
        "addresses",
        *text("unit", "address", key=True),
        *text("name"),
        sa.Column("mail", sa.Integer(), nullable=False),
    )
    op.create_table(
        "outbox",
        identity(),
        *text("letter", "dedup_key", "recipients", "subject", "message_id"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *text("unit", null=True),
        *text("numbers", "mails"),
        *text("question", null=True),
        *text("state"),
        *moment("queued", "due"),
        *number("attempts"),
        *moment("sent", null=True),
        *text("error"),
        sa.UniqueConstraint("dedup_key", name="outbox_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_due", "outbox", ["state", "due", "id"])
    op.create_index("outbox_sent", "outbox", ["state", "sent"])
    op.create_index("outbox_message_id", "outbox", ["message_id"])
    op.create_table(
        "recipients",
        sa.Column("letter", sa.Integer(), sa.ForeignKey("outbox.id"), primary_key=True),
        *text("address", key=True),
    )
    op.create_index("recipients_address", "recipients", ["address"])


def _history() -> None:
    op.create_table("chronicle", identity(), *moment("at"), *text("who", "what", "subject", "facts"), sqlite_autoincrement=True)
    op.create_index("chronicle_subject", "chronicle", ["subject", "id"])
    op.create_table("folders", *text("folder", key=True), *number("uidvalidity", "last_uid"))
    op.create_table("marks", *text("key", key=True), *text("value"))
