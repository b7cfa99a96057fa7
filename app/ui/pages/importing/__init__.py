"""The page «Загрузка»: what was understood of each file, before anything is stored, and after."""
