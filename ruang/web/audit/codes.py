"""Every code a fact can carry, in plain words. A test fails on a field that has none.

A fact's name, or its context where all its facts mean the same by a field, and the field lead
to the closed lists its codes are from; of two lists with the same code the first one speaks.
"""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ruang.access.roles import Role
from ruang.approvals import states as approval
from ruang.approvals.asking import DECIDER
from ruang.breaches import states as breach
from ruang.cases import states as case
from ruang.clocks import states as clocks
from ruang.clocks.commands import OWN
from ruang.clocks.keep import START
from ruang.clocks.official import ANSWER, OFFICIAL
from ruang.clocks.queries import ANSWER_HER, UNKNOWN
from ruang.consents import states as consent
from ruang.dossier import states as dossier
from ruang.filters import states as filters
from ruang.identity import states as identity
from ruang.intake import states as intake
from ruang.kernel import codes
from ruang.planner import states as planner
from ruang.plans import states as plans
from ruang.prevention import states as prevention
from ruang.referrals import states as referral
from ruang.register import states as register
from ruang.triage import states as triage
from ruang.web.settings.parts import PARTS as SETTINGS

Words = str | Promise
Source = type[TextChoices] | Mapping[str, Words]

_WAYS = {"password": _("Password"), "recovery": _("Recovery code")}
_WHICH = {"one": _("One session"), "others": _("All other sessions")}
_LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
_WRITE = {"write": pgettext_lazy("a fact", "Written")}
_ENDED = {"end": pgettext_lazy("a fact", "Ended")}
_CLOCK = {START: pgettext_lazy("a clock", "Started")}
_CITY = {**{one.code: one.title for one in SETTINGS.values()}, "desks": _("Desks")}
_KINDS_OF_CLOCK = {
    ANSWER: ANSWER_HER, **{kind: rule.title for kind, rule in OFFICIAL.items()},
}  # fmt: skip
_PLAN_THINGS = {
    "goal": _("Goal"), "service": _("Service"), "agreement": _("What she said to the plan"),
    "follow_up": _("Follow-up"), "closing": _("Closing"), "mediation": _("Mediation"),
}  # fmt: skip
_PLAN_STEPS = {
    **_WRITE,
    "complete": _("Completed for SIMFONI"),
    "withdraw": approval.Step.WITHDRAW.label,
}
_FACILITATOR = {
    "profile": _("What she can"), "working": _("Days and hours"), "away": _("Days away"),
    "calendar": _("An address of the own calendar"),
    "calendar_end": _("No address of the own calendar any more"),
}  # fmt: skip
_PROGRAMME = {
    "programme": _("Programme"), "question": _("Question"), "material": _("Material"),
}  # fmt: skip
_PILE = {
    "release": pgettext_lazy("a request", "Put into the queue"),
    "refuse": pgettext_lazy("a request", "Refused together"),
    "expire": pgettext_lazy("a request", "Nobody looked at them in time"),
}
_REQUEST = {
    **_PILE,
    "receive": pgettext_lazy("a request", "Came in"),
    "correct": pgettext_lazy("a request", "Place corrected"),
}

LISTS: Mapping[tuple[str, str], tuple[Source, ...]] = {
    ("identity", "kind"): (identity.OrganisationKind,),
    ("identity", "role"): (Role,),
    ("identity", "state"): (identity.State,),
    ("identity", "way"): (_WAYS,),
    ("identity", "which"): (_WHICH,),
    ("identity", "language"): (_LANGUAGES,),
    ("territory", "part"): (_CITY,),
    ("filters", "page"): (filters.Page,),
    ("breaches", "kind"): (breach.Kind,),
    ("breaches", "people"): (breach.People,),
    ("breaches", "step"): (breach.Step,),
    ("breaches", "code"): (clocks.Missed, clocks.Ended, clocks.Pause),
    ("intake", "door"): (intake.Door,),
    ("intake", "step"): (intake.Step, {"arrive": _("Came from another desk")}),
    ("intake", "side"): (codes.Side,),
    ("intake", "kind"): (codes.MessageKind,),
    ("intake", "suggested"): (codes.Risk,),
    ("intake", "move"): (intake.DraftStep,),
    ("intake", "why"): (intake.Discard,),
    ("intake", "checked"): (intake.Checked,),
    ("intake", "code"): (
        intake.TakenWhy, intake.Reopened, codes.Risk, codes.CaseKind, codes.Answered,
        codes.IsTpks, clocks.Pause, clocks.Ended, clocks.Step, _CLOCK,
    ),
    ("referrals", "ground"): (codes.Ground,),
    ("triage", "checked"): (intake.Checked,),
    ("triage", "outcome"): (triage.Outcome,),
    ("clocks", "kind"): (_KINDS_OF_CLOCK,),
    ("clocks", "step"): (clocks.Step, _CLOCK),
    ("clocks", "code"): (clocks.Pause, clocks.Ended, clocks.Missed),
    ("approvals", "kind"): (approval.Kind,),
    ("approvals", "code"): (codes.Risk, case.Closing, clocks.Ended),
    ("approvals", "why"): ({DECIDER: _("Nobody is there who could decide")},),
    ("approvals", "step"): (approval.Step,),
    ("cases", "step"): (case.Step,),
    ("cases", "part"): (case.Part,),
    ("cases", "change"): (case.Change,),
    ("cases", "kind"): (case.EntryKind,),
    ("cases", "side"): (codes.Side,),
    ("cases.thread_written", "kind"): (codes.MessageKind,),
    ("cases.age_corrected", "code"): (codes.Age,),
    ("cases.case_moved", "code"): (
        codes.Risk, case.Closing, codes.CaseKind, clocks.Ended, clocks.Step, _CLOCK,
        codes.Answered, codes.IsTpks,
    ),
    ("cases.team_changed", "code"): (case.Exclusion, consent.Basis),
    ("consents", "basis"): (consent.Basis,),
    ("consents", "purpose"): (consent.Purpose,),
    ("consents", "step"): (consent.Step,),
    ("dossier", "kind"): (dossier.Kind,),
    ("dossier", "step"): (dossier.Step, {dossier.ADD: pgettext_lazy("a fact", "Added")}),
    ("dossier", "code"): (dossier.Reason,),
    ("plans.plan_moved", "thing"): (_PLAN_THINGS,),
    ("plans.plan_moved", "step"): (_PLAN_STEPS, plans.ServiceStep, plans.MediationStep),
    ("plans.plan_moved", "code"): (
        plans.Outcome, plans.Kind, plans.Function, plans.Contacted, case.Closing,
        {"by_law": _("By law: sexual violence is never settled")},
    ),
    ("plans.task_moved", "step"): (_WRITE, plans.TaskStep),
    ("plans.task_moved", "code"): (plans.Dropped,),
    ("referrals", "need"): (referral.Need,),
    ("referrals", "basis"): (consent.Basis,),
    ("referrals", "step"): (referral.Step,),
    ("referrals", "code"): (referral.Decline, referral.Result),
    ("register", "kind"): (register.Kind,),
    ("register", "step"): (register.Step,),
    ("register", "move"): (register.ListStep,),
    ("prevention.session_moved", "step"): (
        prevention.Step, {"plan": prevention.State.PLANNED.label},
    ),
    ("prevention.session_moved", "code"): (
        prevention.Cancelled, prevention.Corrected, prevention.Anyway,
    ),
    ("prevention.request_moved", "step"): (prevention.RequestStep, _REQUEST),
    ("prevention.pile_moved", "step"): (_PILE,),
    ("prevention.request_moved", "code"): (prevention.Declined, prevention.Unit),
    ("prevention.programme_changed", "thing"): (_PROGRAMME,),
    ("prevention.programme_changed", "step"): (_WRITE, _ENDED),
    ("prevention.facilitator_changed", "thing"): (_FACILITATOR,),
    ("prevention", "move"): (prevention.FieldStep,),
    ("prevention", "why"): (prevention.Waits,),
    ("prevention", "kind"): (prevention.Phase, prevention.SentKind),
    ("planner", "step"): (planner.Step,),
    ("planner", "change"): (planner.Change,),
}  # fmt: skip
SAY_THEMSELVES = frozenset({
    ("audit.refused", "rule"),
    ("audit.refused", "page"),
    ("territory.city_set_up", "code"),
    ("territory.regions_loaded", "code"),
    ("territory.region_renamed", "region"),
    ("planner.plan_drafted", "begins_on"),
})  # fmt: skip
"""What is shown as it stands: names of rules and pages, official numbers of places, a day."""
PARTS_OF_RECORDS: Mapping[str, Words] = {
    **dict(case.Compartment.choices),
    "contact": _("How to reach"),
    "story": _("What was told"),
    "request": _("The request"),
    "private": _("The desk's key"),
    "draft": _("The draft"),
}
"""What can be opened, by the names of the keys."""


def sources_of(name: str, field: str) -> tuple[Source, ...]:
    """Return the closed lists a code of a fact is from; none where it is in none."""
    context = name.partition(".")[0]
    return LISTS.get((name, field)) or LISTS.get((context, field)) or ()


def value_words(name: str, field: str, value: object) -> Words:
    """Say one code of a fact in words; what is in no list says itself."""
    if isinstance(value, bool):
        return pgettext_lazy("a fact", "yes") if value else pgettext_lazy("a fact", "no")
    if not isinstance(value, str):
        return str(value)
    if field in {"compartment", "compartments"}:
        parts = [part for part in value.replace(",", " ").split() if part]
        said = (str(PARTS_OF_RECORDS.get(part, part)) for part in parts)
        return ", ".join(said) or gettext("none")
    said_so = words_of_code(name, field, value)
    return value if said_so is None else said_so


def words_of_code(name: str, field: str, value: str) -> Words | None:
    """Return what a code of a fact means; None if it stands in no list."""
    for source in sources_of(name, field):
        known = labels_of(source)
        if value in known:
            return known[value]
        if source is _KINDS_OF_CLOCK and value.startswith(OWN):
            return UNKNOWN
    return None


def labels_of(source: Source) -> Mapping[str, Words]:
    """Return the codes of a closed list with their words."""
    return source if isinstance(source, Mapping) else dict(source.choices)
