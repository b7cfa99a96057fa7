"""The title of a programme in a sentence: the word that it begins with is said once."""

from __future__ import annotations

import re

_NOUNS = {
    "программа": r"программ[аыуе]",
    "подпрограмма": r"подпрограмм[аыуе]",
    "дорожная карта": r"дорожн(?:ая|ой|ую) карт[аыуе]",
    "план мероприятий": r"план[ау]? мероприятий",
}
"""How a title begins, and the same words in a sentence before it."""
_TITLE = re.compile(
    rf"(?P<own>(?:\w+ая )*?)(?P<noun>{'|'.join(_NOUNS)})(?: ?[:–—-] | )(?P<rest>.+)",
    re.IGNORECASE,
)
_ENDINGS = {"а": "ая", "у": "ую"}
"""How an adjective ends beside a noun that ends so; beside any other one it ends in «ой»."""


def named_once(sentence: str, title: str) -> str:
    """Return the sentence without the second «программы» of «программы «Программа …»».

    The adjectives of the title come before the word in its case: «муниципальной программы …».
    What follows stands without quotation marks, as it goes on from the word: «программы развития
    школ»; only a name that begins with a capital letter is put into them.
    """
    found = _TITLE.fullmatch(title)
    if found is None:
        return sentence
    noun = _NOUNS[found["noun"].lower()]
    said = rf"(?<!\w)(?P<before>(?:\w+(?:ая|ой|ую) )*)(?P<noun>{noun}) «{re.escape(title)}»"
    return re.sub(said, lambda match: _joined(match, found), sentence, flags=re.IGNORECASE)


def _joined(said: re.Match[str], of: re.Match[str]) -> str:
    """Return the words of the sentence, the adjectives of the title, the word, the rest of it."""
    noun, rest = str(said["noun"]), str(of["rest"])
    adjectives = str(said["before"]).split()
    known = {word[:-2].lower() for word in adjectives}
    ending = _ENDINGS.get(noun[-1], "ой")
    own = [word[:-2] + ending for word in str(of["own"]).split() if word[:-2].lower() not in known]
    shown = " ".join([*adjectives, *own, noun]).lower()
    if said[0][0].isupper():
        shown = shown[0].upper() + shown[1:]
    quoted = rest[0].isupper() and not rest.isupper()
    return f"{shown} «{rest}»" if quoted else f"{shown} {rest}"
