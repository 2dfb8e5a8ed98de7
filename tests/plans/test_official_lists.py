"""The two lists of services are those of the sources, word for word (domain.md §1.1, §2.1)."""

import pytest
from django.utils import translation

from ruang.access.actor import SYSTEM
from ruang.kernel.codes import CaseKind
from ruang.plans import policy, states
from ruang.plans.states import Function, Kind
from ruang.territory.commands import set_mediation
from ruang.territory.facts import forget_city
from tests import make

STANDARD = (
    "Pengaduan Masyarakat", "Penjangkauan Korban", "Pengelolaan Kasus", "Penampungan Sementara",
    "Mediasi", "Pendampingan Korban",
)  # fmt: skip
SIMFONI = (
    "Pengaduan", "Kesehatan", "Bantuan Hukum", "Penegakan Hukum", "Rehabilitasi Sosial",
    "Reintegrasi Sosial", "Pemulangan", "Pendampingan Tokoh Agama",
)  # fmt: skip


@pytest.mark.parametrize(("codes", "source"), [(Function, STANDARD), (Kind, SIMFONI)])
def test_the_list_is_that_of_the_source(
    codes: type[Function] | type[Kind], source: tuple[str, ...]
) -> None:
    with translation.override("id"):
        assert tuple(str(one.label) for one in codes) == source


def test_every_step_of_every_table_has_a_rule() -> None:
    for steps, moves, rules in (
        (states.ServiceStep, states.SERVICE_MOVES, policy.SERVICE_RULES),
        (states.TaskStep, states.TASK_MOVES, policy.TASK_RULES),
        (states.MediationStep, states.MEDIATION_MOVES, policy.MEDIATION_RULES),
    ):
        assert set(steps) == set(moves) == set(rules)


def test_only_civil_and_labour_matters_can_be_mediated() -> None:
    assert {CaseKind.CIVIL, CaseKind.LABOUR} == policy.MEDIATED
    assert not policy.MEDIATED & policy.SEXUAL


@pytest.mark.django_db
def test_offences_on_complaint_follow_the_citys_setting() -> None:
    assert not policy.complaint_offences_allowed()
    make.city()
    assert not policy.complaint_offences_allowed()
    set_mediation(actor=SYSTEM, complaint_offences=True, at=make.AT)
    forget_city()
    assert policy.complaint_offences_allowed()
