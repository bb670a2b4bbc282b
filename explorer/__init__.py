"""The Streamlit pages; every number comes from `graph`."""
