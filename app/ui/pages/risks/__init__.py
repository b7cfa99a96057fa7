"""The tab «Факторы риска»: the matrix, documents of schools, where risks and measures differ."""
