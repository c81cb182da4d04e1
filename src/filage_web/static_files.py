"""Static files straight from the package: no build, no collecting, an address that changes with the content."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@lru_cache(maxsize=512)
def _digest(name: str) -> str:
    found = finders.find(name)
    return sha256(Path(found).read_bytes()).hexdigest()[:10] if isinstance(found, str) else ""


class VersionedStorage(StaticFilesStorage):
    """Add the digest of the file to its address, so that browsers may keep it for a year."""

    def url(self, name: str | None) -> str:
        """Give the address of a static file, with its version."""
        address = super().url(name)
        digest = _digest(name or "")
        return f"{address}?v={digest}" if digest else address
