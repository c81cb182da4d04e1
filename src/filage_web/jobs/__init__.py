"""Work done aside, by worker processes that say they are alive."""
