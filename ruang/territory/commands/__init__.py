"""The only writers of the city and its regions."""

from ruang.territory.commands.boundaries import (
    drop_boundaries,
    read_boundaries,
    use_boundaries,
)
from ruang.territory.commands.days import set_days
from ruang.territory.commands.decided import (
    reset_part,
    set_mediation,
    set_pause,
    set_public_words,
    set_retention,
    set_shelter,
)
from ruang.territory.commands.form import close_form, open_form
from ruang.territory.commands.regions import load_regions, rename_region
from ruang.territory.commands.settings import (
    set_answer_hours,
    set_desks,
    set_exit,
    set_names,
    set_numbers,
    set_opening_hours,
)
from ruang.territory.commands.setup import set_up_city

__all__ = [
    "close_form",
    "drop_boundaries",
    "load_regions",
    "open_form",
    "read_boundaries",
    "rename_region",
    "reset_part",
    "set_answer_hours",
    "set_days",
    "set_desks",
    "set_exit",
    "set_mediation",
    "set_names",
    "set_numbers",
    "set_opening_hours",
    "set_pause",
    "set_public_words",
    "set_retention",
    "set_shelter",
    "set_up_city",
    "use_boundaries",
]
