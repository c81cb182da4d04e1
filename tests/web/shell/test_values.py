"""Values of a file shown to a person."""

from filage_web.shell.values import shown


def test_a_list_of_parts_is_written_with_french_names_and_rates_in_percent():
    licence = {"category": 2, "number": "PL-1", "expires_on": "2027-01-18"}
    assert shown([licence], "employer", "licences") == (
        "catégorie 2, numéro de récépissé PL-1, expire le lun. 18 janv. 2027"
    )
    assert shown([{"value": "0.016"}], "employer", "rates") == "valeur 1,6\N{NO-BREAK SPACE}%"
