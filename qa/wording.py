"""Wording: when one English word may stand for another: forms of one verb, and words that news use alike."""

from __future__ import annotations

from functools import lru_cache

from index.fold import fold, stem

_IRREGULAR = """
arise arose arisen|bear bore born|beat beaten|become became|begin began begun|bend bent|bid bade|bind bound|bite bit bitten
bleed bled|blow blew blown|break broke broken|breed bred|bring brought|build built|burn burnt|buy bought|catch caught
choose chose chosen|cling clung|come came|creep crept|deal dealt|dig dug|do did done|draw drew drawn|dream dreamt
drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled
fling flung|fly flew flown|forbid forbade forbidden|forecast|foresee foresaw foreseen|forget forgot forgotten
forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|go went gone|grind ground|grow grew grown
hang hung|hear heard|hide hid hidden|hold held|keep kept|know knew known|lay laid|lead led|lean leant|leap leapt
learn learnt|leave left|lend lent|lie lied|light lit|lose lost|make made|mean meant|meet met|overcome overcame
overthrow overthrew overthrown|pay paid|prove proven|ride rode ridden|ring rang rung|rise rose risen|run ran|say said
see saw seen|seek sought|sell sold|send sent|shake shook shaken|shine shone|shoot shot|show shown|shrink shrank shrunk
sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid|speak spoke spoken|spend spent|spill spilt|spin spun
spring sprang sprung|stand stood|steal stole stolen|stick stuck|sting stung|strike struck|strive strove|swear swore sworn
sweep swept|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told|think thought
throw threw thrown|undergo underwent undergone|understand understood|undertake undertook undertaken|wake woke woken
wear wore worn|weep wept|win won|withdraw withdrew withdrawn|write wrote written
"""
_ALIKE = """
lead head|buy purchase acquire|rescue save|ship vessel|beat defeat|urge call appeal|demand want request ask seek
back support|begin start|agree accept|refuse decline reject|say state tell mention note add advise remark comment
kill die death|injure wound hurt|jail imprison prison|arrest detain|talk negotiation discussion|truce ceasefire
hold take|send dispatch despatch deploy|blame accuse|praise laud|criticise criticize slam condemn denounce
increase rise grow|decrease fall drop decline|purchase sale|close shut|finish end conclude|worth value cost|former ex
firm company|employee worker staff|child kid|car vehicle|show demonstrate|try attempt|let allow permit|stop halt
name appoint|attend join|launch begin start|announce declare|plan intend|expect anticipate|repay reimburse
congratulate|inquire investigate probe|large big huge|small little|quick fast rapid swift|aid help assist|war conflict
team side delegation crew|meeting summit|adviser advisor aide|defence defense|centre center|labour labor|roughly about
around approximately|almost nearly|near close|build construct|live reside|home house|dead killed|fund finance|movie film
journalist reporter|doctor physician|lawyer attorney|policeman police officer|soldier troop|fire dismiss sack
describe call label brand|prior before previous earlier|final last|film movie|vote ballot|poll election|shop store
approve approval|sentence convict|victim|estimate put|remain stay|resign quit|happen occur|hit strike|choose select pick
"""
"""Groups of words that mean nearly the same in the news; a line holds several, and a word may be in more than one."""


@lru_cache(maxsize=65536)
def alike(word: str) -> frozenset[str]:
    """Return the keys that can stand for a folded word, its own among them: `led` for `headed`."""
    own = {stem(word), _base().get(word, stem(word))}
    groups = [group for group in _groups() if own & group]
    return frozenset(own).union(*groups, *([_forms().get(key, frozenset()) for key in own]))


@lru_cache(maxsize=65536)
def same_word(one: str, other: str) -> bool:
    """Tell whether two folded words can mean the same."""
    return bool(alike(one) & ({stem(other), _base().get(other, stem(other))}))


def is_past(word: str) -> bool:
    """Tell whether a folded word has the form of a past tense or participle."""
    return word in _base() or (word.endswith("ed") and len(word) > 4)


@lru_cache(maxsize=1)
def _base() -> dict[str, str]:
    """Return the key of the infinitive for each irregular form."""
    found = {}
    for verb in _IRREGULAR.replace("\n", "|").split("|"):
        forms = [fold(form) for form in verb.split()]
        found |= {form: stem(forms[0]) for form in forms[1:]}
    return found


@lru_cache(maxsize=1)
def _forms() -> dict[str, frozenset[str]]:
    """Return the keys of all forms of an irregular verb by the key of its infinitive."""
    found: dict[str, set[str]] = {}
    for form, key in _base().items():
        found.setdefault(key, {key}).add(stem(form))
    return {key: frozenset(forms) for key, forms in found.items()}


@lru_cache(maxsize=1)
def _groups() -> tuple[frozenset[str], ...]:
    groups = (group.split() for group in _ALIKE.replace("\n", "|").split("|"))
    return tuple(frozenset(stem(fold(word)) for word in group) for group in groups if len(group) > 1)
