"""The title of a programme in a sentence: the word that it begins with is said once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.services.documents.papers.words import NamingWords, Noun, naming_words

_WORD = r"[\w-]+"
_COMMON = "ческ"
"""Adjectives in «-ческий» come from no name: «методическая», «стратегическая»."""


@dataclass(frozen=True, slots=True)
class _Title:
    """A title taken apart: adjectives before the noun, the noun, and all that follows it."""

    own: tuple[str, ...]
    noun: Noun
    rest: str


def named_once(sentence: str, title: str) -> str:
    """Return the sentence without the second «программы» of «программы «Программа …»».

    The adjectives of the title come before the word in its case: «муниципальной программы …».
    What follows stands without quotation marks, as it goes on from the word: «программы развития
    школ»; only a name that begins with a capital letter is put into them.  A title that stays in
    its quotation marks has others inside.
    """
    words = naming_words()
    taken = _taken_apart(title, words)
    if taken is not None:
        forms = "|".join(re.escape(one) for one in sorted(set(taken.noun.cases.values())))
        before = rf"(?P<before>(?:{_WORD}(?:{'|'.join(words.endings())}) )*)"
        said = rf"(?<![\w-]){before}(?P<noun>{forms}) «{re.escape(title)}»"
        sentence = re.sub(
            said, lambda match: _joined(match, taken, words), sentence, flags=re.IGNORECASE
        )
    return sentence.replace(f"«{title}»", f"«{_inside_marks(title)}»") if title else sentence


def _taken_apart(title: str, words: NamingWords) -> _Title | None:
    """Return the parts of a title that begins with adjectives and one of the nouns, or None."""
    for noun in words.nouns:
        endings = "|".join(one.cases["nominative"] for one in words.adjectives[noun.gender])
        found = re.fullmatch(
            rf"(?P<own>(?:{_WORD}(?:{endings}) )*?){noun.title}(?: ?[:–—-] | )(?P<rest>.+)",
            title,
            re.IGNORECASE,
        )
        if found is not None:
            own = str(found["own"]).split()
            # Beyond the first word a capital letter is the word's own, unless all are capitals.
            changed = own if title.isupper() else own[:1]
            listed = (*(_written(one, words) for one in changed), *own[len(changed) :])
            return _Title(listed, noun, str(found["rest"]))
    return None


def _written(adjective: str, words: NamingWords) -> str:
    """Return an adjective as it stands inside a sentence: one of a place keeps its capital."""
    low = adjective.lower()
    stem = _stem(low, words)
    from_name = stem.endswith(("ск", "цк")) and not stem.endswith((_COMMON, *words.lower))
    return low[0].upper() + low[1:] if from_name else low


def _joined(said: re.Match[str], title: _Title, words: NamingWords) -> str:
    """Return the words of the sentence, the adjectives of the title, the word, the rest of it."""
    noun, before = str(said["noun"]), str(said["before"]).split()
    case = next(key for key, form in title.noun.cases.items() if form == noun.lower())
    known = {_stem(word.lower(), words) for word in before}
    own = [
        _inflected(word, title.noun.gender, case, words)
        for word in title.own
        if _stem(word.lower(), words) not in known
    ]
    if before or own:
        noun = noun.lower()
    shown = " ".join([*before, *own, noun])
    if said[0][0].isupper():
        shown = shown[0].upper() + shown[1:]
    return f"{shown} {_rest(title.rest, words)}"


def _inflected(adjective: str, gender: str, case: str, words: NamingWords) -> str:
    stem = _stem(adjective, words)
    ending = adjective[len(stem) :]
    for one in words.adjectives[gender]:
        fits = not one.stem or stem[-1] in one.stem
        if fits and one.cases["nominative"] == ending:
            return stem + one.cases.get(case, one.cases["nominative"])
    return adjective


def _stem(adjective: str, words: NamingWords) -> str:
    ending = next((one for one in words.endings() if adjective.endswith(one)), "")
    return adjective.removesuffix(ending)


def _rest(rest: str, words: NamingWords) -> str:
    """Return what follows the word: a name in quotation marks, anything else as it is.

    «Ленинградской области» begins with a capital letter and is no name of a programme.
    """
    if not rest[0].isupper() or rest.isupper() or rest.split()[0].endswith(words.of_place):
        return rest
    return f"«{_inside_marks(rest)}»"


def _inside_marks(title: str) -> str:
    """Return a title with other quotation marks than those that stand around it."""
    return title.replace("«", "„").replace("»", "“")
