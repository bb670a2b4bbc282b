"""Names of countries, what their people are called, and their states and provinces."""

import re
from collections.abc import Iterator, Mapping

_COUNTRIES = """
Afghanistan>Afghan; Albania>Albanian; Algeria>Algerian; Angola>Angolan; Argentina>Argentine|Argentinian;
Armenia>Armenian; Australia>Australian; Austria>Austrian; Azerbaijan; Bahrain>Bahraini; Bangladesh>Bangladeshi;
Barbados; Belarus; Belgium>Belgian; Belize; Benin; Bhutan; Bolivia>Bolivian; Bosnia and Herzegovina>Bosnian; Botswana;
Brazil>Brazilian; Brunei; Bulgaria>Bulgarian; Burkina Faso; Burundi; Cambodia>Cambodian; Cameroon>Cameroonian;
Canada>Canadian; Cape Verde; Central African Republic; Chad>Chadian; Chile>Chilean; China>Chinese; Colombia>Colombian;
Comoros; Costa Rica>Costa Rican; Croatia>Croatian; Cuba>Cuban; Cyprus>Cypriot; Czech Republic|Czechia>Czech; Democratic
Republic of the Congo|Democratic Republic of Congo|DR Congo; Denmark>Danish|Danes; Djibouti; Dominican Republic;
Ecuador>Ecuadorian; Egypt>Egyptian; El Salvador; Equatorial Guinea; Eritrea; Estonia>Estonian; Eswatini|Swaziland;
Ethiopia>Ethiopian; Fiji>Fijian; Finland>Finnish|Finns; France>French; Gabon; Gambia>Gambian; Germany>German;
Ghana>Ghanaian; Greece>Greek; Guatemala>Guatemalan; Guinea>Guinean; Guinea-Bissau; Guyana; Haiti>Haitian; Honduras;
Hong Kong; Hungary>Hungarian; Iceland>Icelandic; India>Indian; Indonesia>Indonesian; Iran>Iranian; Iraq>Iraqi;
Israel>Israeli; Italy>Italian; Ivory Coast|Côte d’Ivoire|Côte d'Ivoire|Cote d’Ivoire|Cote d'Ivoire>Ivorian;
Jamaica>Jamaican; Japan>Japanese; Jordan>Jordanian; Kazakhstan; Kenya>Kenyan; Kosovo; Kuwait>Kuwaiti; Kyrgyzstan; Laos;
Latvia>Latvian; Lebanon>Lebanese; Lesotho; Liberia>Liberian; Libya>Libyan; Lithuania>Lithuanian; Luxembourg;
Madagascar; Malawi>Malawian; Malaysia>Malaysian; Maldives; Mali>Malian; Malta>Maltese; Mauritania; Mauritius;
Mexico>Mexican; Moldova; Mongolia>Mongolian; Montenegro; Morocco>Moroccan; Mozambique>Mozambican; Myanmar;
Namibia>Namibian; Nepal>Nepali|Nepalese; Netherlands>Dutch; New Zealand; Nicaragua>Nicaraguan; Niger>Nigerien;
Nigeria>Nigerian; North Macedonia; Norway>Norwegian; Oman>Omani; Pakistan>Pakistani; Palestine|Palestinian
territories>Palestinian; Panama; Papua New Guinea; Paraguay; Peru>Peruvian; Philippines>Filipino; Poland>Polish;
Portugal>Portuguese; Qatar>Qatari; Republic of Ireland|Ireland>Irish; Romania>Romanian; Russia>Russian; Rwanda>Rwandan;
Samoa; Saudi Arabia>Saudi; Senegal>Senegalese; Serbia>Serbian; Sierra Leone; Singapore>Singaporean; Slovakia>Slovak;
Slovenia>Slovenian; Solomon Islands; Somalia>Somali; South Africa>South African; South Korea|Republic of Korea>Korean;
South Sudan; Spain>Spanish; Sri Lanka>Sri Lankan; Sudan>Sudanese; Suriname>Surinamese; Sweden>Swedish|Swedes;
Switzerland>Swiss; Syria>Syrian; Taiwan>Taiwanese; Tajikistan; Tanzania>Tanzanian; Thailand>Thai; Timor-Leste|East
Timor>Timorese; Togo>Togolese; Tonga; Trinidad and Tobago; Tunisia>Tunisian; Turkey|Türkiye>Turkish; Uganda>Ugandan;
Ukraine>Ukrainian; United Arab Emirates; Uruguay; Uzbekistan; Vanuatu; Venezuela; Vietnam>Vietnamese; Yemen>Yemeni;
Zambia>Zambian; Zimbabwe>Zimbabwean; United Kingdom|UK|U.K.|Great Britain|Northern Ireland>British; United States of
America|United States|USA|U.S.A.|U.S.|US>American
"""

_PARTS = {
    "United States": (
        "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Hawaii Idaho Illinois "
        "Indiana Iowa Kansas "
        "Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska "
        "Nevada New_Hampshire "
        "New_Jersey New_Mexico New_York North_Carolina North_Dakota Ohio Oklahoma Oregon Pennsylvania Rhode_Island "
        "South_Carolina "
        "South_Dakota Tennessee Texas Utah Vermont Virginia West_Virginia Wisconsin Wyoming Puerto_Rico"
    ),
    "Canada": (
        "Alberta British_Columbia Manitoba New_Brunswick Newfoundland Nova_Scotia Nunavut Ontario "
        "Prince_Edward_Island Quebec Québec "
        "Saskatchewan Yukon"
    ),
    "Australia": "New_South_Wales Queensland South_Australia Tasmania Western_Australia Northern_Territory",
    "United Kingdom": "England Scotland Wales Northern_Ireland",
}


def _read(people: bool) -> Iterator[tuple[str, str]]:
    for entry in " ".join(_COUNTRIES.split()).split("; "):
        names, _, called = entry.partition(">")
        label = names.split("|")[0]
        for name in (called if people else names).split("|"):
            if name:
                yield (
                    name,
                    {"Republic of Ireland": "Ireland", "United States of America": "United States"}.get(label, label),
                )


COUNTRIES: dict[str, str] = dict(_read(people=False))
"""Name of a country, as it is written, to the country."""

PEOPLES: dict[str, str] = dict(_read(people=True))
"""What the people and things of a country are called, to the country."""

PARTS: dict[str, str] = {part.replace("_", " "): country for country, parts in _PARTS.items() for part in parts.split()}
"""State, province or nation to its country; names that other countries share are left out."""

_CAPITAL = re.compile(r"(?<![\w-])[^\W\d_a-zà-þ][\w.]*")


class Names:
    """Finds names in running text; upper and lower case matter."""

    def __init__(self, meaning: Mapping[str, str]) -> None:
        """Take what each name means."""
        self._meaning = meaning
        self._by_start: dict[str, list[str]] = {}
        for name in sorted(meaning, key=len, reverse=True):
            self._by_start.setdefault(name[:2], []).append(name)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and meaning of each name in `text`, the longest at each place.

        >>> list(Names({"Ireland": "Ireland", "Northern Ireland": "United Kingdom"}).find("in Northern Ireland"))
        [(3, 19, 'United Kingdom')]
        """
        done = 0
        for word in _CAPITAL.finditer(text):
            at = word.start()
            for name in self._by_start.get(text[at : at + 2], ()):
                end = at + len(name)
                if (
                    at >= done
                    and text.startswith(name, at)
                    and not (text[end : end + 1].isalnum() or text[end : end + 1] == "-")
                ):
                    yield at, end, self._meaning[name]
                    done = end
                    break
