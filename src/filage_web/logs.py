"""Logs that may be kept and shared: a secret address never appears in them."""

import logging
import re

SECRET_PATHS = ("lien", "entrer", "invitation", "agenda")
_SECRET = re.compile(rf"/({'|'.join(SECRET_PATHS)})/[^/\s\"'?#]+")
_SECRET_KEY = re.compile(r"/(compte/[\w/-]*key)/[^/\s\"'?#]+")


def without_secrets(text: str) -> str:
    """Replace the token of every private, sign-in or invitation address by a dash."""
    return _SECRET_KEY.sub(r"/\1/–", _SECRET.sub(r"/\1/–", text))


class HideSecrets(logging.Filter):
    """Rewrite each record before it is printed, its message and its arguments alike."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without its secrets."""
        record.msg = without_secrets(record.getMessage())
        record.args = ()
        if record.exc_info and not record.exc_text:
            record.exc_text = without_secrets(logging.Formatter().formatException(record.exc_info))
        return True
