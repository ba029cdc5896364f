"""What alembic runs: the revisions, over the connection and within the transaction that the store hands it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
