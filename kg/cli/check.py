"""Say everything that is wrong, in one run.

Read all sources and the ontology and report each mistake with its place, code and next step.
Every citation is looked up in your own copies of the articles, where they are at hand.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.documents import FINDING_FORMAT
from kg.cli.options import options
from kg.cli.sources import opened_workspace
from kg.diagnostics import Diagnostic, KgError, Severity, did_you_mean, exit_code
from kg.text import count_noun

if TYPE_CHECKING:
    from kg.files.outcome import CheckOutcome, WorkspaceState
    from kg.reading import Reading


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    options(
        parser,
        {
            **FINDING_FORMAT,
            "--ignore CODE...": (
                "pass over the warnings of a code such as KG402, and count them (repeatable)"
            ),
            "--warn-as-error": (
                "end with exit code 1 where there are warnings (ignored ones do not count)"
            ),
            "--watch": "check again whenever a file changes, until interrupted",
            "--schema FILE": (
                "where nothing is wrong, or there is none yet, also write the schema for editors"
                " (kg schema)"
            ),
        },
    )


def run(arguments: argparse.Namespace) -> int:
    """Print every diagnostic, and what was looked at."""
    ignored = [_warning_code(code) for code in arguments.ignore]
    if arguments.watch:
        from kg.cli.watching import watch

        checks = watch(lambda: _check_once(arguments, ignored), opened_workspace(arguments))
        return max(checks)
    return _check_once(arguments, ignored)


def _check_once(arguments: argparse.Namespace, ignored: Sequence[str]) -> int:
    from kg.files.outcome import read_state

    workspace = opened_workspace(arguments)
    state = None if arguments.schema else read_state(workspace)
    earlier_outcome = (state.find() or _recheck(state)) if state else None
    if state and earlier_outcome:
        texts = state.texts(earlier_outcome.shown_names)
        return _tell_outcome(earlier_outcome, texts, arguments, ignored)
    from kg.reading import read

    reading = read(state.workspace if state else workspace)
    outcome = outcome_of(reading)
    if state:
        state.keep(outcome)
        from kg.reading.checked import keep_checked

        keep_checked(reading, outcome, state)
    code = _tell_outcome(outcome, reading.texts, arguments, ignored)
    if arguments.schema:
        _write_schema(reading, arguments.schema)
    return code


def _write_schema(reading: Reading, out: str) -> None:
    """Write the schema where nothing is wrong, or where an editor would miss the file."""
    if reading.exit_code and Path(out).exists():
        return
    from kg.cli.schema import write_schema

    write_schema(reading, out)


def _recheck(state: WorkspaceState) -> CheckOutcome | None:
    """What a check comes to, where little has changed since the last one of the whole; it is kept
    in its place.
    """
    if not state.has_checked:
        return None
    from kg.reading.recheck import recheck

    outcome = recheck(state)
    if outcome:
        state.keep(outcome)
    return outcome


def _tell_outcome(
    outcome: CheckOutcome,
    texts: Mapping[str, str],
    arguments: argparse.Namespace,
    ignored: Sequence[str],
) -> int:
    """Print what a check came to, and return the exit code."""
    from kg.diagnostics import findings

    told_diagnostics = [each for each in outcome.diagnostics if each.rule.code not in ignored]
    summary = _summary(outcome, told_diagnostics)
    sys.stdout.write(
        findings.render_findings(
            arguments.format, told_diagnostics, texts, summary, _summary_text(summary)
        )
    )
    warned = arguments.warn_as_error and summary["warnings"] > 0
    return max(exit_code(outcome.diagnostics), int(warned))


def _warning_code(code: str) -> str:
    """Return the code of a warning, in capitals.

    Raises KgError for an unknown one, and for that of an error.
    """
    from kg.diagnostics.rules import RULES

    rules = {rule.code: rule for rule in RULES}
    rule = rules.get(code.upper())
    if rule is None:
        hint = did_you_mean(code, rules) or "kg help lists the codes"
        raise KgError(f"no diagnostic has the code '{code}'", hint=hint)
    if rule.severity is Severity.ERROR:
        hint = f"only warnings can be ignored: nothing is built of errors (kg help {rule.code})"
        raise KgError(f"{rule.code} is an error", hint=hint)
    return rule.code


def outcome_of(reading: Reading) -> CheckOutcome:
    """What checking came to."""
    from kg.files.outcome import CheckOutcome

    corpus, total = reading.written, reading.verification.total
    counts = {
        "files": len(reading.sources.contents),
        "reused_files": reading.reused,
        "other_files": reading.sources.others,
        "articles": len(corpus.articles),
        "things": len(corpus.things),
        "assertions": len(corpus.assertions),
        "conflicts": len(corpus.conflicts),
        "citations": len(corpus.citations),
        "verified": total.verified,
        "not_verifiable_here": total.not_here,
        "words_not_verifiable_here": total.words_not_here,
        "wrong": total.wrong,
    }
    files = {problem.span.file for problem in reading.diagnostics}
    return CheckOutcome(reading.diagnostics, counts, tuple(sorted(files & reading.texts.keys())))


def _summary(outcome: CheckOutcome, told_diagnostics: Sequence[Diagnostic]) -> dict[str, int]:
    """The numbers of what was looked at, and of what was found and told."""
    errors = sum(d.is_error for d in told_diagnostics)
    counts = {
        "errors": errors,
        "warnings": len(told_diagnostics) - errors,
        "ignored": len(outcome.diagnostics) - len(told_diagnostics),
    }
    return counts | outcome.counts


def _summary_text(summary: dict[str, int]) -> str:
    """Return what a check did, and what it could not: three or four lines."""
    n = summary
    others = f" ({n['other_files']} other files passed over)" if n["other_files"] else ""
    reused = f" ({n['reused_files']} known from the cache)" if n["reused_files"] else ""
    nouns = ("article", "thing", "assertion", "conflict")
    records = ", ".join(count_noun(n[f"{noun}s"], noun) for noun in nouns)
    ignored = f" ({count_noun(n['ignored'], 'warning')} ignored)" if n["ignored"] else ""
    words = f", {n['words_not_verifiable_here']} of them with words,"
    unread = (
        f"not verified: whether {count_noun(n['not_verifiable_here'], 'citation')}"
        f"{words if n['words_not_verifiable_here'] else ''} can be found in the"
        " texts (your copies: texts/, or --texts DIR)\n"
    )
    return (
        f"read {count_noun(n['files'], 'file')}{reused}{others}: {records}\n"
        f"{count_noun(n['citations'], 'citation')}: {n['verified']} verified against texts, "
        f"{n['not_verifiable_here']} not verifiable here, {n['wrong']} wrong\n"
        f"{unread if n['not_verifiable_here'] else ''}"
        f"{count_noun(n['errors'], 'error')}, {count_noun(n['warnings'], 'warning')}{ignored}"
    )
