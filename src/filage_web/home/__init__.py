"""Before a production: my structures, their productions."""
