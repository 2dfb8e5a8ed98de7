"""Putting new rows into a table with a statement that is made once for its model.

Django's compiler makes every INSERT anew, and that costs more than the database takes to run
it: of storing one report it was a third, while every other writer waited. Here each value goes
through its field as always; what is left out is what new rows with ids of their own do not
need: signals (there are none), parents, ids that the database gives.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.transaction import mark_for_rollback_on_error


def insert(*rows: models.Model) -> None:
    """Insert new rows of one model, all in one statement's time.

    :raises IntegrityError: if a constraint forbids one of them
    """
    if not rows:
        return
    put(*prepared(rows))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as save() does


def prepared(rows: Sequence[models.Model]) -> tuple[str, Sequence[Sequence[Any]]]:
    """Return the statement that inserts these rows of one model, and the values of each."""
    statement, fields = _statement(type(rows[0]))
    values = [
        [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
        for row in rows
    ]
    return statement, values


def put(statement: str, values: Sequence[Sequence[Any]]) -> None:
    """Insert what was prepared."""
    with mark_for_rollback_on_error(using=connection.alias), connection.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(statement, values[0])
        else:
            cursor.executemany(statement, values)


@cache
def _statement(model: type[models.Model]) -> "tuple[str, tuple[models.Field[Any, Any], ...]]":
    """Return the INSERT of a model, and the fields in its order."""
    meta, quote = model._meta, connection.ops.quote_name  # noqa: SLF001 - public in all but name
    fields = tuple(meta.local_concrete_fields)
    if meta.parents or isinstance(meta.pk, models.AutoField):
        raise TypeError(f"{meta.label} leaves something to the database")
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quote(meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({places})", fields  # noqa: S608 - our own
