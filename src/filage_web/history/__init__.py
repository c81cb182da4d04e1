"""What was done to a production, by whom, and the way back."""
