"""A killed worker's job is done by another; one that kills every worker is given up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from filage_web import clock
from filage_web.jobs.heartbeat import SILENT_AFTER, Heartbeat, beat, requeue_orphans
from filage_web.jobs.models import WorkerBeat


def job(*workers: str, status: str = "RUNNING") -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="tests.nothing",
        worker_ids=list(workers),
        backend_name="default",
        run_after=clock.now(),
        exception_class_path="",
        traceback="",
    )


def status_of(one: DBTaskResult) -> str:
    return DBTaskResult.objects.values_list("status", flat=True).get(pk=one.pk)


@pytest.mark.django_db
def test_the_job_of_a_silent_worker_is_ready_again():
    orphan = job("mort")
    assert requeue_orphans() == 1
    assert status_of(orphan) == "READY"


@pytest.mark.django_db
def test_the_job_of_a_living_worker_is_left_alone():
    beat("vivant")
    at_work = job("mort", "vivant")
    assert requeue_orphans() == 0
    assert status_of(at_work) == "RUNNING"


@pytest.mark.django_db
def test_a_worker_is_silent_only_after_a_while():
    beat("lent")
    at_work = job("lent")
    now = WorkerBeat.objects.get().at
    assert requeue_orphans(now + SILENT_AFTER - timedelta(seconds=1)) == 0
    assert requeue_orphans(now + SILENT_AFTER) == 1
    assert status_of(at_work) == "READY"


@pytest.mark.django_db
def test_a_job_is_given_up_after_three_dead_workers():
    cursed = job("un", "deux", "trois")
    requeue_orphans()
    assert status_of(cursed) == "FAILED"


@pytest.mark.django_db
def test_what_waits_or_is_done_is_left_alone():
    others = [job(status="READY"), job("mort", status="SUCCESSFUL")]
    assert requeue_orphans() == 0
    assert [status_of(one) for one in others] == ["READY", "SUCCESSFUL"]


@pytest.mark.django_db(transaction=True)
def test_a_heart_beats_until_stopped_even_when_something_fails(caplog):
    beats = []

    def fail() -> None:
        beats.append(1)
        raise RuntimeError

    heart = Heartbeat("moi", timedelta(milliseconds=10), fail)
    heart.start()
    while len(beats) < 3:
        pass
    heart.stop()
    heart.join(5)
    assert not heart.is_alive()
