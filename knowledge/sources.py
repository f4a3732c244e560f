"""Sources: documents, cards, lexicon and names, read and checked against each other."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from coalition.charter import Charter
from knowledge.cards import Card, read_cards
from knowledge.lexicon import Lexicon, Unfit
from knowledge.library import Library
from knowledge.mentions import Mentions
from knowledge.names import Names
from knowledge.objectives import Objectives
from knowledge.phrases import Phrases
from knowledge.ranking import Patterns, Profiles, Weights
from knowledge.reading import Reader
from knowledge.rules import RULES
from knowledge.speech import Speech
from knowledge.voices import Voices
from knowledge.words import words

HERE = Path(__file__).parent
SHARED = HERE / "answers" / "shared"


@dataclass(frozen=True)
class Sources:
    """All that questions are answered from; `problems` is what a lenient reading left out.

    `profiles` are the concepts of the clauses, `hints` those of the cards, `asks` the cards by
    their own question.
    """

    charter: Charter
    library: Library
    lexicon: Lexicon
    speech: Speech
    names: Names
    objectives: Objectives
    cards: Mapping[str, Card]
    phrases: Mapping[str, Phrases]
    weights: Weights
    patterns: Patterns
    reader: Reader
    mentions: Mentions
    voices: Voices
    profiles: Profiles
    hints: Profiles
    asks: Mapping[tuple[str, ...], str]
    problems: tuple[str, ...] = ()


def load_sources(
    charter: Charter,
    library: Library,
    answers: Path | None,
    *,
    several: Collection[str] = (),
    strict: bool,
) -> Sources:
    """Everything a coalition's questions need; see `Knowledge.load`. `several` are the documents
    that have more than one edition.
    """
    folder = answers or HERE / "answers" / "ibc-hm"
    names = Names.read(folder)
    lexicon = _lexicon(folder, charter.languages, library, names)
    read, unread = _cards((folder, SHARED), charter.languages)
    phrases = {tag: Phrases.read(SHARED / tag, folder / tag) for tag in charter.languages}
    mentions = Mentions({name: _called(name, library, lexicon) for name in several})
    speech = Speech.read(SHARED, charter.languages)
    reader = _knowing(Reader(lexicon, names, charter.zone, speech, mentions), library)
    profiles = _profiles(library, reader)
    fitting, broken = _fitting(read, library, lexicon, phrases)
    cards = [replace(card, hints=_hints(card, library, reader, profiles)) for card in fitting]
    problems = [*speech.problems, *lexicon.problems, *unread, *broken, *_unspelt(names, library)]
    if strict and problems:
        raise Unfit("The answers do not fit the documents:\n" + "\n".join(problems))
    weights = Weights(cards, lexicon.focus, lexicon.light)
    return Sources(
        charter=charter,
        library=library,
        lexicon=lexicon,
        speech=speech,
        names=names,
        objectives=Objectives.of(library),
        cards={card.name: card for card in cards},
        phrases=phrases,
        patterns=Patterns(cards),
        weights=weights,
        reader=reader,
        mentions=mentions,
        voices=Voices(lexicon.markers),
        profiles=Profiles(profiles, weights),
        hints=Profiles(_hints_by_card(cards), weights),
        asks=_asks(cards),
        problems=tuple(problems),
    )


def _cards(folders: Iterable[Path], languages: Collection[str]) -> tuple[list[Card], list[str]]:
    """The cards of several folders, and what is wrong with their files."""
    read = [read_cards(folder, languages) for folder in folders]
    wrong = [told for _, problems in read for told in problems]
    return [card for cards, _ in read for card in cards], wrong


def _knowing(reader: Reader, library: Library) -> Reader:
    """The reader, with the documents' own words familiar to it."""
    reader.know(unit.text for unit in library.units.values())
    return reader


def _called(name: str, library: Library, lexicon: Lexicon) -> set[str]:
    """What people call a document: its short name, its titles, and words of the lexicon for it."""
    titles = set(library.editions[name].titles.values())
    concepts = {lexicon.forms.get(tuple(words(title))) for title in (name, *titles)} - {None}
    forms = {" ".join(form) for form, concept in lexicon.forms.items() if concept in concepts}
    return {name, *titles} | {form for form in forms if "*" not in form}


def _unspelt(names: Names, library: Library) -> list[str]:
    return [
        f"acronyms: no clause says “{quote}” ({name})."
        for name, (_, quote) in names.spelt.items()
        if library.find(quote) is None
    ]


def _lexicon(folder: Path, languages: Iterable[str], library: Library, names: Names) -> Lexicon:
    lexicon = Lexicon()
    for language in languages:
        for path in (SHARED / language / "lexicon.toml", folder / language / "lexicon.toml"):
            if path.exists():
                lexicon.read(path, language)
    said = (words(unit.text) for unit in library.units.values())
    lexicon.close(word for some in (*said, *names.aliases) for word in some)
    return lexicon


def _fitting(
    cards: Iterable[Card], library: Library, lexicon: Lexicon, phrases: Mapping[str, Phrases]
) -> tuple[list[Card], list[str]]:
    """The cards that the documents, the lexicon and the rules bear out, and what is wrong."""
    cards = list(cards)
    names = {card.name for card in cards}
    wrong = {
        card.name: [*_wrong(card, library, lexicon.concepts, names), *_untold(card, phrases)]
        for card in cards
    }
    fitting = [card for card in cards if not wrong[card.name]]
    offered = {card.name for card in fitting}
    cut = [
        replace(card, choices=tuple(choice for choice in card.choices if choice in offered))
        for card in fitting
    ]
    return cut, [problem for problems in wrong.values() for problem in problems]


def _wrong(card: Card, library: Library, known: set[str], names: set[str]) -> list[str]:
    """Clauses, concepts, rules and cards that the card names and nobody knows."""
    concepts = (name for name in card.concepts | card.never if not name.startswith(("#", "e:")))
    return [
        *(f"{card.name}: no clause says “{q}”." for q in card.quotes if library.find(q) is None),
        *(f"{card.name}: no form means {name}." for name in sorted(concepts) if name not in known),
        *([f"{card.name}: there is no rule {card.compute}."] if _no_rule(card) else []),
        *(f"{card.name}: there is no card {name}." for name in card.choices if name not in names),
    ]


def _no_rule(card: Card) -> bool:
    return bool(card.compute) and card.compute not in RULES


def _untold(card: Card, phrases: Mapping[str, Phrases]) -> list[str]:
    return [
        f"{language}: the gap {gap} of {card.name} has no text."
        for gap in card.gaps
        for language, told in phrases.items()
        if gap not in told.gaps
    ]


def _profiles(library: Library, reader: Reader) -> dict[str, frozenset[str]]:
    """The concepts of every clause, so that one without a card can be found in any language."""
    parents = {unit.parent for unit in library.units.values()}
    return {
        unit.id: reader.concepts_of(unit.text)
        for unit in library.units.values()
        if unit.kind not in ("list", "heading") and unit.id not in parents
    }


def _hints(
    card: Card, library: Library, reader: Reader, profiles: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """What a card's own question in each language and its clauses are about."""
    found = {concept for text in card.texts.values() for concept in reader.concepts_of(text.ask)}
    for quote in card.quotes[:1]:
        unit = library.find(quote)
        if unit:
            found |= profiles.get(unit.id, frozenset())
    return frozenset(found)


def _hints_by_card(cards: Iterable[Card]) -> dict[str, frozenset[str]]:
    return {card.name: card.hints for card in cards if card.kind != "smalltalk"}


def _asks(cards: Iterable[Card]) -> dict[tuple[str, ...], str]:
    """The cards by their own question in each language: what a button sends leads to its card.

    Those that only answer for a number or name in the question have none to offer.
    """
    return {
        tuple(words(text.ask)): card.name
        for card in cards
        for text in card.texts.values()
        if text.ask and card.quotes
    }
