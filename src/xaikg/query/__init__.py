"""Questions to a snapshot: who is meant by a name, what came before and after, how much there is."""
