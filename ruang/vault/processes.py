"""Sealing to one of our own processes: every process may, only that one opens.

The pair is derived from ROOT: the public half is handed to whoever seals, the sub-key behind
the private half to that process alone (``root.FOR_PROCESS``). So nothing of it is stored.
"""

from struct import pack, unpack_from

from ruang.vault import root
from ruang.vault.suites import new_secret, pad, pair_from, seal, unpad, unseal, unwrap, wrap

_LENGTH = ">H"


def seal_to(process: str, payload: bytes, *, about: str = "") -> tuple[int, bytes]:
    """Return the version of ROOT and the payload sealed to a process.

    :param about: what else it is bound to: the column and row it stands in
    :raises NoRoot: if this process was not given that one's public key
    """
    version, bound = root.version(), _bound(process, about)
    secret = new_secret()
    wrapped = wrap(root.key(f"{process}{root.PUBLIC}", version), secret, bound)
    body = seal(secret, pad(payload), bound)
    return version, pack(_LENGTH, len(wrapped)) + wrapped + body


def open_in(process: str, version: int, blob: bytes, *, about: str = "") -> bytes:
    """Open what was sealed to this process.

    :raises NoRoot: in every other process
    :raises Tampered: if it is not what was sealed
    """
    private, _public = pair_from(root.key(process, version))
    (length,) = unpack_from(_LENGTH, blob)
    wrapped, body = blob[2 : 2 + length], blob[2 + length :]
    bound = _bound(process, about)
    return unpad(unseal(unwrap(private, wrapped, bound), body, bound))


def _bound(process: str, about: str) -> str:
    return f"process|{process}|{about}" if about else f"process|{process}"
