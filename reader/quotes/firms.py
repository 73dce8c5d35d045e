"""Names of one word that are firms, parties or movements, though nothing in the word tells: no person's last name."""

from __future__ import annotations

from reader.quotes import lexicon as lex

KNOWN_FIRMS = lex.SECURITY_VENDORS | lex.words(
    "google facebook microsoft apple amazon twitter yahoo uber intel cisco oracle adobe samsung huawei netflix",
    "paypal visa mastercard equifax target walmart sony nintendo tesla boeing lenovo dell nvidia qualcomm vodafone",
    "verizon comcast airbnb lyft dropbox reddit tiktok bytedance snapchat snap instagram whatsapp telegram signal",
    "discord zoom slack github gitlab mozilla wikipedia wikileaks anonymous meta alphabet openai spotify",
    "ebay alibaba tencent baidu nokia ericsson siemens philips bosch toyota honda nissan renault volkswagen bmw ford",
    "chrysler citrix vmware accenture deloitte gartner forrester experian transunion coinbase binance kraken",
    "bitfinex stripe marriott hilton disney pfizer moderna merck maersk fedex nasdaq citigroup barclays santander",
    "monzo revolut greenpeace amnesty labour conservatives democrats republicans tories hamas hezbollah fatah likud",
)
# Firms that are called like people.
FIRMS_LIKE_PEOPLE = frozenset(
    " ".join(name.split("_"))
    for name in lex.words(
        "trend_micro palo_alto check_point digital_shadows recorded_future",
        "morgan_stanley time_warner goldman_sachs merrill_lynch wells_fargo jp_morgan j.p._morgan freddie_mac",
        "fannie_mae levi_strauss ralph_lauren calvin_klein mary_kay charles_schwab john_deere eli_lilly",
        "edward_jones raymond_james walt_disney rolls_royce booz_allen baker_mckenzie price_waterhouse",
        "johnson_controls lloyd's_register age_concern jane_street bear_stearns arthur_andersen philip_morris",
        "ernst_young harley_davidson stanley_black vera_bradley",
    )
)
FIRM_ENDINGS = (
    "soft",
    "tech",
    "corp",
    "ware",
    "net",
    "sec",
    "cloud",
    "bank",
    "point",
    "guard",
    "labs",
    "bytes",
    "data",
)
