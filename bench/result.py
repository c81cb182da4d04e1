"""One measure, its target where it has one, and whether it is met."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """A figure with its unit; a target of None is only shown."""

    id: str
    label: str
    value: float
    unit: str
    target: float | None = None

    @property
    def missed(self) -> bool:
        """Whether the figure is above its target."""
        return self.target is not None and self.value > self.target

    def as_dict(self) -> dict[str, object]:
        """The figure as written in results.json."""
        return {**asdict(self), "met": None if self.target is None else not self.missed}


def at_most(ident: str, label: str, value: float, target: float, unit: str) -> Result:
    """A figure with a fixed target."""
    return Result(ident, label, round(value, 3), unit, target)


def against_peer(ident: str, label: str, seconds: float, peer: float | None, *, share: float) -> Result:
    """A time that must be at most a share of LibreOffice's; without LibreOffice it is only shown."""
    target = None if peer is None else round(peer * share, 3)
    return Result(ident, label, round(seconds, 3), "s", target)
