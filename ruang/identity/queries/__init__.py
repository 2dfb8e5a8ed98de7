"""The only readers of organisations, accounts and sessions, for pages."""

from ruang.identity.queries.account import (
    AccountPage,
    SessionsPage,
    account_page,
    sessions_page,
)
from ruang.identity.queries.changes import Change, last_changes
from ruang.identity.queries.members import (
    MemberPage,
    MembersPage,
    OrganisationRow,
    administrators,
    member_page,
    members_page,
    organisation_row,
    organisations_page,
    roles_for,
)
from ruang.identity.queries.readiness import (
    Readiness,
    forget_readiness,
    readiness,
    readiness_now,
)
from ruang.identity.queries.recovery import Recovery, Somebody, recovery
from ruang.identity.queries.trail import FactRow, TrailPage, Wanted, trail_page

__all__ = [
    "AccountPage",
    "Change",
    "FactRow",
    "MemberPage",
    "MembersPage",
    "OrganisationRow",
    "Readiness",
    "Recovery",
    "SessionsPage",
    "Somebody",
    "TrailPage",
    "Wanted",
    "account_page",
    "administrators",
    "forget_readiness",
    "last_changes",
    "member_page",
    "members_page",
    "organisation_row",
    "organisations_page",
    "readiness",
    "readiness_now",
    "recovery",
    "roles_for",
    "sessions_page",
    "trail_page",
]
