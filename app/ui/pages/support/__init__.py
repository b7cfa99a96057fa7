"""The tab «Поддержка»: curators, mentor pairs, network groups, and the directory of people."""
