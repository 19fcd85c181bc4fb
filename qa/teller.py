"""Tellers: who a claim says to have said or thought something, and whether a sentence has them say anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.detail import same_name
from qa.speech import SAYING

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary
    from qa.detail import Details
    from qa.names import Name

BEGINS = 40
"""Characters within which the teller's name begins, after titles at most."""
_AFTER = re.compile(r"(?:,? (?:\w+ly|has|have|had|also|then|later|earlier|once|again|further|on \w+day)){0,3} ")
"""Between a name and its verb."""
_BEFORE = re.compile(
    r"(?:\b[A-Z][\w’'-]*|\b(?:president|minister|secretary|spokes\w+|adviser|envoy|leader|his|her|the)|,|\s)*"
)
_PRONOUN = re.compile(rf"(?i)\b(?:he|she|they|who)(?:{_AFTER.pattern})$")


def same_teller(claim: Details, sentence: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether whoever a claim begins with as saying something says something in a sentence, too.

    That a sentence is about the same matter is not enough for `Putin has indicated that …`. True where the claim does
    not begin so. A pronoun may be anybody.
    """
    teller = _teller(claim)
    if teller is None:
        return True
    for verb in SAYING.finditer(sentence.text):
        if _PRONOUN.search(sentence.text[: verb.start()]):
            return True
        for name in sentence.names:
            before = name.end <= verb.start() and _AFTER.fullmatch(sentence.text[name.end : verb.start()])
            after = verb.end() <= name.start and _BEFORE.fullmatch(sentence.text[verb.end() : name.start])
            if (before or after) and same_name(teller.text, name.text, vocabulary):
                return True
    return False


def _teller(claim: Details) -> Name | None:
    """Return the name that a claim begins with, where a verb of saying follows it."""
    name = min(claim.names, key=lambda n: n.start, default=None)
    if name is None or name.start > BEGINS or not _BEFORE.fullmatch(claim.text[: name.start]):
        return None
    verb = SAYING.search(claim.text, name.end)
    return name if verb and _AFTER.fullmatch(claim.text[name.end : verb.start()]) else None
