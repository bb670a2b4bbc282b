"""PDF: from the letters of a page to lines, columns, paragraphs, headings and tables."""
