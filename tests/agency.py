"""Texts for finding copies: one agency text, what outlets made of it, and another outlet's own story of the event."""

WIRE = """LISBON — Portugal's parliament approved a budget on Tuesday that raises the minimum wage to 1,020 euros a
month and cuts the tax on household electricity from January, after two weeks of talks with the Socialist opposition.

The vote was 126 to 98, with six lawmakers abstaining. Finance Minister Helena Duarte called it "a budget for the
people who pay the bills" and said the deficit would stay below 0.4 percent of output next year.

The Socialists, who hold 58 seats, abstained on two articles after the government dropped a plan to freeze hiring in
public hospitals. Their leader, Rui Tavares, said his party had "stopped the worst of it" and would seek further
changes in the spring.

Business groups warned that the higher wage would hurt small firms in the interior. The confederation of industry put
the cost at 740 million euros and asked for a delay of six months.

Unions had demanded 1,100 euros. Some 20,000 people marched in Porto on Saturday, and rail workers plan to strike on
Friday over a pay offer that they say is below inflation.

Duarte told reporters that the electricity cut would save a family of four about 90 euros a year. The tax falls from
23 percent to 13 percent on the first 200 kilowatt hours of each month.

The budget now goes to the president, who has twenty days to sign it or send it to the constitutional court. He has
said that he sees no reason for doubt.
"""
EDITED = (
    WIRE.replace("LISBON — ", "")
    .replace("on Tuesday ", "")
    .replace("Some 20,000 people marched", "About 20,000 people demonstrated")
    .replace('called it "a budget', 'described it as "a budget')
    .replace("Business groups warned", "Employers warned")
    .replace("He has said that he sees no reason for doubt.", "He sees no reason for doubt, he has said.")
)
HEADLINE = "Portugal lifts wages and cuts power tax in late-night vote\nThe Harbour Post\n\n" + WIRE
CUT = "\n\n".join(part for i, part in enumerate(WIRE.strip().split("\n\n")) if i not in (2, 4))
INTRO = """Families on the Algarve will soon notice a change in their bills, and so will those who employ them. Our
correspondent looked at what the new budget means for hotels and farms of the south, where every third job pays the
minimum.

"We open in March and hire forty people. I have to do the sums again," said Marta Silva, who runs a hotel near Lagos.
Others in the town welcomed the vote. A cook said that she had waited three years for a raise.

Growers of oranges in Silves expect dearer harvests, and one cooperative thinks of machines. The mayor of Faro
promised help with the forms that firms must fill in.

""" + "\n\n".join(WIRE.strip().split("\n\n")[:5])
SPUN = """LISBON — The parliament of Portugal on Tuesday passed a budget which lifts the minimum salary to 1,020 euros
per month and reduces the levy on domestic power starting in January, following a fortnight of negotiations with the
opposition Socialists.

The tally was 126 against 98, and six deputies did not vote. The minister of finance, Helena Duarte, described it as
"a budget for the people who pay the bills" and stated that the shortfall would remain under 0.4 percent of GDP in the
coming year.

The Socialists, with their 58 mandates, did not vote on two clauses once the government had given up its idea of
halting recruitment in state hospitals. Rui Tavares, their head, declared that the party had "stopped the worst of it"
and was going to look for more amendments in spring.

Companies' associations cautioned that the increased salary was going to harm little businesses inland. The industry
confederation estimated the expense at 740 million euros and requested that it be postponed by half a year.

Trade unions wanted 1,100 euros. Around 20,000 persons took to the streets of Porto last Saturday, while railway
employees intend to walk out on Friday because of an offer on pay they consider lower than inflation.

Duarte informed journalists that, thanks to the reduction for electricity, a household of four would keep roughly 90
euros annually. The rate drops to 13 percent from 23 percent for the initial 200 kilowatt hours every month.

Next, the budget is sent to the president. He has 20 days for signing it or forwarding it to the constitutional court,
and has indicated that no grounds for doubts exist in his view.
"""
SPUN_FREELY = """Portugal's lawmakers have given the green light to next year's spending plan. It increases the lowest
legal pay to 1,020 euros and makes power cheaper for homes from January.

With 126 votes for and 98 against, the plan passed on Tuesday; six members sat it out. "A budget for the people who
pay the bills," is how Helena Duarte, who heads the finance ministry, put it. She expects a gap of no more than 0.4
percent.

Two weeks of bargaining with the Socialists came before. They let two clauses pass, in return for which hospitals may
go on hiring. "We stopped the worst of it," Rui Tavares, the leader of the 58 Socialist members, remarked.

Small companies far from the coast will suffer, employers say. Industry speaks of 740 million euros and would like six
more months. To the unions it is too little: they had asked for 1,100 euros, brought 20,000 marchers to Porto, and the
railways will stand still on Friday.

A family of four keeps some 90 euros, since the tax on the first 200 kilowatt hours goes down by ten points to 13
percent. What is left is the signature of the president, for which there are twenty days.
"""
NOTICE = """Police are appealing for witnesses after a man died in {town} on {day}.

Officers were called to {road} in {area} shortly after {time} following a report that a {age}-year-old man had been
found with serious injuries. Paramedics attended, but despite their best efforts he was pronounced dead at the scene a
short time later. His next of kin have been informed and are being supported by specially trained officers.

The man has been named as {name}, who lived locally. In a statement his family said that he was a much loved son,
brother and friend who would be deeply missed by everyone who knew him, and asked for privacy at this difficult time.

A {other}-year-old {who} has been arrested on suspicion of murder and remains in custody for questioning. Detectives say
that they keep an open mind and are not looking for anybody else in connection with the death.

Detective Inspector {officer}, who is leading the investigation, said: "We would like to hear from anyone who was in
{road} between {begin} and {end} and saw or heard anything unusual, or who has dashcam footage that may help us."

Anyone with information is asked to call 101 quoting reference {reference}, or Crimestoppers on 0800 555 111.
"""
LEEDS = NOTICE.format(
    town="Leeds", day="Saturday", road="Harehills Lane", area="Gipton", time="11.40pm", age=34, name="Daniel Okafor",
    other=29, who="woman", officer="Sarah Whitworth", begin="10pm", end="midnight", reference="13250287714",
)  # fmt: skip
BRISTOL = NOTICE.format(
    town="Bristol", day="Tuesday", road="Stapleton Road", area="Easton", time="6.15am", age=52, name="Martin Pryce",
    other=47, who="man", officer="Huw Tranter", begin="5am", end="6.30am", reference="5225118302",
)  # fmt: skip
QUAKE = """A magnitude {size} earthquake struck {far} kilometres {way} of {place} on {day}, the United States
Geological Survey said. The quake hit at {time} local time at a depth of {deep} kilometres. There were no immediate
reports of damage or casualties, and no tsunami warning was issued by the authorities. Residents said that they had felt
shaking for several seconds. {country} lies on the Pacific ring of fire, an arc of volcanoes and fault lines where
earthquakes are frequent. The last deadly earthquake in the region was in {year}, when {dead} people died.
"""
PALU = QUAKE.format(
    size="5.6", far=40, way="south", place="Palu", day="Monday", time="7.12", deep=35, country="Indonesia", year=2018,
    dead="4,340",
)  # fmt: skip
IQUIQUE = QUAKE.format(
    size="6.1", far=112, way="north", place="Iquique", day="Thursday", time="23.47", deep=60, country="Chile",
    year=2014, dead=6,
)  # fmt: skip
OWN = """Portugal has a budget. In a chamber that was full until late on Tuesday evening, the minority government of
the centre right found enough votes to carry its spending plan for the coming year, the first since the election in
May.

At the heart of it are a higher minimum wage, of 1,020 euros, and cheaper electricity. Economists at the University of
Porto doubt that the sums add up. "The growth forecast is generous," said Ana Lopes, who follows public finance there.
"If exports weaken, we will see another 1 percent deficit by autumn."

For Rui Tavares the night was a test. The Socialist leader had threatened to vote against, and in the end told his
deputies to abstain where it mattered. Allies on the left accused him of having sold the hospitals for a headline.

Helena Duarte, the finance minister, smiled when the figures appeared on the screen: 126 to 98. She hugged colleagues
and left by a side door, without taking questions.

On the street the mood was cooler. "A thousand euros and rent is nine hundred," said Joana Reis, a nurse who was
waiting for the last tram. Railway workers hope to keep up the pressure with a strike on Friday.
"""
