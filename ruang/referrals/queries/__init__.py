"""What pages show of requests to partners. One module a page."""

from ruang.referrals.queries.asking import AskPage, Candidate, Earlier, ask_page
from ruang.referrals.queries.consents import (
    Ends,
    Loses,
    WhatEnds,
    consents_for_more,
    what_ends,
)
from ruang.referrals.queries.lists import (
    AskedList,
    AskedRow,
    CaseRequests,
    SentList,
    SentRow,
    Tab,
    asked_list,
    case_requests,
    partners_done,
    sent_list,
    waiting_count,
)
from ruang.referrals.queries.minutes import CaseMinutes, Takers, case_minutes, takers
from ruang.referrals.queries.moments import happened_moments
from ruang.referrals.queries.pace import Pace, own_pace, partner_paces
from ruang.referrals.queries.request_page import (
    NamesPage,
    ReferralPage,
    Sharing,
    names_page,
    referral_page,
)
from ruang.referrals.queries.teams import (
    BarPage,
    Barred,
    Seat,
    TeamPage,
    bar_page,
    colleagues,
    successors,
    team_page,
)

__all__ = [
    "AskPage",
    "AskedList",
    "AskedRow",
    "BarPage",
    "Barred",
    "Candidate",
    "CaseMinutes",
    "CaseRequests",
    "Earlier",
    "Ends",
    "Loses",
    "NamesPage",
    "Pace",
    "ReferralPage",
    "Seat",
    "SentList",
    "SentRow",
    "Sharing",
    "Tab",
    "Takers",
    "TeamPage",
    "WhatEnds",
    "ask_page",
    "asked_list",
    "bar_page",
    "case_minutes",
    "case_requests",
    "colleagues",
    "consents_for_more",
    "happened_moments",
    "names_page",
    "own_pace",
    "partner_paces",
    "partners_done",
    "referral_page",
    "sent_list",
    "successors",
    "takers",
    "team_page",
    "waiting_count",
    "what_ends",
]
