"""Assertions as English sentences: who says what and how, with verbs that agree with their
subjects.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.text import list_items


@dataclass(frozen=True, slots=True)
class Name:
    """Something that a sentence names: a thing by its id, or a mere text (no id); ``language`` is
    that of the label, and ``plural`` says that the label is a plural.
    """

    id: str
    label: str
    language: str = field(default="", compare=False)
    plural: bool = field(default=False, compare=False)


Words = tuple[str | Name, ...]
"""A sentence whose names are still known as names."""


def text(words: Iterable[str | Name]) -> str:
    """A sentence as plain text."""
    return "".join(part if isinstance(part, str) else part.label for part in words)


def wording(  # noqa: PLR0913 - a sentence has these six parts
    claim: Words,
    speakers: tuple[Name, ...],
    mode: str,
    polarity: str,
    status: str,
    condition: str = "",
) -> Words:
    """Return a claim in words: who claims it, and how, so that nothing that somebody merely says
    reads as a fact.
    """
    if polarity == "negative":
        claim = _capitalised(claim) if not speakers and mode == "actual" else claim
    lead = _lead(mode, condition)
    clause: Words = (lead, *claim) if lead else claim
    denies = polarity == "denies"
    if status == "withdrawn":
        return (*_withdrawal_words(speakers, "denied" if denies else "said"), *clause)
    if speakers and mode == "opinion" and not denies:
        return ("In the view of ", *list_names(speakers), ", ", *claim)
    if speakers and mode in _SAYING and not denies:
        return (*list_names(speakers), f" {_verb(_SAYING[mode], speakers)} that ", *claim)
    if speakers and mode == "demanded":
        return _refusal(claim, speakers)
    if speakers:
        verb = _verb("denies" if denies else "says", speakers)
        return (*list_names(speakers), f" {verb} that ", *clause)
    if denies:
        return ("It is denied that ", *clause)
    return (lead[0].upper() + lead[1:], *claim) if lead else claim


def _refusal(claim: Words, speakers: tuple[Name, ...]) -> Words:
    """Return that a demand is refused, by those of whom something is demanded or by others."""
    subject, verb, *rest = claim
    if speakers != (subject,) or not isinstance(verb, str):
        return (*list_names(speakers), f" {_verb('rejects the demand that', speakers)} ", *claim)
    first, blank, others = inflect_verb(verb.strip(), plural=True).partition(" ")
    base = f"{'be' if first == 'are' else first}{blank}{others}"
    return (subject, f" {_verb('refuses', speakers)} to {base} ", *rest)


def spoken_claim(claim: Words, speakers: tuple[Name, ...], mode: str, condition: str) -> Words:
    """Return what speakers claim as the object of others' words: ``what Beta says: that Alpha signs
    the pact``.
    """
    verb = _verb(_SAYING.get(mode, "says"), speakers)
    words = ("that ", *claim) if mode in _SAYING else said_that(claim, mode, condition)
    return ("what ", *list_names(speakers), f" {verb}: ", *words)


def said_that(claim: Words, mode: str, condition: str) -> Words:
    """Return what was said, as the object of a verb: ``that it is planned that Alpha signs``."""
    lead = "" if mode in ("opinion", "supposed") else _lead(mode, condition)
    return (f"that {lead}", *claim)


def _lead(mode: str, condition: str) -> str:
    """What stands before a claim that is not of what was done."""
    if mode == "conditional":
        return f"if {condition}, " if condition else "under a condition "
    return _LEADS.get(mode, "")


def negate_claim(claim: Words, label: str, plural: bool) -> Words:
    """Return the opposite of a claim whose relation has this label: ``A is not party to B``, ``A
    does not sign B``; where the verb has no plain negative, ``it is not the case that ...``.
    """
    opposite, verb = negative_verb(label, plural), f" {inflect_verb(label, plural)} "
    if opposite and verb in claim:
        number = claim.index(verb)
        return (*claim[:number], f" {opposite} ", *claim[number + 1 :])
    return ("it is not the case that ", *claim)


def negative_verb(label: str, plural: bool) -> str:
    """Return the negative of a verb in the third person and of what follows it; nothing for other
    verbs.
    """
    verb, blank, rest = label.partition(" ")
    if rest.startswith("not ") or verb in ("does", "may", "can", "must"):
        return ""
    if verb in ("is", "was"):
        verb, _, rest = inflect_verb(label, plural).partition(" ")
        return f"{verb} not{blank}{rest}"
    if not verb.endswith("s") or verb.endswith("ss"):
        return ""
    return f"{'do' if plural else 'does'} not {inflect_verb(verb, plural=True)}{blank}{rest}"


def without_class(verb: str, classes: Collection[str]) -> str:
    """Return a relation in words without a noun at its end that is the class of its objects, whose
    names say that: ``makes`` where a line says ``makes the decision``.
    """
    short, _, noun = verb.rpartition(" the ")
    return short if noun.title() in classes else verb


class Predicate(NamedTuple):
    """What stands between subject and object, the verb first, and what follows the object."""

    verb: str
    before: Words = ()
    after: Words = ()


class SentencePart(NamedTuple):
    """A qualifier that a sentence tells: its name, its label, in which ``{value}`` stands for the
    values, and these.
    """

    name: str
    label: str
    values: tuple[Name, ...]


def predicate_words(
    label: str, labels_with: Iterable[str], parts: Iterable[SentencePart]
) -> Predicate:
    """Return a relation's label with qualifiers in it and behind the object.

    ``labels_with`` are further labels, which name qualifiers in braces (``owns {share} of``): the
    one that tells most takes the label's place. What it does not tell stands behind the object or,
    where a qualifier's label begins with its value and the relation's is one verb, before it:
    ``owns 60 % of``.
    """
    other_parts = {part.name: part for part in parts}
    fitting = [each for each in labels_with if {*placeholder_names(each)} <= {*other_parts}]
    chosen_words = max(fitting, key=lambda each: len(placeholder_names(each)), default=label)
    verb, *pieces = _PLACEHOLDER.split(chosen_words)
    before: list[str | Name] = []
    for name, rest in zip(pieces[::2], pieces[1::2], strict=True):
        before += [*list_names(other_parts.pop(name).values), rest]
    leading = [part for part in other_parts.values() if part.label.startswith("{value} ")]
    if leading and " " not in label and not pieces:
        part = other_parts.pop(leading[0].name)
        before += _fill_part(part)
    after: list[str | Name] = []
    for part in other_parts.values():
        is_bracketed = part.label.startswith("{value}")
        after += [" (", *list_names(part.values), ")"] if is_bracketed else [" ", *_fill_part(part)]
    return Predicate(verb.strip(), tuple(before), tuple(after))


_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def placeholder_names(label: str) -> list[str]:
    """Return the names in braces in a label: ``share`` in ``owns {share} of``."""
    return _PLACEHOLDER.findall(label)


def _fill_part(part: SentencePart) -> Words:
    first, _, rest = part.label.partition("{value}")
    return tuple(filter(None, (first, *list_names(part.values), rest)))


def _capitalised(words: Words) -> Words:
    first = words[0]
    return (first[0].upper() + first[1:], *words[1:]) if isinstance(first, str) else words


def _withdrawal_words(speakers: tuple[Name, ...], verb: str) -> Words:
    if speakers:
        return (*list_names(speakers), f" {verb}, and took back, that ")
    return (f"It was {verb}, and taken back, that ",)


_SAYING = {"opinion": "thinks", "supposed": "supposes", "demanded": "demands"}
"""The verbs of those who do more than say something."""

_LEADS = {
    "planned": "it is planned that ",
    "expected": "it is expected that ",
    "demanded": "it is demanded that ",
    "threatened": "it is threatened that ",
    "opinion": "in somebody's view, ",
    "supposed": "it is supposed that ",
}


def without_capital(words: Words) -> Words:
    """A sentence as it stands behind other words: a name keeps its letters."""
    first, *rest = words
    return (first[:1].lower() + first[1:], *rest) if isinstance(first, str) else words


def list_names(names: tuple[Name, ...]) -> Words:
    """Names as a sentence lists them: ``A, B and C``."""
    return tuple(list_items(names))


def _verb(words: str, subjects: tuple[Name, ...]) -> str:
    """What follows some names, its verb being the first word."""
    return inflect_verb(words, len(subjects) > 1 or subjects[0].plural)


def inflect_verb(words: str, plural: bool) -> str:
    """What follows a subject, its verb being the first word: ``is party to``, after a plural ``are
    party to``.
    """
    if not plural:
        return words
    if role_match := _ROLE.match(words):
        return f"are {role_match[1] or ''}{plural_noun(role_match[2])}{words[role_match.end() :]}"
    verb, blank, rest = words.partition(" ")
    return f"{_plural(verb)}{blank}{rest}"


def limit_verb(words: str, plural: bool, is_end: bool, is_deed: bool) -> str:
    """What follows a subject whose state ended or began: ``stopped being party to``; ``stops``
    where that is no deed yet.
    """
    past, present = ("stopped", "stops") if is_end else ("started", "starts")
    verb = past if is_deed else inflect_verb(present, plural)
    return f"{verb} {_participle(words, plural)}"


def _participle(words: str, plural: bool) -> str:
    """What follows a subject, its verb as a participle: ``being party to``, ``holding office``."""
    verb, blank, rest = inflect_verb(words, plural).partition(" ")
    base = verb if plural else _plural(verb)
    return f"{_PARTICIPLES.get(base) or _with_ing(base)}{blank}{rest}"


def _with_ing(base: str) -> str:
    """Return the participle of a regular verb: owning, making, lying, letting."""
    if re.search("[^aeiou]ie$|^[^aeiou]*ie$", base):
        return base.removesuffix("ie") + "ying"
    if re.search("[^eoy]e$", base):
        return base.removesuffix("e") + "ing"
    is_short = re.search("^[^aeiou]*[aeiou][bdgklmnprt]$", base)
    return base + (base[-1] if is_short else "") + "ing"


_PARTICIPLES = {
    "are": "being",
    "were": "having been",
    "may": "perhaps being able to",
    "control": "controlling",
    "permit": "permitting",
    "refer": "referring",
}


_ROLE = re.compile(r"is (?:an? |(the ))([\w-]+)(?= (?:of|in|at|to|against)\b)")
"""What somebody is to somebody: they ``are officials of`` a state, not ``an official``."""


_PLURALS = {"is": "are", "was": "were", "has": "have", "does": "do"}


def _plural(verb: str) -> str:
    """Return the plural of a verb in the third person; in the past it is the singular."""
    if verb in _PLURALS:
        return _PLURALS[verb]
    if re.search("(ss|sh|ch|x|zz|o)es$", verb):
        return verb.removesuffix("es")
    if re.search("..ies$", verb):
        return verb.removesuffix("ies") + "y"
    return verb if verb.endswith("ss") else verb.removesuffix("s")


def plural_noun(noun: str) -> str:
    """Return the plural of a noun, as far as it follows the rule."""
    if re.search("[^aeiou]y$", noun):
        return noun.removesuffix("y") + "ies"
    return noun + ("es" if re.search("(s|sh|ch|x)$", noun) else "s")
