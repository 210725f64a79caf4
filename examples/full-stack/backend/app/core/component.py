"""What the API depends on while it runs."""

from typing import Protocol


class Component(Protocol):
    """Something outside the API: started and stopped with it, and asked for its health."""

    @property
    def name(self) -> str:
        """Its key in the answer of `/health`."""
        ...

    async def start(self) -> None:
        """Prepare what requests will use. Must not raise when the other side is down."""
        ...

    async def stop(self) -> None:
        """Close every connection."""
        ...

    async def check(self) -> None:
        """Use it once.

        Raises:
            ServiceUnavailableError: it cannot be used at this moment.
        """
        ...
