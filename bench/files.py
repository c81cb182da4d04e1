"""The generated dossier as files."""

from __future__ import annotations

from pathlib import Path

from bench.dossier import Size, generated
from filage.facts.writing import write_json, write_yaml


def written(size: Size, folder: Path) -> dict[str, Path]:
    """Write the dossier of that size as JSON and as YAML; return the files by suffix."""
    dossier = generated(size)
    files = {}
    for suffix, write in (("json", write_json), ("yaml", write_yaml)):
        files[suffix] = folder / f"mesure-{size.lines}.{suffix}"
        files[suffix].write_bytes(write(dossier))
    return files
