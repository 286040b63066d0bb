"""The marks and words of the currencies that customers name."""

from bot.understanding.moments.tokens import Phrases

CURRENCIES = Phrases(
    dict.fromkeys(("€", "eur", "euro", "euros", "eruo", "euroi", "de euro", "de eur", "de €", "euroi."), "EUR")
    | dict.fromkeys(("lei", "leu", "ron", "de lei", "de ron"), "RON")
    | dict.fromkeys(("$", "usd", "dollars", "dollar", "dolari", "de dolari"), "USD")
    | dict.fromkeys(("£", "gbp", "pounds", "lire sterline", "de lire sterline"), "GBP")
    | dict.fromkeys(("chf", "franci", "de franci elvetieni", "francs"), "CHF")
    | dict.fromkeys(("huf", "forinti"), "HUF")
)
