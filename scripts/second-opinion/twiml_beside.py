#!/usr/bin/env python3
"""Our TwiML beside that of Twilio's official Python SDK, compared as parsed trees.

    scripts/setup.sh test
    .venv/bin/python scripts/second-opinion/twiml_beside.py [SEED]

Describes call flows (those of the product, then random ones with hostile texts), has them rendered by
`cargo run --example render_twiml` and by `twilio.twiml.voice_response`, and compares element by element.
Prints "N passed, M failed" and exits 1 on a difference.
"""

import json
import pathlib
import random
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

from twilio.twiml.voice_response import Gather, Say, VoiceResponse

ROOT = pathlib.Path(__file__).resolve().parents[2]
RANDOM_FLOWS = 400
BASE = "https://h.example/api/voice"
HURRY = "#rc=2&rp=ct,rt,5xx&rt=4000"
OPT_OUT = f"{BASE}/campaign/opt-out/token{HURRY}"

# Voice, whether it has speed, whether it has pitch: by the carrier's documentation, not by our list.
VOICES = [
    ("Polly.Joanna", True, True),
    ("Polly.Matthew", True, True),
    ("Polly.Joanna-Neural", True, False),
    ("Polly.Joanna-Generative", False, False),
    ("woman", False, False),
]
PIECES = [
    "</Say><Dial>+19005550100</Dial><Say>", "]]>", "<![CDATA[", "&#0;", "&amp;", "&", "<", ">", '"', "'",
    "<!ENTITY a 'b'>", "<break time='10s'/>", "Tom & Jerry", "{{first_name}}", "\n", "\t", "\r\n", "\x00", "\x1b",
    "\x85", "\x7f", "\ufffe", "\uffff", "é", "漢字", "🎉", "\u2028", "   ", "hello", ".", "1 < 2",
]


def spoken(text):
    """What is left of a text: our rule, written down a second time."""
    kept = []
    for character in text:
        code = ord(character)
        if character in "\t\n":
            kept.append(character)
        elif character == "\r":
            kept.append(" ")
        elif code < 0x20 or 0x7F <= code <= 0x9F or code in (0xFFFE, 0xFFFF):
            continue
        else:
            kept.append(character)
    return "".join(kept)


def add(parent, step):
    kind = step["kind"]
    if kind == "say":
        add_say(parent, step)
    elif kind == "play":
        parent.play(f"https://h.example/media/{step['audio_id']}?a=1&b=2")
    elif kind == "pause":
        parent.pause(length=step["seconds"])
    elif kind == "gather":
        gather = Gather(input="dtmf", num_digits=step["digits"], timeout=step["timeout_s"], finish_on_key="",
                        action=OPT_OUT, method="POST")
        for inner in step["steps"]:
            add(gather, inner)
        parent.append(gather)
    elif kind == "enqueue":
        parent.enqueue(spoken(step["queue"]), action=f"{BASE}/queue/left/token{HURRY}", method="POST",
                       wait_url=f"{BASE}/queue/wait-music/token{HURRY}", wait_url_method="POST")
    elif kind == "redirect":
        parent.redirect(OPT_OUT, method="POST")
    else:
        parent.hangup()


def add_say(parent, step):
    text = spoken(step["text"])
    if not text.strip():
        return
    _, has_rate, has_pitch = next(voice for voice in VOICES if voice[0] == step["voice"])
    changes = {}
    if has_rate and step["rate_percent"] != 100:
        changes["rate"] = f"{step['rate_percent']}%"
    if has_pitch and step["pitch_percent"] != 0:
        changes["pitch"] = f"{step['pitch_percent']:+d}%"
    said = Say(None if changes else text, voice=step["voice"], language=step["language"])
    if changes:
        said.prosody(text, **changes)
    parent.append(said)


def theirs(flow):
    response = VoiceResponse()
    for step in flow:
        add(response, step)
    return str(response)


def tree(document):
    def plain(element):
        assert not (element.tail or "").strip(), "text beside an element"
        return (element.tag, dict(element.attrib), element.text or "", [plain(child) for child in element])

    return plain(ElementTree.fromstring(document.encode("utf-8")))


def say(text, voice="Polly.Joanna", rate_percent=100, pitch_percent=0):
    return {"kind": "say", "text": text, "voice": voice, "language": "en-US", "rate_percent": rate_percent,
            "pitch_percent": pitch_percent}


def gather(*steps):
    return {"kind": "gather", "digits": 1, "timeout_s": 4, "steps": list(steps)}


def product_flows():
    hangup, queue = {"kind": "hangup"}, {"kind": "enqueue", "queue": "q1"}
    play, pause = {"kind": "play", "audio_id": "a1"}, {"kind": "pause", "seconds": 1}
    return [
        [],
        [hangup],
        [pause, gather(say("Tom & <Jerry>"), say("To stop these calls, press 9.")), hangup],
        [gather(play), hangup],
        [gather(say("Hello")), say("Please hold."), queue],
        [say("Hello"), queue, say("Sorry."), hangup],
        [{"kind": "redirect"}],
        [say("Slower", rate_percent=80), say("Higher", pitch_percent=10), hangup],
    ]


def random_flow(chance):
    def text():
        return "".join(chance.choice(PIECES) for _ in range(chance.randrange(8)))

    def heard():
        kind = chance.randrange(5)
        if kind == 0:
            return {"kind": "play", "audio_id": f"a{chance.randrange(9)}"}
        if kind == 1:
            return {"kind": "pause", "seconds": chance.randrange(1, 9)}
        return say(text(), chance.choice(VOICES)[0], chance.choice([100, 50, 90, 200]), chance.choice([0, -50, 10]))

    steps = [heard() for _ in range(chance.randrange(3))]
    if chance.random() < 0.5:
        steps.append(gather(*[heard() for _ in range(chance.randrange(4))]))
    ending = {"kind": "enqueue", "queue": "q" + text()[:20]}
    return steps + [chance.choice([{"kind": "hangup"}, ending, {"kind": "redirect"}])]


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    chance = random.Random(seed)
    flows = product_flows() + [random_flow(chance) for _ in range(RANDOM_FLOWS)]
    command = ["cargo", "run", "--locked", "-q", "-p", "carillon", "--example", "render_twiml"]
    ran = subprocess.run(command, input=json.dumps(flows), capture_output=True, text=True, cwd=ROOT, check=False)
    if ran.returncode != 0:
        sys.exit(f"our renderer failed: {ran.stderr}")
    failed = 0
    for at, (flow, ours) in enumerate(zip(flows, json.loads(ran.stdout), strict=True)):
        if tree(ours) != tree(theirs(flow)):
            failed += 1
            print(f"flow {at} of seed {seed} differs:\n  ours   {ours}\n  theirs {theirs(flow)}")
    print(f"{len(flows) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
