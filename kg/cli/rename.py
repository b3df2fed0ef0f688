"""Give an id another name, in every file.

Exchange an id wherever sources, queries, views, stories and kept layouts name it; labels, notes,
comments and form stay byte for byte. The result is read before anything is written: where it would
have new errors, nothing changes. All files are written before the first takes its place; if that
is cut off, the same command finishes it.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from kg.cli.options import options
from kg.cli.sources import opened_workspace
from kg.text import count_noun, pad, width

if TYPE_CHECKING:
    from kg.editing.rename.plan import Renaming


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            "OLD": "the id of a thing, article, assertion or conflict",
            "NEW": "the new id: ASCII letters, digits and hyphens, not in use",
            "--dry-run": "write nothing, print the changes as a unified diff",
        },
    )


def run(arguments: argparse.Namespace) -> int:
    """Rename, or say what would change."""
    from kg.editing.rename.changes import unified_diff
    from kg.editing.rename.plan import plan_renaming, rename_id

    workspace = opened_workspace(arguments, is_renaming=True)
    work = plan_renaming if arguments.dry_run else rename_id
    plan = work(workspace, arguments.old, arguments.new)
    if plan is None:
        print(f"{arguments.old} -> {arguments.new}: all files had the new id already")
        return 0
    if arguments.dry_run:
        for change in (*plan.changes, plan.redirect_change):
            sys.stdout.write(unified_diff(change.name, change.before, change.after))
        sys.stdout.flush()  # the changes first, also where both go to one place
        print(_summary(plan, "would change"), file=sys.stderr)
    else:
        print(_summary(plan, "changed"))
    if plan.warnings:
        print("kg: the workspace gets new warnings:", file=sys.stderr)
    for warning in plan.warnings:
        print(f"  {warning}", file=sys.stderr)
    return 0


def _summary(plan: Renaming, verb: str) -> str:
    most = max(width(change.name) for change in plan.changes)
    places = sum(change.places for change in plan.changes)
    total = f"{count_noun(places, 'place')} in {count_noun(len(plan.changes), 'file')} {verb}"
    lines = [f"{pad(each.name, most)}  {count_noun(each.places, 'place')}" for each in plan.changes]
    lines.append(f"{plan.old} -> {plan.new}: {total}")
    if plan.derived:
        lines.append(f"{count_noun(len(plan.derived), 'derived assertion id')} {verb} with it")
    lines.append(f"the page of the old address leads to the new one: {plan.redirect_change.name}")
    if plan.begun:
        begun = count_noun(plan.begun, "place")
        lines.append(f"{begun} had the new id already: an earlier renaming was cut off")
    return "\n".join(lines)
