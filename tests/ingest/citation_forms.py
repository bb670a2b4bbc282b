"""One reference, made up, in every form that is read: RIS, BibTeX, ..., by the name of its format."""

import json

from ingest.readers import ReadDocument, read_contents
from ingest.readers.contents import Sheet

RIS = """TY  - JOUR
AU  - O'Brien, Máire
AU  - Vries, J. P. de
TI  - Handing over the drug list: an illustrative study
JO  - Journal of Made-up Care
PY  - 2019/05/02/
VL  - 9
IS  - 5
SP  - 28
EP  - 33
DO  - https://doi.org/10.9999/ABC.1
AB  - Aim: To explore how lists are handed over. Methods: We interviewed 12 nurses. Results: Nurses said that nobody
 called back.
KW  - handover
KW  - drug list
AN  - 12345678
LA  - English
ER  -
"""
BIBTEX = r"""@string{jmc = "Journal of Made-up Care"}
@article{obrien2019,
  author = {O'Brien, M{\'a}ire and de Vries, J. P.},
  title = {Handing over the drug list: an illustrative study},
  journal = jmc, year = 2019, month = may, volume = 9, number = 5, pages = {28--33},
  doi = {10.9999/abc.1}, pmid = {12345678}, keywords = {handover; drug list}, language = {English},
  abstract = {Aim: To explore how lists are handed over. Methods: We interviewed 12 nurses. Results: Nurses said that
    nobody called back.}
}
"""
CSL = json.dumps(
    [
        {
            "id": "obrien2019",
            "type": "article-journal",
            "title": "Handing over the drug list: an illustrative study",
            "author": [
                {"family": "O'Brien", "given": "Máire"},
                {"family": "Vries", "given": "J. P.", "non-dropping-particle": "de"},
            ],
            "issued": {"date-parts": [[2019, 5, 2]]},
            "container-title": "Journal of Made-up Care",
            "volume": "9",
            "issue": "5",
            "page": "28-33",
            "DOI": "10.9999/abc.1",
            "PMID": "12345678",
            "language": "English",
            "keyword": "handover; drug list",
            "abstract": "Aim: To explore how lists are handed over. Methods: We interviewed 12 nurses. "
            "Results: Nurses said that nobody called back.",
        }
    ]
)
PUBMED = """<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "none.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">12345678</PMID><Article><Journal><JournalIssue>
<Volume>9</Volume><Issue>5</Issue><PubDate><Year>2019</Year><Month>May</Month></PubDate></JournalIssue>
<Title>Journal of Made-up Care</Title></Journal>
<ArticleTitle>Handing over the drug list: an <i>illustrative</i> study</ArticleTitle>
<Pagination><MedlinePgn>28-33</MedlinePgn></Pagination>
<Abstract><AbstractText Label="AIM">To explore how lists are handed over.</AbstractText>
<AbstractText Label="METHODS">We interviewed 12 nurses.</AbstractText>
<AbstractText Label="RESULTS">Nurses said that nobody called back.</AbstractText></Abstract>
<AuthorList><Author><LastName>O'Brien</LastName><ForeName>Máire</ForeName></Author>
<Author><LastName>de Vries</LastName><ForeName>J. P.</ForeName></Author></AuthorList><Language>eng</Language>
</Article><KeywordList><Keyword>handover</Keyword><Keyword>drug list</Keyword></KeywordList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">12345678</ArticleId>
<ArticleId IdType="doi">10.9999/ABC.1</ArticleId></ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>
"""
NBIB = """
PMID- 12345678
OWN - NLM
VI  - 9
IP  - 5
DP  - 2019 May 2
TI  - Handing over the drug list: an illustrative
      study
PG  - 28-33
LID - 10.9999/ABC.1 [doi]
AB  - AIM: To explore how lists are handed over. METHODS: We interviewed 12 nurses.
      RESULTS: Nurses said that nobody called back.
FAU - O'Brien, Máire
AU  - O'Brien M
FAU - de Vries, J. P.
AU  - de Vries JP
LA  - eng
PT  - Journal Article
JT  - Journal of Made-up Care
OT  - handover
OT  - drug list
"""
REFER = """%0 Journal Article
%A O'Brien, Máire
%A de Vries, J. P.
%T Handing over the drug list: an illustrative study
%J Journal of Made-up Care
%D 2019
%8 2019/05/02
%V 9
%N 5
%P 28-33
%R 10.9999/ABC.1
%M 12345678
%G English
%K handover
drug list
%X Aim: To explore how lists are handed over. Methods: We interviewed 12 nurses.
Results: Nurses said that nobody called back.
"""
WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU O'Brien, M
   de Vries, JP
AF O'Brien, Máire
   de Vries, J. P.
TI Handing over the drug list: an illustrative
   study
SO Journal of Made-up Care
LA English
DE handover; drug list
AB Aim: To explore how lists are handed over. Methods: We interviewed 12 nurses. Results: Nurses said that nobody
   called back.
PD MAY 2
PY 2019
VL 9
IS 5
BP 28
EP 33
DI 10.9999/ABC.1
PM 12345678
ER

EF
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records><record><rec-number>7</rec-number>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">O'Brien, Máire</style></author><author>de Vries, J. P.</author>
</authors></contributors>
<titles><title><style>Handing over the drug list: an </style><style face="italic">illustrative</style>
<style> study</style></title><secondary-title>J Made-up Care</secondary-title></titles>
<periodical><full-title>Journal of Made-up Care</full-title></periodical><pages>28-33</pages><volume>9</volume>
<number>5</number><keywords><keyword>handover</keyword><keyword>drug list</keyword></keywords>
<dates><year>2019</year><pub-dates><date>2019/05/02</date></pub-dates></dates>
<accession-num>12345678</accession-num><electronic-resource-num>10.9999/ABC.1</electronic-resource-num>
<abstract>Aim: To explore how lists are handed over. Methods: We interviewed 12 nurses. Results: Nurses said that nobody
called back.</abstract><language>English</language></record></records></xml>
"""
CSV = """key,title,Publication Date,Journal,Volume,Number,Pages,Author(s),url,Language,Abstract,pubmed_id,Keywords
1,Handing over the drug list: an illustrative study,2019/05/02,Journal of Made-up Care,9,5,28-33,\
"O'Brien, Máire; de Vries, J. P.",https://doi.org/10.9999/abc.1,English,"Aim: To explore how lists are handed over.
Methods: We interviewed 12 nurses. Results: Nurses said that nobody called back.",12345678,handover; drug list
"""
FORMS = {
    "RIS": RIS,
    "BibTeX": BIBTEX,
    "CSL-JSON": CSL,
    "PubMed XML": PUBMED,
    "NBIB": NBIB,
    "EndNote's refer format (ENW)": REFER,
    "a Web of Science export": WOS,
    "EndNote XML": ENDNOTE,
    "a table (CSV)": CSV.replace("\\\n", ""),
}


def only(data: str) -> ReadDocument:
    """Return the one reference that a file holds."""
    (found,) = (one for one in read_contents(data.encode(), "references") if not isinstance(one, Sheet))
    assert isinstance(found, ReadDocument)
    return found
