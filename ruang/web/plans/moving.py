"""A case that another institution takes over: what the minutes ask, and the minutes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ruang.consents.queries import Standing
from ruang.consents.states import Basis
from ruang.identity.directory import Desk
from ruang.kernel.codes import Ground
from ruang.referrals.handing import CaseOver, MinutesText
from ruang.referrals.queries import case_minutes
from ruang.web.answers import Words
from ruang.web.cases.views import around
from ruang.web.days import Day
from ruang.web.referrals.forms import consent_line
from ruang.web.request import Request

_CHOOSE = {"required": _("Choose one answer."), "invalid_choice": _("Choose one answer.")}
_NONE = ("", "–")


class Over(forms.Form):
    """Who takes the case over, on what ground, and how she agreed."""

    ground = forms.ChoiceField(
        label=_("On what ground is it handed over?"),
        choices=Ground.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    desk = forms.ChoiceField(
        label=_("Who takes it over?"), required=False, error_messages=_CHOOSE
    )
    institution = Words(
        label=_("Or another institution, in words"),
        help_text=_("For example the UPTD PPA of the regency."),
    )
    person = Words(label=_("Who there took it over"), help_text=_("Name and function."))
    on = Day(label=_("Taken over on"))
    basis = forms.ChoiceField(
        label=_("On what basis?"),
        choices=Basis.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    consent = forms.ChoiceField(
        label=_("By which consent of hers?"),
        help_text=_("Where she agreed and an organisation from the list takes it over."),
        required=False,
        error_messages=_CHOOSE,
    )
    agreed = Words(
        label=_("How she agreed, or why the other basis holds"),
        help_text=_("When, how, and what was explained to her."),
        rows=3,
    )
    done = Words(
        label=_("What has been done, and what goes over"),
        help_text=_("So that she need not tell it again there."),
        rows=5,
    )

    def __init__(
        self, *args: Any, desks: Iterable[Desk], consents: Iterable[Standing], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        places = [(str(one.id), one.name) for one in desks]
        held = [(str(one.id), consent_line(one)) for one in consents]
        self.fields["desk"].choices = [_NONE, *places]  # type: ignore[attr-defined]
        self.fields["consent"].choices = [_NONE, *held]  # type: ignore[attr-defined]

    def over(self) -> CaseOver:
        """Return the answers as the command takes them."""
        said = self.cleaned_data
        return CaseOver(
            ground=Ground(said["ground"]),
            on=said["on"],
            basis=Basis(said["basis"]),
            said=MinutesText(said["institution"], said["person"], said["agreed"], said["done"]),
            desk=UUID(said["desk"]) if said["desk"] else None,
            consent=UUID(said["consent"]) if said["consent"] else None,
        )


@require_safe
def minutes(request: Request, case_id: UUID) -> HttpResponse:
    """Show the minutes of a case that was handed over, to be printed and signed.

    The manager on the day the other office comes for the file, or the province that asks a year
    later on what ground it went.
    """
    head, found = case_minutes(actor=request.actor, case_id=case_id, at=request.at)
    context = around(request, head, "closing") | {"page": found}
    return render(request, "plans/minutes.html", context)
