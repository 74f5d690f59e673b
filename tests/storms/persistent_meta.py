"""Meta as a poster of webhooks: many at once, and each again and again until it gets its 200."""

import http.client
import threading
from collections.abc import Sequence
from queue import Empty, Queue
from urllib.parse import urlsplit

from tests.support.patience import PATIENCE
from tests.support.samples.webhook_bodies import sign

_AT_ONCE = 12


class PersistentMeta:
    """Posts to whatever serves at ``url`` just now. ``acknowledged`` only grows."""

    def __init__(self, url: str, secret: str) -> None:
        self._url, self._secret = urlsplit(url), secret
        self._waiting: Queue[bytes] = Queue()
        self.acknowledged: list[bytes] = []
        self._news = threading.Condition()
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._post, daemon=True) for _ in range(_AT_ONCE)]

    def start(self) -> None:
        """Begin to post."""
        for thread in self._threads:
            thread.start()

    def post(self, bodies: Sequence[bytes]) -> None:
        """These too."""
        for body in bodies:
            self._waiting.put(body)

    def stop(self) -> None:
        """Post no more."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, count: int, at_most: float) -> bool:
        """Whether that many posts got their 200 in so many seconds."""
        with self._news:
            return self._news.wait_for(lambda: len(self.acknowledged) >= count, at_most)

    def _post(self) -> None:
        while not self._stopped.is_set():
            try:
                body = self._waiting.get(timeout=0.05)
            except Empty:
                continue
            if self._status(body) == 200:
                with self._news:
                    self.acknowledged.append(body)
                    self._news.notify_all()
            else:
                self._waiting.put(body)
                self._stopped.wait(0.02)

    def _status(self, body: bytes) -> int | None:
        connection = http.client.HTTPConnection(
            self._url.hostname or "", self._url.port, timeout=PATIENCE
        )
        headers = {"X-Hub-Signature-256": sign(body, self._secret)}
        try:
            connection.request("POST", "/webhooks/whatsapp", body, headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
