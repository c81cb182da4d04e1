"""Pay: hours done and validated, the month's preparation, declarations; of a production or of the whole structure."""
