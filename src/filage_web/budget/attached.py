"""Files joined to a line: kept with the production, under a name that replaces no other file."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from filage_web.accounts.models import Structure, User
from filage_web.store.files import MAX_BYTES, GivenFile, keep_files
from filage_web.store.models import File, Production

INERT = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a line: its name, and its number when its bytes are kept here."""

    name: str
    number: int | None
    size: int = 0


def attached(structure: Structure, production: str, names: Sequence[str]) -> list[Attached]:
    """List the files of a line by name, in one query whatever their number."""
    found = File.objects.filter(structure=structure, production__slug=production, name__in=names)
    known = {name: (number, size) for name, number, size in found.values_list("name", "pk", "size")}
    return [Attached(name, *known.get(name, (None, 0))) for name in names]


def received(structure: Structure, production: str, uploads: Iterable[UploadedFile]) -> list[GivenFile]:
    """Read what was uploaded; a name already taken by other bytes gets a number."""
    given = [_given(one) for one in uploads]
    taken = dict(
        File.objects.filter(structure=structure, production__slug=production).values_list("name", "sha256")
        if given
        else ()
    )
    named = []
    for one in given:
        own = GivenFile(_free(one, taken), one.data, one.media_type)
        taken[own.name] = own.sha256
        named.append(own)
    return named


def keep(structure: Structure, production: str, given: Collection[GivenFile], *, actor: User | None) -> None:
    """Keep them; BadInput when one is too big."""
    if given:
        anchor = Production.objects.get(structure=structure, slug=production)
        keep_files(structure, anchor, given, actor=actor)


def _given(upload: UploadedFile) -> GivenFile:
    name = str(upload.name).replace("\\", "/").rpartition("/")[2].strip() or "piece"
    return GivenFile(name[-120:], bytes(upload.read(MAX_BYTES + 1)), upload.content_type or INERT)


def _free(given: GivenFile, taken: dict[str, str]) -> str:
    if taken.get(given.name, given.sha256) == given.sha256:
        return given.name
    stem, dot, ending = given.name.rpartition(".")
    stem, ending = (stem, f"{dot}{ending}") if dot else (given.name, "")
    names = (f"{stem} ({rank}){ending}" for rank in range(2, 10_000))
    return next(name for name in names if taken.get(name, given.sha256) == given.sha256)
