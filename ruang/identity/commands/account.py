"""What a person does with the own account: password, printed code, language."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.audit.record import record
from ruang.identity import passwords, sessions, throttle
from ruang.identity.credentials import keep_code, refuse_weak
from ruang.identity.events import CodePrinted, LanguageChosen, PasswordChanged
from ruang.identity.models import User
from ruang.kernel.errors import Refused
from ruang.vault import pairs
from ruang.vault.models import KeyPair, Kind

LANGUAGES = ("id", "en")


def change_password(
    *, actor: Actor, present: str, password: str, session_id: UUID, at: datetime
) -> None:
    """Choose a new password; every session but this one ends.

    :raises Refused: if the present one is not right, or the new one is weak
    """
    user, pair, private = _proven(actor, present, at)
    refuse_weak(user, password)
    with transaction.atomic():
        pairs.set_password(pair, private, passwords.tidy(password), at)
        sessions.end(user_id=user.pk, at=at, but=session_id)
        record(PasswordChanged(user.pk), actor=actor, at=at)


def print_code(*, actor: Actor, present: str, at: datetime) -> str:
    """Make a new recovery code and return it, to be shown once; the old one is void.

    :raises Refused: if the password is not right
    """
    user, pair, private = _proven(actor, present, at)
    code = pairs.new_code()
    with transaction.atomic():
        keep_code(pair, private, code, at)
        record(CodePrinted(user.pk), actor=actor, at=at)
    return code


@transaction.atomic
def choose_language(*, actor: Actor, language: str, at: datetime) -> None:
    """Choose the language of the pages.

    :raises Refused: if there is no such language
    """
    if language not in LANGUAGES:
        raise Refused(_("Choose one of the languages."))
    user = sight.one(User.objects.visible_to(actor), actor.user_id)
    user.language = language
    user.save(update_fields=["language"])
    record(LanguageChosen(user.pk, language=language), actor=actor, at=at)


def _proven(actor: Actor, present: str, at: datetime) -> tuple[User, KeyPair, bytes]:
    """Return the person's row and open key, by the present password."""
    rows = User.objects.visible_to(actor).select_related("organisation")
    user = sight.one(rows, actor.user_id)
    pair = pairs.pair_in_force(user.pk, Kind.USER)
    tag = throttle.admit(login=str(user.pk), network="own", at=at)
    wrong = Refused(_("The present password is not right."))
    if pair is None:
        raise wrong
    try:
        with passwords.one_of_few():
            private = pairs.open_with_password(pair, passwords.tidy(present))
    except pairs.WrongSecret:
        raise wrong from None
    throttle.forget(tag)
    return user, pair, private
