"""A free port to listen at."""

from __future__ import annotations

import errno
import socket

from generator.errors import GeneratorError

TRIES = 50


def listening(host: str, port: int) -> socket.socket:
    """Listen at the port, or at the next one that is free.

    Raises:  GeneratorError where the machine has no such address or may not use the port.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + TRIES, 65536)):
        found = socket.socket(family, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, candidate))
            # Binding alone does not show that another program listens here.
            found.listen(64)
        except OSError as problem:
            found.close()
            if problem.errno != errno.EADDRINUSE:
                raise GeneratorError(
                    f"cannot listen at {host}:{candidate}: {problem.strerror}",
                    hint="leave --host out for this machine alone, or choose a --port above 1023",
                ) from None
            continue
        return found
    raise GeneratorError(f"no port from {port} upwards is free", hint="choose another --port")
