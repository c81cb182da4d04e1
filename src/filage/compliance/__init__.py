"""What must hold: constraints imposed from outside, licences."""
