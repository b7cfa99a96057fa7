"""The tab «Показатели»: a tree of indicators with years, checks, counted facts, charts."""
