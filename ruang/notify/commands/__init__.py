"""Everything that changes the duty list, and what goes out by itself."""

from ruang.notify.commands.deliver import deliver_notices, sweep_notices
from ruang.notify.commands.duty import Turn, add_shift, remove_shift, set_reach

__all__ = [
    "Turn",
    "add_shift",
    "deliver_notices",
    "remove_shift",
    "set_reach",
    "sweep_notices",
]
