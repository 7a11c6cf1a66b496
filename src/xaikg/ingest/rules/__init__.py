"""One small function a question: which year, which venue, which names, what kind of link."""
