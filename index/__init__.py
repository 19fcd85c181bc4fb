"""Reading articles, splitting them, embedding them, and keeping them in Chroma. Import names from the modules."""
