"""The only writers of organisations, accounts and sessions."""

from ruang.identity.commands.account import change_password, choose_language, print_code
from ruang.identity.commands.invitations import (
    Invitation,
    Joined,
    accept_invitation,
    invite_again,
    invite_member,
)
from ruang.identity.commands.members import (
    confirm_member,
    remove_member,
    return_member,
    suspend_member,
)
from ruang.identity.commands.opening import open_reporting
from ruang.identity.commands.organisations import (
    close_organisation,
    found_organisation,
    reopen_organisation,
)
from ruang.identity.commands.recovery import (
    ByCode,
    ByPassword,
    Official,
    form_quorum,
    recover_access,
    seat_officials,
)
from ruang.identity.commands.sign_in import (
    Opened,
    begin_sign_in,
    begin_with_code,
    finish_sign_in,
    finish_with_code,
    sign_out,
    sign_out_others,
)
from ruang.identity.commands.trail import verify_trail

__all__ = [
    "ByCode",
    "ByPassword",
    "Invitation",
    "Joined",
    "Official",
    "Opened",
    "accept_invitation",
    "begin_sign_in",
    "begin_with_code",
    "change_password",
    "choose_language",
    "close_organisation",
    "confirm_member",
    "finish_sign_in",
    "finish_with_code",
    "form_quorum",
    "found_organisation",
    "invite_again",
    "invite_member",
    "open_reporting",
    "print_code",
    "recover_access",
    "remove_member",
    "reopen_organisation",
    "return_member",
    "seat_officials",
    "sign_out",
    "sign_out_others",
    "suspend_member",
    "verify_trail",
]
