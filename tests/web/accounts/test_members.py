"""Members: invite, change a role, remove; a structure always keeps someone responsible."""

from __future__ import annotations

import pytest
from django.test import Client

from filage_web.accounts import services
from filage_web.accounts.models import Membership
from filage_web.accounts.roles import Role
from support.cast import PASSWORD, Cast


def membership(cast: Cast, name: str) -> Membership:
    return Membership.objects.get(structure=cast.structure, user=getattr(cast, name))


def test_the_list_names_everyone_with_their_role(cast: Cast) -> None:
    page = cast.browser("agnes").get("/s/le-fil/membres/")
    assert [(str(m.user), m.role) for m in page.context["members"]] == [
        ("Agnès Roy", "administrator"),
        ("Alice Ferrand", "owner"),
        ("Bob Lenoir", "producer"),
        ("René Vidal", "reader"),
    ]


def test_an_administrator_changes_roles_but_names_no_owner(cast: Cast) -> None:
    browser = cast.browser("agnes")
    browser.post(f"/s/le-fil/membres/{membership(cast, 'rene').pk}/role/", {"role": "producer"})
    browser.post(f"/s/le-fil/membres/{membership(cast, 'bob').pk}/role/", {"role": "owner"})
    assert (cast.role("rene"), cast.role("bob")) == (Role.PRODUCER, Role.PRODUCER)


def test_an_administrator_cannot_touch_an_owner(cast: Cast) -> None:
    where = f"/s/le-fil/membres/{membership(cast, 'alice').pk}"
    cast.browser("agnes").post(f"{where}/role/", {"role": "reader"})
    cast.browser("agnes").post(f"{where}/retirer/")
    assert cast.role("alice") == Role.OWNER


def test_the_last_owner_cannot_leave(cast: Cast) -> None:
    page = cast.browser("alice").post(
        f"/s/le-fil/membres/{membership(cast, 'alice').pk}/retirer/", follow=True
    )
    assert "nommez d’abord un autre responsable" in page.content.decode()
    services.change_role(membership(cast, "bob"), Role.OWNER)
    services.remove_member(membership(cast, "alice"))
    assert cast.role("alice") is None


def test_a_removed_member_no_longer_enters(cast: Cast) -> None:
    cast.browser("alice").post(f"/s/le-fil/membres/{membership(cast, 'rene').pk}/retirer/")
    assert cast.browser("rene").get("/s/le-fil/").status_code == 404


def test_a_member_of_another_structure_cannot_be_reached_from_ours(cast: Cast) -> None:
    elsewhere = Membership.objects.get(user=cast.charlie)
    answer = cast.browser("alice").post(f"/s/le-fil/membres/{elsewhere.pk}/retirer/")
    assert answer.status_code == 404
    assert Membership.objects.filter(pk=elsewhere.pk).exists()


def test_an_invitation_to_a_member_is_refused_under_the_field(cast: Cast) -> None:
    page = cast.browser("alice").post(
        "/s/le-fil/membres/inviter/", {"email": "bob@lefil.test", "role": "reader"}
    )
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "email": ["bob@lefil.test est déjà membre : changez son rôle dans la liste."]
    }


def test_structures_of_one_name_have_two_addresses(cast: Cast) -> None:
    slugs = [services.create_structure("Le Cœur ouvert", cast.bob).slug for _ in range(3)]
    assert slugs == ["le-coeur-ouvert", "le-coeur-ouvert-2", "le-coeur-ouvert-3"]


def test_wrong_passwords_close_the_door_for_a_while(cast: Cast, settings) -> None:
    client = Client()
    wrong = {"login": "alice@lefil.test", "password": "faux"}
    codes = [client.post("/compte/login/", wrong).status_code for _ in range(settings.AXES_FAILURE_LIMIT + 1)]
    assert codes == [200] * (settings.AXES_FAILURE_LIMIT - 1) + [429, 429]
    right = client.post("/compte/login/", {"login": "alice@lefil.test", "password": PASSWORD})
    assert right.status_code == 429
    assert "Entrée fermée un moment" in right.content.decode()


@pytest.mark.parametrize("login", ["alice@lefil.test", "Alice@LeFil.test"])
def test_the_right_password_signs_in_whatever_the_case_of_the_address(login: str, cast: Cast) -> None:
    answer = Client().post("/compte/login/", {"login": login, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_accounts_are_opened_by_invitation(client: Client, db) -> None:
    assert "On entre ici sur invitation" in client.get("/compte/signup/").content.decode()
