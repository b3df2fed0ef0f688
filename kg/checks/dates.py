"""Laws about time: nothing actual lies in the future, or behind every article that reports it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.checks.draft import CorpusDraft
from kg.dates import Date, Day
from kg.diagnostics import Diagnostic, Span, rules
from kg.model import Assertion
from kg.text.characters import quoted


def nothing_lies_in_the_future(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """What is published, said, withdrawn or actual has a date that has come."""
    dates = [
        ("publication", article.published, article.span)
        for article in draft.corpus.articles.values()
        if article.published
    ]
    for assertion in draft.assertions:
        dates += _dates(assertion)
        dates += [
            ("withdrawal", each.when, each.span) for each in assertion.withdrawals if each.when
        ]
    for (noun, span), date in {(noun, span): date for noun, date, span in dates}.items():
        if verb := _future_verb(draft.today, date):
            yield rules.FUTURE_DATE.at(
                span,
                f"the date of this {noun}, {quoted(date.text)}, {verb} in the future",
                "what is only planned or expected needs a 'mode'",
            )


def _dates(assertion: Assertion) -> Iterator[tuple[str, Date, Span]]:
    """Yield the dates of what was said and of what is said to be actual."""
    if assertion.said:
        yield "statement", assertion.said, assertion.span
    if assertion.when and assertion.is_actual and not assertion.denies:
        yield "event", assertion.when, assertion.when_span or assertion.span


def _future_verb(today: Day, date: Date) -> str:
    """Return how a date reaches beyond today for certain, or nothing; an uncertain one never is."""
    if date.uncertain:
        return ""
    if date.start_earliest and date.start_earliest > today:
        return "lies"
    return "ends" if date.end_earliest and date.end_earliest > today else ""


def nothing_lies_behind_its_reports(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """What is said to be actual, and what was said, does not lie behind the last article that
    reports it.
    """
    for assertion in draft.assertions:
        last = _last_publication(draft, assertion)
        for _, date, span in _dates(assertion):
            first_day = date.start_earliest
            if not (last and last.end_latest and first_day) or date.uncertain:
                continue
            if last.end_latest < first_day <= draft.today:
                day = quoted(date.text)
                yield rules.AFTER_PUBLICATION.at(
                    span,
                    f"{day} lies after every article that reports it (the last: {last.text})",
                    "what was still to come needs a 'mode' such as planned or expected",
                )


def _last_publication(draft: CorpusDraft, assertion: Assertion) -> Date | None:
    articles = [draft.corpus.articles.get(c.article.id) for c in assertion.citations]
    dates = [each.published for each in articles if each and each.published and each.known_from]
    return max(dates, key=lambda date: date.end_latest or draft.today, default=None)


def withdrawals_follow_statements(draft: CorpusDraft) -> Iterator[Diagnostic]:
    """Nothing is withdrawn before it was said."""
    pairs = [(each, a.said) for a in draft.assertions for each in a.withdrawals]
    for withdrawal, said_on in pairs:
        if not (withdrawal.when and said_on):
            continue
        last, first = withdrawal.when.end_latest, said_on.start_earliest
        if last and first and last < first:
            yield rules.WITHDRAWN_BEFORE_SAID.at(
                withdrawal.span,
                f"withdrawn {quoted(withdrawal.when.text)}, "
                f"before it was said ({quoted(said_on.text)})",
                "one of the two dates is wrong",
            )
