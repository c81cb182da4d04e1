"""A second factor: switched on by its owner, asked at the next entrance; password mails in our words."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from support.cast import PASSWORD, Cast

LOGIN = {"login": "alice@lefil.test", "password": PASSWORD}


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def activated(client: Client) -> str:
    client.post("/compte/login/", LOGIN)
    client.post("/compte/reauthenticate/?next=/compte/2fa/totp/activate/", {"password": PASSWORD})
    page = client.get("/compte/2fa/totp/activate/")
    assert page.status_code == 200
    assert b"<svg" in page.content
    assert b"style=" not in page.content
    secret = page.context["form"].secret
    client.post("/compte/2fa/totp/activate/", {"code": code_of(secret)})
    return secret


def test_once_active_the_password_alone_does_not_open_the_office(cast: Cast) -> None:
    activated(Client())
    client = Client()
    answer = client.post("/compte/login/", LOGIN)
    assert answer["Location"].startswith("/compte/2fa/authenticate/")
    assert client.get("/")["Location"].startswith("/compte/login/")
    page = client.get(answer["Location"])
    assert page.status_code == 200


def test_a_forgotten_password_is_answered_by_a_link_in_french(cast: Cast) -> None:
    Client().post("/compte/password/reset/", {"email": "alice@lefil.test"})
    assert mail.outbox[0].subject == "Filage : Choisir un nouveau mot de passe"
    assert "Si ce n’est pas vous, ne faites rien" in mail.outbox[0].body
    where = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http://testserver"))
    client = Client()
    page = client.get(where.removeprefix("http://testserver"), follow=True)
    assert page.status_code == 200
    new = {"password1": "autre phrase longue", "password2": "autre phrase longue"}
    client.post(page.redirect_chain[-1][0], new)
    assert Client().post("/compte/login/", LOGIN | {"password": "autre phrase longue"})["Location"] == "/"


def test_an_unknown_address_is_told_apart_only_by_mail(cast: Cast) -> None:
    known, unknown = (
        Client().post("/compte/password/reset/", {"email": email})
        for email in ("alice@lefil.test", "personne@ailleurs.test")
    )
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
