"""What pages show of records. One module a page."""

from ruang.dossier.queries.elsewhere import Elsewhere, PersonElsewhere, people_elsewhere
from ruang.dossier.queries.moments import FACTS, record_moment
from ruang.dossier.queries.record_page import (
    ClashShown,
    EditPage,
    RecordPage,
    clashes_shown,
    edit_page,
    entry_page,
    new_page,
    record_page,
)
from ruang.dossier.queries.records_page import RecordRow, RecordsPage, records_page
from ruang.dossier.queries.register import RegisterPage, RegisterRow, register_page
from ruang.dossier.queries.versions_page import VersionLine, VersionsPage, versions_page

__all__ = [
    "FACTS",
    "ClashShown",
    "EditPage",
    "Elsewhere",
    "PersonElsewhere",
    "RecordPage",
    "RecordRow",
    "RecordsPage",
    "RegisterPage",
    "RegisterRow",
    "VersionLine",
    "VersionsPage",
    "clashes_shown",
    "edit_page",
    "entry_page",
    "new_page",
    "people_elsewhere",
    "record_moment",
    "record_page",
    "records_page",
    "register_page",
    "versions_page",
]
