"""The long cases, by the key of the contact each belongs to."""

from collections.abc import Mapping

from ruang.demo.content import dossiers_children, dossiers_home, dossiers_other
from ruang.demo.content.dossier_shape import Dossier

DOSSIERS: Mapping[str, Dossier] = {
    one.key: one
    for one in (
        *dossiers_home.DOSSIERS,
        *dossiers_children.DOSSIERS,
        *dossiers_other.DOSSIERS,
    )
}
WORTH_READING = {
    "child": "guru-les",
    "wife": "dapur",
    "boy": "paman-marah",
    "elderly": "ibu-sepuh",
    "disabled": "kaki-palsu",
    "online": "sebar-foto",
    "workplace": "atasan",
    "trafficking": "kerja-di-kafe",
    "officer": "bendahara",
    "child_in_law": "pengasuh",
}
"""Ten kinds of story → the contact that tells it."""
