"""Whose states a tab holds: they are never shown to anybody else, whoever knows the tab's token."""

import reflex as rx


class TabOwner(rx.State):
    """The session that the tab's states were filled for; 0 while they are empty."""

    _session_id: int = 0

    async def _is_now(self, session_id: int) -> bool:
        """Empty all states of the tab if they were another session's; says whether they were."""
        another = self._session_id not in {0, session_id}
        if another:
            self._get_root_state().reset()
        self._session_id = session_id
        return another
