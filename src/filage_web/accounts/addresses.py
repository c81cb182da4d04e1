"""Secret addresses that can be written again: computed from the office's key, hence kept nowhere.

Only the hash of a token is in the database (D26). The token of a link that carries sheets is drawn from the office's
secret key and from what the link is: a reminder, or « copier le lien », gives the same address again, and a stolen
database still opens nothing. A link made by hand has a random token, shown once.
"""

import base64
import hmac
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import get_random_string

from filage_web import clock
from filage_web.accounts.models import FeedLink, PrivateLink, Structure, User
from filage_web.accounts.services import new_token, token_hash


def token_of(link: PrivateLink) -> str | None:
    """Write a link's token again; None when it was made by hand, or under another key of the office."""
    token = _drawn(link)
    return token if hmac.compare_digest(token_hash(token), link.token_hash) else None


def _drawn(link: PrivateLink) -> str:
    # the instant it was made tells it from a link of the same number made before a restore
    what = (link.pk, link.structure_id, link.production, link.person, link.created_at.isoformat())
    message = "\n".join(["private-link", *map(str, what)]).encode()
    digest = hmac.digest(settings.SECRET_KEY.encode(), message, "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@transaction.atomic
def link_of(
    structure: Structure, production: str, person: str, *, label: str, until: datetime, by: User | None
) -> tuple[PrivateLink, str]:
    """Give the live link that carries somebody's sheets, good until then at least; made if there is none."""
    Structure.objects.select_for_update(no_key=True).get(pk=structure.pk)
    mine = PrivateLink.objects.filter(structure=structure, production=production, person=person)
    alive = mine.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), revoked_at=None)
    for link in alive.order_by("-pk"):
        if token := token_of(link):
            if link.expires_at and link.expires_at < until:
                link.expires_at = until
                link.save(update_fields=["expires_at"])
            return link, token
    return _made(structure, production, person, label=label, until=until, by=by)


def _made(
    structure: Structure, production: str, person: str, *, label: str, until: datetime, by: User | None
) -> tuple[PrivateLink, str]:
    link = PrivateLink.objects.create(
        structure=structure,
        production=production,
        person=person,
        label=label[:160],
        made_by=by,
        expires_at=until,
        token_hash=get_random_string(64),  # until its number and instant are known
    )
    link.refresh_from_db(fields=["created_at"])
    token = _drawn(link)
    link.token_hash = token_hash(token)
    link.save(update_fields=["token_hash"])
    return link, token


# --- calendars --------------------------------------------------------------------------------------------------------


def make_feed_link(
    structure: Structure, production: str, *, label: str, by: User | None
) -> tuple[FeedLink, str]:
    """Make the secret address of a production's calendar; its token is shown once."""
    token, hashed = new_token()
    link = FeedLink.objects.create(
        structure=structure, production=production, label=label[:160], made_by=by, token_hash=hashed
    )
    return link, token


def revoke_feed_link(link: FeedLink) -> None:
    """Close a calendar's address, for good."""
    FeedLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=clock.now())


def open_feed_link(token: str) -> FeedLink | None:
    """Find the live calendar address behind a token and note that it was read."""
    now = clock.now()
    alive = Q(expires_at=None) | Q(expires_at__gt=now)
    found = FeedLink.objects.select_related("structure").filter(alive, revoked_at=None)
    link = found.filter(token_hash=token_hash(token)).first()
    if link:
        FeedLink.objects.filter(pk=link.pk).update(last_opened_at=now)
    return link


def feed_links_of(structure: Structure, production: str) -> list[FeedLink]:
    """List the live calendar addresses of a production."""
    kept = FeedLink.objects.filter(structure=structure, production=production, revoked_at=None)
    return list(kept.select_related("made_by").order_by("label", "pk"))
