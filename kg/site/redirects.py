"""Pages that were published at other addresses: what stands there now, and which are no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import escape

from kg.diagnostics import Diagnostic, Span, rules
from kg.site.addresses import Address, RecordKind
from kg.site.edition import Edition
from kg.sources.renamed import RENAMED_FILE, final_addresses, known_addresses
from kg.text.characters import quoted

_STUB = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={link}">
{canonical}<meta name="robots" content="noindex">
<title>This page has moved</title>
</head>
<body>
<p>This page has moved: <a href="{link}">{link}</a></p>
</body>
</html>
"""


def find_redirects(edition: Edition) -> Mapping[Address, Address]:
    """Return where pages of former addresses are now, as renamings tell it and, of assertions whose
    derived id changed since the earlier version, as the comparison with that does.
    """
    addresses = known_addresses(edition.corpus)
    moves = {move.old: move.new for move in edition.reading.moves}
    moves = _edited(edition) | moves
    ends = final_addresses(moves, addresses)
    return {
        _address(old): _address(new) for old, new in ends.items() if new and old not in addresses
    }


def _edited(edition: Edition) -> dict[str, str]:
    """Return the assertions that have another id since the earlier version, old to new."""
    ids = edition.earlier.changes.new_ids if edition.earlier else {}
    assertions = edition.corpus.assertions
    return {f"assertion/{was}": f"assertion/{now}" for was, now in ids.items() if now in assertions}


def _address(text: str) -> Address:
    kind, _, id = text.partition("/")
    return Address(RecordKind(kind), id)


def redirect_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield a page for each former address, which leads to the new one without a script."""
    for old, new in find_redirects(edition).items():
        url = f"{edition.base_url}{new.file}"
        canonical = f'<link rel="canonical" href="{escape(url)}">\n' if edition.base_url else ""
        page = _STUB.format(link=f"../{new.file}", canonical=canonical)
        yield old.file, page.encode()


def find_lost(published: Iterable[Address], edition: Edition) -> Iterator[Diagnostic]:
    """Yield a warning for each page of a record that was there before and is no more, or is still
    found just because the earlier version is known.
    """
    addresses = known_addresses(edition.corpus)
    moves = final_addresses({move.old: move.new for move in edition.reading.moves}, addresses)
    redirects = find_redirects(edition)
    for address in sorted({*published}):
        old = f"{address.kind}/{address.id}"
        if old in addresses or moves.get(old):
            continue
        new = redirects.get(address)
        line = f"{old} {new.kind}/{new.id}" if new else f"{old} {address.kind}/..."
        hint = f"say in {RENAMED_FILE} where it is now: {line}"
        message = f"the page {quoted(old)} was in an earlier build or version and is no more"
        yield rules.LOST_ADDRESS.at(Span(RENAMED_FILE), message, hint)
