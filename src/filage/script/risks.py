"""What an element asks to be careful about: what was said of it, and what its category always means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from filage.facts.base import choices
from filage.facts.script import Element

OF_CATEGORY: Mapping[str, str] = {
    "child": "child",
    "intimacy": "intimacy",
    "animal": "animal",
    "stunt": "stunt",
}
"""Categories of elements that are a risk by themselves."""


def risks_of(element: Element) -> tuple[str, ...]:
    """Return the risks of an element (values of `Element.risks`), those of its category included, in their order."""
    held = {*element.risks, OF_CATEGORY.get(element.category, "")}
    return tuple(risk for risk in risk_labels() if risk in held)


def risk_labels() -> dict[str, str]:
    """Every risk and its French name."""
    return choices(Element, "risks")


def all_risks(elements: Iterable[Element]) -> tuple[str, ...]:
    """Return the risks of several elements, each once."""
    held = {risk for element in elements for risk in risks_of(element)}
    return tuple(risk for risk in risk_labels() if risk in held)
