"""Accounts, structures, members, and the links that let someone in without an account."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from filage_web.accounts.roles import GIVEN, LABELS, Role

ROLES = [(role.value, LABELS[role]) for role in GIVEN]


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create an account; without a password one enters by link only."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create an account that maintains the installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by its address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractUser):
    """Someone with an account."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("adresse électronique"), unique=True)
    name = models.CharField(_("nom"), max_length=120, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()  # type: ignore[assignment,misc]

    def __str__(self) -> str:
        """Show the name, else the address."""
        return self.name or self.email

    def get_full_name(self) -> str:
        """Give the name as it is signed in the history."""
        return str(self)

    def get_short_name(self) -> str:
        """Give the same name: people choose how they are called."""
        return str(self)

    @property
    def initials(self) -> str:
        """Give the two letters of the account button."""
        words = [word for word in str(self).replace("@", " ").replace("-", " ").split() if word[0].isalnum()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class Structure(models.Model):
    """A company, an association, a school: what owns productions and has members."""

    slug = models.SlugField(max_length=64, unique=True)
    name = models.CharField(_("nom"), max_length=160)
    created_at = models.DateTimeField(auto_now_add=True)
    members: "models.ManyToManyField[User, Membership]" = models.ManyToManyField(
        User, through="Membership", related_name="structures"
    )

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        """Show its name."""
        return self.name


class Membership(models.Model):
    """One person's role in one structure."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=16, choices=ROLES)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["structure", "user"], name="one_role_per_member"),
        ]

    def __str__(self) -> str:
        """Show who is what, where."""
        return f"{self.user} · {self.structure} · {self.label}"

    @property
    def label(self) -> str:
        """Name the role in French."""
        return str(LABELS[Role(self.role)])


class ProductionRole(models.Model):
    """A member's other role in one production: it replaces the structure's."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="production_roles")
    production = models.CharField(max_length=64)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="production_roles")
    role = models.CharField(_("rôle"), max_length=16, choices=ROLES)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["structure", "production", "user"], name="one_role_per_production"
            ),
        ]

    def __str__(self) -> str:
        """Show who is what, where."""
        return f"{self.user} · {self.structure}/{self.production} · {self.role}"


class Secret(models.Model):
    """A secret address: only its hash is kept, so that a stolen database opens nothing."""

    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class PrivateLink(Secret):
    """What a participant opens without an account: their own sheet in one production."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="private_links")
    production = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    label = models.CharField(max_length=160)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    last_opened_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["structure", "production"], name="links_of_production")]

    def __str__(self) -> str:
        """Show for whom it is, never the address."""
        return f"{self.label} · {self.structure}/{self.production}"


class FeedLink(Secret):
    """The secret address of a production’s calendar, for a calendar application; it names nobody."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="feed_links")
    production = models.CharField(max_length=64)
    label = models.CharField(max_length=160)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    last_opened_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["structure", "production"], name="feeds_of_production")]

    def __str__(self) -> str:
        """Show of which production, never the address."""
        return f"{self.label} · {self.structure}/{self.production}"


class SignInLink(Secret):
    """A link that signs one account in, once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Show for whom it is, never the address."""
        return str(self.user)


class Invitation(Secret):
    """An offer to join a structure, sent to an address."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=16, choices=ROLES)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["structure", "email"],
                condition=models.Q(accepted_at__isnull=True),
                name="one_open_invitation",
            ),
        ]

    def __str__(self) -> str:
        """Show who is invited where."""
        return f"{self.email} · {self.structure}"

    @property
    def label(self) -> str:
        """Name the role in French."""
        return str(LABELS[Role(self.role)])
