"""Names of countries, what their people are called, and their states and provinces."""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files

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

_PEOPLES_OF_PARTS = {
    "Scottish": "United Kingdom", "Welsh": "United Kingdom", "Northern Irish": "United Kingdom", "Catalan": "Spain",
    "Andalusian": "Spain", "Basque": "Spain", "Flemish": "Belgium", "Bavarian": "Germany",
}  # fmt: skip
_PLACES = files(__package__).joinpath("places.txt").read_text(encoding="utf-8")
"""Two lists, a country a line with its names: its parts, and its cities."""


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


def _listed(lines: str) -> dict[str, str]:
    told = (line.split(": ") for line in lines.splitlines() if line and not line.startswith("#"))
    return {name: country for country, names in told for name in names.split(" | ")}


PEOPLES: dict[str, str] = dict(_read(people=True)) | _PEOPLES_OF_PARTS
"""What the people and things of a country are called, to the country."""

PARTS: dict[str, str] = _listed(_PLACES.partition("\n\n")[0])
"""State, province or nation to its country; names that other countries share are left out."""

CITIES: dict[str, str] = _listed(_PLACES.partition("\n\n")[2])
"""City to its country; names that cities of other countries share are left out."""

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
