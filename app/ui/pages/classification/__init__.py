"""The page «Классификация»: what the rules, the region and people say of every school."""
