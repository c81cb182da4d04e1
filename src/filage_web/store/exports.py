"""A production as a file: YAML, JSON, or an archive with its files."""

from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import PermissionDenied

from filage.facts.writing import write_json, write_yaml
from filage_web.accounts.models import Structure
from filage_web.accounts.roles import EXPORT, Role, may
from filage_web.store.archive import pack
from filage_web.store.files import GivenFile, bytes_of, files_of
from filage_web.store.queries import dossier_of

Form = Literal["yaml", "json", "zip"]
MEDIA_TYPES: dict[Form, str] = {
    "yaml": "application/yaml",
    "json": "application/json",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file to hand over."""

    name: str
    media_type: str
    data: bytes


def export_dossier(
    structure: Structure,
    production: str,
    form: Form = "yaml",
    *,
    role: Role | None = None,
    with_private: bool = False,
) -> Exported:
    """Write a production as a file; private data only `with_private`, and PermissionDenied without the right to it.

    `role=None` is the machine's own administrator (the command line).
    """
    if role is not None and not may(role, EXPORT):
        raise PermissionDenied
    if with_private and role is not None and not may(role, EXPORT, "person_private"):
        raise PermissionDenied
    dossier = dossier_of(structure, production, with_private=with_private)
    if form == "zip":
        files = [
            GivenFile(file.name, bytes_of(file), file.media_type) for file in files_of(structure, production)
        ]
        data = pack(dossier, files, with_private=with_private)
    else:
        write = write_json if form == "json" else write_yaml
        data = write(dossier, with_private=with_private)
    return Exported(f"{production}.filage.{form}", MEDIA_TYPES[form], data)
