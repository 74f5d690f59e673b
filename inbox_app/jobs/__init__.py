"""The loops and the timetable that run beside the pages."""
