"""Messages about accounts."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from filage_web.accounts.models import Invitation


def send_invitation(invitation: Invitation, address: str) -> None:
    """Write to the invited person, with the link that lets them in."""
    body = render_to_string("accounts/invitation.txt", {"invitation": invitation, "address": address})
    subject = _("%(structure)s vous invite dans Filage") % {"structure": invitation.structure}
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [invitation.email]).send(fail_silently=True)
