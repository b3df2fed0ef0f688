"""Assertions as English sentences: who says what and how, with verbs that agree with their subjects."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.drawing.picture import Card, Name, Words


def text(words: Iterable[str | Name]) -> str:
    """A sentence as plain text."""
    return "".join(part if isinstance(part, str) else part.label for part in words)


def wording(card: Card, condition: str = "") -> Words:
    """Who claims a card's proposition, and how: nothing that somebody merely says is worded as a fact."""
    lead = _LEADS.get(card.mode, "")
    if card.mode == "conditional":
        lead = f"if {condition}, " if condition else "under a condition "
    clause: Words = (lead, *card.claim) if lead else card.claim
    denies, withdrawn = card.polarity == "denies", card.status == "withdrawn"
    verb = "denies" if denies else "says"
    match card.speakers:
        case () if withdrawn:
            return (f"It was {'denied' if denies else 'said'}, and taken back, that ", *clause)
        case () if denies:
            return ("It is denied that ", *clause)
        case () if lead:
            return (lead[0].upper() + lead[1:], *card.claim)
        case ():
            return clause
        case speakers if withdrawn:
            return (*listed(speakers), f" {'denied' if denies else 'said'}, and took back, that ", *clause)
        case speakers if card.mode == "opinion" and not denies:
            return ("In the view of ", *listed(speakers), ", ", *card.claim)
        case (speaker,):
            return (speaker, f" {agreeing(verb, speaker.plural)} that ", *clause)
        case speakers:
            return (*listed(speakers), f" {'deny' if denies else 'say'} that ", *clause)


_LEADS = {
    "planned": "it is planned that ",
    "expected": "it is expected that ",
    "demanded": "it is demanded that ",
    "threatened": "it is threatened that ",
    "opinion": "in somebody's view, ",
}


def listed(names: tuple[Name, ...]) -> Words:
    """Names as a sentence lists them: ``A, B and C``."""
    parts: list[str | Name] = []
    for position, each in enumerate(names):
        if position:
            parts.append(" and " if position == len(names) - 1 else ", ")
        parts.append(each)
    return tuple(parts)


def agreeing(words: str, plural: bool) -> str:
    """What follows a subject, its verb being the first word: ``is party to``, after a plural ``are party to``."""
    if not plural:
        return words
    if named := _ROLE.match(words):
        return f"are {named[1] or ''}{_nouns(named[2])}{words[named.end() :]}"
    verb, blank, rest = words.partition(" ")
    return f"{_PLURALS.get(verb) or _plural(verb)}{blank}{rest}"


_ROLE = re.compile(r"is (?:an? |(the ))([\w-]+)(?= (?:of|in|at|to|against)\b)")
"""What somebody is to somebody: they ``are officials of`` a state, not ``an official``."""


_PLURALS = {"is": "are", "was": "were", "has": "have", "does": "do"}


def _plural(verb: str) -> str:
    """A verb in the third person plural, from the singular; one in the past has one form for both."""
    if re.search("(ss|sh|ch|x|zz|o)es$", verb):
        return verb.removesuffix("es")
    if re.search("..ies$", verb):
        return verb.removesuffix("ies") + "y"
    return verb if verb.endswith("ss") else verb.removesuffix("s")


def _nouns(noun: str) -> str:
    if re.search("[^aeiou]y$", noun):
        return noun.removesuffix("y") + "ies"
    return noun + ("es" if re.search("(s|sh|ch|x)$", noun) else "s")
