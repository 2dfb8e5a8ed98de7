"""The only writers of the register."""

from ruang.register.commands.contacts import end_contact, set_contact
from ruang.register.commands.lists import Confirmed, apply_list, drop_list, stage_list
from ruang.register.commands.places import (
    Counted,
    add_place,
    add_rt,
    add_rw,
    change_place,
    end_place,
)
from ruang.register.commands.regrouping import NewRw, merge_rws, move_rt, split_rw
from ruang.register.commands.splitting import Part, merge_rts, split_rt
from ruang.register.commands.sweeps import sweep_old_contacts, sweep_staged_lists

__all__ = [
    "Confirmed",
    "Counted",
    "NewRw",
    "Part",
    "add_place",
    "add_rt",
    "add_rw",
    "apply_list",
    "change_place",
    "drop_list",
    "end_contact",
    "end_place",
    "merge_rts",
    "merge_rws",
    "move_rt",
    "set_contact",
    "split_rt",
    "split_rw",
    "stage_list",
    "sweep_old_contacts",
    "sweep_staged_lists",
]
