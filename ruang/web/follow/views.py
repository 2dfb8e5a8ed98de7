"""Following a report: entering the words, and everything the pages under them can do.

One address, every act a POST answered with the page. Nothing is kept: the key travels sealed
with the page and works for half an hour.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from django import forms
from django.db import DatabaseError
from django.http import HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import ANYBODY
from ruang.intake import commands as intake
from ruang.intake.entry import Opened, UsedUp, WrongWords, entry_form, still_open
from ruang.intake.states import MessageKind
from ruang.kernel.errors import Refused
from ruang.referrals.commands import withdraw_own_consent
from ruang.territory import queries as territory
from ruang.triage.commands.follow import write_as_reporter
from ruang.triage.queries.follow import follow_page
from ruang.web.answers import Files, posted, text, tidied
from ruang.web.chrome import LANGUAGES
from ruang.web.follow import shown
from ruang.web.follow.forms import EntryForm
from ruang.web.follow.gathering import FORMS, gather, page_form, typed
from ruang.web.follow.held import PAGES, Held
from ruang.web.public import public_form
from ruang.web.report.telling import contact_lines, file_line
from ruang.web.request import Request

WRONG = _(
    "The code does not match yet. Check the spelling of each word; capital letters and hyphens "
    "do not matter."
)
AGAIN = _("For your safety this page opens only once. Please enter your words again.")
OVER = _(
    "For your safety this page closed after 30 minutes. Nothing is lost: enter your words "
    "again, and what you wrote goes on from there."
)
TAKEN_BACK = _("Taken back. Nothing more is shared because of it.")
SENT = {
    MessageKind.TEXT: _("Your message has been sent."),
    MessageKind.CONTACT: _("Sent. Until an officer has taken it over, the old way is used."),
    MessageKind.EVIDENCE: _("Your files have been sent. They are not shown here again."),
    MessageKind.FEEDBACK: _("Thank you for telling us. It changes how we help."),
    MessageKind.WITHDRAW: _("Sent. We talk with you first, in the way you said is safe."),
}


@public_form
def follow(request: Request) -> HttpResponse:
    """Show the entry, let her in, or do what she asked for under the words."""
    sent = posted(request) if request.method == "POST" else None
    if sent is None:
        return _entry(request, Held(language=_language()))
    data, files = tidied(sent[0]), sent[1].getlist("berkas")
    held = Held.open(text(data, "isi")) or Held(language=_language())
    if text(data, "bahasa") in LANGUAGES:
        held = replace(held, language=text(data, "bahasa"))
    translation.activate(held.language)
    if "kunci" in data:
        opened = still_open(text(data, "kunci"), ledger=request.ledger, at=request.at)
        if opened is None:
            return _over(request, held, data, files)
        return _act(request, opened, held, data, files)
    return _enter(request, held, data) if "masuk" in data else _entry(request, held)


def _enter(request: Request, held: Held, data: QueryDict) -> HttpResponse:
    """Open the thread with the words; what waited to be sent is sent."""
    form = EntryForm(data)
    if "bahasa" in data:
        form = EntryForm(initial={"kode": text(data, "kode")})
        return _entry(request, held, form, entry=text(data, "masuk"))
    try:
        opened = intake.open_follow(
            actor=ANYBODY,
            words=text(data, "kode"),
            entry=text(data, "masuk"),
            ledger=request.ledger,
            at=request.at,
        )
    except WrongWords:
        form.add_error("kode", WRONG)
        return _entry(request, held, form, entry=text(data, "masuk"))
    except UsedUp:
        return _entry(request, held, notice=AGAIN)
    request.actor = opened.actor
    return _write(request, opened, held) if held.kind else _show(request, opened, held)


def _act(
    request: Request,
    opened: Opened,
    held: Held,
    data: QueryDict,
    files: Files,
) -> HttpResponse:
    """Do what she asked for on a page under the words."""
    request.actor = opened.actor
    if "lagi" in data and held.kind:
        return _write(request, opened, held)
    if "tarik" in data and held.page == "consents":
        return _take_back(request, opened, held, text(data, "tarik"))
    if "kirim" in data and held.page in FORMS:
        try:
            gathered = gather(held, data, files)
        except OSError:
            return _not_saved(request, opened, typed(held, data))
        if gathered.held.kind:
            return _write(request, opened, gathered.held)
        return _show(request, opened, gathered.held, gathered.form, trouble=gathered.trouble)
    held = typed(held, data)
    if "hapus" in data:
        held = replace(
            held, files=tuple(f for f in held.files if f.id.hex != text(data, "hapus"))
        )
    elif "bahasa" not in data:
        to = text(data, "ke")
        held = replace(held, page=to if to in PAGES else "main")
    return _show(request, opened, held)


def _take_back(request: Request, opened: Opened, held: Held, chosen: str) -> HttpResponse:
    """Take a consent of hers back; one that is over already is not spoken of twice."""
    page = follow_page(actor=opened.actor, at=request.at)
    one = next((row for row in page.agreed if str(row.id) == chosen), None)
    if one is None:
        return _show(request, opened, held, notice=TAKEN_BACK)
    where = one.organisation or gettext("A safe house")
    said = gettext("I take back what I agreed to: %(where)s, %(purpose)s.")
    try:
        withdraw_own_consent(
            actor=opened.actor,
            consent_id=one.id,
            text=said % {"where": where, "purpose": one.purpose.label},
            form_tag=replace(held, mark=chosen).tag,
            at=request.at,
        )
    except Refused:
        return _show(request, opened, held, notice=TAKEN_BACK)
    except DatabaseError:
        return _not_saved(request, opened, held)
    return _show(request, opened, held.sent(), notice=TAKEN_BACK)


def _over(request: Request, held: Held, data: QueryDict, files: Files) -> HttpResponse:
    """Half an hour is over: what was typed goes with her through the entry."""
    held = typed(held, data)
    if "kirim" in data and held.page in FORMS:
        with suppress(OSError):  # what was typed is in the hold in any case
            held = gather(held, data, files).held
    return _entry(request, held, notice=OVER)


def _write(request: Request, opened: Opened, held: Held) -> HttpResponse:
    """Write what waits in the hold, and show the thread."""
    kind = held.kind or MessageKind.TEXT
    try:
        write_as_reporter(
            actor=opened.actor,
            text=held.text,
            form_tag=held.tag,
            kind=kind,
            files=held.files,
            at=request.at,
        )
    except DatabaseError:
        return _not_saved(request, opened, held)
    return _show(request, opened, held.sent(), notice=SENT[kind])


def _not_saved(request: Request, opened: Opened, held: Held) -> HttpResponse:
    """Say plainly that nothing was stored; what was written stays in the page."""
    context = {"key": opened.key, "held": held.seal(), "facts": territory.city()}
    return _page(request, "not_saved", context, status=503)


def _show(
    request: Request,
    opened: Opened,
    held: Held,
    form: forms.Form | None = None,
    *,
    trouble: tuple[str, ...] = (),
    notice: str | Promise = "",
) -> HttpResponse:
    """Show a page under the words."""
    page = follow_page(actor=opened.actor, at=request.at)
    if held.page == "feedback" and not page.may_say_how:
        held, form = replace(held, page="main"), None
    context: dict[str, Any] = {
        "page": page,
        "status": page.status.label,
        "messages": shown.messages(page, request.at),
        "contact": contact_lines(page.contact),
        "wish": contact_lines(page.wish) if page.wish else (),
        "form": form or page_form(held),
        "trouble": trouble,
        "files": [file_line(one) for one in held.files],
        "notice": notice,
        "key": opened.key,
        "held": held.seal(),
        "at": request.at,
    }
    return _page(request, held.page, context)


def _entry(
    request: Request,
    held: Held,
    form: forms.Form | None = None,
    *,
    entry: str = "",
    notice: str | Promise = "",
) -> HttpResponse:
    """Show the form for the words."""
    context = {
        "form": form or EntryForm(),
        "entry": entry or entry_form(request.at),
        "held": held.seal(),
        "notice": notice,
        "facts": territory.city(),
    }
    return _page(request, "entry", context)


def _page(
    request: Request, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return HttpResponse(
        render_to_string(f"follow/{name}.html", context, request), status=status
    )


def _language() -> str:
    return translation.get_language() or "id"
