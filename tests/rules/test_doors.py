"""What is kept for the whole city: its settings, register, prevention, duty, accounts, sweeps.

These things have no states of their own, so each line says who gets past the door at all: what
is wrong with what she brought is said to her in a sentence afterwards. Here nobody brings
anything good: ``y`` is whoever is not turned away.
"""

import importlib
import inspect
from collections.abc import Callable
from enum import Enum
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ruang.access.actor import ANYBODY, SYSTEM, Actor
from ruang.access.roles import ASSIGNABLE, Role
from ruang.access.sight import NotInSight
from ruang.identity.models import Organisation
from ruang.register.models import CadreArea
from ruang.register.states import Kind
from tests import make, make_prevention

pytestmark = pytest.mark.django_db
ROLES = {
    "desk": Role.INTAKE_OFFICER, "case": Role.CASE_MANAGER, "part": Role.PARTNER_DESK,
    "plan": Role.PREVENTION_OFFICER, "fac": Role.FACILITATOR, "cad": Role.CADRE,
    "head": Role.HEAD, "aud": Role.AUDITOR, "adm": Role.ADMIN,
    "offi": Role.QUORUM_OFFICIAL, "any": Role.REPORTER, "sys": Role.SYSTEM,
}  # fmt: skip
GRID = """
what                              desk case part plan fac  cad  head aud  adm  offi any  sys
identity.open_reporting           n    n    n    n    n    n    n    n    y    n    n    y
identity.found_organisation       n    n    n    n    n    n    n    n    y    n    n    y
identity.close_organisation       n    n    n    n    n    n    n    n    y    n    .    y
identity.reopen_organisation      n    n    n    n    n    n    n    n    y    n    .    y
identity.verify_trail             n    n    n    n    n    n    y    y    n    n    n    n
identity.seat_officials           n    n    n    n    n    n    n    n    n    n    n    y
identity.form_quorum              n    n    n    n    n    n    n    n    n    n    n    y
identity.recover_access           n    n    n    n    n    n    n    n    n    n    n    y
identity.begin_sign_in            n    n    n    n    n    n    n    n    n    n    n    y
identity.begin_with_code          n    n    n    n    n    n    n    n    n    n    n    y
identity.finish_sign_in           n    n    n    n    n    n    n    n    n    n    n    y
identity.finish_with_code         n    n    n    n    n    n    n    n    n    n    n    y
intake.receive_report             n    n    n    n    n    n    n    n    n    n    y    n
intake.relay_report               n    n    n    y    y    y    n    n    n    n    n    n
intake.sweep_receipt_copies       n    n    n    n    n    n    n    n    n    n    n    y
intake.sweep_used_nonces          n    n    n    n    n    n    n    n    n    n    n    y
notify.add_shift                  n    n    n    n    n    n    y    n    y    n    n    n
notify.deliver_notices            n    n    n    n    n    n    n    n    n    n    n    y
notify.sweep_notices              n    n    n    n    n    n    n    n    n    n    n    y
planner.keep_progress             n    n    n    n    n    n    n    n    n    n    n    y
prevention.save_programme         n    n    n    y    n    n    n    n    n    n    n    y
prevention.add_question           n    n    n    y    n    n    n    n    n    n    n    y
prevention.add_material           n    n    n    y    n    n    n    n    n    n    n    y
prevention.save_facilitator       n    n    n    y    n    n    n    n    n    n    n    y
prevention.set_working            .    .    .    y    n    .    n    .    .    .    .    y
prevention.set_cadre_area         n    n    n    y    n    n    n    n    n    n    n    y
prevention.release_pile           n    n    n    y    n    n    n    n    n    n    n    y
prevention.refuse_pile            n    n    n    y    n    n    n    n    n    n    n    y
prevention.sweep_pile             n    n    n    n    n    n    n    n    n    n    n    y
prevention.sweep_requests         n    n    n    y    n    n    n    n    n    n    n    y
prevention.sweep_notes_and_photos n    n    n    n    n    n    n    n    n    n    n    y
register.stage_list               n    n    n    y    n    n    n    n    n    n    n    y
register.add_rw                   n    n    n    y    n    n    n    n    n    n    n    y
register.add_rt                   .    .    .    y    n    n    n    .    .    .    .    y
register.add_place                n    n    n    y    n    n    n    n    n    n    n    y
register.change_place             .    .    .    y    n    n    n    .    .    .    .    y
register.end_place                .    .    .    y    n    n    n    .    .    .    .    y
register.split_rw                 .    .    .    y    n    n    n    .    .    .    .    y
register.merge_rws                .    .    .    y    n    n    n    .    .    .    .    y
register.move_rt                  .    .    .    y    n    n    n    .    .    .    .    y
register.split_rt                 .    .    .    y    n    n    n    .    .    .    .    y
register.merge_rts                .    .    .    y    n    n    n    .    .    .    .    y
register.set_contact              .    .    .    y    n    n    n    .    .    .    .    n
register.end_contact              .    .    .    y    n    n    n    .    .    .    .    n
register.sweep_old_contacts       n    n    n    n    n    n    n    n    n    n    n    y
register.sweep_staged_lists       n    n    n    n    n    n    n    n    n    n    n    y
territory.read_boundaries         n    n    n    y    n    n    n    n    n    n    n    y
territory.use_boundaries          n    n    n    y    n    n    n    n    n    n    n    y
territory.drop_boundaries         n    n    n    y    n    n    n    n    n    n    n    y
territory.set_up_city             n    n    n    n    n    n    n    n    y    n    n    y
territory.load_regions            n    n    n    n    n    n    n    n    y    n    n    y
territory.rename_region           n    n    n    n    n    n    n    n    y    n    n    y
territory.set_names               n    n    n    n    n    n    n    n    y    n    n    y
territory.set_numbers             n    n    n    n    n    n    n    n    y    n    n    y
territory.set_exit                n    n    n    n    n    n    n    n    y    n    n    y
territory.set_desks               n    n    n    n    n    n    n    n    y    n    n    y
territory.set_opening_hours       n    n    n    n    n    n    n    n    y    n    n    y
territory.set_answer_hours        n    n    n    n    n    n    n    n    y    n    n    y
territory.set_shelter             n    n    n    n    n    n    n    n    y    n    n    y
territory.set_retention           n    n    n    n    n    n    n    n    y    n    n    y
territory.set_days                n    n    n    n    n    n    n    n    y    n    n    y
territory.set_mediation           n    n    n    n    n    n    n    n    y    n    n    y
territory.set_public_words        n    n    n    n    n    n    n    n    y    n    n    y
territory.reset_part              n    n    n    n    n    n    n    n    y    n    n    y
territory.open_form               n    n    n    n    n    n    n    n    y    n    n    y
territory.close_form              n    n    n    n    n    n    n    n    y    n    n    y
triage.end_overtaken              n    n    n    n    n    n    n    n    n    n    n    y
triage.sweep_unclaimed_files      n    n    n    n    n    n    n    n    n    n    n    y
"""
HEAD, *LINES = [line.split() for line in GRID.strip().splitlines()]


class Scene:
    """Somebody in each role at the office, and the things that addresses name."""

    def __init__(self) -> None:
        desk = Organisation.objects.get(pk=make.city().intake_desk)
        users = {role: make.user(desk, role) for role in ASSIGNABLE}
        self.actors: dict[Role, Actor] = {
            Role.REPORTER: ANYBODY, Role.SYSTEM: SYSTEM,
            **{role: make.actor(user) for role, user in users.items()},
        }  # fmt: skip
        rw = make_prevention.rw()
        first, second, *_rest = rw.rts.order_by("number")
        CadreArea.objects.create(user=users[Role.CADRE], rw=rw)
        self.known: dict[str, Any] = {
            "at": make.AT, "on": make.AT.date(), "village": make_prevention.VILLAGE,
            "organisation_id": make.organisation().pk, "user": users[Role.HEAD].pk,
            "facilitator_id": make_prevention.facilitator().pk,
            "programme_id": make_prevention.programme().pk,
            "kind": Kind.RW, "place_id": rw.pk, "rw_id": rw.pk, "rw": rw.pk,
            "boundaries_id": make_prevention.boundaries(),
            "rt_id": first.pk, "others": [second.pk], "to": make_prevention.rw().pk,
        }  # fmt: skip

    def brought(self, act: Callable[..., Any]) -> dict[str, Any]:
        """Something of each kind that is asked for, and nothing that would do."""
        asked = inspect.signature(act).parameters.values()
        needed = [one for one in asked if one.default is one.empty and one.name != "actor"]
        found = {one.name: self.known.get(one.name, _nothing(one.annotation)) for one in needed}
        if {"rw_id", "others"} <= set(found):
            found["others"] = [self.known["to"]]
        return found


def _nothing(kind: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if kind in {int, str, bytes, bool}:
        return kind()
    return make.stranger() if "UUID" in str(kind) and "[" not in str(kind) else ()


def at_the_door(act: Callable[..., Any], actor: Actor, brought: dict[str, Any]) -> str:
    with transaction.atomic():
        try:
            act(actor=actor, **brought)
        except PermissionDenied:
            return "n"
        except NotInSight:
            return "."
        except Exception:  # past the door: now it shows that nothing good was brought
            return "y"
        finally:
            transaction.set_rollback(True)
    return "y"


def test_who_gets_past_which_door() -> None:
    assert HEAD[1:] == list(ROLES)
    scene, wrong = Scene(), []
    for what, *cells in LINES:
        context, name = what.split(".")
        act = getattr(importlib.import_module(f"ruang.{context}.commands"), name)
        brought = scene.brought(act)
        for (who, role), due in zip(ROLES.items(), cells, strict=True):
            got = at_the_door(act, scene.actors[role], brought)
            if got != due:
                wrong.append(f"{who} {what}: {got}, not {due}")
    assert not wrong, "\n".join(wrong)
