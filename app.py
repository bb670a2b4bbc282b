"""Entry of the explorer: `streamlit run app.py`, or `carekg serve`."""

from explorer.shell import run

run()
