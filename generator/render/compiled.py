"""Templates as Jinja compiled them, kept from one build to the next: it only spares time."""

from __future__ import annotations

import json
import marshal
from base64 import b64decode, b64encode
from contextlib import suppress
from hashlib import sha256
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache, bc_magic

from generator.disk import put
from generator.errors import SiteError


class Compiled(BytecodeCache):
    """Compiled templates in one sealed file; another Python's or a damaged one counts for none."""

    def __init__(self, kept: Path) -> None:
        self.kept = kept
        self._before = _load(kept)
        self._used: dict[str, str] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template's code where its source is still the same."""
        name = f"{bucket.key} {bucket.checksum}"
        if name in self._before:
            self._used[name] = self._before[name]
            code = marshal.loads(b64decode(self._before[name]))
            bucket.code = code if isinstance(code, CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what was compiled anew."""
        code = b64encode(marshal.dumps(bucket.code)).decode()
        self._used[f"{bucket.key} {bucket.checksum}"] = code

    def keep(self) -> None:
        """Write down what was used, if any of it is new; what is not used is forgotten.

        A disk that refuses it is complained about where it matters.
        """
        if self._used.items() - self._before.items():
            content = {"seal": _seal(self._used), "compiled": self._used}
            with suppress(SiteError, OSError):
                put(self.kept, json.dumps(content, sort_keys=True).encode())


def _load(kept: Path) -> dict[str, str]:
    try:
        content = json.loads(kept.read_bytes())
        compiled: dict[str, str] = content["compiled"]
        return compiled if content["seal"] == _seal(compiled) else {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _seal(compiled: object) -> str:
    """Only what this Python and this Jinja would write themselves is ever loaded."""
    head = MAGIC_NUMBER + bc_magic
    return sha256(head + json.dumps(compiled, sort_keys=True).encode()).hexdigest()
