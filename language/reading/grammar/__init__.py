"""The grammar of dates: rules over kinds of tokens, the same for every language."""
