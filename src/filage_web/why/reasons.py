"""A step of the library made ready to draw: values written in French, statuses, sources, depth."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from filage.kernel import french
from filage.kernel.explain import simplified
from filage.kernel.step import Source, Step

UNCERTAIN: Final = 2
OPEN: Final = 2
"""Levels shown open; deeper ones are folded."""
STATUS: Final = {"given": "hand", "law": "", "assumed": "doubt"}
SIGNS: Final = {"product": "×", "difference": "−", "quotient": "÷"}
WORDS: Final = {
    "least": "le plus petit des deux",
    "greatest": "le plus grand des deux",
    "share": "une part",
    "power": "puissance",
    "rounded": "arrondi",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One row of the tree."""

    label: str
    value: str
    status: str
    note: str
    sources: tuple[Source, ...]
    depth: int
    doubts: int
    """Leaves to verify under it, itself included."""
    parts: tuple["Reason", ...] = field(default=())
    href: str = ""
    """Where the line it takes up is explained in turn; empty when it is explained here."""

    @property
    def folded(self) -> bool:
        """Whether its parts are folded at first."""
        return self.depth >= OPEN and bool(self.parts)


@dataclass(frozen=True, slots=True)
class Cited:
    """What a given value names as its origin: in words, with its status, and where it is explained."""

    words: str
    status: str = "hand"
    href: str = ""


def nothing_cited(_origin: str) -> Cited | None:
    """Know of no origin."""
    return None


def reason_of(step: Step, depth: int = 0, *, cited: Callable[[str], Cited | None] = nothing_cited) -> Reason:
    """Draw up a step and everything under it; `cited` says what the ids it names are."""
    step = simplified(step)
    if step.how == "given" and (origin := cited(step.rule)) is not None:
        value = french.quantity(step.value, step.unit)
        doubts = int(origin.status == "doubt")
        return Reason(step.label, value, origin.status, origin.words, (), depth, doubts, (), origin.href)
    parts = tuple(reason_of(part, depth + 1, cited=cited) for part in step.parts)
    doubtful = step.certainty == UNCERTAIN and (not parts or not any(part.doubts for part in parts))
    return Reason(
        label=step.label,
        value=french.quantity(step.value, step.unit),
        status="doubt" if doubtful else STATUS.get(step.how, "calc" if parts else ""),
        note=_note(step),
        sources=step.sources,
        depth=depth,
        doubts=int(doubtful) + sum(part.doubts for part in parts),
        parts=parts,
    )


def _note(step: Step) -> str:
    if step.how in ("given", "assumed", "law"):
        return step.rule
    if step.how in SIGNS and step.parts:
        values = [french.quantity(part.value, part.unit) for part in step.parts]
        return f" {SIGNS[step.how]} ".join(values)
    return WORDS.get(step.how, "")
