"""The conversation of ``ruang recover``."""

from django.utils.translation import gettext as _

from ruang.access.actor import SYSTEM
from ruang.cli.talk import Talk, show_code
from ruang.identity import commands, queries
from ruang.kernel import clock


def recover(talk: Talk, login: str) -> None:
    """Ask two officials for their printed codes; show the person's new one.

    :raises Refused: if there is nobody to recover, or a code is not right
    """
    found = queries.recovery(actor=SYSTEM, login=login)
    user = found.user
    talk.say(
        _("%(name)s, %(organisation)s, is to get a new key. Two officials agree?")
        % {"name": user.name, "organisation": user.organisation}
    )
    left = [(one, f"{one.name}, {one.organisation}") for one in found.officials]
    proofs = []
    for question in (_("First official"), _("Second official")):
        official = talk.choose(question, left)
        left = [row for row in left if row[0] is not official]
        asked = _("Recovery code of %(name)s (it does not show)") % {"name": official.name}
        proofs.append(commands.ByCode(official.id, talk.ask_secret(asked)))
    code = commands.recover_access(actor=SYSTEM, user_id=user.id, proofs=proofs, at=clock.now())
    show_code(talk, user.name, code)
    talk.say(_("Now sign in at /masuk/kode/ with it, and choose a new password."))
