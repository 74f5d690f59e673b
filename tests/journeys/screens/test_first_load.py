"""What a browser fetches before the inbox can be used stays small."""

from bench import first_load
from tests.journeys.site import Site


def test_the_first_load_of_the_inbox_is_within_its_limit(site: Site) -> None:
    assert site.url
    files = {name: first_load.gzipped_kb(name) for name in first_load.first_load()}
    assert sum(files.values()) <= first_load.LIMIT_KB, files
