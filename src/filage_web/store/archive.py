"""`NAME.filage.zip`: a dossier and its files by sha256, packed and opened with care."""

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any, Final

from filage.facts.dossier import Dossier
from filage.facts.reading import read_dossier
from filage.facts.writing import write_yaml
from filage.kernel.errors import BadInput, Problem
from filage_web.store.files import MAX_BYTES, GivenFile

DOSSIER: Final = "dossier.filage.yaml"
LIST: Final = "files.json"
MAX_TOTAL: Final = 200_000_000
MAX_FILES: Final = 1_000
EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def pack(dossier: Dossier, files: Iterable[GivenFile], *, with_private: bool = False) -> bytes:
    """Pack a dossier and its files; the same content gives the same bytes."""
    out = io.BytesIO()
    files = list(files)
    listed = [{"sha256": one.sha256, "name": one.name, "media_type": one.media_type} for one in files]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        _add(packed, DOSSIER, write_yaml(dossier, with_private=with_private))
        _add(packed, LIST, json.dumps(listed, ensure_ascii=False, indent=1).encode())
        for digest, data in {one.sha256: one.data for one in files}.items():
            _add(packed, f"files/{digest}", data)
    return out.getvalue()


def _add(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    packed.writestr(entry, data)


def read_any(data: bytes, *, file: str) -> tuple[Dossier, tuple[GivenFile, ...]]:
    """Read a dossier from YAML, JSON or a Filage archive; BadInput says all that is wrong, and where."""
    if data.startswith(b"PK"):
        return unpack(data, file=file)
    return read_dossier(data, file=file), ()


def unpack(data: bytes, *, file: str) -> tuple[Dossier, tuple[GivenFile, ...]]:
    """Open a Filage archive without trusting it: names, sizes and sums are checked before use."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _check_sizes(packed, file)
            dossier = read_dossier(_read(packed, DOSSIER, file), file=f"{file}:{DOSSIER}")
            return dossier, tuple(_files(packed, file))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise BadInput(
            Problem("cette archive ne s’ouvre pas", file=file, suggestion="exportez-la de nouveau")
        ) from None


def _check_sizes(packed: zipfile.ZipFile, file: str) -> None:
    entries = packed.infolist()
    total = sum(entry.file_size for entry in entries)
    biggest = max((entry.file_size for entry in entries), default=0)
    if len(entries) > MAX_FILES or total > MAX_TOTAL or biggest > MAX_BYTES:
        message = (
            f"archive trop grande : {MAX_FILES} fichiers, {MAX_TOTAL // 1_000_000} Mo en tout "
            f"et {MAX_BYTES // 1_000_000} Mo par fichier au plus"
        )
        raise BadInput(Problem(message, file=file))


def _read(packed: zipfile.ZipFile, name: str, file: str) -> bytes:
    if name not in packed.namelist():
        hint = "seule une archive exportée par Filage se lit ici"
        raise BadInput(Problem(f"« {name} » manque dans l’archive", file=file, suggestion=hint))
    return packed.read(name)


def _files(packed: zipfile.ZipFile, file: str) -> Iterable[GivenFile]:
    listed: Any = json.loads(_read(packed, LIST, file)) if LIST in packed.namelist() else []
    problems = []
    for entry in listed if isinstance(listed, list) else []:
        digest, name = str(entry.get("sha256")), str(entry.get("name"))
        given = GivenFile(name, _read(packed, f"files/{digest}", file), str(entry.get("media_type", "")))
        if given.sha256 != digest:
            problems.append(Problem("le contenu ne correspond pas à son empreinte", name, file))
        yield given
    if problems:
        raise BadInput(problems)
