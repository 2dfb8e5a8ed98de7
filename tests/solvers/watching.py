"""Onlookers for tests: one that writes down what it hears, one that says stop."""

from dataclasses import dataclass, field


@dataclass
class Onlooker:
    patience: int = 10**9
    heard: list[tuple[float | None, float | None, float]] = field(default_factory=list)

    def report(self, best: float | None, bound: float | None, share: float) -> None:
        self.heard.append((best, bound, share))

    def stopped(self) -> bool:
        return len(self.heard) >= self.patience
