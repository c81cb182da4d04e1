"""`filage schedule`: what it prints, what it imports, what it refuses, and how it stops."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time

import pytest

from cli.commands import ROOT, SHAPES, faults, filage, printed, problems

FILM = ROOT / "examples" / "schedule" / "talent" / "csplib_film2.json"
TOUR = ROOT / "examples" / "schedule" / "tour" / "rc_207.4.json"
TASKS = json.dumps({"capacities": [1], "durations": [2, 3], "demands": [[1], [1]], "successors": [[1], []]})
LIST_MODULES = """
import sys
from filage.cli.main import app
try:
    app(sys.argv[1:])
except SystemExit:
    pass
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def without_seconds(answer):
    assert answer.pop("seconds") >= 0
    return answer


@pytest.mark.parametrize("word", ["shoot", "rehearse"])
def test_the_order_of_a_film(word):
    answer = printed("schedule", word, FILM, "--seed", "2")
    assert faults("schedule-talent", answer) == []
    assert faults("schedule-talent-input", json.loads(FILM.read_text(encoding="utf-8"))) == []
    order = answer["order"]
    assert sorted(order) == list(range(13))
    assert without_seconds(answer) == {
        "order": order,
        "cost": 818,
        "holding": 87,
        "bound": 818,
        "status": "optimal",
        "objective": "cost",
        "seed": 2,
    }


def test_the_plan_of_tasks():
    answer = printed("schedule", "tasks", "-", given=TASKS)
    assert faults("schedule-tasks", answer) == []
    assert faults("schedule-tasks-input", json.loads(TASKS)) == []
    assert without_seconds(answer) == {
        "makespan": 5,
        "starts": [0, 2],
        "bound": 5,
        "status": "optimal",
        "objective": "makespan",
        "seed": 0,
    }


@pytest.mark.parametrize(("objective", "value"), [("makespan", 133.1421), ("travel", 119.6388)])
def test_the_order_of_a_tour(objective, value):
    answer = printed("schedule", "tour", TOUR, "--objective", objective)
    assert faults("schedule-tour", answer) == []
    assert faults("schedule-tour-input", json.loads(TOUR.read_text(encoding="utf-8"))) == []
    assert (answer[objective], answer["bound"], answer["order"][0]) == (value, value, 0)
    assert answer["objective"] == objective


def test_an_answer_for_a_person_says_whether_it_is_proved():
    done = filage("schedule", "shoot", FILM)
    lines = done.stdout.splitlines()
    assert (done.exit_code, done.stderr) == (0, "")
    assert lines[:2] == ["Coût : 818", "dont attente : 87"]
    assert lines[2].startswith("C’est prouvé : rien de mieux n’existe (0,")


def test_a_refusal_names_the_file():
    assert problems("schedule", "tour", "-", given='{"durations": [[0]], "windows": [[2, 1]]}') == [
        {"message": "il faut le départ et au moins un lieu", "path": "windows", "file": "-"},
        {"message": "ouvre à 2, après sa fermeture à 1", "path": "windows[0]", "file": "-"},
    ]


@pytest.mark.parametrize("words", [("--time-limit", "0"), ("--seed", "-1"), ("--objective", "km")])
def test_a_senseless_option_is_refused(words):
    assert filage("schedule", "tour", TOUR, *words).exit_code == 2


def test_scenes_need_neither_the_solver_nor_the_office():
    done = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, "schedule", "shoot", FILM],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"ortools", "pandas", "django", "filage_web", "openpyxl", "typst"} & set(
        done.stderr.splitlines()[-1].split()
    ) == set()


def test_ctrl_c_gives_the_best_found_and_a_terminal_sees_the_search(tmp_path):
    scenes = range(60)
    content = {
        "appearances": [
            [int((scene * 37 + 11) % 251 >> person & 1) for scene in scenes] for person in range(8)
        ],
        "costs": [5, 9, 2, 7, 4, 8, 3, 6],
        "durations": [1] * 60,
    }
    file = tmp_path / "long.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from filage.cli.main import app; app()",
            "schedule",
            "shoot",
            str(file),
            "--json",
        ],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    seen = b""
    start = time.monotonic()
    while b"trouv" not in seen and time.monotonic() - start < 20:
        seen += os.read(ours, 1024)
    run.send_signal(signal.SIGINT)
    answer = json.loads(run.communicate(timeout=20)[0])
    os.close(ours)
    assert "Recherche…" in seen.decode(errors="replace")
    assert (run.returncode, sorted(answer["order"]), answer["status"]) == (0, list(scenes), "feasible")
    assert answer["seconds"] < 20


def test_every_shape_of_the_optimiser_is_used_here():
    names = {path.name.removesuffix(".schema.json") for path in SHAPES.glob("schedule*")}
    pure = {f"schedule-{what}{end}" for what in ("talent", "tasks", "tour") for end in ("", "-input")}
    assert names == pure | {"schedule-layout", "schedule-why-not", "schedule-road"}
