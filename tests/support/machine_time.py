"""The machine's time, as tests move it."""

from datetime import datetime

from inbox_app import clock


class Time:
    """The machine's, until it is moved; takes the place of ``clock.real_now``."""

    def __init__(self) -> None:
        self.now = clock.real_now()

    def __call__(self) -> datetime:
        return self.now
