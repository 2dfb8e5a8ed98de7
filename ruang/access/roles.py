"""The roles and what each may do. Changing this page changes who may do what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ruang.access.permissions import Permission as P


class Role(models.TextChoices):
    """What somebody is in an organisation. One membership has one role."""

    INTAKE_OFFICER = "intake_officer", _("Intake officer")
    CASE_MANAGER = "case_manager", _("Case manager")
    PARTNER_DESK = "partner_desk", _("Partner desk")
    PREVENTION_OFFICER = "prevention_officer", _("Prevention officer")
    FACILITATOR = "facilitator", _("Prevention facilitator")
    CADRE = "cadre", _("PATBM cadre")
    HEAD = "head", _("Head")
    AUDITOR = "auditor", _("Auditor")
    ADMIN = "admin", _("Administrator")
    QUORUM_OFFICIAL = "quorum_official", _("Quorum official")
    REPORTER = "reporter", _("Reporter")
    SYSTEM = "system", _("System")


ASSIGNABLE = tuple(role for role in Role if role not in {Role.REPORTER, Role.SYSTEM})
"""Roles a person can be given; the other two belong to nobody's account."""

_OFFICER = frozenset(
    {
        P.DESK_SEE,
        P.DESK_KEY,
        P.REPORT_WORK,
        P.CASE_SEE,
        P.CASE_WRITE,
        P.MEMBER_CONFIRM,
        P.CASE_MANAGE,
        P.REFERRAL_ASK,
        P.REFERRAL_ANSWER,
    }
)

GRANTS: dict[Role, frozenset[P]] = {
    Role.INTAKE_OFFICER: _OFFICER - {P.REFERRAL_ASK, P.REFERRAL_ANSWER},
    Role.CASE_MANAGER: _OFFICER | {P.APPROVAL_DECIDE},
    Role.PARTNER_DESK: frozenset(
        {P.DESK_KEY, P.CASE_SEE, P.CASE_WRITE, P.REFERRAL_ANSWER, P.MEMBER_CONFIRM}
    ),
    Role.HEAD: frozenset(
        {
            P.DESK_SEE,
            P.REPORT_FREE,
            P.CASE_COUNT,
            P.APPROVAL_DECIDE,
            P.MEMBER_MANAGE,
            P.AUDIT_READ,
            P.BREACH_KEEP,
            P.PREVENTION_SEE,
        }
    ),
    Role.PREVENTION_OFFICER: frozenset(
        {
            P.PREVENTION_SEE,
            P.PREVENTION_PLAN,
            P.SESSION_LOG,
            P.REGISTER_KEEP,
            P.REGISTER_CONTACT,
        }
    ),
    Role.FACILITATOR: frozenset({P.PREVENTION_SEE, P.SESSION_LOG, P.REGISTER_CONTACT}),
    Role.CADRE: frozenset({P.CADRE, P.SESSION_LOG}),
    Role.AUDITOR: frozenset({P.AUDIT_READ}),
    Role.ADMIN: frozenset({P.MEMBER_MANAGE, P.CITY_MANAGE, P.BREACH_KEEP}),
    Role.QUORUM_OFFICIAL: frozenset({P.RECOVERY_TAKE_PART}),
    Role.REPORTER: frozenset({P.REPORTER}),
    Role.SYSTEM: frozenset({P.SYSTEM}),
}
