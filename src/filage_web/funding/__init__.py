"""The financing plan: what is certain, what is probable, what remains to be found, and when money is due."""
