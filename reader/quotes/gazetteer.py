"""Places that articles name most: where somebody lives or works is no organisation.

Lower-case forms. Nothing here needs to be complete: a name that begins like one of a place ("San", "Fort") counts too.
"""

from __future__ import annotations

from reader.quotes import lexicon as lex

_CITIES = (lex.PLACES - lex.words("georgia")) | lex.words(
    "austria greece portugal hungary czechia slovakia slovenia croatia serbia bosnia bulgaria albania moldova belarus",
    "iceland luxembourg malta cyprus syria iraq lebanon yemen qatar bahrain kuwait oman afghanistan nepal myanmar",
    "cambodia laos mongolia kazakhstan uzbekistan azerbaijan armenia algeria morocco tunisia libya sudan ethiopia",
    "somalia uganda tanzania rwanda zimbabwe zambia angola mozambique ghana senegal cameroon argentina chile peru",
    "colombia venezuela ecuador bolivia uruguay paraguay cuba haiti jamaica honduras nicaragua guatemala panama",
    "crimea gaza catalonia bavaria georgia budapest prague warsaw lisbon athens dublin edinburgh glasgow belfast",
    "cardiff oslo stockholm helsinki copenhagen amsterdam rotterdam hamburg munich cologne frankfurt zurich milan",
    "naples turin barcelona istanbul ankara baghdad damascus beirut jerusalem cairo nairobi lagos johannesburg",
    "pretoria bangalore bengaluru hyderabad kolkata chennai karachi lahore islamabad dhaka kabul bangkok hanoi",
    "jakarta manila taipei shanghai shenzhen guangzhou wuhan canberra brisbane perth adelaide auckland wellington",
    "calgary edmonton winnipeg quebec ontario alberta manitoba saskatchewan birmingham manchester liverpool leeds",
    "sheffield bristol nottingham leicester coventry brighton cambridge oxford norfolk kent sussex surrey essex",
    "yorkshire baltimore atlanta cleveland cincinnati pittsburgh minneapolis milwaukee indianapolis louisville",
    "nashville memphis tampa sacramento tucson albuquerque omaha tulsa honolulu anchorage albany hartford raleigh",
    "austin orlando phoenix charlotte columbus richmond oakland portland buffalo rochester syracuse newark lincoln",
    "madison jackson jacksonville savannah charleston plymouth southampton portsmouth spokane boise fresno irvine",
    "arlington alexandria dayton akron toledo odessa kharkiv lviv haifa dubai doha riyadh amman osaka kyoto hague",
    "bern basel lyon marseille bordeaux valencia seville venice bologna krakow gdansk bratislava bucharest belgrade",
    "zagreb sarajevo skopje tirana vilnius riga tallinn minsk tbilisi yerevan baku tashkent",
)
_LONGER = frozenset(
    " ".join(name.split("_"))
    for name in lex.words(
        "new_york new_jersey new_mexico new_hampshire new_orleans new_delhi new_zealand new_england",
        "south_australia western_australia northern_territory new_south_wales",
        "north_carolina south_carolina north_dakota south_dakota west_virginia rhode_island puerto_rico hong_kong",
        "north_korea south_korea south_africa saudi_arabia sri_lanka costa_rica el_salvador united_states",
        "united_kingdom united_arab_emirates great_britain northern_ireland czech_republic ivory_coast middle_east",
        "west_bank east_jerusalem gaza_strip latin_america south_america north_america central_america silicon_valley",
        "capitol_hill wall_street salt_lake_city kansas_city oklahoma_city mexico_city new_york_city long_island",
        "staten_island british_columbia nova_scotia tel_aviv abu_dhabi kuala_lumpur phnom_penh buenos_aires",
        "rio_de_janeiro sao_paulo cape_town baton_rouge des_moines little_rock ann_arbor palo_alto mountain_view",
        "menlo_park virginia_beach long_beach west_midlands southeast_asia black_sea south_china_sea bay_area",
        "washington_d.c. washington_dc district_of_columbia",
    )
)
_OPENING = lex.words("san santa los las fort saint st st. port mount")


def is_place(name: str) -> bool:
    """Whether a name is that of a country, a state or a city: 'Sacramento', 'New York', 'San Mateo'."""
    low = name.lower()
    if low in _CITIES or low in _LONGER:
        return True
    words = low.split()
    return (len(words) == 2 and words[0] in _OPENING) or all(w in _CITIES for w in words)
