"""A hash of an instance: a certificate says by it what it is a certificate of."""

import hashlib
import json
from typing import Any

import numpy as np


def fingerprint(*parts: Any) -> str:
    """Hash arrays by their numbers, everything else by its JSON."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(str(part.shape).encode())
            digest.update(np.ascontiguousarray(part, dtype=np.float64).tobytes())
        else:
            digest.update(json.dumps(part, sort_keys=True, default=sorted).encode())
        digest.update(b"\x00")
    return digest.hexdigest()
