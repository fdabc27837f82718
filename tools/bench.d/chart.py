# SPDX-License-Identifier: MIT
"""Draws lines over two logarithmic axes, as SVG."""

import itertools
import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 140, 48, 56
COLOURS = ["#0b6e4f", "#3a86ff", "#e07a00", "#b5179e", "#555555", "#999900"]


def decades(values):
    """The powers of ten that enclose the values."""
    low = math.floor(math.log10(min(values)))
    high = math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def number(power):
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"


class Chart:
    def __init__(self, lines):
        points = [point for line in lines.values() for point in line.items()]
        self.x_range = decades([x for x, _ in points])
        self.y_range = decades([y for _, y in points])
        self.parts = []

    def x(self, value):
        low, high = self.x_range
        span = WIDTH - LEFT - RIGHT
        return LEFT + span * (math.log10(value) - low) / (high - low)

    def y(self, value):
        low, high = self.y_range
        span = HEIGHT - TOP - BOTTOM
        return HEIGHT - BOTTOM - span * (math.log10(value) - low) / (high - low)

    def text(self, x, y, words, anchor="middle", **attributes):
        more = "".join(f' {key}="{value}"' for key, value in attributes.items())
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>'
            f"{escape(words)}</text>"
        )

    def rule(self, x1, y1, x2, y2):
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            'stroke="#d8d8d8"/>'
        )

    def axes(self, x_label, y_label):
        for power in range(self.x_range[0], self.x_range[1] + 1):
            at = self.x(10.0**power)
            self.rule(at, TOP, at, HEIGHT - BOTTOM)
            self.text(at, HEIGHT - BOTTOM + 18, number(power))
        for power in range(self.y_range[0], self.y_range[1] + 1):
            at = self.y(10.0**power)
            self.rule(LEFT, at, WIDTH - RIGHT, at)
            self.text(LEFT - 8, at + 4, number(power), "end")
        self.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, x_label)
        middle = (TOP + HEIGHT - BOTTOM) / 2
        turned = {"transform": f"rotate(-90 16 {middle:.1f})"}
        self.text(16, middle, y_label, **turned)

    def lines(self, lines):
        """Draws them; each label stands at the right, clear of the others."""
        labels = []
        for (label, line), colour in zip(
            lines.items(), itertools.cycle(COLOURS), strict=False
        ):
            points = [(self.x(x), self.y(y)) for x, y in sorted(line.items())]
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            self.parts.append(
                f'<polyline points="{path}" fill="none" stroke="{colour}" '
                'stroke-width="2"/>'
            )
            for x, y in points:
                self.parts.append(
                    f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
                )
            labels.append((points[-1][1], points[-1][0], label, colour))
        lowest = TOP
        for y, x, label, colour in sorted(labels):
            lowest = max(lowest + 15, y + 4)
            self.text(x + 8, lowest, label, "start", fill=colour)


def draw(title, x_label, y_label, lines):
    """@param lines {label: {x: y}}. @return the SVG."""
    chart = Chart(lines)
    chart.text(LEFT, 26, title, "start", **{"font-size": 15, "font-weight": "bold"})
    chart.axes(x_label, y_label)
    chart.lines(lines)
    body = "\n".join(chart.parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n'
    )
