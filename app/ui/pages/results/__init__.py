"""The tab «Результаты»: every school in every procedure, with the cell behind each number."""
