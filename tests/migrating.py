"""Forward again, after a test has taken the database back to an older day."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def forward() -> None:
    """Migrate all the way: the tests that come after know today's tables alone."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
