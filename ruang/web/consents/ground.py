"""On what ground: the questions that stand wherever something is going to be shared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ruang.consents.states import Basis, ConsentWay, Giver
from ruang.web.answers import Words
from ruang.web.days import Day

CHOOSE = {"required": _("Choose one answer."), "invalid_choice": _("Choose one answer.")}


class OnGround(forms.Form):
    """Her consent with when, how and by whom, or another ground with its reason."""

    basis = forms.ChoiceField(
        label=_("On which ground is it shared?"),
        choices=Basis.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages=CHOOSE,
    )
    giver = forms.ChoiceField(
        label=_("Who agreed?"),
        choices=Giver.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages=CHOOSE,
    )
    giver_name = Words()
    consent_on = Day(label=_("When did she agree?"), required=False)
    consent_way = forms.ChoiceField(
        label=_("How did she agree?"),
        choices=ConsentWay.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages=CHOOSE,
    )
    explained = Words(rows=3)
    basis_note = Words(rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, hint in _TEXTS:
            self.fields[name].label, self.fields[name].help_text = label, hint
        self.fields["basis"].hints = _GROUNDS  # type: ignore[attr-defined]
        self.fields["giver"].hints = _GIVERS  # type: ignore[attr-defined]

    def check_ground(self, said: dict[str, Any]) -> None:
        """Say beside the field what belongs to the ground that was chosen."""
        if not said.get("basis"):
            if "basis" not in self.errors:
                self.add_error("basis", CHOOSE["required"])
        elif said["basis"] == Basis.CONSENT:
            self._check_consent(said)
        elif not said.get("basis_note"):
            self.add_error("basis_note", _("Write down the reason why it may be shared."))

    def _check_consent(self, said: dict[str, Any]) -> None:
        for name, words in _NEEDED:
            if not said.get(name) and name not in self.errors:
                self.add_error(name, words)
        if said.get("giver") == Giver.SAFE_GUARDIAN and not said.get("basis_note"):
            self.add_error(
                "basis_note", _("Write down why a safe guardian agrees and not the parent.")
            )

    def ground(self) -> dict[str, Any]:
        """Return what was answered, as the commands take it."""
        data = self.cleaned_data
        return {
            "basis": Basis(data["basis"] or Basis.CONSENT),
            "giver": Giver(data["giver"]) if data["giver"] else None,
            "giver_name": data["giver_name"],
            "way": ConsentWay(data["consent_way"]) if data["consent_way"] else None,
            "given_on": data["consent_on"],
            "explained": data["explained"],
            "reason": data["basis_note"],
        }


_NEEDED = (
    ("giver", _("Say who agreed.")),
    ("consent_on", _("Say when she agreed.")),
    ("consent_way", _("Say how she agreed.")),
    ("explained", _("Write down what was explained before.")),
)
_TEXTS = (
    (
        "giver_name",
        _("Name of who agreed for her (optional)"),
        _("Only when it was not she herself."),
    ),
    (
        "explained",
        _("What was explained before?"),
        _(
            "What goes to whom, for what, until when, and that she can take it back at any "
            "time. A sentence is enough."
        ),
    ),
    (
        "basis_note",
        _("Why may it be shared?"),
        _("Needed unless she, or the parent or guardian, agreed. Write no name."),
    ),
)
_GROUNDS = {
    Basis.CONSENT.value: _("She was told what goes to whom, for what and until when."),
    Basis.VITAL.value: _("Only while that danger lasts, and only what is needed against it."),
    Basis.LAW.value: _("Name the law and its article."),
    Basis.PUBLIC.value: _("Name the duty and the rule it stands in."),
}
_GIVERS = {
    Giver.GUARDIAN.value: _("Never somebody who may be the reported person."),
    Giver.SAFE_GUARDIAN.value: _(
        "When a parent may be the reported person or cannot be asked safely."
    ),
}
