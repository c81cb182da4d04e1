"""Forms of accounts and members."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from filage_web.accounts.models import ROLES, User
from filage_web.accounts.roles import Role


class InviteForm(forms.Form):
    """An address and a role."""

    email = forms.EmailField(
        label=_("Adresse électronique"),
        error_messages={
            "required": _("Écrivez l’adresse de la personne à inviter."),
            "invalid": _("Cette adresse est incomplète : il faut un nom, @ et un domaine."),
        },
    )
    role = forms.ChoiceField(label=_("Rôle"), choices=ROLES, initial=Role.PRODUCER)


class StructureForm(forms.Form):
    """The name of a structure."""

    name = forms.CharField(
        label=_("Nom de la structure"),
        max_length=160,
        error_messages={"required": _("Nommez la structure : « compagnie Le Fil », par exemple.")},
    )


class AccountForm(forms.ModelForm[User]):
    """How one is called."""

    class Meta:
        model = User
        fields = ["name"]
        labels = {"name": _("Votre nom, tel qu’il signe l’historique")}


class JoinForm(forms.Form):
    """A name and a password, for someone invited who has no account yet."""

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=120,
        error_messages={"required": _("Écrivez votre nom : il signe l’historique.")},
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Dix caractères au moins ; une phrase convient."),
        error_messages={"required": _("Choisissez un mot de passe de dix caractères au moins.")},
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        """Refuse a password that is too short, too common or too close to the address."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.data.get("name", "")))
        return password
