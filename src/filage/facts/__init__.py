"""The shapes of a dossier: small frozen facts, one module per area, and no rule."""
