"""The page «Сборка программы»: outline, block, pages and findings side by side."""
