"""Renders contents to files: workbooks, PDF, calendars, pages. Computes nothing."""
