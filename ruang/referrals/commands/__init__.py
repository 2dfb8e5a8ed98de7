"""Everything that changes a request to a partner, and who is on a team because of one."""

from ruang.referrals.commands.ask import Ask, ask_partner
from ruang.referrals.commands.closing import ask_to_close
from ruang.referrals.commands.consent import (
    end_consent,
    give_more,
    renew_consent,
    withdraw_consent,
    withdraw_own_consent,
)
from ruang.referrals.commands.move import move_referral
from ruang.referrals.commands.team import bar_person, hand_case_on, remove_person

__all__ = [
    "Ask",
    "ask_partner",
    "ask_to_close",
    "bar_person",
    "end_consent",
    "give_more",
    "hand_case_on",
    "move_referral",
    "remove_person",
    "renew_consent",
    "withdraw_consent",
    "withdraw_own_consent",
]
