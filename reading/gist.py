"""Shorten prose for search: sentences of all sections go in; those that say most stay.

A whole book of prose is a quarter of a megabyte, too much to fetch for a search. What a search
needs is the words that tell sections apart, in sentences that can be shown. So each section keeps,
within its share, the sentences that hold the most words which the book seldom uses; of the others
it keeps the words, without their sentences, and how often they stand there.
"""

import math
import re
from collections import Counter

from reading.excerpt import excerpt, joined
from reading.sections import STRESS
from reading.terms import JOSA

WORD = re.compile(r"[가-힣]+|[A-Za-z][A-Za-z0-9_]*")
ENDING = re.compile(rf"(?<=[가-힣]{{2}})(?:씩|끼리)?{JOSA}")
# A word of one syllable and what stands behind it: 값이, 층마다. Such words tell sections apart
# no better than the syllable does, which is too short to be looked for.
OF_ONE = re.compile(r"([가-힣])(은|는|이|가|을|를|의|에|도|로|과|와|만|마다|부터|까지|씩)")
# A word that is somewhere followed by one of these is a noun; verbs tell no section apart.
OF_NOUNS = re.compile(r"([가-힣]{2,}?)(?:들?(?:을|를|의|이|가|과|와|에서|에게))$|([가-힣]{2,})은$")
# A long or frequent word that ends like no verb is a noun too, if only a name.
OF_VERBS = re.compile(r"[다요까죠며고면서지게어아여려해는의을를]$")
SURELY_VERBS = re.compile(
    r".(?:[아어여해려져]야|니|[는은인]지|[는은인]데|도록|수록|지만|면서|[아어라]서|면)$"
)
CLOSED_BY_N_OR_L = (4, 8, 20)  # finals ㄴ, ㄹ, ㅆ, as Unicode counts them
CLOSED_BY_SS = 20
MANY = 5
"""A syllable before so many 조사 is a noun."""
SHORTEST = 12
"""A text of fewer characters is a label, not a sentence."""
COMMON = 0.025
"""A word in more than this share of the sections, and in more than FEW, tells none apart."""
FEW = 3
MOST = 9
STRESSED = 2.0
"""A sentence that stresses a word tells what the word means."""


def nouns_of(sections: list[list[str]]) -> set[str]:
    """Return the words of a book that stand before a 조사 which only nouns take."""
    text = (sentence for sentences in sections for sentence in sentences)
    words = Counter(word for sentence in text for word in WORD.findall(sentence))
    sure = {found[1] or found[2] for word in words if (found := OF_NOUNS.match(word))}
    often = {word for word, count in words.items() if len(word) > 2 or count > 2}
    nouns = sure | {word for word in often if not like_a_verb(word)}
    return {word for word in nouns - of_one_syllable(words) if not surely_a_verb(word)}


def of_one_syllable(words: Counter[str]) -> set[str]:
    """Return the words that are a noun of one syllable, known by its many 조사, and a 조사."""
    parted = {word: found for word in words if (found := OF_ONE.fullmatch(word))}
    behind = Counter(found[1] for found in parted.values())
    return {word for word, found in parted.items() if behind[found[1]] >= MANY}


def surely_a_verb(word: str) -> bool:
    """Say whether a word ends as only forms of verbs do."""
    return bool(SURELY_VERBS.search(word)) or (ord(word[-1]) - ord("가")) % 28 == CLOSED_BY_SS


def like_a_verb(word: str) -> bool:
    """Say whether a word may be a form of a verb."""
    return bool(OF_VERBS.search(word)) or (ord(word[-1]) - ord("가")) % 28 in CLOSED_BY_N_OR_L


def stems(sentence: str, nouns: set[str]) -> Counter[str]:
    """Count the nouns of a sentence without their 조사."""
    words = (ENDING.sub("", word.lower()) for word in WORD.findall(sentence))
    return Counter(word for word in words if len(word) > 1 and (word in nouns or word.isascii()))


def gists(
    sections: list[list[str]], shares: list[int], wanted: list[dict[int, list[str]]] | None = None
) -> list[tuple[str, Counter[str]]]:
    """Return (what is kept of the prose, other words and how often) for each section's sentences.

    Args:
        sections: the sentences of each.
        shares: how many characters each may keep: one sentence at least, or none for 0.
        wanted: the sentences of each that are kept whatever its share, by number, with the words
            that they are kept for.
    """
    nouns = nouns_of(sections)
    found = [[stems(sentence, nouns) for sentence in sentences] for sentences in sections]
    counts = Counter(word for words in found for word in sum(words, Counter()))
    worth = {word: math.log(len(sections) / count) for word, count in counts.items()}
    seldom = {word for word, count in counts.items() if count <= max(FEW, COMMON * len(sections))}
    wanted = wanted or [{} for _ in sections]
    return [
        gist(sentences, words, worth, seldom, share, kept)
        for sentences, words, share, kept in zip(sections, found, shares, wanted, strict=True)
    ]


def gist(
    sentences: list[str],
    words: list[Counter[str]],
    worth: dict[str, float],
    seldom: set[str],
    share: int,
    wanted: dict[int, list[str]],
) -> tuple[str, Counter[str]]:
    """Choose the sentences of one section, the one that adds most for its length first."""
    chosen = set(wanted)
    said = sum((words[number] for number in chosen), Counter())
    left = share - sum(len(sentences[number]) for number in chosen)
    while True:
        gains = {
            number: (STRESSED if STRESS in sentence else 1.0)
            * sum(worth[word] for word in words[number].keys() - said)
            / (len(sentence) + 10)
            for number, sentence in enumerate(sentences)
            if number not in chosen
            and len(sentence) >= SHORTEST
            and (len(sentence) <= left or (share and not chosen))
        }
        if not gains:
            break
        best = max(gains, key=lambda number: gains[number])
        chosen.add(best)
        said += words[best]
        left -= len(sentences[best])
    more = sum(words, Counter()) - said
    rest = Counter({word: count for word, count in more.items() if word in seldom})
    short = {number: excerpt(sentences[number], wanted.get(number, [])) for number in chosen}
    return joined(short), rest


def placed(page: list[Counter[str]]) -> list[list[str]]:
    """Return the words of each section of a page: each once, where it stands most often."""
    total = sum(page, Counter())
    where = {word: max(range(len(page)), key=lambda at: page[at][word]) for word in total}
    return [
        [
            f"{word}:{min(total[word], MOST)}" if total[word] > 2 else word
            for word in sorted(words)
            if where[word] == at
        ]
        for at, words in enumerate(page)
    ]
