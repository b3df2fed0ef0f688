"""Refuses every connection that leaves this machine.

Python runs this file at start wherever its folder is on the path; the tests put it there for every
``kg`` they start.
"""

import sys

HERE = {"127.0.0.1", "::1", "localhost", "", None}


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    match event, arguments:
        case "socket.connect" | "socket.sendto", (_, (host, *_)):
            pass
        case "socket.getaddrinfo" | "socket.gethostbyname", (host, *_):
            pass
        case _:
            return
    if host not in HERE:
        raise RuntimeError(f"the tests have no network: {event} {host!r}")


sys.addaudithook(refuse)
