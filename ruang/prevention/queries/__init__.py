"""What pages of prevention show."""

from ruang.prevention.queries.cadres import cadre_page, cadres_page
from ruang.prevention.queries.calendars import (
    Event,
    calendar_behind,
    my_events,
    own_events,
    public_events,
    public_month,
    request_shown,
)
from ruang.prevention.queries.day import MyDay, my_day
from ruang.prevention.queries.following import Follows, what_follows
from ruang.prevention.queries.logs import correct_page, log_page
from ruang.prevention.queries.people import (
    facilitator_page,
    facilitators_page,
    my_facilitator,
    profile_choices,
)
from ruang.prevention.queries.planning import (
    city_hosts,
    find_hosts,
    move_page,
    plan_page,
    plan_warnings,
    unit_of,
)
from ruang.prevention.queries.programmes import (
    material_file,
    programme_page,
    programmes_page,
)
from ruang.prevention.queries.requests import (
    ask_choices,
    pile_page,
    request_page,
    requests_page,
)
from ruang.prevention.queries.sessions import (
    Sieve,
    session_page,
    sessions_between,
    sessions_page,
)

__all__ = [
    "Event",
    "Follows",
    "MyDay",
    "Sieve",
    "ask_choices",
    "cadre_page",
    "cadres_page",
    "calendar_behind",
    "city_hosts",
    "correct_page",
    "facilitator_page",
    "facilitators_page",
    "find_hosts",
    "log_page",
    "material_file",
    "move_page",
    "my_day",
    "my_events",
    "my_facilitator",
    "own_events",
    "pile_page",
    "plan_page",
    "plan_warnings",
    "profile_choices",
    "programme_page",
    "programmes_page",
    "public_events",
    "public_month",
    "request_page",
    "request_shown",
    "requests_page",
    "session_page",
    "sessions_between",
    "sessions_page",
    "unit_of",
    "what_follows",
]
