import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.boilerplate import is_furniture, mark_lines

FURNITURE = """
Read more
Read More:
READ MORE: Artemis I by the numbers
► Read the full story here.
Read the full interview
Learn more: Best personal loans
Also Read: President Putin Accepts PM Modi's Invitation To Visit India For Annual High-Level Meeting
ALSO READ | Trump lands in Qatar
See also: Who is Vladimir Medinsky?
Related: Three maps of the front
Related Articles
You may also like
Most read
Most popular stories
Recommended for you
Editor's picks
More from the BBC
More on this story
More:What is NATO? Military alliance in spotlight
Tesla stock slide:Here's how much the owner lost
'Hard choice':Judge sides with the university over masks
Live Now
Trending
Breaking news
News
Home | News | Sport | Weather
SO | EN
|
Follow us on Social Media
Follow us
Follow us on Facebook! Like our page to get updates throughout the day.
Follow Jane Doe on Twitter: @janedoe
Join us on Twitter and Facebook
Watch LIVE TV, Get Stock Market Updates, Top Business, IPO and Latest News on NDTV Profit.
Watch live: the talks in Istanbul
Watch: Zelenskiy lands in Ankara
Listen to this article
GET REGULAR UPDATES
Get the latest news delivered to your inbox
Sign up for our newsletter
Sign up for CNN’s Wonder Theory science newsletter. Explore the universe with news on fascinating discoveries.
Subscribe to our YouTube channel
Subscribe now
Sign in
Log in / Register
Register for free to continue reading
Download our app
Download the Kyiv Post app on your phone
Share this article
Share on Facebook
Share
Print
Copy link
Email this story
12 comments
Comments (4)
5 min read
Leave a comment
Join the conversation
Click here to read more.
Tap to share
Skip to main content
Back to top
Story continues below
Advertisement
Advertisement - scroll to continue
Sponsored content
Support our journalism. Subscribe today.
We use cookies to improve your experience.
Please enable JavaScript to view this page.
© 2025 The Associated Press. All rights reserved.
Copyright 2025 KAAB TV
(c) 2025 ZMedia
All rights reserved.
Privacy Policy | Terms of Use
Photo: Reuters
Photo by Jane Doe / AFP
Image: NASA/JPL
PHOTO/Ministry of Defence
Image credit: Getty Images
(Photo Source: Bloomberg)
The minister arrives for the talks. (Photo: Ozan Kose/AFP)
A woman walks past a damaged window in Donetsk, Ukraine, on March 15. Alexander Ermochenko/Reuters
Zelenskiy at the palace on Thursday. Adem Altan/AFP via Getty Images
(AP Photo/Evan Vucci)
File photo
Source: Ministry of Health
Tags: Ukraine, Russia, peace talks
Filed under: World
Contact Jane Doe at jane@example.com.
This story has been updated with additional details.
This article was originally published on The Conversation.
![The palace](palace.jpg)
https://example.com/story/1234
* * *
________
CNN —
Lire aussi : Poutine refuse l’invitation
Lesen Sie auch: Was wir wissen
Читайте также: Переговоры в Стамбуле
""".strip().splitlines()

PROSE = """
Note:The talks were put off by a day.
The mayor was blunt: We will not pay for this twice
Photographs show that the bridge was destroyed.
Photos released by the ministry show a burnt-out tank.
Follow-up talks are planned.
Following many hours of bewilderment, Zelensky resolved the ambiguity.
Follow the money, the inspector told reporters.
Follow us on this road, he told the crowd.
Subscribe to that theory and you lose, she warned.
Keep reading to your children, teachers say.
Watch now what they do, the general said.
Read the room, he said.
Readers sent more than 400 letters.
Read more than a few of his speeches and a pattern appears.
Subscribe numbers rose 5 percent last year, the company said.
Subscribers will pay more from June.
Register of deeds resigns after audit
Register to vote by Monday, officials urge
Sign of hope as both delegations arrive
Signs of a breakthrough were few.
Image problems dog the minister
Images of the damage spread within minutes.
Video shows the moment the drone struck the depot
Video by the army shows three tanks crossing the river at dawn
Picture a city without water.
Graphic content warnings were ignored.
Search teams found the missing climbers on Friday.
Searching for a ceasefire
Trending upwards, prices rose.
Watch sales fell 10 percent.
Watchdog finds fault with the police
Comment was not available.
Comments by the president angered Kyiv.
Share prices fell in Tokyo.
Sharing power is not on the agenda, Medinsky said.
Print newspapers lose readers
Email leak shows that the minister lied
Live animals were found in the container.
Live ammunition was used, witnesses said.
Home prices rise for a third month
Home secretary quits
News of the deal reached Ankara on Thursday night.
World leaders gather in Tirana
Sports minister denies taking bribes
Menu prices rose 5 percent.
Most popular president in decades dies at 91
Most read the letter as a threat.
Recommended dose halved after deaths
Related charges were dropped.
More stories emerge of torture in Bucha
More than 100 soldiers were freed on Friday.
More from the 1,000-page report will be published next week, the judge said.
Top officials stayed at home.
Latest talks end without a deal
Breaking with tradition, the king spoke first.
Advertising revenue fell 10 percent.
Advertisement campaign fails to win over voters
Sponsored by the church, 40 refugees arrive in Turin
Terms of the deal were not disclosed.
Terms of service changed overnight, and users left in droves.
Privacy policy experts warn of a loophole
Cookies are baked in the shape of doves.
Go to war or go home, general tells troops
Jump to a conclusion and you lose the case, the judge warned.
Back to the front: a soldier's second winter
Skip to the end of the war, they asked him.
Click chemistry wins the Nobel Prize
Tap water is unsafe in three districts
Get all troops home, family pleads
Download speeds doubled in rural areas.
Support for the war is falling, a poll shows.
Contact was lost at 10 a.m.
Contact tracing ends in Wales
Join the army or leave, students were told.
Copyright law reform stalls in Brussels
Source close to the Kremlin says Putin will stay away
Sources: Putin to skip Istanbul talks
Credit card debt hits a record
Courtesy calls were cancelled.
Topics on the agenda include grain and prisoners.
Tags on the bodies had been removed.
The bill passed 52 to 48 (two senators were absent).
The bank was fined $4 million (source of the funds unknown).
He resigned on Monday (Reuters was the first to report it).
She works for Getty Images.
The ratio is 3|4 in favour of the treaty.
| Kyiv | 12 | 40 |
Zelensky Slams Russia for Snubbing Istanbul Talks | ZMedia
Donate blood, hospitals plead
About 3,000 people fled.
Help is on its way.
Weather hampers rescue
Science has no answer yet.
Follow leaders on climate, pope urges
Next week the talks resume.
Previous rounds had failed.
Two comments by Lavrov caused anger.
Also read out in court was a letter from the victim.
This story was first told by a shepherd.
""".strip().splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_page_furniture_is_told_by_its_own_words(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", [line.upper() for line in FURNITURE if not any(c in line for c in "@/(")])
def test_page_furniture_in_capitals_is_still_furniture(line: str) -> None:
    assert is_furniture(line) or "REUTERS" in line


@pytest.mark.parametrize("line", PROSE)
def test_prose_and_headlines_are_never_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize("frame", ["  {}  ", "\t{}\r", "\ufeff{}", "> {}", "* {}", "{}\xa0", "### {}"])
def test_white_space_and_markup_around_a_line_do_not_matter(frame: str) -> None:
    assert is_furniture(frame.format("Read more"))
    assert not is_furniture(frame.format("Follow-up talks are planned."))


def test_short_fragments_after_the_last_prose_are_furniture_when_one_of_them_is() -> None:
    lines = ["The talks ended on Friday.", "", "Ukraine", "Share this article", "Editors", ""]
    assert mark_lines(lines) == [False, False, True, True, True, False]


def test_short_fragments_at_the_end_stay_where_none_of_them_is_furniture() -> None:
    assert mark_lines(["The winners are:", "Ukraine", "Poland"]) == [False, False, False]


def test_fragments_between_prose_stay() -> None:
    lines = ["The talks began.", "What they want", "Read more", "Both sides want prisoners back."]
    assert mark_lines(lines) == [False, False, True, False]


@pytest.mark.parametrize("prose", ["会谈于周五结束。", "انتهت المحادثات يوم الجمعة؟", "वार्ता शुक्रवार को समाप्त हुई।"])
def test_prose_in_other_scripts_ends_the_tail(prose: str) -> None:
    assert mark_lines([prose, "Share this article"]) == [False, True]


def test_a_long_line_is_prose_whatever_it_begins_with() -> None:
    assert not is_furniture("Follow us on Twitter " + "and listen to what we have to say " * 20)


@given(st.text(max_size=300))
def test_any_line_gets_an_answer(line: str) -> None:
    assert is_furniture(line) in {True, False}


@given(st.lists(st.text(max_size=60), max_size=12))
def test_blank_lines_are_never_marked_and_every_line_has_a_mark(lines: list[str]) -> None:
    marks = mark_lines(lines)
    assert len(marks) == len(lines)
    assert not any(mark for mark, line in zip(marks, lines, strict=True) if not line.strip())
