"""The tab «Сегодня»: what is late, near, awaited or undecided; every number opens its rows."""
