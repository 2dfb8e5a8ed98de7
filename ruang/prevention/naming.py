"""How things of prevention are called on pages and in calendars."""

from django.utils import translation

from ruang.prevention.models import Programme, Request, Session
from ruang.register.models import Rt
from ruang.territory.models import Region


def _in_english() -> bool:
    return (translation.get_language() or "id").startswith("en")


def programme_name(programme: Programme) -> str:
    """Return its name in the language of the page."""
    return (programme.english if _in_english() else "") or programme.name


def programme_about(programme: Programme) -> str:
    """Return what it is about in the language of the page."""
    return (programme.about_english if _in_english() else "") or programme.about


def host_name(session: Session) -> str:
    """Return for whom a session is: an RW, a school or a community."""
    return str(session.rw or session.school or session.community)


def rt_name(rt: Rt, session: Session) -> str:
    """Return an RT of a session; with its RW, if it was put into another one meanwhile."""
    return str(rt) if rt.rw_id == session.rw_id else f"{rt}/{rt.rw}"


def asker_name(request: Request) -> str:
    """Return for whom a session is asked."""
    if request.rw is None:
        return str(request.school or request.host)
    if request.rt_number is None:
        return str(request.rw)
    return f"RT {request.rt_number:02}/{request.rw}"


def area(village: Region) -> str:
    """Return a kelurahan and its kecamatan."""
    return f"{village}, {village.parent}" if village.parent else str(village)


def meeting_place(session: Session) -> str:
    """Return where people meet."""
    return ", ".join(words for words in (str(session.venue or ""), session.place) if words)
