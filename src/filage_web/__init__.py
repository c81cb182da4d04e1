"""The office: one Django application that stores facts and shows outcomes."""
