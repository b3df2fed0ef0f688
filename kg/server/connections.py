"""Who is connected to a server. Whoever says nothing, does not take an answer, or comes with
hundreds of others is hung up on, so that the next one is heard.
"""

from __future__ import annotations

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

MOST_CONNECTIONS = 500
"""So many are connected at once; of more, the oldest that asks nothing now is hung up on."""
LEAST_TAKEN = 1 << 16
"""So many bytes of an answer are taken by whoever reads it, while there is patience."""


class Connection(H11Protocol):
    """One connection of uvicorn's. It has as much ``patience`` as a slow machine needs: so many
    seconds for a request to come whole, and for a part of an answer to be taken.
    """

    patience = 15.0
    since = 0.0
    _watch: TimerHandle | None = None
    _slow: TimerHandle | None = None
    _seen: object = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self.since = self.loop.time()
        self._watch = self.loop.call_later(self.patience, self._look)
        if len(self.connections) > MOST_CONNECTIONS:
            ours = (each for each in self.connections if isinstance(each, Connection))
            waiting = (each for each in ours if each.asks_nothing)
            oldest = min(waiting, key=lambda each: each.since, default=self)
            oldest.transport.abort()
            self.connections.discard(oldest)

    @property
    def asks_nothing(self) -> bool:
        """Whether all is answered that was asked."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        for timer in (self._watch, self._slow):
            if timer:
                timer.cancel()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait until what has been answered is taken."""
        super().pause_writing()
        self._wait_for_reader(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """Go on, as it was taken."""
        super().resume_writing()
        if self._slow:
            self._slow.cancel()

    def _wait_for_reader(self, bytes_left: int) -> None:
        """Hang up where too little of what is left has been taken when patience ends."""

        def look() -> None:
            now = self.transport.get_write_buffer_size()
            if now > bytes_left - LEAST_TAKEN:
                self.transport.abort()
            else:
                self._wait_for_reader(now)

        self._slow = self.loop.call_later(self.patience, look)

    def _look(self) -> None:
        """Hang up where the same request has not come whole since this was looked at last."""
        cycle: RequestResponseCycle | None = self.cycle
        if (cycle is None or cycle.more_body) and self._seen is cycle:
            self.transport.abort()
            return
        self._seen = cycle
        self._watch = self.loop.call_later(self.patience, self._look)
