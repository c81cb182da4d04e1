"""Every address of the office, asked by everybody: a view that does not say who may open it fails here."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from filage.facts.people import PersonPrivate
from filage.facts.reading import read_dossier
from filage_web.accounts.decorators import PUBLIC, SIGNED_IN, Access, access_of
from support.cast import EVERYBODY, EXAMPLE, Cast
from support.readable import read_whole
from support.views import VIEWS, address

# pytest-django makes the test database only for tests that say they use one
pytestmark = pytest.mark.django_db

LIBRARY = {
    # allauth's own views: it guards them itself, we check that it does
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_signup": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_email_verification_sent": PUBLIC,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "account_confirm_email": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_trust": PUBLIC,
}
CANARIES = [
    "".join(str(value).split())
    for fact in read_dossier(EXAMPLE.read_bytes()).all(PersonPrivate)
    for value in (fact.born_on, fact.nir, fact.iban, fact.phone, fact.address)
    if value
]
"""What only the pay may see of the people of Woyzeck, spaces left out."""
TO_SIGN_IN = "/compte/login/"

OURS = {name: access for name, entry in VIEWS.items() if (access := access_of(entry.callback))}
MEMBER = sorted(name for name, access in OURS.items() if access.door == "member")
LINK = sorted(name for name, access in OURS.items() if access.door == "link")
PUBLIC_ONES = sorted(name for name, access in OURS.items() if access.door == "public")
SIGNED_IN_ONES = sorted(
    [name for name, access in OURS.items() if access.door == "signed_in"]
    + [name for name, access in LIBRARY.items() if access == SIGNED_IN and name in VIEWS]
)


def ask(cast: Cast, who: str, name: str) -> Any:
    """Open a view as someone, by GET or by an empty POST, and forget what it wrote."""
    with transaction.atomic():
        client = cast.browser(who)
        where = address(name, cast)
        answer = client.get(where)
        if answer.status_code == 405:
            answer = client.post(where)
            if (
                answer.status_code == 404
                and access_of(VIEWS[name].callback).door == "member"
                and who != "charlie"
            ):
                answer.status_code = 400  # past the door: it does not find what an empty form names
        transaction.set_rollback(True)
    return answer


def outcome(answer: Any) -> str:
    if answer.status_code == 302 and answer["Location"].startswith(TO_SIGN_IN):
        return "sign in"
    if answer.status_code == 401:
        return "sign in"
    return {403: "refused", 404: "nothing here"}.get(
        answer.status_code, "open" if answer.status_code < 500 else "failed"
    )


def test_every_view_says_who_may_open_it() -> None:
    silent = [
        name for name, entry in VIEWS.items() if access_of(entry.callback) is None and name not in LIBRARY
    ]
    assert silent == [], "decorate them with member_view, signed_in_view, link_view or public_view"


def test_a_view_without_a_decorator_would_be_seen() -> None:
    assert access_of(lambda request: None) is None


@pytest.mark.parametrize("name", MEMBER)
def test_a_members_view_opens_to_the_roles_of_the_table_only(name: str, world: Cast) -> None:
    access: Access = OURS[name]
    expected = {who: "open" if access.admits(world.role(who)) else "refused" for who in EVERYBODY}
    expected |= {"charlie": "nothing here", "dana": "sign in", "anonymous": "sign in"}
    answers = {who: ask(world, who, name) for who in EVERYBODY}
    assert {who: outcome(answer) for who, answer in answers.items()} == expected
    assert [canary for canary in CANARIES if canary in read_whole(answers["rene"])] == []


def test_the_private_data_that_a_reader_never_sees_would_be_seen(world: Cast) -> None:
    seen = read_whole(world.browser("alice").get(world.address("equipe/personne/dana/prive/")))
    assert [canary for canary in CANARIES[:5] if canary not in seen] == ["1985-05-17"]  # written 17 mai 1985


@pytest.mark.parametrize("name", SIGNED_IN_ONES)
def test_a_view_for_accounts_sends_others_to_sign_in(name: str, world: Cast) -> None:
    seen = {who: outcome(ask(world, who, name)) for who in ("charlie", "dana", "anonymous")}
    # allauth has nothing to show yet on some of its pages
    assert seen.pop("charlie") in ({"open", "nothing here"} if name in LIBRARY else {"open"})
    assert seen == {"dana": "sign in", "anonymous": "sign in"}


@pytest.mark.parametrize("name", PUBLIC_ONES)
def test_a_public_view_opens_to_the_anonymous(name: str, world: Cast) -> None:
    takes_a_token = "token" in VIEWS[name].parts
    assert outcome(ask(world, "anonymous", name)) == ("nothing here" if takes_a_token else "open")


@pytest.mark.parametrize("name", LINK)
def test_a_private_link_opens_to_its_holder_and_to_nobody_else(name: str, world: Cast) -> None:
    assert outcome(ask(world, "dana", name)) == "open"
    elsewhere = address(name, world).replace(world.dana_token, "another-token")
    assert world.browser("alice").get(elsewhere).status_code == 404
