"""Who plans, who works, and what is never mediated. The whole law of plans, in one file.

Everything here hangs on a case: who does not see the case sees nothing of its plan.
"""

from typing import TYPE_CHECKING

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.cases.policy import may_manage, may_write
from ruang.kernel.codes import Age, CaseKind
from ruang.plans.states import MediationStep, ServiceStep, TaskStep
from ruang.territory import queries as territory

if TYPE_CHECKING:
    from ruang.cases.models import Case
    from ruang.plans.models import Service, Task

SEXUAL = frozenset({CaseKind.SEXUAL, CaseKind.TRAFFICKING})
"""Kinds of matter in which nothing is ever settled, beside every case marked as TPKS, or one
of whose records speaks of sexual violence."""
MEDIATED = frozenset({CaseKind.CIVIL, CaseKind.LABOUR})
"""The only kinds that can be mediated (domain.md §1.2, source C)."""
ON_COMPLAINT = frozenset({CaseKind.DOMESTIC, CaseKind.AGAINST_WOMAN})
"""Kinds in which an offence can be one that is prosecuted on complaint alone."""


def may_plan(actor: Actor, case: "Case") -> bool:
    """Manager and deputy write the plan, made with her, and ask for its end."""
    return may_manage(actor, case)


def may_work(actor: Actor, case: "Case") -> bool:
    """Every member records what was done, and sets and ends tasks of the own."""
    return may_write(actor, case)


def may_complete(actor: Actor, service: "Service") -> bool:
    """Who recorded the service, and manager and deputy, say what the register asks of it."""
    own = actor.user_id == service.author and may_write(actor, service.case)
    return own or may_manage(actor, service.case)


def may_end_task(actor: Actor, task: "Task") -> bool:
    """Who has the task, who set it, and manager and deputy; the system when the case closes."""
    own = actor.user_id in {task.owner_id, task.by} and may_write(actor, task.case)
    return actor.may(Permission.SYSTEM) or own or may_manage(actor, task.case)


def may_end_by_itself(actor: Actor, case: "Case") -> bool:
    """The system alone: a case was closed, or turns out to be one that is never settled."""
    return actor.may(Permission.SYSTEM)


def is_sexual_violence(case: "Case") -> bool:
    """Say whether the case bears a code of sexual violence: UU 12/2022 ps 23 bars settling."""
    return case.tpks or case.sexual_by_record or case.kind in SEXUAL


def complaint_offences_allowed() -> bool:
    """Say whether offences prosecuted on complaint may be mediated here: off by default.

    The standard names them; whether a city offers it is for its lawyers to say.
    """
    return territory.city().may_mediate_complaint_offences


def can_be_mediated(case: "Case") -> bool:
    """Say whether mediation exists for this case at all."""
    if is_sexual_violence(case):
        return False
    with_complaint = complaint_offences_allowed() and case.age == Age.ADULT
    return case.kind in MEDIATED or (with_complaint and case.kind in ON_COMPLAINT)


SERVICE_RULES = {ServiceStep.BEGIN: may_work, ServiceStep.END: may_work}
TASK_RULES = {TaskStep.FINISH: may_end_task, TaskStep.CANCEL: may_end_task}
MEDIATION_RULES = {
    MediationStep.ASSESS: may_work,
    MediationStep.REQUEST: may_plan,
    MediationStep.MEET: may_plan,
    MediationStep.AGREE: may_plan,
    MediationStep.FAIL: may_plan,
    MediationStep.SUPERVISE: may_work,
    MediationStep.KEEP: may_plan,
    MediationStep.STOP: may_plan,
}
