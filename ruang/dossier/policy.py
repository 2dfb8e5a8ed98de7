"""Who sees a record, and who may do what with it.

Seeing one shows its kind, when and by whom; what stands in it opens only with the key of its
compartment. Whoever writes must hold that key: the vault refuses everybody else.
"""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.cases import policy as cases
from ruang.dossier.states import Step

if TYPE_CHECKING:
    from ruang.cases.models import Case


def sees_record(actor: Actor) -> Q:
    """The team of the case sees it; the reporter, who sees her case, does not."""
    if actor.may(Permission.SYSTEM):
        return Q()
    if not actor.may(Permission.CASE_SEE):
        return Q(pk__in=[])
    mine = apps.get_model("cases.Case").objects.filter(cases.sees_case(actor))
    return Q(case__in=mine.values("pk"))


def may_write(actor: Actor, case: "Case") -> bool:
    """Every member of the team, in a compartment the member holds."""
    return cases.may_write(actor, case)


def may_enter(actor: Actor, case: "Case") -> bool:
    """The own office's people on the team write down the entry in SIMFONI; closed cases too."""
    return cases.may_enter(actor, case)


def may_set_aside(actor: Actor, case: "Case") -> bool:
    """Manager and deputy."""
    return cases.may_manage(actor, case)


RULES = {
    Step.SAVE: may_write,
    Step.ENTER: may_enter,
    Step.RETIRE: may_set_aside,
    Step.RESTORE: may_set_aside,
}
