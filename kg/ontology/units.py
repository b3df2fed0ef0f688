"""Units of quantities: UCUM's (ucum.org), ISO 4217's currencies, and what a unit is a multiple of.

What UCUM has no unit for is counted in a word of one's own in braces, as UCUM annotates:
``{florin}``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP
BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB
EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD
JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY
TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG XAU XCD XCG XDR XOF XPD
XPF XPT XSU XUA YER ZAR ZMW ZWG ZWL

ADP AFA ALK AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BEC BEF BEL BGJ BGK BGL BOP BRB BRC BRE BRN
BRR BUK BYB BYR CHC CSD CSJ CSK CYP DDM DEM ECS ECV EEK ESA ESB ESP FIM FRF GEK GHC GHP GNE GNS
GQE GRD GWE GWP HRD IEP ILP ILR ISJ ITL LAJ LSM LTL LTT LUC LUF LUL LVL LVR MGF MLF MRO MTL MTP
MVQ MXP MZE MZM NIC NLG PEH PEI PES PLZ PTE RHD ROK ROL RUR SDD SDP SIT SKK SRG STD SUR TJR TMM
TPE TRL UAK UGS UGW USS UYN UYP VEB VEF VNC XEU XFO XFU XRE YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC
ZWD ZWN ZWR
"""
CURRENCIES = frozenset(_CODES.split())
"""Codes of ISO 4217, those of today (list one) and those of old (list three)."""

_PREFIXES = {
    "Y": 24,
    "Z": 21,
    "E": 18,
    "P": 15,
    "T": 12,
    "G": 9,
    "M": 6,
    "k": 3,
    "h": 2,
    "da": 1,
    "d": -1,
    "c": -2,
    "m": -3,
    "u": -6,
    "n": -9,
    "p": -12,
    "f": -15,
    "a": -18,
    "z": -21,
    "y": -24,
}


def _table(text: str) -> dict[str, str]:
    """The lines of a table, of which each has what stands before and behind its ``=``."""
    pairs = (line.partition(" = ") for line in text.strip().splitlines())
    return {before: behind for before, _, behind in pairs}


_METRIC = _table("""
m = m
g = g
s = s
K = K
A = A
cd = cd
mol = mol
rad = rad
sr = sr
bit = bit
By = 8 bit
Bd = Bd
Hz = 1 s-1
N = 1 kg.m.s-2
Pa = 1 N.m-2
J = 1 N.m
W = 1 J.s-1
C = 1 A.s
V = 1 J.C-1
Ohm = 1 V.A-1
F = 1 C.V-1
S = 1 Ohm-1
Wb = 1 V.s
T = 1 Wb.m-2
H = 1 Wb.A-1
Cel = Cel
lm = 1 cd.sr
lx = 1 lm.m-2
Bq = 1 s-1
Ci = 37 GBq
Gy = 1 J.kg-1
Sv = 1 J.kg-1
kat = 1 mol.s-1
L = 1 dm3
l = 1 dm3
ar = 100 m2
t = 1000 kg
bar = 100000 Pa
eV = eV
u = u
pc = pc
cal = 4.184 J
B = B
""")
"""UCUM's metric units, which take prefixes, each with the number and unit that it stands for."""

_OTHERS = _table("""
1 = 1
% = 0.01 1
[ppth] = 0.001 1
[ppm] = 0.000001 1
[ppb] = 0.000000001 1
[pH] = [pH]
min = 60 s
h = 60 min
d = 24 h
wk = 7 d
a = 365.25 d
mo = 30.4375 d
deg = deg
' = '
'' = ''
AU = 149597.8707 Mm
[ly] = [ly]
atm = 101325 Pa
[Cal] = 1 kcal
[HP] = [HP]
[Btu] = [Btu]
[psi] = [psi]
[degF] = [degF]
[in_i] = 2.54 cm
[ft_i] = 12 [in_i]
[yd_i] = 3 [ft_i]
[mi_i] = 5280 [ft_i]
[fth_i] = 6 [ft_i]
[nmi_i] = 1852 m
[kn_i] = 1 [nmi_i].h-1
[sft_i] = 1 [ft_i]2
[smi_us] = [smi_us]
[acr_us] = [acr_us]
[acr_br] = 4840 [yd_i]2
[lb_av] = 453.59237 g
[oz_av] = 0.0625 [lb_av]
[stone_av] = 14 [lb_av]
[ston_av] = 2000 [lb_av]
[lton_av] = 2240 [lb_av]
[gr] = 64.79891 mg
[oz_tr] = 480 [gr]
[lb_tr] = 12 [oz_tr]
[car_m] = 0.2 g
[gal_us] = 231 [in_i]3
[qt_us] = 0.25 [gal_us]
[pt_us] = 0.5 [qt_us]
[bbl_us] = 42 [gal_us]
[bu_us] = 2150.42 [in_i]3
[gal_br] = 4.54609 L
[pt_br] = 0.125 [gal_br]
""")
"""UCUM's other units; one that stands for itself is no multiple of another here."""

_WORDS = _table("""
% = percent, per cent, pct
EUR = euro, euros
USD = dollar, dollars
GBP or [lb_av] = pounds
JPY = yen
KRW = won
t = ton, tons, tonne, tonnes
L = litre, litres, liters
m = metre, metres, meters
km = kilometre, kilometres, kilometers
kg = kilo, kilos, kilogram, kilograms
[mi_i] = mile, miles
[ft_i] = foot, feet, ft
[in_i] = inches
[kn_i] = knots
[acr_us] = acres
[bbl_us] = barrels
har = hectare, hectares, ha
h = hour, hours
min = minutes
s = seconds
d = day, days
wk = week, weeks
mo = month, months
a = year, years
km/h = kmh, kph
[mi_i]/h = mph
m2 = sqm, m²
m3 = m³
km2 = km²
deg = degrees
Cel = °c
""")
UNIT_OF_WORD = {word: code for code, words in _WORDS.items() for word in words.split(", ")}
"""What people write for a unit, and its code."""

_PART = r"(?P<atom>\{[^{}]{1,60}\}|(?:[^\W\d_]|[%']|\[[^\[\]\s]{1,20}\])+|1)(?P<power>-?\d)?"


class Scale(NamedTuple):
    """What a unit is: a number of some base units, each with its power."""

    factor: Fraction
    powers: Mapping[str, int]


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit of UCUM, a currency, or a word in braces; parts may be
    multiplied (``.``) and divided (``/``), as in ``EUR/t``.
    """
    return scale_of_unit(text) is not None


@cache
def scale_of_unit(unit: str) -> Scale | None:
    """Return what a unit is a multiple of, or None where it is none."""
    factor, powers = Fraction(1), Counter[str]()
    sign = 1
    for token in re.split(r"([./])(?![^{\[]*[}\]])", unit):
        if token in ("/", "."):
            sign = -1 if token == "/" else 1
            continue
        match = re.fullmatch(_PART, token)
        atom = _scale_of_atom(match["atom"]) if match else None
        if match is None or atom is None:
            return None
        power = sign * int(match["power"] or 1)
        factor *= atom.factor**power
        for base, exponent in atom.powers.items():
            powers[base] += exponent * power
    return Scale(factor, {base: power for base, power in powers.items() if power})


def _scale_of_atom(atom: str) -> Scale | None:
    if atom.startswith("{") or atom in CURRENCIES:
        return Scale(Fraction(1), {atom: 1})
    if meaning := _METRIC.get(atom) or _OTHERS.get(atom):
        return _scale_of_meaning(atom, meaning)
    for prefix, power in _PREFIXES.items():
        rest = atom.removeprefix(prefix)
        if rest != atom and rest in _METRIC:
            base = _scale_of_meaning(rest, _METRIC[rest])
            return Scale(base.factor * Fraction(10) ** power, base.powers)
    return None


def _scale_of_meaning(atom: str, meaning: str) -> Scale:
    """The scale of a unit that stands for itself (``m``) or for a number of others (``60 s``)."""
    number, _, unit = meaning.rpartition(" ")
    if not number:
        return Scale(Fraction(1), {} if atom == "1" else {atom: 1})
    base = scale_of_unit(unit)
    assert base is not None
    return Scale(Fraction(number) * base.factor, base.powers)
