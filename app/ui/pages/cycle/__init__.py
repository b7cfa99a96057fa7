"""The tab «Цикл»: evidence of the management cycle, recommendations, decisions, the chain."""
