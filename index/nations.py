"""Nations: a country, its people and its capital, which news use for one another: `Kyiv`, `the Ukrainian side`."""

from __future__ import annotations

from functools import lru_cache

from index.fold import fold, stem

PEOPLE = 0.85
"""Likeness of a country's name and its people's."""
CAPITAL = 0.4
"""Likeness of either and the capital, which stands for the government and is a city too."""


@lru_cache(maxsize=1024)
def compatriots(word: str) -> dict[str, float]:
    """Return the keys of the other words for a nation, each with its likeness; empty for a word that names none.

    Args:
        word: a folded word or its stem, `american`, `ukrain` or `us`; a name of several words goes by its telling one
            (`lanka`).
    """
    found: dict[str, float] = {}
    if word not in _words():
        return found
    for row in _rows():
        for group in row:
            if word in group or word in map(stem, group):
                for other in row:
                    likeness = PEOPLE if other is not row[1] and group is not row[1] else CAPITAL
                    found |= {stem(w): max(likeness, found.get(stem(w), 0.0)) for w in other if other is not group}
                found |= {stem(w): PEOPLE for w in group if w != word and group is not row[1]}
    found.pop(stem(word), None)
    return found


@lru_cache(maxsize=1024)
def is_nation(word: str) -> bool:
    """Tell whether a folded word names a country or its people, `qatar` or `qatari`; a capital is none."""
    return any(word in own for own, _ in _rows())


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Read the table: the words for country and people, and those for its capital or seat of government."""
    rows = []
    for line in _NATIONS.strip().splitlines():
        own, _, seat = line.partition("/")
        rows.append((frozenset(fold(w) for w in own.split()), frozenset(fold(w) for w in seat.split())))
    return tuple(rows)


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """All words of the table and their stems."""
    words = frozenset[str]().union(*(group for row in _rows() for group in row))
    return words | frozenset(map(stem, words))


_NATIONS = """
Afghanistan Afghan Afghans / Kabul
Albania Albanian Albanians / Tirana
Algeria Algerian Algerians / Algiers
Angola Angolan Angolans / Luanda
Argentina Argentine Argentinian Argentines / Aires
Armenia Armenian Armenians / Yerevan
Australia Australian Australians Aussie / Canberra
Austria Austrian Austrians / Vienna
Azerbaijan Azerbaijani Azeri / Baku
Bahrain Bahraini / Manama
Bangladesh Bangladeshi / Dhaka
Belarus Belarusian Belarusians / Minsk
Belgium Belgian Belgians / Brussels
Bolivia Bolivian Bolivians / Paz
Bosnia Bosnian Bosnians / Sarajevo
Botswana Batswana / Gaborone
Brazil Brazilian Brazilians / Brasilia
Britain British Briton Britons UK / London Westminster
Bulgaria Bulgarian Bulgarians / Sofia
Cambodia Cambodian Cambodians / Penh
Cameroon Cameroonian / Yaounde
Canada Canadian Canadians / Ottawa
Chad Chadian / Djamena
Chile Chilean Chileans / Santiago
China Chinese / Beijing
Colombia Colombian Colombians / Bogota
Congo Congolese / Kinshasa
Croatia Croatian Croatians Croats / Zagreb
Cuba Cuban Cubans / Havana
Cyprus Cypriot Cypriots / Nicosia
Czechia Czech Czechs / Prague
Denmark Danish Danes / Copenhagen
Ecuador Ecuadorian Ecuadorean / Quito
Egypt Egyptian Egyptians / Cairo
England English
Eritrea Eritrean / Asmara
Estonia Estonian Estonians / Tallinn
Ethiopia Ethiopian Ethiopians / Ababa
Finland Finnish Finns / Helsinki
France French / Paris Elysee
Georgia Georgian Georgians / Tbilisi
Germany German Germans / Berlin
Ghana Ghanaian Ghanaians / Accra
Greece Greek Greeks / Athens
Guatemala Guatemalan
Haiti Haitian Haitians
Honduras Honduran / Tegucigalpa
Hungary Hungarian Hungarians / Budapest
Iceland Icelandic / Reykjavik
India Indian Indians / Delhi
Indonesia Indonesian Indonesians / Jakarta
Iran Iranian Iranians Persian / Tehran
Iraq Iraqi Iraqis / Baghdad
Ireland Irish / Dublin
Israel Israeli Israelis / Jerusalem
Italy Italian Italians / Rome
Jamaica Jamaican Jamaicans / Kingston
Japan Japanese / Tokyo
Jordan Jordanian Jordanians / Amman
Kazakhstan Kazakh Kazakhs / Astana
Kenya Kenyan Kenyans / Nairobi
Korea Korean Koreans / Seoul Pyongyang
Kosovo Kosovar Kosovan / Pristina
Kuwait Kuwaiti
Kyrgyzstan Kyrgyz / Bishkek
Laos Lao Laotian / Vientiane
Latvia Latvian Latvians / Riga
Lebanon Lebanese / Beirut
Liberia Liberian / Monrovia
Libya Libyan Libyans / Tripoli
Lithuania Lithuanian Lithuanians / Vilnius
Luxembourg Luxembourgish
Macedonia Macedonian / Skopje
Madagascar Malagasy / Antananarivo
Malawi Malawian / Lilongwe
Malaysia Malaysian Malaysians / Kuala Lumpur
Mali Malian / Bamako
Malta Maltese / Valletta
Mexico Mexican Mexicans
Moldova Moldovan Moldovans / Chisinau
Mongolia Mongolian / Ulaanbaatar
Montenegro Montenegrin / Podgorica
Morocco Moroccan Moroccans / Rabat
Mozambique Mozambican / Maputo
Myanmar Burma Burmese / Naypyidaw
Namibia Namibian / Windhoek
Nepal Nepali Nepalese / Kathmandu
Netherlands Dutch Holland / Hague
Nicaragua Nicaraguan / Managua
Niger Nigerien / Niamey
Nigeria Nigerian Nigerians / Abuja
Norway Norwegian Norwegians / Oslo
Oman Omani / Muscat
Pakistan Pakistani Pakistanis / Islamabad
Palestine Palestinian Palestinians / Ramallah
Panama Panamanian
Paraguay Paraguayan / Asuncion
Peru Peruvian Peruvians / Lima
Philippines Philippine Filipino Filipinos / Manila
Poland Polish Poles / Warsaw
Portugal Portuguese / Lisbon
Qatar Qatari / Doha
Romania Romanian Romanians / Bucharest
Russia Russian Russians / Moscow Kremlin
Rwanda Rwandan / Kigali
Salvador Salvadoran
Saudi Saudis Arabia / Riyadh
Scotland Scottish Scots / Edinburgh Holyrood
Senegal Senegalese / Dakar
Serbia Serbian Serb Serbs / Belgrade
Sierra Leonean Leone / Freetown
Singapore Singaporean
Slovakia Slovak Slovaks / Bratislava
Slovenia Slovenian Slovene / Ljubljana
Somalia Somali Somalis / Mogadishu
Spain Spanish Spaniards / Madrid
Sri Lanka Lankan / Colombo
Sudan Sudanese / Khartoum Juba
Sweden Swedish Swedes / Stockholm
Switzerland Swiss / Bern
Syria Syrian Syrians / Damascus
Taiwan Taiwanese / Taipei
Tajikistan Tajik / Dushanbe
Tanzania Tanzanian / Dodoma
Thailand Thai Thais / Bangkok
Tunisia Tunisian / Tunis
Turkey Turkish Turk Turks Turkiye / Ankara
Turkmenistan Turkmen / Ashgabat
Uganda Ugandan / Kampala
Ukraine Ukrainian Ukrainians / Kyiv Kiev
Uruguay Uruguayan / Montevideo
US USA America American Americans / Washington
Uzbekistan Uzbek Uzbeks / Tashkent
Venezuela Venezuelan Venezuelans / Caracas
Vietnam Vietnamese / Hanoi
Wales Welsh / Cardiff
Yemen Yemeni Yemenis / Sanaa
Zambia Zambian / Lusaka
Zealand Zealander Zealanders / Wellington
Zimbabwe Zimbabwean Zimbabweans / Harare
"""
"""Names of one word each; where a name has several, those that tell it from others."""
