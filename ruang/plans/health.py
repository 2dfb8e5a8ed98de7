"""What of health a service was: its words stand under the key of the part Health (ADR 0060).

Everybody on the team reads the plan. Which examination she had, what it was needed for and
what was noted of it is for those alone who hold Health; the others see a service of health.
Rows from before that still hold these words under the plan: they are shown to nobody else all
the same, and move once somebody who holds Health saves a service of the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ruang.access.actor import Actor
from ruang.cases.states import Compartment
from ruang.plans.models import Service
from ruang.plans.sealed import HealthText, ServiceText
from ruang.plans.states import Kind
from ruang.plans.writing import opened
from ruang.vault.keyring import CannotOpen, current_keys, ring
from ruang.vault.texts import open_text, open_texts


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What a service says to one reader.

    :ivar text: every word this reader can open
    :ivar shut: whether nothing of it opens
    :ivar locked: whether what of health it was stands there and does not open
    :ivar part: where the note of it stands
    """

    text: ServiceText
    shut: bool
    locked: bool
    part: Compartment


def reads_health(case_id: UUID, actor: Actor) -> bool:
    """Say whether this actor holds the newest key of the part Health."""
    key = current_keys(case_id).get(Compartment.HEALTH)
    try:
        return key is not None and ring(actor.keys).holds(key)
    except CannotOpen:
        return False


def is_from_before(said: ServiceText) -> bool:
    """Say whether the words under the plan are of a row that is to be moved."""
    return bool(said.detail)


def read(rows: Sequence[Service], actor: Actor) -> list[Said]:
    """Return what services of one case say to this reader."""
    texts = open_texts(actor.keys, rows, "text")
    apart = open_texts(actor.keys, rows, "health")
    plain = [ServiceText.from_text(text or "") for text in texts]
    old = [row.case_id for row, said in zip(rows, plain, strict=True) if is_from_before(said)]
    hides = bool(old) and not reads_health(old[0], actor)
    return [
        _said(row, text, said, health, hides=hides)
        for row, text, said, health in zip(rows, texts, plain, apart, strict=True)
    ]


def words(row: Service, actor: Actor) -> ServiceText:
    """Return what a service says to who is about to write it anew.

    What of health she holds no key of is not among it, and stays where it stands.

    :raises Refused: if the actor holds no key of the plan
    """
    said = ServiceText.from_text(opened(row, "text", actor))
    try:
        return _together(said, open_text(actor.keys, row, "health"))
    except CannotOpen:
        return said


def parted(kind: str, said: ServiceText) -> tuple[ServiceText, HealthText]:
    """Return which words of a service stand under the plan, and which under Health."""
    if kind != Kind.HEALTH:
        return said, HealthText()
    kept = replace(said, need="", note="", detail="")
    return kept, HealthText(need=said.need, note=said.note, detail=said.detail)


def _said(
    row: Service, text: str | None, plain: ServiceText, health: str | None, *, hides: bool
) -> Said:
    old = is_from_before(plain)
    if old and hides:
        shown, locked = parted(Kind.HEALTH, plain)[0], True
    else:
        shown, locked = _together(plain, health or ""), health is None
    is_apart = old or (bool(row.health) and not plain.note)
    part = Compartment.HEALTH if is_apart else Compartment.PLAN
    return Said(shown, shut=text is None, locked=locked, part=part)


def _together(plain: ServiceText, health: str) -> ServiceText:
    inside = HealthText.from_text(health)
    return replace(
        plain,
        need=inside.need or plain.need,
        note=inside.note or plain.note,
        detail=inside.detail or plain.detail,
    )
