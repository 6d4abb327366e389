"""How often a number can be halved."""


def halves(number: int) -> int:
    """Largest k such that 2**k divides the number."""
    count = 0
    while number % 2 == 0:
        number, count = number // 2, count + 1
    return count
