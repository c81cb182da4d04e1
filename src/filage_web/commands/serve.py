"""`filage serve`: the office in a browser. Migrates, then keeps a web server and its workers running."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final

import typer

from filage.kernel.errors import BadInput, Problem
from filage_web.commands.office import Data, migrate, open_office

PORT: Final = 8000
STOP_SECONDS: Final = 15
START_SECONDS: Final = 30
Host = Annotated[str, typer.Option(help="L’adresse à laquelle le bureau répond.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Le port.")]
Processes = Annotated[
    int, typer.Option("--processes", min=1, max=64, help="Processus qui servent les pages.")
]
Workers = Annotated[
    int, typer.Option("--workers", min=0, max=64, help="Processus qui font le travail mis de côté.")
]


def serve(
    data: Data = None,
    host: Host = "127.0.0.1",
    port: Port = PORT,
    processes: Processes = 1,
    workers: Workers = 1,
) -> None:
    """Ouvrir le bureau dans un navigateur."""
    folder = open_office(data)
    refuse_taken(host, port)
    migrate()

    def ready() -> None:
        typer.echo(f"Filage est ouvert : {address(host, port)}")
        typer.echo(f"Données : {folder}")
        for line in _first_steps():
            typer.echo(line)

    keep_running(host, port, processes=processes, workers=workers, ready=ready)


def _first_steps() -> list[str]:
    from filage_web.accounts.models import User

    if User.objects.exists():
        return []
    return ["Aucun compte encore : « filage account ADRESSE » en crée un et donne son lien d’entrée."]


def address(host: str, port: int) -> str:
    """Give the address to type in a browser on this machine."""
    shown = "localhost" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104  shown, not bound
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def is_free(host: str, port: int) -> bool:
    """Say whether a server could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def refuse_taken(host: str, port: int) -> None:
    """Say before starting that the port is taken."""
    if not is_free(host, port):
        hint = f"fermez ce qui y répond, ou choisissez-en un autre : --port {port + 1}"
        raise BadInput(Problem(f"le port {port} de {host} est déjà pris", suggestion=hint))


# --- the processes ----------------------------------------------------------------------------------------------------


@dataclass
class Supervised:
    """A process that must keep running: started again when it stops, more and more slowly if it keeps stopping."""

    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it, or start it again, out of reach of the terminal's Ctrl+C: only we ask it to stop."""
        self.starts = [*self.starts[-9:], time.monotonic()]
        self.process = subprocess.Popen(  # noqa: S603  our own commands
            self.command, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def watch(self) -> None:
        """Start it again if it stopped; not more often than it has been stopping lately allows."""
        if self.process is None or self.process.poll() is None:
            return
        lately = [moment for moment in self.starts if moment > time.monotonic() - 60]
        if time.monotonic() - self.starts[-1] >= min(2 ** len(lately) / 2, 30):
            self.start()

    def ask_to_stop(self) -> None:
        """Ask it to end what it is doing and stop."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self, deadline: float) -> None:
        """Wait for its end until the deadline, then kill it; what it started goes with it."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def web_command(host: str, port: int, processes: int) -> list[str]:
    """The web server: no line per request, hence no secret address in a log."""
    return [
        sys.executable, "-m", "granian", "filage_web.wsgi:application", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(processes), "--blocking-threads", "4",
        "--no-ws", "--respawn-failed-workers", "--log-level", "warning", "--no-access-log",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """A worker process, on the same data."""
    return [sys.executable, "-m", "filage_web.commands.worker"]


def keep_running(host: str, port: int, *, processes: int, workers: int, ready: Callable[[], None]) -> None:
    """Keep the web server and the workers running until asked to stop (Ctrl+C, or the terminal closed)."""
    web = Supervised(web_command(host, port, processes))
    running = [web, *(Supervised(worker_command()) for _ in range(workers))]
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    try:
        for one in running:
            one.start()
        _wait_until_it_answers(host, port, web, stopping)
        if not stopping:
            ready()
        while not stopping:
            for one in running:
                one.watch()
            time.sleep(0.5)
    finally:
        for one in running:
            one.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for one in running:
            one.stop(deadline)


def _wait_until_it_answers(host: str, port: int, web: Supervised, stopping: list[int]) -> None:
    reached = "127.0.0.1" if host in {"0.0.0.0", ""} else host  # noqa: S104  reached, not bound
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and not stopping:
        with closing(socket.socket(socket.AF_INET6 if ":" in reached else socket.AF_INET)) as probe:
            probe.settimeout(1)
            if probe.connect_ex((reached, port)) == 0:
                return
        if web.process is None or web.process.poll() is not None:
            break
        time.sleep(0.1)
    if not stopping:
        raise BadInput(
            Problem("le serveur de pages ne démarre pas", suggestion="voyez le message qui précède")
        )


def data_environment(folder: Path) -> None:
    """Make the processes started from here work on the same data."""
    os.environ["FILAGE_DATA"] = str(folder)
