"""The generated dossier as files: `python -m bench.files LINES FOLDER` writes both and prints where."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.dossier import generated
from bench.size import Size
from filage.facts.writing import write_json, write_yaml


def written(size: Size, folder: Path) -> dict[str, str]:
    """Write the dossier of that size as JSON and as YAML; return the files by suffix."""
    dossier = generated(size)
    files = {}
    for suffix, write in (("json", write_json), ("yaml", write_yaml)):
        path = folder / f"mesure-{size.lines}.{suffix}"
        path.write_bytes(write(dossier))
        files[suffix] = str(path)
    return files


if __name__ == "__main__":
    sys.stdout.write(json.dumps(written(Size.of_lines(int(sys.argv[1])), Path(sys.argv[2]))))
