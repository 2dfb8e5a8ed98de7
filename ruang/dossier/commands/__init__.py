"""Everything that changes a record."""

from ruang.dossier.commands.entering import enter_person
from ruang.dossier.commands.people import take_over_person
from ruang.dossier.commands.records import add_record, save_record
from ruang.dossier.commands.retiring import restore_record, retire_record

__all__ = [
    "add_record",
    "enter_person",
    "restore_record",
    "retire_record",
    "save_record",
    "take_over_person",
]
