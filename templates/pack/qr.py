"""An address as a QR code of the smallest of the first five sizes, in plain Python.

Source:  ISO/IEC 18004: byte mode, error correction level L, which has one block up to size 5.
"""

# By size: how many bytes there are for data and how many for error correction.
SIZES = {1: (19, 7), 2: (34, 10), 3: (55, 15), 4: (80, 20), 5: (108, 26)}
MASKS = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


def code(text):
    """Rows of True (dark) and False, without the white edge.

    Raises:  ValueError for a text of more than 106 bytes.
    """
    data = text.encode()
    size = next((one for one, (room, _) in SIZES.items() if len(data) + 2 <= room), 0)
    if not size:
        raise ValueError("the text is too long for a code of this kind")
    room, check = SIZES[size]
    whole = packed(data, room)
    bits = [
        byte >> shift & 1 for byte in whole + correction(whole, check) for shift in range(7, -1, -1)
    ]
    grids = [_drawn(size, bits, mask) for mask in range(8)]
    return min(grids, key=_penalty)


def packed(data, room):
    """Mode, length, data and filling, as bytes."""
    bits = f"0100{len(data):08b}" + "".join(f"{byte:08b}" for byte in data) + "0000"
    whole = [int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)]
    return whole + [(0xEC, 0x11)[i % 2] for i in range(room - len(whole))]


def times(a, b):
    """A product in the field of 256 numbers that the standard uses (x^8 + x^4 + x^3 + x^2 + 1)."""
    product = 0
    for shift in range(7, -1, -1):
        product = product << 1 ^ (product >> 7) * 0x11D
        product ^= (b >> shift & 1) * a
    return product


def correction(data, count):
    """Reed-Solomon: the rest of data(x) * x^count divided by (x - 1)(x - 2)(x - 4) and so on."""
    divisor, root = [1], 1
    for _ in range(count):
        divisor = [a ^ times(b, root) for a, b in zip([*divisor, 0], [0, *divisor])]
        root = times(root, 2)
    left = [*data, *[0] * count]
    for i in range(len(data)):
        factor = left[i]
        for j, one in enumerate(divisor):
            left[i + j] ^= times(one, factor)
    return left[-count:]


def format_bits(mask):
    """Level L and the mask in 15 bits that can be mended, as the standard writes them."""
    data = 0b01 << 3 | mask
    left = data << 10
    for shift in range(4, -1, -1):
        left ^= (left >> shift + 10 & 1) * (0b10100110111 << shift)
    return (data << 10 | left) ^ 0b101010000010010


def _drawn(size, bits, mask):
    side = 17 + 4 * size
    grid = [[None] * side for _ in range(side)]

    def square(row, column, radius, dark):
        for r in range(max(0, row - radius), min(side, row + radius + 1)):
            for c in range(max(0, column - radius), min(side, column + radius + 1)):
                grid[r][c] = dark

    for row, column in ((3, 3), (3, side - 4), (side - 4, 3)):
        for radius, dark in ((4, False), (3, True), (2, False), (1, True)):
            square(row, column, radius, dark)
    if size > 1:
        for radius, dark in ((2, True), (1, False), (0, True)):
            square(side - 7, side - 7, radius, dark)
    for i in range(8, side - 8):
        grid[6][i] = grid[i][6] = i % 2 == 0
    told = format_bits(mask)
    near = [(8, i + (i > 5)) for i in range(8)] + [(7 - i - (i > 0), 8) for i in range(7)]
    far = [(side - 1 - i, 8) for i in range(7)] + [(8, side - 8 + i) for i in range(8)]
    for i in range(15):
        dark = bool(told >> 14 - i & 1)
        for row, column in (near[i], far[i]):
            grid[row][column] = dark
    grid[side - 8][8] = True
    waiting = iter(bits)
    columns = [c for c in range(side - 1, 0, -2) if c > 6] + [5, 3, 1]
    for at, right in enumerate(columns):
        for row in range(side - 1, -1, -1) if at % 2 == 0 else range(side):
            for column in (right, right - 1):
                if grid[row][column] is None:
                    grid[row][column] = bool(next(waiting, 0)) != MASKS[mask](row, column)
    return grid


def _penalty(grid):
    """Long runs and blocks of one colour, which are hard to read."""
    side, found = len(grid), 0
    for lines in (grid, list(zip(*grid))):
        for line in lines:
            run = 1
            for i in range(1, side):
                run = run + 1 if line[i] == line[i - 1] else 1
                found += 3 if run == 5 else run > 5
    for r in range(side - 1):
        for c in range(side - 1):
            found += 3 * (grid[r][c] == grid[r][c + 1] == grid[r + 1][c] == grid[r + 1][c + 1])
    return found


def lines(text):
    """The code for a terminal, two rows in a line, with its edge; what is dark is not printed."""
    grid = code(text)
    side = len(grid) + 8
    edged = [[False] * side for _ in range(4)]
    edged += [[False] * 4 + row + [False] * 4 for row in grid]
    edged += [[False] * side for _ in range(5)]
    signs = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    return ["".join(signs[pair] for pair in zip(edged[i], edged[i + 1])) for i in range(0, side, 2)]
