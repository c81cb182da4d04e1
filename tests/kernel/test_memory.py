"""The collector is paused while something large is computed, and left as it was."""

import gc

import pytest

from filage.kernel.memory import collector_paused


@pytest.fixture(autouse=True)
def _on():
    gc.enable()
    yield
    gc.enable()


def test_it_is_off_inside_and_on_again_after():
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_comes_back_after_an_error():
    with pytest.raises(ValueError, match="x"), collector_paused():
        raise ValueError("x")
    assert gc.isenabled()


def test_it_stays_off_where_it_was_off():
    gc.disable()
    with collector_paused():
        pass
    assert not gc.isenabled()


def test_one_inside_another_leaves_it_to_the_outer():
    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()
