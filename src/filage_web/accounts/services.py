"""Everything that writes accounts, members and links."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filage_web import clock
from filage_web.accounts.models import (
    Invitation,
    Membership,
    PrivateLink,
    ProductionRole,
    SignInLink,
    Structure,
    User,
)
from filage_web.accounts.roles import GIVEN, Role

SIGN_IN_FOR: Final = timedelta(minutes=30)
INVITED_FOR: Final = timedelta(days=14)


class RefusedError(Exception):
    """Something asked of the accounts that cannot be done, in words for the person who asked."""


# --- secrets ----------------------------------------------------------------------------------------------------------


def token_hash(token: str) -> str:
    """Give what is kept of a token: 256 random bits need no salt."""
    return sha256(token.encode()).hexdigest()


def new_token() -> tuple[str, str]:
    """Draw a secret and give what is kept of it."""
    token = secrets.token_urlsafe(32)
    return token, token_hash(token)


# --- structures and members -------------------------------------------------------------------------------------------


def _free_slug(name: str) -> str:
    base = slugify(name.replace("œ", "oe").replace("Œ", "Oe"))[:56] or "structure"
    taken = set(Structure.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for n in range(1, len(taken) + 3) if (slug := base if n == 1 else f"{base}-{n}") not in taken
    )


@transaction.atomic
def create_structure(name: str, owner: User, slug: str = "") -> Structure:
    """Create a structure and make someone responsible for it."""
    if not name.strip():
        raise RefusedError(_("Nommez la structure : « compagnie Le Fil », par exemple."))
    structure = Structure.objects.create(name=name.strip(), slug=slug or _free_slug(name))
    Membership.objects.create(structure=structure, user=owner, role=Role.OWNER)
    return structure


def add_member(structure: Structure, user: User, role: Role | str) -> Membership:
    """Make someone a member, or change the role they have."""
    if Role(role) not in GIVEN:
        raise RefusedError(_("Ce rôle ne se donne pas à un membre : créez plutôt un lien privé."))
    membership, _created = Membership.objects.update_or_create(
        structure=structure, user=user, defaults={"role": Role(role)}
    )
    return membership


def _keep_an_owner(membership: Membership) -> None:
    others = Membership.objects.filter(structure=membership.structure, role=Role.OWNER).exclude(
        pk=membership.pk
    )
    if membership.role == Role.OWNER and not others.exists():
        raise RefusedError(
            _("%(name)s est seul responsable de la structure : nommez d’abord un autre responsable.")
            % {"name": membership.user}
        )


@transaction.atomic
def change_role(membership: Membership, role: Role | str) -> Membership:
    """Give a member another role; a structure always keeps someone responsible."""
    if Role(role) not in GIVEN:
        raise RefusedError(_("Ce rôle ne se donne pas à un membre : créez plutôt un lien privé."))
    if Role(role) != Role.OWNER:
        _keep_an_owner(membership)
    membership.role = Role(role)
    membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def remove_member(membership: Membership) -> None:
    """Take a member out of the structure, and of its productions."""
    _keep_an_owner(membership)
    ProductionRole.objects.filter(structure=membership.structure, user=membership.user).delete()
    membership.delete()


def set_production_role(structure: Structure, production: str, user: User, role: Role | str | None) -> None:
    """Give a member another role in one production, or (None) the structure's again."""
    kept = ProductionRole.objects.filter(structure=structure, production=production, user=user)
    if role is None:
        kept.delete()
        return
    ProductionRole.objects.update_or_create(
        structure=structure, production=production, user=user, defaults={"role": Role(role)}
    )


# --- invitations ------------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(structure: Structure, email: str, role: Role | str, by: User) -> tuple[Invitation, str]:
    """Offer a role to an address; a second invitation replaces the first, whose link dies."""
    email = email.strip().lower()
    if Role(role) not in GIVEN:
        raise RefusedError(_("Ce rôle ne se donne pas à un membre : créez plutôt un lien privé."))
    if Membership.objects.filter(structure=structure, user__email__iexact=email).exists():
        raise RefusedError(
            _("%(email)s est déjà membre : changez son rôle dans la liste.") % {"email": email}
        )
    structure.invitations.filter(email=email, accepted_at=None).delete()
    token, hashed = new_token()
    invitation = Invitation.objects.create(
        structure=structure,
        email=email,
        role=Role(role),
        made_by=by,
        token_hash=hashed,
        expires_at=clock.now() + INVITED_FOR,
    )
    return invitation, token


def cancel_invitation(invitation: Invitation) -> None:
    """Withdraw an invitation: its link stops working."""
    invitation.delete()


def invitation_of(token: str) -> Invitation | None:
    """Find the invitation still open behind a link."""
    return (
        Invitation.objects.select_related("structure", "made_by")
        .filter(token_hash=token_hash(token), accepted_at=None, expires_at__gt=clock.now())
        .first()
    )


@transaction.atomic
def accept_invitation(invitation: Invitation, user: User) -> Membership:
    """Make the invited person a member; the link is spent."""
    spent = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=clock.now())
    if not spent:
        raise RefusedError(_("Cette invitation a déjà servi."))
    return add_member(invitation.structure, user, invitation.role)


# --- sign-in links ----------------------------------------------------------------------------------------------------


def make_sign_in_link(user: User, valid_for: timedelta = SIGN_IN_FOR) -> str:
    """Make a token that signs this account in, once, before it expires."""
    token, hashed = new_token()
    SignInLink.objects.create(user=user, token_hash=hashed, expires_at=clock.now() + valid_for)
    return token


def use_sign_in_link(token: str) -> User | None:
    """Spend a sign-in link and say whose it is; None when it is unknown, spent or too old."""
    now = clock.now()
    mine = SignInLink.objects.filter(token_hash=token_hash(token), used_at=None, expires_at__gt=now)
    # one UPDATE decides: two visits at once cannot both spend it
    if not mine.update(used_at=now):
        return None
    user = SignInLink.objects.select_related("user").get(token_hash=token_hash(token)).user
    return user if user.is_active else None


# --- private links ----------------------------------------------------------------------------------------------------


def make_private_link(
    structure: Structure,
    production: str,
    person: str,
    *,
    label: str,
    by: User | None = None,
    expires_at: datetime | None = None,
) -> tuple[PrivateLink, str]:
    """Open one person's sheet of one production to whoever holds the token."""
    token, hashed = new_token()
    link = PrivateLink.objects.create(
        structure=structure,
        production=production,
        person=person,
        label=label,
        made_by=by,
        expires_at=expires_at,
        token_hash=hashed,
    )
    return link, token


def revoke_private_link(link: PrivateLink) -> None:
    """Close a private link, for good."""
    if link.revoked_at is None:
        link.revoked_at = clock.now()
        link.save(update_fields=["revoked_at"])


def open_private_link(token: str) -> PrivateLink | None:
    """Find the live link behind a token and note that it was opened."""
    now = clock.now()
    alive = Q(expires_at=None) | Q(expires_at__gt=now)
    link = (
        PrivateLink.objects.select_related("structure")
        .filter(alive, token_hash=token_hash(token), revoked_at=None)
        .first()
    )
    if link:
        PrivateLink.objects.filter(pk=link.pk).update(last_opened_at=now)
    return link
