"""The words of a mail, and the line to the mail server of the city.

The words are the same whatever happened: no number, no name, no kind, no place, no name of
this platform, no address to click on. The headers say no more than the words.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

PATIENCE = 10
"""Seconds the mail server has for each answer."""


def is_set_up() -> bool:
    """Say whether there is a mail server to send by."""
    return bool(settings.SMTP["host"] and settings.SMTP["sender"])


def mail(address: str, language: str) -> EmailMessage:
    """Return the mail to one person, in that person's language."""
    sender = settings.SMTP["sender"]
    message = EmailMessage(policy=SMTP)
    with override(language):
        message["Subject"] = _("Something is waiting")
        message.set_content(_("Something is waiting at your desk. Sign in to see it.") + "\n")
    message["From"], message["To"] = sender, address
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=_domain(sender))
    message["Auto-Submitted"] = "auto-generated"
    return message


class Line:
    """An open line to the mail server."""

    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server

    def send(self, address: str, language: str) -> None:
        """Send one mail.

        :raises SMTPException: if the server does not take it
        :raises OSError: if the line breaks
        """
        self._server.send_message(mail(address, language))


@contextmanager
def line() -> Iterator[Line]:
    """Open the line for as long as this lasts.

    :raises SMTPException: if the server refuses
    :raises OSError: if it cannot be reached
    """
    chosen = settings.SMTP
    name = _domain(chosen["sender"])
    where = {"host": chosen["host"], "port": chosen["port"], "local_hostname": name}
    if chosen["security"] == "tls":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(**where, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(**where, timeout=PATIENCE)
    with server:
        if chosen["security"] == "starttls":
            server.starttls(context=ssl.create_default_context())
        if chosen["user"]:
            server.login(chosen["user"], chosen["password"])
        yield Line(server)


def _domain(address: str) -> str:
    return address.rpartition("@")[2] or "localhost"
