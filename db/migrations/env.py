"""Alembic's entry: runs the migrations on the connection that db.migrate holds the lock on."""

from alembic import context

from db.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
