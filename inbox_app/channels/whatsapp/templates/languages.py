"""The languages that Meta takes templates in: her codes, and the BCP 47 tags we show and take."""

_CODES = """
af ar ar_AE ar_EG ar_LB ar_MA ar_QA az be_BY bg bn bn_IN ca cs da de de_AT de_CH el en en_AE en_AU
en_CA en_GB en_GH en_IE en_IN en_JM en_MY en_NZ en_QA en_SG en_UG en_US en_ZA es es_AR es_CL es_CO
es_CR es_DO es_EC es_ES es_HN es_MX es_PA es_PE es_UY et fa fi fil fr fr_BE fr_CA fr_CH fr_CI fr_MA
ga gu ha he hi hr hu id it ja ka kk kn ko ky_KG lo lt lv mk ml mr ms nb nl nl_BE pa pl prs_AF ps_AF
pt_BR pt_PT ro ru rw_RW si_LK sk sl sq sr sv sw ta te th tr uk ur uz vi zh_CN zh_HK zh_TW zu
"""

LANGUAGES = tuple(_CODES.split())
"""Meta's codes (docs/whatsapp.md §10). What she lists in another one is shown all the same; to
make a template in it is refused here before she does."""


def meta_code(tag: str) -> str | None:
    """Meta's code of a BCP 47 tag, or of her own code; none where she has no such language.

    A country she does not part is left out (it-IT → it); a language that she has by country only is
    not guessed (pt).
    """
    language, _, rest = tag.strip().replace("_", "-").partition("-")
    language = _OLD_NAMES.get(language.lower(), language.lower())
    region = rest.rpartition("-")[2].upper()
    exact = f"{language}_{region}" if region else language
    if exact in _KNOWN:
        return exact
    if exact in _SCRIPTS:
        return _SCRIPTS[exact]
    return language if language in _KNOWN else None


def bcp47(code: str) -> str:
    """The tag of one of Meta's codes: pt_BR → pt-BR."""
    return code.replace("_", "-")


def alternatives(tag: str) -> tuple[str, ...]:
    """Meta's codes of the same language: what somebody who asks for `pt` may have meant."""
    language = tag.strip().replace("_", "-").partition("-")[0].lower()
    return tuple(code for code in LANGUAGES if code.partition("_")[0] == language)


_KNOWN = frozenset(LANGUAGES)
_OLD_NAMES = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "tl": "fil", "mo": "ro"}
_SCRIPTS = {"zh_HANS": "zh_CN", "zh_HANT": "zh_TW", "zh_SG": "zh_CN", "zh_MO": "zh_HK"}
