#!/usr/bin/python3
"""A terminal written from the standard: card and PSAM in two readers; the PSAM does all cryptography."""
import sys

import stack

SSSE = "sx1.sh.社会保障".encode("gbk")
PSAM_APPLICATION = bytes.fromhex("D15600000590")
DF01 = bytes.fromhex("D15600000500")
PIN = bytes.fromhex("123456")
NEW_PIN = bytes.fromhex("654321")
WRONG_PIN = bytes.fromhex("999999")
TRIES = 3

# Usage type and id in the PSAM, P2 of EXTERNAL AUTHENTICATION (Part 9 app.B).
IRK = (7, 0x08, None)
STKSSSE = (8, 0x09, None)
PUK = (8, 0x10, 0x06)
UK1DF01 = (8, 0x42, 0x83)


def with_length(data):
    return bytes([len(data)]) + data


def fold(data):
    """16 octets to 8, by halves (Part 4 §9)."""
    return data if len(data) == 8 else bytes(a ^ b for a, b in zip(data[:8], data[8:]))


class Cipher:
    def __init__(self, environment, block):
        self.environment = environment.encode("gbk")
        self.block = block

    def pad_zero(self, data):
        return data.ljust(-(-len(data) // self.block) * self.block, b"\0")

    def pad80(self, data):
        return self.pad_zero(data + b"\x80")


class Psam:
    """Keys by name: the levels of each are probed once (Part 9 §8)."""

    def __init__(self, contacts, cipher, factors):
        self.send = contacts
        self.cipher = cipher
        self.factors = factors  # L3, L2, L1: as DELIVERY SESSION KEY wants them
        self.levels = {}
        self.send("00A40400", with_length(cipher.environment), "00")
        self.send("00A40400", with_length(PSAM_APPLICATION), "00")

    def deliver(self, key, levels, session_factor):
        usage, key_id, _ = key
        data = b"".join(self.factors[:levels]) + self.cipher.pad_zero(session_factor)
        return self.send.exchange("BFDE", [levels << 5 | usage, key_id], with_length(data))[1]

    def session(self, key, session_factor):
        for levels in [self.levels[key]] if key in self.levels else (3, 2, 1):
            if self.deliver(key, levels, session_factor) == "9000":
                self.levels[key] = levels
                return
        stack.fail(f"the PSAM has no key of usage {key[0]:X}, id {key[1]:02X}")

    def encipher(self, key, session_factor, data):
        self.session(key, session_factor)
        return self.send("80FA0000", with_length(data), "00")

    def authentication_data(self, key, session_factor, original):
        return fold(self.encipher(key, session_factor, self.cipher.pad_zero(original)))

    def mac(self, key, session_factor, data):
        self.session(key, session_factor)
        chain = bytes(self.cipher.block) + self.cipher.pad80(data)
        return self.send("80FA0500", with_length(chain), "00")[:4]

    def challenge(self):
        return self.send("0084000008")


def factors_of(atr, area):
    """L3 from T6..TD of the ATR, L2 and L1 from the area (Part 9 §7.3)."""
    historical = atr[-(atr[1] & 0x0F):]
    digits = area.hex().encode()
    return [historical[5:13], digits + bytes.fromhex("7378"), digits[:2] + b"0000" + bytes.fromhex("7368")]


def select_ssse(card):
    return card("00A40400", with_length(SSSE), "00")


def enter_df01(card):
    select_ssse(card)
    card("00A40400", with_length(DF01), "00")


def external_authentication(card, psam, key, sw="9000", spoil=0):
    challenge = card("0084000008")
    original = psam.challenge()
    data = bytearray(psam.authentication_data(key, challenge, original))
    data[0] ^= spoil
    card([0x00, 0x82, 0x00, key[2]], with_length(bytes(data) + original), sw=sw)


def verify(card, pin, sw="9000"):
    card("00200000", with_length(pin), sw=sw)


def identify(card):
    """The card says who it is; gives the factors of its keys."""
    fci = select_ssse(card)
    assert SSSE in fci, fci.hex()
    record = card("00B2012812")
    assert record[:2] == bytes.fromhex("0110"), record.hex()
    area = record[2:5]
    assert area.hex() == "990100", area.hex()
    return factors_of(card.atr, area)


def internal_authentication(card, psam):
    factor, original = psam.challenge(), psam.challenge()
    answer = card("00880000", with_length(factor + original), "00")
    assert len(answer) == 8, answer.hex()
    assert answer == psam.authentication_data(IRK, factor, original), "the card is not genuine"


def update_and_read_back(card, psam):
    enter_df01(card)
    card("00DC202804 20023231", sw="6982")
    external_authentication(card, psam, UK1DF01, sw="63CE", spoil=1)
    card("00DC202804 20023231", sw="6982")
    external_authentication(card, psam, UK1DF01)
    card("00DC202804 20023231")
    card("00B2202804", sw="6982")
    verify(card, PIN)
    assert card("00B2202804") == bytes.fromhex("20023231")


def lock_pin(card):
    for left in range(TRIES - 1, -1, -1):
        verify(card, WRONG_PIN, sw=f"63C{left}")
    verify(card, PIN, sw="6983")
    card("0020000000", sw="63C0")


def unblock(card, psam):
    external_authentication(card, psam, PUK)
    challenge = card("0084000008")
    header = bytes.fromhex("8424000004")
    card(header, psam.mac(STKSSSE, challenge, header))


def reload(card, psam, pin):
    external_authentication(card, psam, PUK)
    challenge = card("0084000008")
    block = psam.cipher.pad80(with_length(pin))
    cipher_text = psam.encipher(STKSSSE, challenge, block)
    header = bytes([0x84, 0x24, 0x00, 0x01, len(cipher_text) + 4])
    card(header, cipher_text, psam.mac(STKSSSE, challenge, header + cipher_text))


def pin_life(card, psam):
    card.power_cycle()
    select_ssse(card)
    card("0020000000", sw=f"63C{TRIES}")
    verify(card, WRONG_PIN, sw=f"63C{TRIES - 1}")
    verify(card, PIN)
    card("0020000000", sw=f"63C{TRIES}")
    lock_pin(card)
    card.power_cycle()
    select_ssse(card)
    verify(card, PIN, sw="6983")
    unblock(card, psam)
    verify(card, PIN)
    lock_pin(card)
    reload(card, psam, NEW_PIN)
    verify(card, PIN, sw=f"63C{TRIES - 1}")
    verify(card, NEW_PIN)
    card("805E010007", NEW_PIN, "FF", PIN)
    verify(card, PIN)


def flow(name, cipher):
    with stack.Serve(card=name), stack.Contacts(stack.CARD_READER) as card, stack.Contacts(stack.PSAM_READER) as sam:
        psam = Psam(sam, cipher, identify(card))
        internal_authentication(card, psam)
        update_and_read_back(card, psam)
        pin_life(card, psam)
    print(f"{name}: all as the standard says")


CIPHERS = {"2.00": Cipher("sx1.sh.社会保障", 8), "3.00": Cipher("sx3.sh.社会保障", 16)}

if __name__ == "__main__":
    stack.end_within(60)
    for name in sys.argv[1:]:
        flow(name, CIPHERS[name.split("-")[1]])
