"""Held conversations: that of each open tab, in memory, so that a page that is loaded again goes on where it was."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.conversation import Conversation

HELD = 200
"""Tabs whose conversations are held; that of the tab that was used longest ago is let go first."""
NAME = 20
"""Characters that the name of a tab has at least. It is made by chance in the browser, and nobody else can guess it."""


class Held:
    """Conversations by tab. A page that is loaded is a new session of gradio's, and says of which tab it is."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._conversations: dict[str, Conversation] = {}
        self._tabs: dict[str, str] = {}
        self._lock = threading.Lock()

    def enter(self, session: str, tab: object) -> Conversation:
        """Return what is held of a tab, of which this session is the newest; `tab` comes from a browser."""
        if not isinstance(tab, str) or not NAME <= len(tab) <= 4 * NAME:
            return ()
        with self._lock:
            # What an older page of the tab still does, nobody sees.
            self._tabs = {other: of for other, of in self._tabs.items() if of != tab} | {session: tab}
            return self._conversations.get(tab, ())

    def keep(self, session: str, conversation: Conversation) -> None:
        """Hold a conversation as the one of the tab of this session, if that has said of which it is."""
        with self._lock:
            tab = self._tabs.get(session)
            if tab is None:
                return
            self._conversations.pop(tab, None)
            if conversation:
                self._conversations[tab] = conversation
            for oldest in list(self._conversations)[:-HELD]:
                del self._conversations[oldest]
                self._tabs = {other: of for other, of in self._tabs.items() if of != oldest}
