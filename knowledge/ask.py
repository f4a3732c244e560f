"""Ask from the command line: a JSON line with a question in, a JSON line with its answer out."""

import json
import sys
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from coalition.charter import load_charter
from knowledge.knowledge import Knowledge


def main(lines: TextIO = sys.stdin, out: TextIO = sys.stdout) -> None:
    """Answer `{"question": ..., "lang": ...}` with `{"answer": ..., "refused": ...}`, line
    by line.
    """
    charter = load_charter()
    knowledge = Knowledge.load(charter)
    for line in lines:
        if line.strip():
            asked = json.loads(line)
            today = datetime.now(ZoneInfo(charter.zone)).date()
            language = asked.get("lang") or knowledge.language_of(asked["question"], "en")
            answer = knowledge.ask(asked["question"], language, today=today)
            told = {"answer": answer.text, "refused": answer.refused}
            out.write(json.dumps(told, ensure_ascii=False) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
