"""The doors: the command line, the browser chat and what they share. Import names from the modules."""
