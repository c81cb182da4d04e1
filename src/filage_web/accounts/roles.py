"""Who may do what: one table of kind × verb × role, read by every view, service and test.

A *kind* is a kind of fact (`person_private`, `employer`…) or a thing of the office (`member`, `private_link`); a kind
that is not named here follows the line `"*"`. A role that is not named for a verb may not do it.
"""

from collections.abc import Iterator
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """What someone is in a structure, or in one of its productions."""

    OWNER = "owner"
    ADMINISTRATOR = "administrator"
    PRODUCER = "producer"
    READER = "reader"
    PARTICIPANT = "participant"


LABELS: Final = MappingProxyType(
    {
        Role.OWNER: _("responsable de la structure"),
        Role.ADMINISTRATOR: _("administration"),
        Role.PRODUCER: _("production"),
        Role.READER: _("lecture seule"),
        Role.PARTICIPANT: _("participant"),
    }
)
GIVEN: Final = (Role.OWNER, Role.ADMINISTRATOR, Role.PRODUCER, Role.READER)
"""Roles a member can be given; a participant has a private link instead."""

SEE, EDIT, EXPORT, ISSUE, MANAGE = "see", "edit", "export", "issue", "manage"
VERBS: Final = (SEE, EDIT, EXPORT, ISSUE, MANAGE)

_NOBODY: Final = frozenset[Role]()
_HEADS: Final = frozenset({Role.OWNER, Role.ADMINISTRATOR})
_TEAM: Final = _HEADS | {Role.PRODUCER}
_MEMBERS: Final = _TEAM | {Role.READER}

TABLE: Final = MappingProxyType(
    {
        # kind: {verb: roles}
        "*": {SEE: _MEMBERS, EDIT: _TEAM, EXPORT: _MEMBERS, ISSUE: _TEAM},
        # birth, social security number, address, bank: whoever prepares contracts, nobody else
        "person_private": {SEE: _TEAM, EDIT: _TEAM, EXPORT: _HEADS},
        # the structure's identity, licences and own rates commit the structure
        "employer": {SEE: _MEMBERS, EDIT: _HEADS, EXPORT: _MEMBERS},
        # a grid of minimum wages decides what everybody may be paid, as the structure's own rates do
        "wage_grid": {SEE: _MEMBERS, EDIT: _HEADS, EXPORT: _MEMBERS},
        "production": {SEE: _MEMBERS, EDIT: _TEAM, EXPORT: _MEMBERS, MANAGE: _HEADS},
        "history": {SEE: _MEMBERS, EDIT: _TEAM},
        "member": {SEE: _HEADS, EDIT: _HEADS, MANAGE: frozenset({Role.OWNER})},
        "private_link": {SEE: _TEAM, EDIT: _TEAM},
        # what a private link opens, and nothing else
        "own_sheet": {SEE: frozenset({Role.PARTICIPANT}), EDIT: frozenset({Role.PARTICIPANT})},
    }
)


def may(role: Role | str | None, verb: str, kind: str = "*") -> bool:
    """Say whether a role may do a verb to a kind; no role may do nothing."""
    if verb not in VERBS:
        message = f"Unknown verb {verb!r}; one of {', '.join(VERBS)}."
        raise ValueError(message)
    return role is not None and Role(role) in TABLE.get(kind, TABLE["*"]).get(verb, _NOBODY)


def permissions() -> Iterator[str]:
    """List every `kind.verb` of the table, the names under which Django's `has_perm` knows them."""
    for kind, verbs in TABLE.items():
        for verb in verbs:
            yield permission(verb, kind)


def permission(verb: str, kind: str = "*") -> str:
    """Name a permission for Django: `filage.see_person_private`, `filage.edit_any`."""
    return f"filage.{verb}_{'any' if kind == '*' else kind}"
