"""A real mail server in a process of its own: takes mails and keeps them as files, refuses one address for good.

Started by tests as ``python -m tests.mail_server PORT FOLDER``.
"""

import asyncio
import sys
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

REFUSED = "niemand@ahaus.example"
BUSY = "spaeter@ahaus.example"


class Keeper:
    """Keeps each accepted mail as a numbered file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _opts: list) -> str:  # noqa: N802 - the library's name
        if address == REFUSED:
            return "550 Postfach unbekannt"
        if address == BUSY:
            return "451 Bitte später wiederholen"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        number = len(list(self._folder.iterdir()))
        header = "".join(f"X-Envelope-To: {address}\r\n" for address in envelope.rcpt_tos)
        (self._folder / f"{number:04}.eml").write_bytes(header.encode() + (envelope.content or b""))
        return "250 angenommen"


def main(port: int, folder: Path) -> None:
    """Serve until the process is ended; says so when it listens."""
    controller = Controller(Keeper(folder), hostname="127.0.0.1", port=port)
    controller.start()
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    asyncio.new_event_loop().run_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
