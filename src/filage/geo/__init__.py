"""Places: how far, how long, and until when there is light."""
