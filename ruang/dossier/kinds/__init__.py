"""Every kind of record, one module each: what is asked, in which compartment it stands."""

from ruang.dossier.kinds.assessment import ASSESSMENT
from ruang.dossier.kinds.incident import INCIDENT
from ruang.dossier.kinds.legal import LEGAL_STEP
from ruang.dossier.kinds.person import PERSON, SUSPECT
from ruang.dossier.kinds.relation import RELATION
from ruang.dossier.kinds.risk import RISK_ADULT, RISK_CHILD
from ruang.dossier.kinds.safety import SAFETY_PLAN
from ruang.dossier.schema import Schema
from ruang.dossier.states import Kind

SCHEMAS: dict[Kind, Schema] = {
    schema.kind: schema
    for schema in (
        PERSON, SUSPECT, RELATION, INCIDENT, ASSESSMENT, SAFETY_PLAN, RISK_ADULT,
        RISK_CHILD, LEGAL_STEP,
    )
}  # fmt: skip
"""Kind → its shape."""

__all__ = ["SCHEMAS"]
