"""Words of the desk that stand nowhere else."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ruang.cases.states import Compartment
from ruang.triage.states import Outcome

PARTS: dict[str, str | Promise] = {
    "contact": _("How to reach"),
    "story": _("What was told, messages and files"),
    **{part.value: part.label for part in Compartment},
}
"""Names of the parts that can be opened: of a report, and of a case."""

SLUGS = {
    "kasus": Outcome.CASE,
    "konseling": Outcome.COUNSELLING,
    "rujuk": Outcome.REFER,
    "limpahkan": Outcome.HAND_OVER,
    "bukan": Outcome.NOT_OURS,
    "sama": Outcome.SAME_AS,
    "bukan-pengaduan": Outcome.NOT_A_REPORT,
}
"""Word in the address → outcome."""

MEANING: dict[Outcome, str | Promise] = {
    Outcome.CASE: _(
        "Two of you look after it together. Only the team of the case can read it from then on."
    ),
    Outcome.COUNSELLING: _("She is listened to. The thread stays with this desk."),
    Outcome.REFER: _(
        "A case as well: you stay in charge, and next you ask a partner for one thing."
    ),
    Outcome.HAND_OVER: _(
        "Another institution takes it over. Its desk can read it from then on, yours no more."
    ),
    Outcome.NOT_OURS: _("You write where she can go instead. The thread stays with this desk."),
    Outcome.SAME_AS: _(
        "It repeats another report. Whoever holds that one sees it there. Never say that "
        "somebody else reported, unless it is the same person."
    ),
    Outcome.NOT_A_REPORT: _("A test, a joke or an advertisement. If in doubt, it is a report."),
}
"""What follows from an outcome, said before it is chosen."""
