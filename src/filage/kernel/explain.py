"""The renderings of a step: terminal outline and JSON (the office has its panel, documents their footnotes)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.kernel import french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filage.kernel.step import Step

SIGNS = {
    "product": "×",
    "total": "+",
    "difference": "−",
    "quotient": "÷",
    "least": "le moindre",
    "greatest": "le plus grand",
}
DOUBT = "  [à vérifier]"


def simplified(step: Step) -> Step:
    """Return the step without levels that teach nothing: a cent rounding or a new name over a single part."""
    while step.how in ("rounded", "same") and step.parts[0].value == step.value and step.parts[0].parts:
        part = step.parts[0]
        step = type(step)(
            step.label, part.value, part.how, part.parts, part.sources, step.unit, part.rule, part.certainty
        )
    return step


def outline(step: Step, depth: int = 0) -> Iterator[str]:
    """Yield indented lines: value, label, sign, then the sources of each leaf with their day of check."""
    step = simplified(step)
    sign = SIGNS.get(step.how, "")
    doubt = DOUBT if step.certainty == 2 and not step.parts else ""  # noqa: PLR2004 - the worst certainty
    head = f"{'  ' * depth}{step.label} = {french.quantity(step.value, step.unit)}"
    yield head + (f"   ({sign})" if sign else "") + doubt
    if step.rule and step.how in ("given", "assumed", "law"):
        yield f"{'  ' * (depth + 1)}· {step.rule}"
    for source in step.sources:
        checked = f", vérifié le {source.checked_on.isoformat()}" if source.checked_on else ""
        yield f"{'  ' * (depth + 1)}· {source.title}{checked}" + (f" — {source.url}" if source.url else "")
        if source.warning:
            yield f"{'  ' * (depth + 1)}· {source.warning}"
    for part in step.parts:
        yield from outline(part, depth + 1)


def as_json(step: Step) -> dict[str, Any]:
    """Return the tree as plain values; numbers are text."""
    step = simplified(step)
    tree: dict[str, Any] = {
        "label": step.label,
        "value": f"{step.value:f}",
        "unit": step.unit,
        "how": step.how,
        "confidence": step.confidence,
    }
    if step.rule:
        tree["rule"] = step.rule
    if step.sources:
        tree["sources"] = [source.id for source in step.sources]
    if step.parts:
        tree["parts"] = [as_json(part) for part in step.parts]
    return tree
