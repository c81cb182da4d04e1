"""The financing plan: what is expected, how sure it is, and what remains to be found."""
