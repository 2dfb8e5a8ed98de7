"""Everything that changes prevention. One module a subject."""

from ruang.prevention.commands.arriving import Arriver, check_in
from ruang.prevention.commands.asking import (
    Asked,
    decline_request,
    request_session,
    sweep_requests,
)
from ruang.prevention.commands.calendars import close_calendar, open_calendar
from ruang.prevention.commands.correcting import correct_session
from ruang.prevention.commands.holding import log_session
from ruang.prevention.commands.people import (
    Hours,
    Profile,
    add_away,
    drop_away,
    save_facilitator,
    set_cadre_area,
    set_working,
)
from ruang.prevention.commands.piling import (
    ask_again,
    refuse_pile,
    release_pile,
    release_request,
    sweep_pile,
)
from ruang.prevention.commands.planning import (
    Moved,
    Wanted,
    cancel_session,
    move_session,
    plan_session,
)
from ruang.prevention.commands.programmes import (
    Taught,
    add_material,
    add_question,
    retire_material,
    retire_question,
    save_programme,
)
from ruang.prevention.commands.sweeps import sweep_notes_and_photos
from ruang.prevention.logged import Counted, Log, SheetTold

__all__ = [
    "Arriver",
    "Asked",
    "Counted",
    "Hours",
    "Log",
    "Moved",
    "Profile",
    "SheetTold",
    "Taught",
    "Wanted",
    "add_away",
    "add_material",
    "add_question",
    "ask_again",
    "cancel_session",
    "check_in",
    "close_calendar",
    "correct_session",
    "decline_request",
    "drop_away",
    "log_session",
    "move_session",
    "open_calendar",
    "plan_session",
    "refuse_pile",
    "release_pile",
    "release_request",
    "request_session",
    "retire_material",
    "retire_question",
    "save_facilitator",
    "save_programme",
    "set_cadre_area",
    "set_working",
    "sweep_notes_and_photos",
    "sweep_pile",
    "sweep_requests",
]
