"""The room of a case as it is shown: the list on the left, and addresses."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.cases.queries import CaseHead, PartPage
from ruang.cases.states import Compartment
from ruang.dossier.kinds import SCHEMAS
from ruang.vault.opened import FileShown
from ruang.web import told
from ruang.web.dossier.areas import AREAS
from ruang.web.files.links import FileLink

SLUGS = {
    "identitas": Compartment.IDENTITY,
    "cerita": Compartment.NARRATIVE,
    "rencana": Compartment.PLAN,
    "kesehatan": Compartment.HEALTH,
    "hukum": Compartment.LEGAL,
    "bukti": Compartment.EVIDENCE,
    "terlapor": Compartment.SUSPECT,
}
"""Word in the address → compartment. The thread has a page of its own."""
WORDS = {part: word for word, part in SLUGS.items()}


@dataclass(frozen=True, slots=True)
class SideLink:
    """One line of the list on the left."""

    label: str | Promise
    url: str
    count: int
    locked: bool
    current: bool


def side(head: CaseHead, current: str) -> tuple[SideLink, ...]:
    """Return the list on the left. ``current`` is the name of the page, or a part's word."""

    def page(name: str, label: str | Promise, count: int = 0) -> SideLink:
        area = "cases" if ":" not in name else name.partition(":")[0]
        word = name.rpartition(":")[2]
        url = reverse(f"{area}:{word}", args=[head.id])
        return SideLink(label, url, count, locked=False, current=current == word)

    parts = [
        SideLink(
            part.label,
            reverse("cases:part", args=[head.id, word]),
            head.link(part).count,
            head.link(part).locked,
            current == word,
        )
        for word, part in SLUGS.items()
    ]
    return (
        page("case", _("Overview")),
        *_dossier(head, current),
        page("plans:plan", _("Intervention plan")),
        page("plans:tasks", _("Tasks")),
        page("plans:follow_up", _("Follow-up")),
        *parts,
        _messages(head, current),
        page("files", _("All files"), head.file_count),
        page("referrals:of_case", _("Requests to partners")),
        page("consents:consents", _("Consent")),
        page("team:team", _("Team"), len(head.team)),
        page("looks", _("Who has opened it")),
    )


def _messages(head: CaseHead, current: str) -> SideLink:
    thread = head.link(Compartment.THREAD)
    url = reverse("cases:messages", args=[head.id])
    return SideLink(
        Compartment.THREAD.label, url, thread.count, thread.locked, current == "messages"
    )


def _dossier(head: CaseHead, current: str) -> tuple[SideLink, ...]:
    """Return the pages of what is written about people, incidents and steps."""
    records = (
        SideLink(
            area.label,
            reverse("dossier:records", args=[head.id, area.slug]),
            0,
            all(head.link(SCHEMAS[kind].compartment).locked for kind in area.kinds),
            current == f"dossier:{area.slug}",
        )
        for area in AREAS.values()
    )
    url = reverse("dossier:register", args=[head.id])
    return (
        *records,
        SideLink("SIMFONI", url, 0, locked=False, current=current == "dossier:register"),
    )


@dataclass(frozen=True, slots=True, repr=False)
class PartShown:
    """One compartment in words."""

    reach: told.Reach | None
    wish: told.Reach | None
    files: tuple[FileLink, ...]


def part(page: PartPage) -> PartShown:
    """Return one compartment in words."""
    found = page.reach
    wish = found.wish.contact if found and found.wish else None
    return PartShown(
        reach=told.reach(found.contact) if found and found.contact else None,
        wish=told.reach(wish) if wish else None,
        files=links(page.head, page.files),
    )


def links(head: CaseHead, files: tuple[FileShown, ...]) -> tuple[FileLink, ...]:
    """Return files with their addresses."""
    return tuple(FileLink.of_case(head.id, one) for one in files)


def moment_of(text: str) -> datetime | None:
    """Read where a page of the timeline begins; None for the first, or for anything made up."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
