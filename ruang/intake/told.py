"""What is told, as values, before anything of it is sealed.

``Told`` is the whole form as the command receives it. ``Contact``, ``Details`` and
``MustNotRead`` are sealed as one text each, because nobody asks the database about a part of
them; cases read them too, so their form is in ``ruang.kernel.told``. ``Recorded`` is what an
officer adds who writes for somebody else.
"""

from dataclasses import dataclass, field
from datetime import datetime, time

from ruang.intake.states import Age, Door, Help, HelperSex, IfOthersAnswer, Safety, Way, Who
from ruang.kernel.told import Contact, Details, MustNotRead, Sealed

__all__ = ["Contact", "Details", "MustNotRead", "Recorded", "Sealed", "Told"]


@dataclass(frozen=True, slots=True)
class Recorded(Sealed):
    """What an officer writes down besides what the public form asks.

    :ivar names: who is involved, as told, one a line
    :ivar sender: who wrote the letter or sent the matter on; ``reference`` is their number
    :ivar why_late: why it is recorded later than it came in
    :ivar note: for colleagues at the desk
    """

    names: str = ""
    sender: str = ""
    reference: str = ""
    why_late: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One report as it was told, before anything of it is sealed.

    :ivar received_at: when it came in, if that was before it is stored
    """

    safety: Safety
    who: Who
    way: Way
    helps: tuple[Help, ...] = ()
    age: Age = Age.UNKNOWN
    age_said: str = ""
    reach: str = ""
    safe_from: time | None = None
    safe_until: time | None = None
    if_others: IfOthersAnswer | None = None
    office_named: bool = False
    must_not_read: str = ""
    story: str = ""
    district: str = ""
    village: str = ""
    when: str = ""
    by_whom: str = ""
    helper_sex: HelperSex = HelperSex.EITHER
    helper_language: str = ""
    language: str = "id"
    door: Door = Door.WEB
    received_at: datetime | None = None
    recorded: Recorded = field(default_factory=Recorded)

    @property
    def contact(self) -> Contact:
        """Return how to reach her."""
        return Contact.of(
            way=self.way,
            reach=self.reach,
            safe_from=self.safe_from,
            safe_until=self.safe_until,
            if_others=self.if_others,
        )

    @property
    def details(self) -> Details:
        """Return the optional answers."""
        return Details(
            age=self.age_said,
            village=self.village,
            when=self.when,
            by_whom=self.by_whom,
            helper_language=self.helper_language,
        )

    @property
    def barred(self) -> MustNotRead:
        """Return who must not read it."""
        return MustNotRead(office=self.office_named, names=self.must_not_read)
