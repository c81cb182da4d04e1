"""Files given to a production: their bytes under their sha256, their names in the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from filage.kernel.errors import BadInput, Problem
from filage_web import clock
from filage_web.accounts.models import Structure, User
from filage_web.store.models import File, Production

MAX_BYTES: Final = 25_000_000


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as it arrives: name, bytes, media type."""

    name: str
    data: bytes
    media_type: str = "application/octet-stream"

    @property
    def sha256(self) -> str:
        """What its bytes are known by."""
        return sha256(self.data).hexdigest()


def path_of(structure: Structure, digest: str) -> str:
    """Say where the bytes lie, in the files folder or bucket: each structure apart."""
    return path_of_key(structure.pk, digest)


def path_of_key(structure: int, digest: str) -> str:
    """Say where the bytes of a structure, given by its key, lie."""
    return f"{structure}/{digest[:2]}/{digest}"


def keep_file(structure: Structure, production: Production, given: GivenFile, *, actor: User | None) -> File:
    """Keep a file; one of the same name is replaced. BadInput when it is too big or has no name."""
    name = given.name.replace("\\", "/").rpartition("/")[2].strip()[:200]
    if not name or "\x00" in name:
        raise BadInput(Problem("ce fichier n’a pas de nom", given.name[:80]))
    if len(given.data) > MAX_BYTES:
        raise BadInput(Problem(f"{len(given.data)} octets : {MAX_BYTES} au plus", name))
    # bytes first: a row never names bytes that are not there; at worst bytes stay that no row names
    _keep_bytes(structure, given)
    file, _created = File.objects.update_or_create(
        structure=structure,
        production=production,
        name=name,
        defaults={
            "sha256": given.sha256,
            "size": len(given.data),
            "media_type": given.media_type[:100],
            "added_at": clock.now(),
            "added_by": actor,
        },
    )
    return file


def _keep_bytes(structure: Structure, given: GivenFile) -> None:
    path = path_of(structure, given.sha256)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(given.data))


def bytes_of(file: File) -> bytes:
    """Read the bytes of a file."""
    with default_storage.open(path_of(file.structure, file.sha256)) as opened:
        return bytes(opened.read())


def files_of(structure: Structure, production: str) -> list[File]:
    """List the files of a production, by name."""
    found = File.objects.filter(structure=structure, production__slug=production)
    return list(found.select_related("structure", "added_by").order_by("name"))


@transaction.atomic
def keep_files(
    structure: Structure, production: Production, files: Iterable[GivenFile], *, actor: User | None
) -> list[File]:
    """Keep several files, or none if one is refused."""
    return [keep_file(structure, production, given, actor=actor) for given in files]


def remove_file(file: File) -> None:
    """Forget a file; its bytes go with the last row that names them."""
    file.delete()
    if not File.objects.filter(structure=file.structure, sha256=file.sha256).exists():
        default_storage.delete(path_of(file.structure, file.sha256))
