"""Akin: whether a sentence says what another one says in answer to a question, by several readings together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.clause import own
from qa.crowd import crowd
from qa.likeness import Likeness
from qa.support import CROWDED, SHARE, denies_alone, points_elsewhere, shares_said
from qa.teller import same_teller
from qa.weight import logistic, logit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.agreement import Agreement
    from qa.evidence import Evidence

AKIN = 0.8
"""From this probability on a sentence is cited for a claim that answers the same question. Held out event by event, of
1,009 pairs of a claim and a sentence of another article without a detail less, 186 more are told rightly so than by
support alone and 5 wrongly; of 570 pairs about the seeds, on which nothing was fitted, 30 and none. With the
claim's own words asked for, too, as for support (SHARE), it is fewer.
A detail that is no name would else be cited from who does not give it."""
NEAR, ANSWERING = 0.33, 0.05
"""Least nearness in meaning of the two sentences, and least probability of the reader that the other answers: the
weights were not fitted on others."""
WEIGHTS, CONSTANT = (1.29, 3.89, 0.29, 0.24, 1.73), -0.58
"""Of the nearness; of the share of the words that are said, by their rareness; of the logits of the reader, which looks
for the one sentence in the other, there and back; and of whether both surely give one answer: a logistic regression on
twenty events that no model was taught on. The comparer would add nothing: it is right about events like those that it
was taught on, but on real news it takes one subject for one statement."""


def akin(claim: str, said: Evidence, other: Evidence, agreement: Agreement) -> float:
    """Return the probability that a sentence says all that another one says, where both answer one question, or 0.

    The whole sentence counts, also where only its beginning is shown: the weights are those of whole sentences, and
    of few words the most are said by whatever is about the same. Whether the details of what is shown are given is to
    be asked apart.

    Args:
        claim: what is shown of the one sentence.
        said: the sentence whose words these are.
        other: the sentence that may be cited for them.
        agreement: what compares evidence for the question; among thousands of passages more is asked for.
    """
    there, near = own(other), agreement.nearness(said, other)
    if near < NEAR or other.answerable < ANSWERING or points_elsewhere(there, claim) or denies_alone(claim, there):
        return 0.0
    whole = agreement.details(own(said))
    if not same_teller(whole, agreement.told(other).details, agreement.vocabulary):
        return 0.0
    share, plain = shares_said(whole, there, agreement.vocabulary)
    # `A decree named him head` is not said by whoever calls him the head, however surely both give one answer.
    if plain < SHARE:
        return 0.0
    same = agreement.likeness(said, other) is Likeness.SAME
    found, back = agreement.find([(own(said), other), (there, said)])
    features = (near, share, logit(found), logit(back), float(same))
    odds = sum(weight * feature for weight, feature in zip(WEIGHTS, features, strict=True)) + CONSTANT
    return logistic(odds - CROWDED * crowd(agreement.vocabulary.passages))


def are_akin(one: Evidence, others: Sequence[Evidence], agreement: Agreement) -> list[bool]:
    """Tell of each of several pieces of evidence whether it says what a first one says, or the first what it says."""
    near = [other for other in others if _may_be(one, other, agreement)]
    # Read together, for that is faster.
    agreement.find([(own(a), b) for other in near for a, b in ((one, other), (other, one))])
    akin_ = {id(o) for o in near if max(akin(own(a), a, b, agreement) for a, b in ((one, o), (o, one))) >= AKIN}
    return [id(other) in akin_ for other in others]


def _may_be(one: Evidence, other: Evidence, agreement: Agreement) -> bool:
    """Tell whether it is worth reading more of two sentences: near in meaning, and nothing stands against it."""
    if other.answerable < ANSWERING or agreement.nearness(one, other) < NEAR:
        return False
    likeness = agreement.likeness(one, other)
    return likeness is not Likeness.OTHER and not agreement.clashes(one, other, likeness)
