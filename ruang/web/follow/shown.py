"""The page's dataclass in words: what a message of a kind says, how a contact reads."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ruang.intake.states import MessageKind
from ruang.intake.told import Contact
from ruang.kernel.told import Feedback
from ruang.triage.queries.follow import FollowPage, Line
from ruang.web.report.telling import contact_lines
from ruang.web.told import feedback_lines
from ruang.web.words import moment


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the page shows it."""

    mine: bool
    by: str
    when: str
    text: str


def messages(page: FollowPage, at: datetime) -> list[Message]:
    """Return the thread in words."""
    return [
        Message(one.mine, one.by or _("Officer"), moment(one.at, at), _text(one))
        for one in page.messages
    ]


def _text(line: Line) -> str:
    if line.text is None:
        return _("This message cannot be opened with your words.")
    match line.kind:
        case MessageKind.CONTACT:
            wish = _("Please reach me like this from now on:")
            return "\n".join([wish, *contact_lines(Contact.from_text(line.text))])
        case MessageKind.WITHDRAW:
            wish = _("I would like to stop.")
            return f"{wish}\n{line.text}".strip()
        case MessageKind.FEEDBACK:
            return "\n".join(feedback_lines(Feedback.from_text(line.text)))
    files = ngettext("%(n)d file added", "%(n)d files added", line.files) % {"n": line.files}
    return f"{line.text}\n{files}".strip() if line.files else line.text
