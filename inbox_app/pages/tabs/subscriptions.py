"""What open tabs look at, and what has changed of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inbox_app.live import Change
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.accounts.signed_in import SignedIn


@dataclass(slots=True)
class Changes:
    """What has changed since an account's tabs were last told."""

    everything: bool = False
    """Something of the whole account: any conversation may look different."""
    conversations: set[int] = field(default_factory=set[int])
    imports: set[int] = field(default_factory=set[int])

    def add(self, change: Change) -> None:
        """One more change."""
        if change.import_id is not None:
            self.imports.add(change.import_id)
        elif change.conversation_id is None:
            self.everything = True
        else:
            self.conversations.add(change.conversation_id)

    def concerns(self, conversation_id: int) -> bool:
        """Whether this conversation may look different now."""
        return self.everything or conversation_id in self.conversations


@dataclass(frozen=True, slots=True, eq=False)
class Subscription:
    """What one panel of an open tab looks at (``query`` is the panel's own), and for whom."""

    token: str
    who: SignedIn
    panel: "Panel"
    query: Any


Panel = Callable[[Sequence[Subscription], Changes], Awaitable[Mapping[str, Patch]]]
"""Reads once what the tabs given, of one account, look at; answers patches by token."""
