"""What a server adds to a page of the site: a script that follows changes, and what is wrong with
the workspace now. The policy of the page then stands in a header, with what these need.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Template
from markupsafe import Markup
from starlette.responses import HTMLResponse

from kg.page.html import sha256_source
from kg.page.templates import template_environment
from kg.server.state import Snapshot

HERE = Path(__file__).parent
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?')


@cache
def server_template(name: str) -> Template:
    """Return a template of the server, in which every value is escaped."""
    return template_environment(HERE).get_template(name)


@cache
def read_part(name: str) -> str:
    """Return a script or style sheet of the server."""
    return (HERE / name).read_text("utf-8")


class Extra(NamedTuple):
    """What is added to a page for who may write: elements, with a script and a style sheet that
    stand in them.
    """

    html: str
    script: str
    style: str


def frame_site_page(
    page: str, snapshot: Snapshot, status: int = 200, extra: Extra | None = None
) -> HTMLResponse:
    """Return a page of the site as this server answers it."""
    script, style = read_part("live.js"), read_part("live.css")
    digest = hashlib.sha256(page.encode()).hexdigest()[:16]
    additions = server_template("live.html").render(
        snapshot=snapshot, digest=digest, script=Markup(script), style=Markup(style)
    )
    policy_match = _POLICY.search(page)
    policy = _with_sources(
        Markup(policy_match[1]).unescape() if policy_match else "", script, style
    )
    if extra:
        policy = _with_sources(policy, extra.script, extra.style)
        additions += extra.html
    start, end, rest = _POLICY.sub("", page, count=1).rpartition("</body>")
    headers = {"Content-Security-Policy": policy}
    return HTMLResponse(f"{start}{additions}{end}{rest}", status, headers)


def _with_sources(policy: str, script: str, style: str) -> str:
    """Return a policy that allows a script and a style sheet more, forms and events of this server,
    and no frame around the page.
    """
    additions = {"script-src": sha256_source(script), "style-src": sha256_source(style)}
    pairs = (part.strip().partition(" ") for part in policy.split(";"))
    directives = {name: values for name, _, values in pairs if name}
    for name, source in additions.items():
        directives[name] = f"{directives.get(name, '')} {source}".strip()
    directives |= {"form-action": "'self'", "connect-src": "'self'", "frame-ancestors": "'none'"}
    directives.setdefault("default-src", "'none'")
    return "; ".join(f"{name} {values}" for name, values in directives.items())
