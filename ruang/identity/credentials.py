"""What opens a person's key: the password and the printed code."""

import contextlib
from datetime import datetime

from ruang.identity import passwords
from ruang.identity.models import User
from ruang.vault import pairs, quorum
from ruang.vault.models import KeyPair
from ruang.vault.suites import Tampered


def new_access(user: User, pair: KeyPair, private: bytes, password: str, at: datetime) -> str:
    """Set a password and return a new printed code, for who has proven who they are.

    :raises Refused: if the password is weak
    """
    refuse_weak(user, password)
    code = pairs.new_code()
    pairs.set_password(pair, private, passwords.tidy(password), at)
    keep_code(pair, private, code, at)
    return code


def refuse_weak(user: User, password: str) -> None:
    """Refuse a password that can be guessed from the account, or by everybody.

    :raises Refused: with what to do
    """
    about = (user.login, user.name, user.organisation.name)
    passwords.refuse_weak(passwords.tidy(password), about=about)


def keep_code(pair: KeyPair, private: bytes, code: str, at: datetime) -> None:
    """Keep the key under a new code; an official's halves of the quorum's key too."""
    pairs.set_code(pair, private, code, at)
    officials = quorum.quorum_pair()
    if officials is not None and pair.owner in quorum.seats(officials):
        with contextlib.suppress(Tampered):  # made for a pair that was lost: nothing to keep
            quorum.reprint(officials, private, pair, code)
