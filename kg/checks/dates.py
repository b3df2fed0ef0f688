"""Laws about time: nothing actual lies in the future, or behind every article that reports it."""

from __future__ import annotations

from collections.abc import Iterator

from kg import rules
from kg.characters import quoted
from kg.checks.draft import Draft
from kg.dates import Date, Day
from kg.diagnostics import Diagnostic, Span
from kg.model import Assertion, Mode


def nothing_lies_in_the_future(draft: Draft) -> Iterator[Diagnostic]:
    """What is published, said, withdrawn or actual has a date that has come."""
    dated: list[tuple[str, Date | None, Span]] = [
        ("publication", article.published, article.span)
        for article in draft.corpus.articles.values()
    ]
    for a in draft.corpus.assertions.values():
        dated.append(("statement", a.said, a.span))
        if a.mode is Mode.ACTUAL and not a.denies:
            dated.append(("event", a.when, a.when_span or a.span))
        if a.withdrawn:
            dated.append(("withdrawal", a.withdrawn.when, a.withdrawn.span))
    seen = set()
    for what, date, span in dated:
        if date and (reach := _reach_beyond(draft.today, date)) and (what, span) not in seen:
            seen.add((what, span))
            yield rules.FUTURE_DATE.at(
                span,
                f"the date of this {what}, {quoted(date.text)}, {reach} in the future",
                "what is only planned or expected needs a 'mode'",
            )


def _reach_beyond(today: Day, date: Date) -> str:
    """How a date reaches beyond today for certain (qualified dates and seasons may not), or
    nothing.
    """
    if date.start_earliest and not date.start_slack and date.start_earliest > today:
        return "lies"
    return "ends" if date.end_earliest and not date.end_slack and date.end_earliest > today else ""


def nothing_lies_behind_its_reports(draft: Draft) -> Iterator[Diagnostic]:
    """What is said to be actual, and what was said, does not lie behind the last article that
    reports it.
    """
    for assertion in draft.corpus.assertions.values():
        known = _last_publication(draft, assertion)
        dated = [(assertion.said, assertion.span)]
        if assertion.mode is Mode.ACTUAL and not assertion.denies:
            dated.append((assertion.when, assertion.when_span or assertion.span))
        for date, span in dated:
            if (
                date
                and date.start_earliest
                and not date.start_slack
                and known
                and known.end_latest
                and known.end_latest < date.start_earliest <= draft.today
            ):
                yield rules.AFTER_PUBLICATION.at(
                    span,
                    f"{quoted(date.text)} lies after every article that reports it (the last: {known.text})",
                    "what was still to come needs a 'mode' such as planned or expected",
                )


def _last_publication(draft: Draft, assertion: Assertion) -> Date | None:
    articles = [draft.corpus.articles.get(c.article.id) for c in assertion.citations]
    dates = [article.published for article in articles if article and article.published.end_latest]
    return max(dates, key=lambda date: date.end_latest or draft.today, default=None)


def withdrawals_follow_statements(draft: Draft) -> Iterator[Diagnostic]:
    """Nothing is taken back before it was said."""
    for assertion in draft.corpus.assertions.values():
        taken_back = assertion.withdrawn.when if assertion.withdrawn else None
        if not (
            taken_back
            and assertion.said
            and taken_back.end_latest
            and assertion.said.start_earliest
        ):
            continue
        if taken_back.end_latest < assertion.said.start_earliest and assertion.withdrawn:
            yield rules.WITHDRAWN_BEFORE_SAID.at(
                assertion.withdrawn.span,
                f"withdrawn {quoted(taken_back.text)}, before it was said ({quoted(assertion.said.text)})",
                "one of the two dates is wrong",
            )
