"""Every fact in plain words: one table. A test fails on a fact that has none."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.access.roles import Role
from ruang.identity.queries import FactRow
from ruang.web.audit.codes import value_words

Words = str | Promise

FACTS: Mapping[str, Words] = {
    "audit.opened": _("Opened something sealed"),
    "audit.refused": _("Was refused"),
    "audit.verified": _("Had this trail proven"),
    "identity.organisation_founded": _("Entered an organisation"),
    "identity.organisation_opened": _("Opened or closed an organisation to sign-in"),
    "identity.member_invited": _("Invited somebody"),
    "identity.member_joined": _("Accepted an invitation"),
    "identity.member_confirmed": _("Confirmed a colleague and gave the desk's keys"),
    "identity.member_suspended": _("Suspended a member"),
    "identity.member_returned": _("Let a member return"),
    "identity.member_removed": _("Removed a member"),
    "identity.sign_in_failed": _("Signing in failed"),
    "identity.signed_in": _("Signed in"),
    "identity.sessions_ended": _("Signed out"),
    "identity.password_changed": _("Changed the own password"),
    "identity.code_printed": _("Printed a new recovery code"),
    "identity.language_chosen": _("Chose the language of the pages"),
    "identity.quorum_formed": _("Formed the quorum of three officials"),
    "identity.access_recovered": _("Two officials recovered somebody's access"),
    "territory.city_set_up": _("Set up the city"),
    "territory.city_changed": _("Changed the city's particulars"),
    "territory.city_reset": _("Set a part of the settings back to the start"),
    "territory.regions_loaded": _("Loaded regions"),
    "territory.region_renamed": _("Named a region"),
    "territory.boundaries_read": _("Read a file of boundaries"),
    "territory.boundaries_used": _("Took boundaries into use"),
    "territory.boundaries_dropped": _("Dropped boundaries"),
    "territory.form_opened": _("Opened the public form"),
    "territory.form_closed": _("Closed the public form"),
    "intake.report_received": _("A report came in"),
    "intake.report_moved": _("Worked on a report"),
    "intake.message_written": _("Wrote a message with a report"),
    "intake.report_followed": _("Followed the own report with the code"),
    "intake.risk_checked": _("Asked for danger signs"),
    "approvals.approval_asked": _("Asked a second person"),
    "approvals.approval_moved": _("Decided on a request for approval"),
    "intake.draft_moved": _("Wrote a report down for somebody"),
    "intake.code_issued": _("Gave who reported a new code"),
    "clocks.clock_moved": _("Worked on a clock"),
    "clocks.clock_soon": _("A clock is about to run out"),
    "clocks.clock_missed": _("A clock ran out"),
    "clocks.pause_ended": _("The pause of a clock ended"),
    "clocks.rule_changed": _("Changed a time limit"),
    "clocks.rule_added": _("Added a time limit of the city"),
    "clocks.rule_removed": _("Removed a time limit of the city that never ran"),
    "breaches.breach_recorded": _("Put a breach of personal data on record"),
    "breaches.breach_moved": _("Worked on a breach of personal data"),
    "filters.filter_kept": _("Kept or dropped a filter"),
    "notify.duty_changed": _("Changed the duty list"),
    "notify.reach_changed": _("Changed how somebody is reached"),
    "triage.report_decided": _("Decided on a report"),
    "triage.case_code_issued": _("Gave who reported a new code, in a case"),
    "cases.case_opened": _("Opened a case"),
    "cases.case_moved": _("Worked on a case"),
    "cases.told_again": _("Put into a case what another report of the same tells"),
    "cases.age_corrected": _("Corrected whether a case is about a child"),
    "cases.entry_written": _("Wrote in a case"),
    "cases.thread_written": _("Wrote a message in a case"),
    "cases.team_changed": _("Changed the team of a case"),
    "consents.consent_given": _("Wrote down a ground for sharing"),
    "consents.consent_moved": _("Ended a ground for sharing"),
    "dossier.record_moved": _("Worked on a record of a case"),
    "plans.plan_moved": _("Worked on the plan of a case"),
    "plans.task_moved": _("Set or ended a task"),
    "register.place_changed": _("Corrected the register of places"),
    "register.contact_changed": _("Changed who is rung about a place"),
    "register.list_moved": _("Brought a list of places, took it over or dropped it"),
    "referrals.referral_sent": _("Asked a partner"),
    "referrals.case_handed_over": _("Wrote the minutes of a case's hand-over"),
    "referrals.referral_moved": _("Worked on a request to a partner"),
    "prevention.session_moved": _("Planned a session, or said what became of it"),
    "prevention.pile_moved": _("Requests that came too fast were sorted together"),
    "prevention.request_moved": _("A request for a session came in or was answered"),
    "planner.plan_drafted": _("Began a plan of sessions"),
    "planner.plan_moved": _("Worked on a plan of sessions"),
    "planner.visit_changed": _("Changed a visit of a plan"),
    "planner.priorities_set": _("Said how much each kecamatan counts"),
    "prevention.programme_changed": _("Changed a programme of prevention"),
    "prevention.log_sent": _("A log or note came from a phone"),
    "prevention.lot_moved": _("Sheets or photos from a phone wait, or were decided on"),
    "prevention.sheet_taken": _("An anonymous sheet came in"),
    "prevention.photo_moved": _("A photo of a session was sent, confirmed or deleted"),
    "prevention.cadre_area_changed": _("Said which RW a cadre looks after"),
    "prevention.facilitator_changed": _("Changed what a facilitator can, or when"),
}

GROUPS: Mapping[str, Words] = {
    "audit.opened": _("Openings"),
    "audit.refused": _("Refusals"),
    "identity.sign": _("Signing in"),
    "identity.": _("People and organisations"),
    "intake.": _("Reports"),
    "triage.": _("Decisions"),
    "clocks.": _("Clocks"),
    "breaches.": _("Data breaches"),
    "notify.": _("Duty"),
    "cases.": _("Cases"),
    "consents.": _("Consents"),
    "dossier.": _("Records of cases"),
    "plans.": _("Plans and tasks"),
    "referrals.": _("Requests to partners"),
    "prevention.": _("Prevention"),
    "planner.": _("Plans of sessions"),
    "approvals.": _("Approvals"),
    "register.": _("Register of places"),
    "territory.": _("The city"),
    "audit.": _("The trail itself"),
}
"""What can be filtered by: a fact's name or how it begins."""

FIELDS: Mapping[str, Words] = {
    "about": _("Record"), "user": _("Person"), "organisation": _("Organisation"),
    "desk": _("Desk"), "to_desk": _("To desk"), "report": _("Report"), "case": _("Case"),
    "referral": _("Request"), "entry": _("Entry"), "message": _("Message"),
    "session": _("Session"), "pair": _("Key"), "city": _("City"), "holder": _("Held by"),
    "former": _("Held before by"),
    "manager": _("Case manager"), "deputy": _("Deputy"), "by": _("Person"),
    "first": _("First official"), "second": _("Second official"), "third": _("Third official"),
    "compartment": _("Part"), "compartments": _("Parts"), "automatic": _("By itself"),
    "rule": _("Rule"), "page": _("Page"), "kind": _("Kind"), "role": _("Role"),
    "again": _("Again"), "state": _("State"), "founded_desk": _("Founded the desk"),
    "epochs": _("Keys given"), "epoch": _("New desk key"), "way": _("By"),
    "which": _("Which"), "count": _("Number"), "language": _("Language"),
    "restored": _("Restored"), "lost": _("Lost"), "facts": _("Facts"),
    "first_bad": _("First wrong row"), "is_active": _("Open"), "code": _("Code"),
    "is_demo": _("Demo"), "part": _("Part"), "added": _("Added"), "renamed": _("Renamed"),
    "region": _("Region"), "door": _("Door"), "danger": _("Danger now"), "step": _("Step"),
    "side": _("Side"), "outcome": _("Outcome"), "change": _("Change"), "need": _("Asked for"),
    "basis": _("Basis"), "item": _("Entry"), "task": _("Task"), "thing": _("What"),
    "record": _("Record of a case"), "version": _("Version"),
    "approval": _("Request"), "subject": _("Record"), "decider": _("Decides"),
    "asker": _("Asked by"), "check": _("Danger signs"), "suggested": _("Suggested"),
    "same_as": _("Repeats"),
    "plan": _("Plan"), "visit": _("Visit"), "decision": _("Record"),
    "begins_on": _("Day"), "sessions": _("Sessions"), "visits": _("Visits"),
    "year": _("Year"), "districts": _("Kecamatan"),
    "draft": _("Draft"), "move": _("Step"), "why": _("Reason"), "checked": _("Checked by"),
    "clock": _("Clock"), "level": _("Times told"), "round": _("Times set anew"),
    "place": _("Place"), "staged": _("List"), "changed": _("Changed"), "ended": _("Ended"),
    "left_out": _("Left out"), "boundaries": _("Boundaries"), "matched": _("Matched"),
    "unmatched": _("Not matched"), "is_official": _("Official"),
    "consent": _("Consent"), "purpose": _("Purpose"), "programme": _("Programme"),
    "breach": _("Data breach"), "people": _("People concerned"),
    "minutes": _("Minutes of a hand-over"), "ground": _("Ground of a hand-over"),
    "photo": _("Photo"), "facilitator": _("Facilitator"), "request": _("Request"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One fact as it is shown."""

    fact: FactRow
    words: Words
    who: Words
    things: tuple[tuple[Words, str, str], ...]
    details: tuple[tuple[Words, Words], ...]
    is_refusal: bool


def line(fact: FactRow) -> Line:
    """Say one fact in words."""
    things = (
        (FIELDS.get(field, field), name or f"…{str(pk)[-8:]}", str(pk))
        for field, pk, name in fact.ids
        if pk.int
    )
    details = (
        (FIELDS.get(field, field), value_words(fact.name, field, value))
        for field, value in fact.codes
        if value not in {"", False} and (field, value) != ("count", 1)
    )
    return Line(
        fact=fact,
        words=FACTS.get(fact.name, fact.name),
        who=fact.who or (fact.role.label if fact.role in {Role.REPORTER} else _("The system")),
        things=tuple(things),
        details=tuple(details),
        is_refusal=fact.name in {"audit.refused", "identity.sign_in_failed"},
    )
