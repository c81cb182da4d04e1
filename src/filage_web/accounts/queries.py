"""Everything that reads accounts, members and links."""

from django.db.models import QuerySet

from filage_web.accounts.models import Invitation, Membership, PrivateLink, ProductionRole, Structure
from filage_web.accounts.roles import Role


def _key(user: object) -> int:
    """Give the account's key; 0, nobody's, for a visitor without one."""
    return getattr(user, "pk", None) or 0


def structures_of(user: object) -> QuerySet[Structure]:
    """List the structures someone is a member of, by name."""
    return Structure.objects.filter(memberships__user_id=_key(user)).order_by("name")


def role_in(user: object, structure: object, production: str | None = None) -> Role | None:
    """Say what someone is in a structure, or in one of its productions; None for a stranger."""
    key = _key(user)
    if not key or not isinstance(structure, Structure):
        return None
    membership = Membership.objects.filter(structure=structure, user_id=key).first()
    return role_of(membership, production) if membership else None


def role_of(membership: Membership, production: str | None = None) -> Role:
    """Say what a member is in the structure, or in one of its productions."""
    if not production:
        return Role(membership.role)
    other = ProductionRole.objects.filter(
        structure_id=membership.structure_id, user_id=membership.user_id, production=production
    )
    return Role(other.values_list("role", flat=True).first() or membership.role)


def membership_of(user: object, slug: str) -> Membership | None:
    """Find someone's membership of the structure at an address."""
    return (
        Membership.objects.select_related("structure")
        .filter(structure__slug=slug, user_id=_key(user))
        .first()
    )


def members_of(structure: Structure) -> QuerySet[Membership]:
    """List the members of a structure, by name."""
    return structure.memberships.select_related("user").order_by("user__name", "user__email")


def open_invitations(structure: Structure) -> QuerySet[Invitation]:
    """List the invitations nobody has accepted yet."""
    return structure.invitations.filter(accepted_at=None).order_by("created_at")


def private_links_of(structure: Structure, production: str) -> QuerySet[PrivateLink]:
    """List the private links of a production that are not revoked."""
    return structure.private_links.filter(production=production, revoked_at=None).order_by("label", "pk")
