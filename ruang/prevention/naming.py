"""How things of prevention are called on pages and in calendars."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from ruang.prevention.models import Programme, Question, Request, Session
from ruang.register.models import Community, Rt, Rw, School
from ruang.territory.models import Region


def _in_english() -> bool:
    return (translation.get_language() or "id").startswith("en")


def programme_name(programme: Programme) -> str:
    """Return its name in the language of the page."""
    return (programme.english if _in_english() else "") or programme.name


def programme_about(programme: Programme) -> str:
    """Return what it is about in the language of the page."""
    return (programme.about_english if _in_english() else "") or programme.about


def topic_name(programme: Programme, topic: str) -> str:
    """Return a topic of a programme in the language of the page, if it is listed there."""
    if not _in_english() or topic not in programme.topics:
        return topic
    place = programme.topics.index(topic)
    said = programme.topics_english
    return (said[place] if place < len(said) else "") or topic


def question_text(question: Question) -> str:
    """Return what is asked in the language of the page."""
    return (question.english if _in_english() else "") or question.text


def choices_of(question: Question) -> list[str]:
    """Return the answers that are offered, each in the language of the page."""
    said = question.choices_english if _in_english() else []
    more = [*said, *[""] * len(question.choices)]
    return [english or words for words, english in zip(question.choices, more, strict=False)]


def host_name(session: Session) -> str:
    """Return for whom a session is: an RW, a school or a community."""
    return str(session.rw or session.school or session.community)


def rt_name(rt: Rt, session: Session) -> str:
    """Return an RT of a session; with its RW, if it was put into another one meanwhile."""
    return str(rt) if rt.rw_id == session.rw_id else f"{rt}/{rt.rw}"


def asker_name(request: Request) -> str:
    """Return for whom a session is asked."""
    place = str(request.rw or request.school or request.host)
    return f"RT {request.rt_number:02}/{place}" if request.rt_number is not None else place


def area(village: Region) -> str:
    """Return a kelurahan and its kecamatan."""
    return f"{village}, {village.parent}" if village.parent else str(village)


def meeting_place(session: Session) -> str:
    """Return where people meet; where nobody said it, in words of the page's language."""
    found = [words for words in (str(session.venue or ""), session.place) if words]
    if not found or (session.plan and session.venue is None and _was_made(session)):
        host = session.rw or session.school or session.community
        return place_at(host, session.village)
    return ", ".join(found)


def place_at(host: Rw | School | Community | None, village: Region) -> str:
    """Return where something for a place is held if no venue of the register is named."""
    if isinstance(host, School):
        return host.name
    said = {"community": host, "rw": host, "village": village}
    if isinstance(host, Community):
        return gettext("Where %(community)s meets, kelurahan %(village)s") % said
    return gettext("In %(rw)s, kelurahan %(village)s") % said


def _was_made(session: Session) -> bool:
    """Say whether its place was written in somebody's language by a plan, as it once was."""
    host = session.rw or session.school or session.community
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            if session.place == place_at(host, session.village):
                return True
    return False
