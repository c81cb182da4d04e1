"""A link that carries sheets can be written again from the office's key alone; the database never holds it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from filage_web import clock
from filage_web.accounts import addresses, services
from filage_web.accounts.models import PrivateLink
from support.cast import Cast


def made(cast: Cast, person: str = "karim", days: int = 7):
    until = clock.now() + timedelta(days=days)
    return addresses.link_of(
        cast.structure, cast.production, person, label="Karim", until=until, by=cast.alice
    )


def test_the_same_address_is_written_again_while_it_lives(cast: Cast) -> None:
    link, token = made(cast)
    assert made(cast) == (link, token)
    assert addresses.token_of(PrivateLink.objects.get(pk=link.pk)) == token
    assert services.open_private_link(token) == link


def test_the_token_is_nowhere_in_the_table(cast: Cast) -> None:
    link, token = made(cast)
    values = [str(value) for value in PrivateLink.objects.filter(pk=link.pk).values_list()[0]]
    assert [value for value in values if token in value] == []


def test_a_later_sheet_makes_it_live_longer_and_an_earlier_one_never_shorter(cast: Cast) -> None:
    link, _token = made(cast, days=7)
    later, _token = made(cast, days=20)
    sooner, _token = made(cast, days=3)
    assert link.pk == later.pk == sooner.pk
    assert link.expires_at < later.expires_at == sooner.expires_at


def test_a_revoked_link_is_replaced_by_another_address(cast: Cast) -> None:
    link, token = made(cast)
    services.revoke_private_link(link)
    other, token_2 = made(cast)
    assert (other.pk != link.pk, token_2 != token) == (True, True)
    assert services.open_private_link(token) is None


def test_a_link_made_by_hand_is_never_written_again(cast: Cast) -> None:
    assert addresses.token_of(cast.dana_link) is None
    other, _token = made(cast, "dana")
    assert other.pk != cast.dana_link.pk


def test_another_key_of_the_office_writes_no_address(cast: Cast, settings) -> None:
    link, _token = made(cast)
    settings.SECRET_KEY = "another key of this office"
    assert addresses.token_of(link) is None


def test_two_people_never_share_an_address(cast: Cast) -> None:
    assert made(cast, "karim")[1] != made(cast, "dana")[1]


@pytest.mark.parametrize("closed", ["revoked", "expired"])
def test_the_address_of_a_calendar_opens_until_it_is_closed(cast: Cast, closed: str) -> None:
    link, token = addresses.make_feed_link(cast.structure, cast.production, label="Agenda", by=cast.alice)
    assert addresses.open_feed_link(token) == link
    assert addresses.feed_links_of(cast.structure, cast.production) == [link]
    if closed == "revoked":
        addresses.revoke_feed_link(link)
        assert addresses.feed_links_of(cast.structure, cast.production) == []
    else:
        link.expires_at = clock.now() - timedelta(minutes=1)
        link.save()
    assert addresses.open_feed_link(token) is None
    assert addresses.open_feed_link("autre") is None
