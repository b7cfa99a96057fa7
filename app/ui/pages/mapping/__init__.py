"""The page «Разметка таблицы»: a person says once what stands where in an unknown table."""
