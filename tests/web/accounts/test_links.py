"""Sign-in links, private links, invitations: secrets that are kept as hashes, expire and can be withdrawn."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from filage_web import clock
from filage_web.accounts import services
from filage_web.accounts.models import Invitation, Membership, PrivateLink, SignInLink, User
from filage_web.accounts.roles import Role
from filage_web.logs import HideSecrets, without_secrets
from support.cast import Cast

# --- sign-in links


def test_a_sign_in_link_signs_in_once(cast: Cast) -> None:
    token = services.make_sign_in_link(cast.alice)
    first, second = Client(), Client()
    assert first.get(f"/entrer/{token}/")["Location"] == "/"
    assert first.get("/", follow=True).context["user"] == cast.alice
    assert second.get(f"/entrer/{token}/").status_code == 404
    assert second.get("/")["Location"].startswith("/compte/login/")


def test_a_browser_that_guesses_ahead_does_not_spend_the_link(cast: Cast) -> None:
    token = services.make_sign_in_link(cast.alice)
    client = Client()
    assert client.get(f"/entrer/{token}/", headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 204
    assert client.get(f"/entrer/{token}/").status_code == 302


def test_a_sign_in_link_expires(cast: Cast) -> None:
    token = services.make_sign_in_link(cast.alice, valid_for=timedelta(seconds=-1))
    assert services.use_sign_in_link(token) is None


def test_a_closed_account_does_not_enter_by_link(cast: Cast) -> None:
    User.objects.filter(pk=cast.bob.pk).update(is_active=False)
    assert services.use_sign_in_link(services.make_sign_in_link(cast.bob)) is None


def test_no_token_is_kept_as_it_is(cast: Cast) -> None:
    sign_in = services.make_sign_in_link(cast.alice)
    invited = services.invite(cast.structure, "zoe@lefil.test", Role.READER, cast.alice)[1]
    kept = {
        *SignInLink.objects.values_list("token_hash", flat=True),
        *PrivateLink.objects.values_list("token_hash", flat=True),
        *Invitation.objects.values_list("token_hash", flat=True),
    }
    assert kept == {services.token_hash(token) for token in (sign_in, invited, cast.dana_token)}
    assert kept.isdisjoint({sign_in, invited, cast.dana_token})


# --- private links


def test_a_private_link_notes_that_it_was_opened(cast: Cast) -> None:
    assert services.open_private_link(cast.dana_token) == cast.dana_link
    cast.dana_link.refresh_from_db()
    assert cast.dana_link.last_opened_at is not None


def test_a_revoked_private_link_opens_nothing(cast: Cast) -> None:
    services.revoke_private_link(cast.dana_link)
    assert services.open_private_link(cast.dana_token) is None


def test_an_expired_private_link_opens_nothing(cast: Cast) -> None:
    PrivateLink.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert services.open_private_link(cast.dana_token) is None


# --- invitations


def test_an_invitation_opens_an_account_and_a_membership_once(cast: Cast) -> None:
    page = cast.browser("alice").post(
        "/s/le-fil/membres/inviter/", {"email": "Zoe@lefil.test", "role": "producer"}
    )
    address = page.context["address"]
    assert mail.outbox[0].to == ["zoe@lefil.test"]
    assert address in mail.outbox[0].body
    client = Client()
    where = address.removeprefix("http://testserver")
    answer = client.post(where, {"name": "Zoé Blin", "password": "longue phrase de passe"})
    assert answer["Location"] == "/s/le-fil/"
    assert Membership.objects.get(user__email="zoe@lefil.test").role == Role.PRODUCER
    assert Client().get(where).status_code == 404


def test_an_invitation_for_a_known_address_asks_to_sign_in_first(cast: Cast) -> None:
    token = services.invite(cast.structure, cast.charlie.email, Role.READER, cast.alice)[1]
    answer = Client().post(f"/invitation/{token}/", {"name": "Voleur", "password": "longue phrase de passe"})
    assert answer.status_code == 422
    assert not Membership.objects.filter(structure=cast.structure, user=cast.charlie).exists()
    cast.browser("charlie").post(f"/invitation/{token}/")
    assert cast.role("charlie") == Role.READER


def test_a_second_invitation_replaces_the_first(cast: Cast) -> None:
    first = services.invite(cast.structure, "zoe@lefil.test", Role.READER, cast.alice)[1]
    second = services.invite(cast.structure, "zoe@lefil.test", Role.PRODUCER, cast.alice)[1]
    assert services.invitation_of(first) is None
    assert services.invitation_of(second) is not None


def test_a_weak_password_is_refused_with_its_reason(cast: Cast) -> None:
    token = services.invite(cast.structure, "zoe@lefil.test", Role.READER, cast.alice)[1]
    answer = Client().post(f"/invitation/{token}/", {"name": "Zoé", "password": "court"})
    assert answer.status_code == 422
    assert "10 caractères" in answer.content.decode()
    assert not User.objects.filter(email="zoe@lefil.test").exists()


# --- logs


@pytest.mark.parametrize(
    "path", ["/lien/SECRET/", "/entrer/SECRET/", "/invitation/SECRET/", "/agenda/SECRET.ics"]
)
def test_logs_never_print_a_secret_address(path: str) -> None:
    record = logging.LogRecord("django", logging.WARNING, "", 0, "Not Found: %s", (path,), None)
    HideSecrets().filter(record)
    assert "SECRET" not in record.getMessage()


def test_logs_never_print_the_key_of_a_password_link() -> None:
    assert (
        without_secrets("GET /compte/password/reset/key/1-SECRET/ 404")
        == "GET /compte/password/reset/key/–/ 404"
    )


def test_a_sign_in_link_leads_to_a_page_of_this_office_only(cast) -> None:
    def entered(after: str) -> str:
        address = f"/entrer/{services.make_sign_in_link(cast.alice)}/"
        return str(cast.browser("anonymous").get(address, {"suite": after})["Location"])

    assert entered("/s/le-fil/p/woyzeck/") == "/s/le-fil/p/woyzeck/"
    assert entered("https://ailleurs.test/") == "/"
    assert entered("//ailleurs.test/") == "/"
