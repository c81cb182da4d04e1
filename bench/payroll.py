"""The cost engine on distinct pay slips, beside publicodes and the rules Urssaf publishes on the same ones."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import filage, whole_process
from bench.result import Result, at_most

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGAGEMENTS = 10_000
COMPARED = 60
BATCH_SECONDS = 3
TIMES_FASTER = 100
PACKAGES = ("modele-social@11.1.0", "publicodes@1.10.3")
INSTALL_SECONDS, EVALUATE_SECONDS = 120, 300
SCRIPT = "publicodes.mjs"
WORK = Path(__file__).resolve().parent / ".work" / "publicodes"


def cases() -> Iterator[dict[str, Any]]:
    """Distinct engagements of every status, day of law and size, without end."""
    months = ("2026-02", "2026-03", "2026-05", "2026-06", "2026-09", "2026-11")
    rank = 0
    while True:
        gross = 90 + rank * 37 % 4900 + rank / 100
        common = {"id": f"e{rank}", "gross": f"{gross:.2f}", "date": f"{months[rank % 6]}-{10 + rank % 15}",
                  "headcount": (5, 12, 60)[rank % 3], "cadre": rank % 7 == 0, "at_rate": "0.016"}  # fmt: skip
        match rank % 3:
            case 0:
                yield {**common, "status": "artiste", "cachets": 1 + rank % 4}
            case 1:
                yield {
                    **common,
                    "status": "technicien",
                    "days": 1 + rank % 20,
                    "hours": str(8 * (1 + rank % 20)),
                }
            case _:
                yield {**common, "status": "permanent"}
        rank += 1


def results() -> list[Result]:
    """The whole command on 10,000 engagements, and how many times faster it is than the peer, per engagement."""
    with tempfile.TemporaryDirectory(prefix="filage-bench-") as folder:
        path = Path(folder) / "cases.json"
        path.write_text(json.dumps(list(islice(cases(), ENGAGEMENTS))), encoding="utf-8")
        run = whole_process(filage("cost", "--batch", str(path), "--json"), times=3)
    found = [at_most("cost_batch", "10,000 engagements costed, whole command, processor time",
                     run.processor, BATCH_SECONDS, "s")]  # fmt: skip
    peer = peer_seconds()
    if peer is not None:
        own = run.processor / ENGAGEMENTS
        label = f"of publicodes’ {peer * 1000:.1f} ms an engagement ({peer / own:,.0f} times faster)"
        met = at_most("cost_peer", label, own / peer * 100, 100 / TIMES_FASTER, "%")
        found.append(met)
    return found


def peer_seconds() -> float | None:
    """Seconds publicodes takes for one engagement; None, said aloud, where node or npm is out of reach."""
    if not _installed():
        sys.stderr.write(
            "publicodes cannot be installed here (node, npm): nothing to compare the cost engine with.\n"
        )
        return None
    shutil.copy(Path(__file__).with_name(SCRIPT), WORK / SCRIPT)
    sample = list(islice(cases(), COMPARED))
    done = subprocess.run(
        ["node", SCRIPT], cwd=WORK, input=json.dumps(sample), text=True,
        capture_output=True, check=True, timeout=EVALUATE_SECONDS,
    )  # fmt: skip
    answer = json.loads(done.stdout)
    dearer = sum(cost > float(case["gross"]) for cost, case in zip(answer["costs"], sample, strict=True))
    if dearer < len(sample):
        raise RuntimeError(f"publicodes gave no cost for {len(sample) - dearer} engagements of {len(sample)}")
    return float(answer["seconds"]) / len(sample)


def _installed() -> bool:
    if shutil.which("node") is None or shutil.which("npm") is None:
        return False
    if (WORK / "node_modules" / "modele-social").is_dir():
        return True
    WORK.mkdir(parents=True, exist_ok=True)
    (WORK / "package.json").write_text('{"name": "bench", "private": true}\n', encoding="utf-8")
    try:
        done = subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--silent", *PACKAGES],
            cwd=WORK, capture_output=True, timeout=INSTALL_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.stdout.write(json.dumps([asdict(result) for result in results()]))
