"""One web process: takes its sub-keys, sets Django up, serves on the port it inherited."""

import asyncio
import gc
import logging
import os
import signal
import socket
from typing import Any

from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from ruang.cli.processes import be_born, ready

CONNECTIONS = 2_000
HEADERS_WITHIN = 15_000
"""Milliseconds a browser has for its headers."""


class Inherited(Server):
    """Granian in this process, on a port that is open already."""

    def __init__(self, app: Any, fd: int, line: socket.socket) -> None:
        super().__init__(
            app,
            interface=Interfaces.RSGI,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN),
            websockets=False,
            backpressure=CONNECTIONS,
            log_enabled=False,
        )
        self._fd, self._line = fd, line

    def _init_shared_socket(self) -> None:
        holder: Any = SocketHolder  # the stub leaves out what makes one: fd, is a path, backlog
        self._ssp, self._shd = None, holder(self._fd, False, self.backlog)  # noqa: FBT003

    def startup(self, *given: Any) -> None:
        """Begin to serve, and say so to the parent."""
        super().startup(*given)  # type: ignore[no-untyped-call]
        ready(self._line)


async def serve(fd: int, line: socket.socket) -> None:
    """Serve until SIGTERM."""
    from config import rsgi

    gc.collect()
    gc.freeze()  # what was there at the start stays: later collections need not look at it
    server = Inherited(rsgi.app, fd, line)

    def stop() -> None:
        rsgi.end_streams()
        server.stop()  # type: ignore[no-untyped-call]

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)
    await server.serve()
    rsgi.finish()


def main() -> None:
    """Be one web process."""
    line = be_born()
    logging.getLogger("_granian").setLevel(logging.ERROR)
    fd = int(os.environ["RUANG_PORT_FD"])
    asyncio.run(serve(fd, line))


if __name__ == "__main__":
    main()
