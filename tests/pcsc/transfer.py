#!/usr/bin/python3
"""A key from a carrier to a PSAM, both in readers: ssc keys transfer pcsc: to pcsc:."""
import stack


def transfer(*arguments, status=0):
    return stack.run(stack.SSC, "keys", "transfer", f"pcsc:{stack.CARD_READER}", f"pcsc:{stack.PSAM_READER}",
                     "--pin-file", "-", *arguments, stdin="123456\n", status=status)


def main():
    stack.end_within(100)
    with stack.Serve(card="sample-master-card", psam="sample-psam-new"):
        said = transfer("--key", "IRK", "--key", "UK3DF01")
        assert "2 of 2 keys" in said and "IRK version 1  KCV 6DE141" in said, said  # the check value by openssl
        assert "is there already" in transfer("--key", "IRK", status=1)
    with stack.Serve(card="sample-3.00", psam="sample-psam"):
        said = transfer("--key", "IRK", status=1)
        assert said.count("\n") == 1 and "6" in said, said


if __name__ == "__main__":
    main()
