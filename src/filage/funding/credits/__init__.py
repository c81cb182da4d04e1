"""Tax credits: which lines enter the base, up to which unit caps, and what the credit may amount to."""
