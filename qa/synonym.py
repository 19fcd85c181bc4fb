"""Synonyms: when one English word may stand for another: forms of one verb, and words that news use alike."""

from __future__ import annotations

from functools import lru_cache

from index.fold import fold, stem

_IRREGULAR = """
arise arose arisen|bear bore born|beat beaten|become became|begin began begun|bend bent|bid bade|bind bound
bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought|build built|burn burnt
buy bought|catch caught|choose chose chosen|cling clung|come came|creep crept|deal dealt|dig dug|do did done
draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt
fight fought|find found|flee fled|fling flung|fly flew flown|forbid forbade forbidden|forecast
foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got gotten
give gave given|go went gone|grind ground|grow grew grown|hang hung|hear heard|hide hid hidden|hold held|keep kept
know knew known|lay laid|lead led|lean leant|leap leapt|learn learnt|leave left|lend lent|lie lied|light lit|lose lost
make made|mean meant|meet met|overcome overcame|overthrow overthrew overthrown|pay paid|prove proven|ride rode ridden
ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent|shake shook shaken
shine shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid
speak spoke spoken|spend spent|spill spilt|spin spun|spring sprang sprung|stand stood|steal stole stolen|stick stuck
sting stung|strike struck|strive strove|swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken
teach taught|tear tore torn|tell told|think thought|throw threw thrown|undergo underwent undergone
understand understood|undertake undertook undertaken|wake woke woken|wear wore worn|weep wept|win won
withdraw withdrew withdrawn|write wrote written
"""
_ALIKE = """
lead head|buy purchase acquire|rescue save|ship vessel boat|beat defeat|urge call appeal|call demand|demand insist
want seek|request ask|ask seek|back support endorse|begin start commence|launch start|agree accept
refuse decline reject|dismiss reject|die death|kill death|injure wound hurt|jail imprison prison
arrest detain|send dispatch despatch|talk negotiation discussion|talk speak|discuss talk|truce ceasefire|deploy send
praise laud|celebrate honour|criticise criticize slam condemn denounce|increase rise grow climb|increase raise
decrease fall drop decline|reduce cut|lower reduce|close shut|finish end conclude complete|former ex
firm company business|corporation company|employee worker staff|child kid|car vehicle|demonstrate protest
demonstrator protester|try attempt|let allow permit|stop halt|name appoint|declare announce|plan intend
expect anticipate|repay reimburse|inquire investigate probe|large big huge|small little|quick fast rapid swift
aid help assist|war conflict|team side delegation crew|meeting summit|adviser advisor aide|defence defense
centre center|labour labor|roughly about around approximately|almost nearly|near close|build construct|live reside
home house|fund finance|movie film|journalist reporter|doctor physician|lawyer attorney|soldier troop|fire sack
describe call label brand dub refer|prior previous earlier|final last|vote ballot|poll election|shop store
approve approval|estimate put|remain stay|resign quit|happen occur|choose select pick|go travel|travel journey trip
arrive reach|leave depart|return back|meet face|play face|play meet|visit trip|win victory|lose defeat|loss defeat
attack strike|assault attack|bomb shell|destroy wreck|damage harm|flee escape|evacuate leave|murder kill|shoot fire
gun weapon|weapon arm|money cash|cost price|price value|worth value|pay salary wage|pact deal agreement accord treaty
contract deal|law legislation act|rule regulation|ban prohibit forbid|bar ban|block stop|delay postpone|cancel scrap
hold keep|own possess|get receive obtain|give provide supply|provide offer|show reveal|disclose reveal|publish release
issue release|find discover|search look hunt|think believe|say state tell|fear worry|concern worry|hope wish
threat threaten|warn caution|promise pledge vow|swear vow|admit concede acknowledge|confess admit|deny denial
claim assert allege|say note|comment remark|explain account|reply answer respond response|question query|city town
village town|nation country|government cabinet|parliament legislature|premier minister|leader chief head boss
chairman chair|director head|official officer|police officer|inhabitant resident|citizen national
people person|wife spouse|husband spouse|man husband|woman wife|crowd spectator
student pupil|teacher lecturer|scientist researcher|study research|university college|hospital clinic
illness disease sickness|drug medicine|jab vaccine|flat apartment|road street|rail train|plane aircraft|airplane plane
lorry truck|fuel petrol|gas petrol|storm hurricane|flood inundate|earthquake quake|blaze fire|rain shower
heat warmth|cold chill|sea ocean|stream river|year annual|month monthly|week weekly|day daily|often frequently
rare seldom|early soon|new recent|old elderly|now current|present current|total entire whole|complete full|only sole
main chief principal|important significant|serious grave|severe serious|dangerous risky|danger risk|easy simple
hard difficult|difficulty problem|clear obvious|wrong mistake error|mistake error|correct right|free release
open public|secret hidden|rich wealthy|poor needy|cheap inexpensive|strong robust|weak feeble|quiet silent
angry furious|happy glad|sad unhappy|tired weary|eager keen|ready prepared|immediate instant
special particular|trip tour|football soccer|game match|goalkeeper keeper
coach manager trainer|captain skipper|spell period|cup trophy|title championship|squad team|judge justice
jury panel|verdict ruling|sentence term|guilty convict|acquit clear|trial case|court tribunal|charge count
fraud defraud swindle|theft steal robbery|thief robber burglar|rob steal|painting picture|work piece|artist painter
writer author|book volume|song tune|singer vocalist|actor performer|role part|play drama|board committee
committee panel|union syndicate|strike walkout stoppage|employ hire|recruit hire|job post position|boost increase
profit earning|sale sell|share stock|bank lender|loan credit|debt liability|tax levy|budget spending|growth expansion
slump recession|crisis emergency|border frontier|refugee migrant|asylum refuge|hostage captive|prisoner captive
rebel insurgent|army military|navy fleet|force troop|base camp|missile rocket|drone uav|invade invasion
occupy occupation|withdraw retreat pullout|advance progress|sanction penalty|embassy mission|envoy representative
consul consulate|ambassador envoy|diplomat envoy|side party
"""
"""Groups of words that mean nearly the same in the news; a line holds several, and a word may be in more than one."""


@lru_cache(maxsize=65536)
def alike(word: str) -> frozenset[str]:
    """Return the keys that can stand for a folded word, its own among them: `led` for `headed`."""
    own = {stem(word), _base().get(word, stem(word))}
    keys = own.union(*(group for group in _groups() if own & group))
    return frozenset(keys).union(*(_forms().get(key, frozenset()) for key in keys))


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
    found: dict[str, str] = {}
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
