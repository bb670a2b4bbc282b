"""Coding sheets: CSV and XLSX."""
