"""Boilerplate: lines of a page that are no part of its article. They are marked, never cut, and never evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.punctuation import BLANKS, closed

if TYPE_CHECKING:
    from collections.abc import Sequence

TAIL_WORDS = 7
"""A line of at most so many words without a full stop, after the last prose, is page furniture."""
MENU_WORDS = 12
"""A menu or a label standing alone has at most so many words."""
MAX_WORDS, MAX_CHARS = 80, 1000
"""A longer line is prose, whatever it begins with."""

_PLATFORM = (
    r"(?:twitter|x|facebook|instagram|telegram|tiktok|whatsapp|youtube|linkedin|threads|flipboard|bluesky|"
    r"mastodon|pinterest|reddit|google\s+news|social)\b"
)

_LABELS = re.compile(
    r"""(?ix)
      (?:also|must)[\s-]+read\b(?!\s+(?:out|aloud|the|a|from|by|to)\b) | read\s+also\b | see\s+also\b
    | (?:read|watch|listen|live|more|related|recommended|don['’]t\s+miss|in\s+pictures|gallery|more\s+news|
      read\s+the\s+(?:full|whole)\s+story(?:\s+here)?|more\s+(?:from|on)\b[^.:!?]{1,40})\s*:
    | read\s+more\b(?!\s+(?:than|and|into|like)\b)
    | (?:learn|find\s+out|discover|see|hear)\s+more\b(?=\W*$|\s*:|\s+(?:here|about\s+(?:our|how\s+we))\b)
    | related\s+(?:articles?|stories|topics|posts|content|news|coverage|reading|links)(?=\W*$|\s*:)
    | you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested\s+in)(?=\W*$|\s*:)
    | (?:ap\s+|file\s+|stock\s+|cover\s+|featured\s+)?(?:photo|photograph|image|picture|video|illustration|graphic)s?
      (?:\s+(?:credit|source|courtesy|caption))?s?\s*[:/|]
    | (?:credits?|courtesy|tags?|topics?|keywords?|hashtags?|categor(?:y|ies)|filed\s+under|posted\s+in)\s*:
    | (?:image|photo|picture)\s+(?:credit|source|courtesy)\b
    | © | (?:\(c\)|copyright)\s*(?:©|\(c\)|\d{4}\b|by\b) | all\s+rights\s+reserved
    | (?:à\s+)?lire\s+(?:aussi|la\s+suite)\b | lesen\s+sie\s+(?:auch|mehr)\b | (?:mehr|mehr\s+zum\s+thema)\s*:
    | le(?:a|er|e)\s+(?:también|más|además)\b | leia\s+(?:também|mais)\b | leggi\s+anche\b
    | читайте\s+также\b | читать\s+далее\b | ayrıca\s+okuyun\b | اقرأ\s+(?:أيضا|المزيد)
    """
)
"""Openings that are a label or a notice, whatever follows."""

_CALLS = re.compile(
    rf"""(?ix)
      follow\s+us\b(?=\W*$|\s+(?:on|at|via)\b) | follow\b[^.!?]{{1,80}}?\bon\s+{_PLATFORM}
    | (?:find|join|like|visit|reach|connect\s+with)\s+us\s+(?:on|at)\s+(?:{_PLATFORM}|www|https?:|our\b)
    | subscribe\s+(?:to|now|today|here|for)\b
    | (?:sign|log)[\s-]?(?:up|in|on)\b.*\b(?:newsletters?|inbox|updates?|alerts?|e-?mails?|account|here|free|digest|
      continue)\b
    | register\b.*\b(?:newsletters?|account|for\s+free|continue\s+reading|to\s+read)\b
    | get\s+(?:the|our|all|your|more|regular|daily|weekly|breaking|free|latest|unlimited|instant|live)\b
      .*\b(?:updates?|newsletters?|inbox|app|alerts?|notifications?|headlines|news)\b
    | (?:download|get)\s+(?:the|our)\b.{{0,40}}\bapp\b
    | watch\s+live(?=\W*$|[^\w\s]|\s+(?:tv|now|coverage|stream|here|on|at)\b)
    | watch\s+(?:now|the\s+(?:full\s+)?video)\b
    | listen\s+(?:live|now|here|to\s+(?:this|the)\s+(?:article|story|episode))\b
    | (?:click|tap)\s+(?:here|below|to\s+(?:share|read|view|watch|listen|expand|enlarge|play|subscribe|sign|see|open))\b
    | read\s+(?:(?:the|our|his|her|their)\s+)?(?:full|whole|entire|original|rest\s+of\s+the)\s+
      (?:story|article|report|post|statement|interview|transcript|piece|coverage|review|text)\b
    | read\s+(?:our\s+\w+|all\s+about)\b | (?:continue|keep)\s+reading\b(?=(?:\W+\w+){{0,5}}\W*$)
    | (?:story|article)\s+continues\s+(?:below|after) | scroll\s+(?:down\s+)?(?:to|for)\s+(?:continue|more|read)
    | (?:leave|post|add|write)\s+a\s+(?:comment|reply)\b | join\s+the\s+(?:conversation|discussion)\b
    | have\s+(?:a\s+(?:news\s+)?(?:tip|question|story)\b.*|your\s+say\W*$)
    | (?:contact|e-?mail|reach)\s+(?:us\b|the\s+(?:author|reporter|editors?|newsroom)\b|[^.!?]{{1,60}}\bat\s+\S+@)
    | (?:(?:please|consider|help)\s+)*support(?:ing)?\s+(?:our|local|independent|quality|public-interest)\s+journalism\b
    | (?:we|this\s+(?:web)?site)\s+uses?\s+cookies\b | (?:accept|manage|reject)\s+(?:all\s+)?cookies\b
    | (?:please\s+)?enable\s+javascript\b | javascript\s+is\s+(?:disabled|required)
    | this\s+(?:story|article|post)\s+has\s+been\s+updated\s*(?:with|\W*$)
    | this\s+(?:story|article|post)\s+(?:was\s+)?(?:originally|first)\s+(?:published|appeared)\b
    | more\s+(?:stories\s+|news\s+|coverage\s+)?(?:from|by)\b(?=(?:\W+\w+){{1,6}}\s*:\W*$|(?:\W+\w+){{1,3}}\W*$)
    | more\s+(?:on|about)\s+(?:this|the|that)\s+(?:story|topic|subject)\b
    | advertise\s+with\s+us\b | skip\s+to\s+(?:the\s+)?(?:main|content|navigation|search|footer)\b
    | (?:jump|go|back)\s+to\s+(?:the\s+)?(?:top|content|navigation|comments|home|homepage|home\s+page|article)\b
    """
)
"""Calls to the reader, which may be whole sentences; not where the line reports what somebody said."""

_FRAGMENTS = re.compile(
    r"""(?ix)(?:
      (?:read|view|see|show|load|watch)\s+(?:more|all|next|full|\d+)(?:\s+\w+){0,2}
    | (?:trending|latest|popular|live|breaking|top|featured|more|recent|most\s+recent|our\s+latest)
      (?:\s+(?:now|news|stories|headlines|updates|videos|articles|topics|posts|blog))?
    | more\s+news\s+to\s+know(?:\s+now)? | editor['’]?s?['’]?\s+(?:picks?|choice)
    | most\s+(?:read|popular|viewed|shared|commented|watched)(?:\s+(?:stories|articles|now|today|in\s+\w+))?
    | recommended(?:\s+(?:for\s+you|stories|articles|reading|videos))? | what\s+to\s+read\s+next | up\s+next
    | (?:share|print|e-?mail|tweet|pin|copy|save|bookmark)
      (?:\s+(?:this|the))?(?:\s+(?:article|story|page|link|post|url))?
    | share\s+(?:(?:this|it)\s+)?(?:(?:article|story|post)\s+)?(?:on|via|by|with|to)(?:\s+\w+){1,3}
    | (?:advertisement|ad|sponsored|promoted|paid)s?(?:\s+(?:content|post|links?|message|partnership|feature))?
    | advertisement\W+(?:scroll|continue|story|article)\b.{0,40} | sponsored\s+by\s+\w+(?:\s+\w+){0,2}
    | (?:terms\s+(?:of\s+(?:use|service)|(?:and|&)\s+conditions)
      | (?:privacy|cookies?)\s+(?:policy|notice|settings|statement))(?:\s*(?:[|·•,&/]|and\b).{0,60})?
    | \(?\d+\)?\s+(?:comments?|shares?|likes?|views?|min(?:ute)?s?\s+read) | comments?\s*\(?\d*\)?
    | (?:hide|show|view)\s+(?:caption|comments|gallery|replies|transcript) | page\s+\d+\s+of\s+\d+
    | (?:begin\s+)?(?:forwarded|original)\s+message
    | (?:previous|next)(?:\s+(?:article|story|post|page))? | loading | please\s+wait | source\s*:[^:]{2,60}
    | (?:file|stock|representative|representational|ap)\s+(?:photo|image|picture)s?(?:/.{1,40})?
    | (?:photo(?:graph)?|illustration|graphic)s?\s+(?:by|courtesy(?:\s+of)?)(?:\s+\S+){1,6}
    | (?:image|picture|video)s?\s+(?:by|courtesy(?:\s+of)?)(?:\s+\w\S*){1,3}
    | (?:about|contact|support|join|follow)\s+us | my\s+account
    | (?:log|sign)[\s-]?(?:in|out|up|on)(?:\W+(?:or\s+)?(?:log|sign|register|subscribe)(?:[\s-]?(?:in|up|on))?)*
    | (?:subscribe|register|donate|join|buy|shop)(?:\s+(?:now|today|here))?
    | (?:available|get\s+it)\s+on\s+(?:google\s+play|the\s+app\s+store)
    | home | home\s*page | menu | search | news | world | sports? | business | politics | opinion | culture | lifestyle
    | entertainment | tech(?:nology)? | science | health | weather | travel | videos? | photos? | pictures | gallery
    | podcasts? | newsletters? | login | account | tags? | topics? | about | contact | help | faqs? | sitemap
    | rss | e-?paper
    | [\w ,./-]{0,40}\bcnn(?:\s+business)?\s*[—–-]
    )\W*"""
)
"""Whole lines that stand alone without a full stop."""

_CREDIT = re.compile(
    r"""(?x)
      [(\[]\s*(?i:(?:ap\s+|file\s+|stock\s+|pool\s+)?(?:photo|image|picture|video)s?\s*
        (?:by\b|:|/|credit|source|courtesy|via\b|from\b)|(?:ap\s+|file\s+)?photos?\s*[)\]]|credit\s*:|courtesy\s*:)[^()\[\]]{0,100}[)\]]?\W*$
    | [(\[]\s*[Ss]ource\s*:\s*[A-Z][^()\[\]]{0,60}[)\]]\W*$
    | [(\[]\s*(?:Getty|Reuters/|AP/|AFP/|EPA/)[^()\[\]]{0,80}[)\]]\W*$
    | (?:/|\bvia\s+)Getty\s+Images\W*$ | \bGetty\s+Images(?:\s+\w+\s+\w+)?\s*$ | \bAP\s+Photo(?:/[\w .'-]{1,40})?\W*$
    | \w/(?:AFP|Reuters|REUTERS|AP|EPA|EPA-EFE|Anadolu|Bloomberg|Shutterstock|Pool|Xinhua)\b[^.!?]{0,30}$
    | (?i:\bhide\s+caption\b)[\s\d]*(?:of\s+\d+)?\W*$ | (?i:\ball\s+rights\s+reserved)\W*$
    """
)
"""Endings that make the line a caption or a notice."""

_CREDITED = re.compile(r"[(\[/]|Getty|AP\s|(?i:caption|reserved)")
"""What a line holds that has such an ending; to look for this is quick, and most lines have none of it."""

_LINKED = re.compile(r"\W{0,3}[\w‘’'“”\"][^.!?:;]{2,70}(?<!\"):(?=[“\"‘']?[A-ZÀ-Þ])\S+(?: \S+){2,24}(?<![.;,:])")
"""A link to another story set into the text, with no blank after its label: `Tesla slide:What it cost Musk`."""

_LEAD = re.compile(r"^[\W_]*?(?=[^\W_]|©|\([cC]\)|$)")
_SAID = re.compile(r"(?i)\b(?:said|says?|told|urged?s?|warn(?:s|ed)?|according|reported)\b")
_MENU = re.compile(r"[\w’'&.-]+(?: [\w’'&.-]+)?(?:\s*[|·•]\s*[\w’'&.-]+(?: [\w’'&.-]+){0,2})+")
_MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|<[^<>]*>|https?://\S+")


def is_furniture(line: str) -> bool:
    """Tell whether a line by its own words is a menu, a teaser, a credit or a call to action."""
    bare = line.strip().strip(BLANKS).strip()
    if not bare or len(bare) > MAX_CHARS:
        return False
    if not any(char.isalnum() for char in bare) or _MARKUP.fullmatch(bare):
        return True
    words = len(bare.split(None, MAX_WORDS))
    if words > MAX_WORDS:
        return False
    opening = _LEAD.sub("", bare, count=1)
    return (
        bool(_LABELS.match(opening) or (_CREDITED.search(bare) and _CREDIT.search(bare)))
        or bool(_CALLS.match(opening) and not _SAID.search(bare))
        or bool(words <= MENU_WORDS and not bare.endswith(".") and _FRAGMENTS.fullmatch(opening))
        or bool(words <= MENU_WORDS and _MENU.fullmatch(bare))
        or bool(_LINKED.fullmatch(bare))
    )


def mark_lines(lines: Sequence[str]) -> list[bool]:
    """Mark each line that is boilerplate: by its own words, or as a short fragment after the last prose."""
    marks = [is_furniture(line) for line in lines]
    tail = len(lines)
    while tail > 0 and (marks[tail - 1] or not _is_prose(lines[tail - 1])):
        tail -= 1
    if any(marks[tail:]):
        marks[tail:] = [bool(line.strip()) for line in lines[tail:]]
    return marks


def _is_prose(line: str) -> bool:
    return closed(line) or len(line.split()) > TAIL_WORDS
