"""What stands under each heading: the words typed, else what the facts propose, else nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from filage.funding.request_proposals import proposed

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.facts.funding import Request
    from filage.funding.request_headings import Form

TYPED, PROPOSED, EMPTY = "typed", "proposed", "empty"
WORDS: Final = {TYPED: "écrit", PROPOSED: "proposé", EMPTY: "à écrire"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One heading and what stands under it; `origin` says what a proposal comes from."""

    id: str
    label: str
    text: str
    state: str
    origin: str
    help: str
    where: str
    needed: bool

    @property
    def word(self) -> str:
        """Its state in French."""
        return WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Written:
    """The entries of one section of the form."""

    id: str
    label: str
    pairs: bool
    entries: tuple[Entry, ...]


def written_sections(dossier: Dossier, form: Form, request: Request | None, on: date) -> tuple[Written, ...]:
    """Fill the headings of a form; texts typed under headings the form has not come last, so that none is lost."""
    typed = {one.topic: one.text.strip() for one in request.texts} if request else {}
    sections = []
    for section in form.sections:
        entries = []
        for heading in section.headings:
            text, state, origin = typed.get(heading.id, ""), TYPED, ""
            if not text:
                text, origin = proposed(heading.proposal, dossier, on)
                state = PROPOSED if text else EMPTY
            entries.append(
                Entry(
                    heading.id,
                    heading.label,
                    text,
                    state,
                    origin,
                    heading.help,
                    heading.where,
                    heading.needed,
                )
            )
        sections.append(Written(section.id, section.label, section.pairs, tuple(entries)))
    others = tuple(
        Entry(topic, topic, text, TYPED, "", "", "", needed=False)
        for topic, text in typed.items()
        if text and form.heading(topic) is None
    )
    return (
        (*sections, Written("autres", "Autres rubriques", pairs=False, entries=others))
        if others
        else tuple(sections)
    )
