"""`filage account`: an account and a link that signs it in once, for whoever administers the machine."""

from typing import Annotated

import typer

from filage.kernel.errors import BadInput, Problem
from filage_web.commands.office import Data, need_migrated, open_office

Email = Annotated[str, typer.Argument(metavar="ADRESSE", help="L’adresse électronique du compte.")]


def account(
    email: Email,
    name: Annotated[str, typer.Option("--name", help="Le nom, pour un nouveau compte.")] = "",
    url: Annotated[str, typer.Option("--url", help="L’adresse du bureau.")] = "http://127.0.0.1:8000/",
    data: Data = None,
) -> None:
    """Créer un compte s’il n’existe pas, et donner un lien qui y entre une fois."""
    open_office(data)
    need_migrated()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.urls import reverse

    from filage_web.accounts.models import User
    from filage_web.accounts.services import make_sign_in_link

    try:
        validate_email(email)
    except ValidationError:
        raise BadInput(Problem(f"« {email} » n’est pas une adresse électronique", "ADRESSE")) from None
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name=name)
    typer.echo(f"{url.rstrip('/')}{reverse('enter', args=[make_sign_in_link(user)])}")
