"""Does the program keep silent exactly where the articles do? Abstaining is the positive class, and each case gives its share of a mean.

Symbols: U = the unanswerable cases, A = the answerable ones, S = the cases that it abstained on.
Source: precision and recall as in van Rijsbergen, Information Retrieval (1979), chapter 7; unanswerable questions as a class of their
own as in Rajpurkar, Jia and Liang, ACL 2018.
"""

from __future__ import annotations


def abstention(*, answerable: bool, abstained: bool) -> dict[str, float]:
    """What one case adds to each of three means, where it is defined.

    declined              recall = |S ∩ U| / |U|: over unanswerable cases, 1 when it abstained
    abstention_precision  |S ∩ U| / |S|: over abstentions, 1 when the articles indeed do not answer
    withheld              |S ∩ A| / |A|: over answerable cases, 1 when it abstained all the same
    """
    found = {"withheld" if answerable else "declined": float(abstained)}
    if abstained:
        found["abstention_precision"] = float(not answerable)
    return found
