"""The tab «Документы»: the order with its preview, and the register of what was made."""
