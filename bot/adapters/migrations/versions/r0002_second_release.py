"""The tables of the second release. Grows until that release; from then on it stays as it is."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.migrations.columns import moment, text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Renew what has changed since the first release."""
    # A program of the first release asks for this number, finds another than its own and leaves the ledger alone.
    op.execute("DELETE FROM schema")
    op.execute("INSERT INTO schema (version) VALUES (2)")
    _notes()
    _listed()


def _notes() -> None:
    """What people of the office put down: remarks, opinions, extensions, what units are still to be told."""
    op.create_table("notes", *text("subject", "kind", key=True), *text("text"), *moment("at"), *text("who"))
    op.create_index("notes_kind", "notes", ["kind"])


def _listed() -> None:
    """What summary tables list, and the halves among which a unit may choose."""
    lists = sa.text("listed <> '[]'")
    op.add_column("mails", *text("listed", default="[]"))
    op.create_index("mails_listing", "mails", ["unit"], sqlite_where=lists, postgresql_where=lists)
    op.add_column("nominations", *text("alternatives", default="[]"))
