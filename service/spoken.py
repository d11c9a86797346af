"""Amounts and numbers as people write them, in letters and on pages alike."""


def money(value: float | None) -> str:
    """$19, $24.50, $46,000; nothing for None."""
    if value is None:
        return ""
    return f"${value:,.0f}" if value == int(value) else f"${value:,.2f}"


def phone(number: str) -> str:
    """A North American number as it is written there: (847) 555-0118; others as they are."""
    if number.startswith("+1") and len(number) == 12 and number[1:].isdecimal():
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    return number
