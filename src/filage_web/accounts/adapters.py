"""What we change in allauth: who may open an account, and how a name is asked."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Accounts are opened by invitation unless the installation says otherwise."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say whether anyone may open an account here."""
        return bool(settings.FILAGE_SIGNUP)
