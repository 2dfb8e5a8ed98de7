"""The four classes of data (public, coded, personal, sealed), declared on every model.

A test fails on a field that is in none of them or in two; scrubbing, export, erasure and
the data dictionary are drawn from the same declaration (vault.md §3).
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FieldClasses:
    """Which field of a model may be read by whom, and for how long it is kept."""

    public: tuple[str, ...] = field(default=())
    coded: tuple[str, ...] = field(default=())
    personal: tuple[str, ...] = field(default=())
    sealed: tuple[str, ...] = field(default=())
    retention: str = "with the case"

    def names(self) -> tuple[str, ...]:
        """Return every declared field name, in order of class."""
        return self.public + self.coded + self.personal + self.sealed
