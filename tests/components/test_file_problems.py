"""Each reason for which a file is refused has a sentence on screen (M2)."""

import re
from pathlib import Path

from inbox_app import components
from inbox_app.domain.files.outgoing_files import FileProblem

SENTENCES = Path(components.__file__ or "").parent / "inbox" / "outgoing" / "file_problems.js"
_SENTENCE = re.compile(r'^  (\w+): \(t\) => t\("(.+)"\),$', re.MULTILINE)


def test_no_file_is_refused_without_saying_what_would_work() -> None:
    told = dict(
        re.findall(r'^  (\w+): \(t\) => t\("(.+)"\),$', SENTENCES.read_text(), re.MULTILINE)
    )
    for problem in FileProblem:
        assert told[problem].count(". ") >= 1, problem
