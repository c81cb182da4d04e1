"""`filage worker`: does the work set aside, and says it is alive."""

import os
import signal
import socket
from typing import Annotated

import typer

from filage_web.commands.office import Data, need_migrated, open_office


def worker(
    data: Data = None,
    once: Annotated[bool, typer.Option("--once", help="S’arrêter quand il n’y a plus rien à faire.")] = False,
) -> None:
    """Faire le travail mis de côté (envois, documents) ; « filage serve » en lance un."""
    open_office(data)
    need_migrated()
    run(once=once)


def run(*, once: bool = False) -> None:
    """Work until told to stop; Django is started."""
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    from filage_web.follow.weekly import tend
    from filage_web.jobs.heartbeat import Heartbeat, requeue_orphans

    def look_after() -> None:
        requeue_orphans()
        tend()

    name = f"{socket.gethostname()[:32]}-{os.getpid()}-{get_random_string(8)}"
    working = Worker(
        queue_names=["*"],
        interval=1,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    working.configure_signals()
    # a closed terminal stops the worker like Ctrl+C
    signal.signal(signal.SIGHUP, working.shutdown)
    heart = Heartbeat(name, also=look_after)
    heart.start()
    try:
        working.run()
    finally:
        heart.stop()


if __name__ == "__main__":
    typer.run(worker)
