"""A mail server that takes everything, or refuses what it is told to refuse."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Sink:
    """What arrived: everything that was said on the line, and the mails alone."""

    port: int = 0
    said: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    is_down: bool = False

    def to(self) -> list[str]:
        lines = [line for mail in self.mails for line in mail.splitlines()]
        return [line.removeprefix("To: ") for line in lines if line.startswith("To: ")]


@contextmanager
def sink() -> Iterator[Sink]:
    """A server on a port of its own, for as long as this lasts."""
    kept = Sink()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("421 later" if kept.is_down else "220 here")
            while not kept.is_down and (line := self.rfile.readline().decode().strip()):
                kept.said.append(line)
                self._answer(line)

        def _answer(self, line: str) -> None:
            if line.upper() == "DATA":
                self._say("354 go on")
                body = []
                while (part := self.rfile.readline().decode()) != ".\r\n":
                    body.append(part)
                kept.mails.append("".join(body))
                self._say("250 taken")
            elif any(address in line for address in kept.refused):
                self._say("550 no such person")
            else:
                self._say("221 bye" if line.upper() == "QUIT" else "250 yes")

        def _say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Session) as server:
        kept.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield kept
        server.shutdown()
