"""Which tests run one after another in one process, because they share what is costly to make, and
which of them begin first when several processes run side by side."""

from pathlib import PurePosixPath

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

_COMPANIES = "companies"
_JOURNEYS = ("journeys, first third", "journeys, second third", "journeys, last third")
_THIRDS = ("test_lo", "test_s")
"""Of the journeys: files from these names on, whatever their room, so that three sites are served
side by side and none of them fills with what one kind of journey writes."""
_LONGEST_FIRST = (
    *_JOURNEYS,
    _COMPANIES,
    "tests/test_install.py",
    "tests/test_start.py",
    "tests/api/v1/test_against_its_description.py",
    "tests/storms/test_killed_at_work.py",
    "tests/storms/test_killed_while_waiting.py",
    "tests/storms/test_killed_while_notifying.py",
    "tests/storms/test_killed_while_delivering.py",
    "tests/test_served.py",
)
"""What is begun last should be short, or one process works on when the others have nothing left."""


def group_of(nodeid: str) -> str:
    """What runs in one process: the tests of a file, or of all files that share a server."""
    file = PurePosixPath(nodeid.partition("::")[0])
    if file.parts[:2] == ("tests", "journeys"):
        return _JOURNEYS[sum(file.name >= begin for begin in _THIRDS)]
    if {"isolation", "pages"} & set(file.parts):
        return _COMPANIES
    return str(file)


def rank(nodeid: str) -> int:
    """The lower, the earlier its group begins."""
    group = group_of(nodeid)
    return _LONGEST_FIRST.index(group) if group in _LONGEST_FIRST else len(_LONGEST_FIRST)


class GroupScheduling(LoadScopeScheduling):
    """Hands out group after group in the order of the collection. xdist's own way to group,
    ``--dist=loadgroup``, marks ids in a manner that pytest from 9.2 on does not heed: each test
    would be a group of its own, and each process would start every server."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # not by the number of tests

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
