"""A mail server for tests that keeps the raw bytes it was sent, and misbehaves when told to.

Nothing is parsed or decoded: libraries that do so hide the fault we look for (an encoded word
in place of a mailbox with ä). Use it through the fixture `mail_server`, or as a with-block.
"""

import socketserver
import threading

EHLO = [b"250-sink.example", b"250-8BITMIME"]


class SmtpSink(socketserver.ThreadingTCPServer):
    """What it was sent is in `commands` (each line) and `mails` (each whole mail, dots undone).

    offers_smtputf8: whether EHLO says so. refuses: {address: b"550 5.1.1 ..."}, also for 4xx.
    breaks_in_mail: closes the line after the last byte of a mail, without an answer, so many times.
    says_to_mails: its answers to the next mails, in order; it keeps none of those.
    refuses_once: as `refuses`, the first time that each address is named.
    cuts_mails: closes the line in the middle of a mail, so many times.
    loses_answers: keeps a mail and closes the line without a word, so many times.
    dawdles: seconds before it answers a mail, which it has kept.
    greets: what it says to who calls.
    farewell: what it says to QUIT.
    hold_after_yes(): from now on it says 250 to a mail and then nothing more, until release().
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *, offers_smtputf8=True, refuses=None, breaks_in_mail=0):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.offers_smtputf8 = offers_smtputf8
        self.refuses = {name.encode(): words for name, words in (refuses or {}).items()}
        self.breaks_in_mail = breaks_in_mail
        self.commands, self.mails = [], []
        self.connections = 0
        self.says_to_mails, self.refuses_once = [], {}
        self.cuts_mails = self.loses_answers = self.dawdles = 0
        self.greets, self.farewell = b"220 sink.example ESMTP", b"221 bye"
        self.said_yes, self.go_on = threading.Event(), threading.Event()
        self.go_on.set()
        self.leaving = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def hold_after_yes(self):
        self.said_yes.clear()
        self.go_on.clear()

    def release(self):
        self.go_on.set()

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.release()
        self.leaving.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """A client that was killed leaves a broken line behind: that is what we test."""


class Conversation(socketserver.StreamRequestHandler):
    def say(self, *lines: bytes):
        self.wfile.write(b"".join(line + b"\r\n" for line in lines))

    def handle(self):
        self.server.connections += 1
        self.say(self.server.greets)
        for line in self.rfile:
            command = line.rstrip(b"\r\n")
            self.server.commands.append(command)
            answer = getattr(self, command[:4].decode("ascii").lower(), self.other)
            if not answer(command):
                return

    def other(self, command):
        self.say(b"250 ok")
        return True

    def ehlo(self, command):
        utf8 = [b"250-SMTPUTF8"] if self.server.offers_smtputf8 else []
        self.say(*EHLO, *utf8, b"250 SIZE 99999999")
        return True

    def rcpt(self, command):
        address = command.partition(b"<")[2].partition(b">")[0]
        once = self.server.refuses_once.pop(address, None)
        self.say(once or self.server.refuses.get(address, b"250 ok"))
        return True

    def data(self, command):
        self.say(b"354 go on")
        lines = []
        if self.server.cuts_mails:
            self.server.cuts_mails -= 1
            self.rfile.readline()
            return False
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        if self.server.breaks_in_mail:
            self.server.breaks_in_mail -= 1
            return False
        if self.server.says_to_mails:
            self.say(self.server.says_to_mails.pop(0))
            return True
        self.server.mails.append(b"".join(lines))
        if self.server.loses_answers:
            self.server.loses_answers -= 1
            return False
        self.server.leaving.wait(self.server.dawdles)
        self.say(b"250 2.0.0 taken as %d" % len(self.server.mails))
        self.server.said_yes.set()
        self.server.go_on.wait()
        return True

    def quit(self, command):
        self.say(self.server.farewell)
        return False
