"""What Meta says of a token is read, and quotes none."""

from inbox_app.channels.whatsapp.graph.tokens import read_token


def test_the_words_against_a_token_do_not_quote_it() -> None:
    token = "EAAG" + "x" * 40
    error = {"code": 190, "message": f"Malformed access token {token}"}
    assert read_token({"is_valid": False, "error": error}).why_not == "Malformed access token …"
