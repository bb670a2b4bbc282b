"""Findings inside the methods: protocols report the interviews that shaped their plan before they tell the plan."""

import pytest

from ingest.readers import read
from ingest.sections import main_kind, reports_within_methods

PROSE = "<p>Nurses said that letters came late, and that nobody had told them who was to call.</p>"


def kinds_of(above: str, heading: str) -> dict[str, str]:
    body = (
        f"<sec><title>{above}</title>{PROSE}<sec><title>{heading}</title>{PROSE}</sec></sec>"
        f"<sec><title>Acknowledgements</title>{PROSE}</sec>"
    )
    article = (
        "<article><front><article-meta><title-group><article-title>Letters</article-title></title-group>"
        f"</article-meta></front><body>{body}</body></article>"
    )
    return {section.heading: section.kind for section in read(article.encode(), "a.xml").reading.sections}


@pytest.mark.parametrize("heading", ["Focus group findings", "2.3 Qualitative results", "Phase I findings"])
def test_findings_of_formative_work_are_results(heading: str) -> None:
    assert reports_within_methods(heading)
    assert kinds_of("Methods", heading)[heading] == "results"


@pytest.mark.parametrize("heading", ["Focus groups", "Focus group sample", "Use of the findings"])
def test_other_parts_of_methods_stay_methods(heading: str) -> None:
    assert kinds_of("Methods", heading)[heading] == "methods"


def test_findings_named_in_a_discussion_stay_there() -> None:
    assert kinds_of("Discussion", "Qualitative findings")["Qualitative findings"] == "discussion"
    assert main_kind("Qualitative findings") is None
