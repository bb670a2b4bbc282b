"""Take the README's picture: the shipped sample, a quote traced to its words.

python -m devtools.screenshot docs/images/trace.png
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from devtools.browser import ROOT, browser, explorer


def take(target: Path) -> None:
    """Ingest the sample into a temporary store and write the picture of its best-supported intervention to `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "store")
        ingest = [sys.executable, "-m", "cli", "ingest", "--sample", "--store", str(store)]
        subprocess.run(ingest, cwd=ROOT, check=True, capture_output=True)
        with explorer(store, Path(folder, "log")) as address, browser() as opened:
            page = opened.new_page(viewport={"width": 1360, "height": 900})
            page.goto(f"{address}/query?question=who-should")
            page.get_by_role("link", name="Trace the position").first.click()
            page.locator("mark.strong").first.wait_for()
            page.wait_for_timeout(1500)
            page.screenshot(path=target)


if __name__ == "__main__":
    take(Path(sys.argv[1]))
