"""Gives the table of roles to `rules`, the way Django asks for permissions."""

import rules

from filage_web.accounts.queries import role_in
from filage_web.accounts.roles import TABLE, may, permission


def register() -> None:
    """Let `user.has_perm("filage.edit_member", structure)` read the table."""
    for kind, verbs in TABLE.items():
        for verb in verbs:
            name = permission(verb, kind)
            if not rules.perm_exists(name):
                rules.add_perm(name, _predicate(verb, kind))


def _predicate(verb: str, kind: str) -> rules.Predicate:
    def allowed(user: object, structure: object) -> bool:
        return may(role_in(user, structure), verb, kind)

    return rules.Predicate(allowed, name=permission(verb, kind))
