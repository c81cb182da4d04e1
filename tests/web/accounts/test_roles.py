"""The table of kind × verb × role."""

from __future__ import annotations

import pytest

from filage_web.accounts.queries import role_in
from filage_web.accounts.roles import TABLE, VERBS, Role, may, permission, permissions
from filage_web.accounts.services import set_production_role
from support.cast import Cast

MEMBERS = (Role.OWNER, Role.ADMINISTRATOR, Role.PRODUCER, Role.READER)


def roles_that(verb: str, kind: str) -> set[Role]:
    return {role for role in Role if may(role, verb, kind)}


def test_everyone_of_the_structure_sees_ordinary_facts_and_readers_change_nothing() -> None:
    assert roles_that("see", "event") == set(MEMBERS)
    assert roles_that("edit", "event") == {Role.OWNER, Role.ADMINISTRATOR, Role.PRODUCER}


def test_private_data_is_seen_by_those_who_prepare_contracts_and_leaves_by_the_heads_only() -> None:
    assert roles_that("see", "person_private") == {Role.OWNER, Role.ADMINISTRATOR, Role.PRODUCER}
    assert roles_that("export", "person_private") == {Role.OWNER, Role.ADMINISTRATOR}


def test_only_owners_name_owners() -> None:
    assert roles_that("manage", "member") == {Role.OWNER}


def test_a_participant_has_their_own_sheet_and_nothing_else() -> None:
    allowed = {(verb, kind) for kind in TABLE for verb in VERBS if may(Role.PARTICIPANT, verb, kind)}
    assert allowed == {("see", "own_sheet"), ("edit", "own_sheet")}


def test_nobody_without_a_role_may_anything() -> None:
    assert [(verb, kind) for kind in TABLE for verb in VERBS if may(None, verb, kind)] == []


def test_an_unknown_verb_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="Unknown verb 'destroy'"):
        may(Role.OWNER, "destroy")


@pytest.mark.parametrize("name", sorted(permissions()))
def test_django_answers_like_the_table(name: str, cast: Cast) -> None:
    verb, _underscore, kind = name.removeprefix("filage.").partition("_")
    kind = "*" if kind == "any" else kind
    seen = {
        who: getattr(cast, who).has_perm(name, cast.structure)
        for who in ("alice", "agnes", "bob", "rene", "charlie")
    }
    assert permission(verb, kind) == name
    assert seen == {who: may(cast.role(who), verb, kind) for who in seen}


def test_a_production_can_give_a_member_another_role(cast: Cast) -> None:
    set_production_role(cast.structure, "woyzeck", cast.rene, Role.PRODUCER)
    assert role_in(cast.rene, cast.structure, "woyzeck") == Role.PRODUCER
    assert role_in(cast.rene, cast.structure, "autre") == Role.READER
    set_production_role(cast.structure, "woyzeck", cast.rene, None)
    assert role_in(cast.rene, cast.structure, "woyzeck") == Role.READER


def test_a_stranger_gets_no_role_from_a_production(cast: Cast) -> None:
    set_production_role(cast.structure, "woyzeck", cast.charlie, Role.PRODUCER)
    assert role_in(cast.charlie, cast.structure, "woyzeck") is None
