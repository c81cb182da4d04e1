"""A long computation: asked once, told while it runs, stopped with its best answer, done again without harm."""

from __future__ import annotations

import pytest
import time_machine

from filage_web.jobs import computations
from filage_web.jobs.models import Computation
from support.cast import Cast


def asked(cast: Cast, about: str = "plan/tournage") -> Computation:
    return computations.ask(cast.structure, cast.production, "lay_out", about, {"seconds": 20}, cast.alice)


@pytest.mark.django_db
def test_asking_twice_gives_the_one_that_runs(cast: Cast):
    first = asked(cast)
    assert asked(cast).pk == first.pk
    assert asked(cast, "plan/autre").pk != first.pk


@pytest.mark.django_db
def test_a_computation_over_lets_another_begin_and_the_last_of_each_fact_is_given(cast: Cast):
    first = asked(cast)
    computations.end(first, answer={"cost": "1"})
    second = asked(cast)
    assert second.pk != first.pk
    assert computations.latest(cast.structure, cast.production, "lay_out") == {"plan/tournage": second}


@pytest.mark.django_db
def test_stopping_one_that_has_not_begun_ends_it(cast: Cast):
    one = asked(cast)
    computations.stop(one)
    one.refresh_from_db()
    assert (one.state, one.refusal) == (Computation.FAILED, computations.STOPPED_BEFORE)
    assert computations.begin(one.pk) is None


@pytest.mark.django_db
def test_a_watch_tells_at_most_twice_a_second_and_learns_that_it_must_stop(cast: Cast):
    one = computations.begin(asked(cast).pk)
    assert one is not None
    with time_machine.travel("2026-10-12T08:00:00Z", tick=False) as traveller:
        watch = computations.Watch(one)
        assert watch(lambda: {"best": "10"})
        assert watch(lambda: {"best": "9"})
        one.refresh_from_db()
        assert one.progress == {"best": "10"}
        computations.stop(one)
        traveller.shift(1)
        assert not watch(lambda: {"best": "8"})
    one.refresh_from_db()
    assert (one.state, one.progress) == (Computation.RUNNING, {"best": "8"})


@pytest.mark.django_db
def test_the_oldest_computations_of_a_fact_go(cast: Cast):
    for _ in range(computations.KEPT + 3):
        computations.end(asked(cast), refusal="rien")
    assert Computation.objects.count() == computations.KEPT


@pytest.mark.django_db
def test_a_job_given_back_after_its_end_does_nothing(cast: Cast):
    one = asked(cast)
    computations.end(one, answer={"cost": "1"})
    assert computations.begin(one.pk) is None
