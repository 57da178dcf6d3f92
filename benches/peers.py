"""Other tools on equal work: the model of the bench in each one's own language, its links resolved, and written out.

    python3 benches/peers.py [PROCESSES] [PEER ...]

installs each peer under `target/peers` at its first run (pip, npm), builds `prm` as a release, and prints the processor
time of each beside that of `prm`, the least of three runs. Without arguments: a thousand processes, all peers. The peers
check other things than `prm` does, and fewer; none of them knows what a process is.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "target" / "peers"


def outcomes(model):
    """Each outcome with its full id, its process and its links."""
    for process in model["processes"]:
        for outcome in process["outcomes"]:
            yield f"{process['id']}.{outcome['number']}", process, outcome


def requirements(model):
    for catalog in model["catalogs"]:
        for clause in catalog["clauses"]:
            yield from clause["requirements"]


def linked(outcome):
    return [requirement for link in outcome["links"] for requirement in link["requirements"]]


def name(kind, identifier):
    """An id of letters, digits and `_`, which all peers take."""
    return f"{kind}_{identifier}".replace(".", "_").replace("-", "_")


def write(folder, path, lines):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text("\n".join(lines) + "\n")


def trlc(model, folder):
    write(folder, "house.rsl", [
        "package House",
        "type Requirement { title String text String }",
        "type Process { title String purpose String }",
        "type Outcome { of Process text String satisfies Requirement [1 .. *] }",
    ])
    lines = ["package House"]
    for row in requirements(model):
        lines.append(f'Requirement {name("R", row["id"])} {{ title = "{row["title"]}" text = "{row["text"]}" }}')
    for process in model["processes"]:
        title, purpose = process["title"], process["purpose"]
        lines.append(f'Process {name("P", process["id"])} {{ title = "{title}" purpose = "{purpose}" }}')
    for identifier, process, outcome in outcomes(model):
        links = ", ".join(name("R", one) for one in linked(outcome))
        of, text = name("P", process["id"]), outcome["text"]
        lines.append(f'Outcome {name("O", identifier)} {{ of = {of} text = "{text}" satisfies = [{links}] }}')
    write(folder, "house.trlc", lines)


def strictdoc(model, folder):
    def node(identifier, title, statement, parents):
        lines = ["", "[REQUIREMENT]", f"UID: {identifier}", f"TITLE: {title}", f"STATEMENT: {statement}"]
        if parents:
            lines.append("RELATIONS:")
        for parent in parents:
            lines += ["- TYPE: Parent", f"  VALUE: {parent}"]
        return lines

    rules, processes = ["[DOCUMENT]", "TITLE: Rules"], ["[DOCUMENT]", "TITLE: Processes"]
    for row in requirements(model):
        rules += node(name("R", row["id"]), row["title"], row["text"], [])
    for process in model["processes"]:
        processes += node(name("P", process["id"]), process["title"], process["purpose"], [])
    for identifier, process, outcome in outcomes(model):
        parents = [name("P", process["id"])] + list(dict.fromkeys(name("R", one) for one in linked(outcome)))
        processes += node(name("O", identifier), f"Outcome {identifier}", outcome["text"], parents)
    write(folder, "rules.sdoc", rules)
    write(folder, "processes.sdoc", processes)


def sphinx_needs(model, folder):
    def need(kind, identifier, title, text, links):
        options = [f"   :id: {identifier}"] + ([f"   :links: {', '.join(links)}"] if links else [])
        return ["", f".. {kind}:: {title}", *options, "", f"   {text}"]

    write(folder, "conf.py", ['project = "House"', 'extensions = ["sphinx_needs"]', r'needs_id_regex = r"^\w+$"'])
    lines = ["House", "====="]
    for row in requirements(model):
        lines += need("req", name("R", row["id"]), row["title"], row["text"], [])
    for process in model["processes"]:
        lines += need("spec", name("P", process["id"]), process["title"], process["purpose"], [])
    for identifier, process, outcome in outcomes(model):
        links = [name("P", process["id"])] + [name("R", one) for one in linked(outcome)]
        lines += need("impl", name("O", identifier), f"Outcome {identifier}", outcome["text"], links)
    write(folder, "index.rst", lines)


def likec4(model, folder):
    def element(kind, identifier, title, text):
        return f"  {identifier} = {kind} '{title}' {{ description '{text}' }}"

    lines = ["specification {", "  element requirement", "  element process", "  element outcome"]
    lines += ["  relationship satisfies", "  relationship reaches", "}", "model {"]
    for row in requirements(model):
        lines.append(element("requirement", name("R", row["id"]), row["title"], row["text"]))
    for process in model["processes"]:
        lines.append(element("process", name("P", process["id"]), process["title"], process["purpose"]))
    for identifier, process, outcome in outcomes(model):
        own = name("O", identifier)
        lines.append(element("outcome", own, f"Outcome {identifier}", outcome["text"]))
        lines.append(f"  {own} -[reaches]-> {name('P', process['id'])}")
        lines += [f"  {own} -[satisfies]-> {name('R', one)}" for one in dict.fromkeys(linked(outcome))]
    # A view of its own, with nothing in it: the usual one would lay out every element.
    write(folder, "house.c4", lines + ["}", "views {", "  view index { title 'House' }", "}"])


def by_pip(package, program):
    folder = WORK / "tools" / program
    if not (folder / "bin" / program).exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", package], check=True)
    return folder / "bin" / program


def by_npm(package, program):
    folder = WORK / "tools" / program
    if not (folder / "node_modules" / ".bin" / program).exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, package], check=True)
    return folder / "node_modules" / ".bin" / program


# How each is installed, what writes the model for it, what it is asked for, what `prm` is asked for, and how many times the
# processor time of `prm` it is to take at least.
PEERS = {
    "trlc": (
        lambda: by_pip("trlc==3.1.0", "trlc"),
        trlc,
        lambda tool, model, out: [tool, model],
        lambda model, _: ["check", model],
        100,
    ),
    "strictdoc": (
        lambda: by_pip("strictdoc==0.30.0", "strictdoc"),
        strictdoc,
        lambda tool, model, out: [tool, "export", "--formats", "json", "--output-dir", out, model],
        lambda model, out: ["build", model, "--format", "json", "-o", out],
        300,
    ),
    "sphinx-needs": (
        lambda: by_pip("sphinx-needs==9.1.0", "sphinx-build"),
        sphinx_needs,
        lambda tool, model, out: [tool, "-q", "-E", "-b", "needs", model, out],
        lambda model, out: ["build", model, "--format", "json", "-o", out],
        300,
    ),
    "likec4": (
        lambda: by_npm("likec4@1.46.0", "likec4"),
        likec4,
        lambda tool, model, out: [tool, "export", "json", "-o", out / "house.json", model],
        lambda model, out: ["build", model, "--format", "json", "-o", out],
        300,
    ),
}


def seconds(command):
    """The least processor time of three runs, of the command and of all that it starts."""
    least = float("inf")
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode != 0:
            sys.exit(f"{command} failed:\n{done.stdout.decode(errors='replace')[-2000:]}")
        least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return least


def main():
    words = sys.argv[1:]
    processes = next((word for word in words if word.isdigit()), "1000")
    names = [word for word in words if not word.isdigit()] or list(PEERS)
    unknown = [word for word in names if word not in PEERS]
    if unknown:
        sys.exit(f"there is no peer {', '.join(unknown)}; there are {', '.join(PEERS)}")
    samples = WORK / "model"
    samples.mkdir(parents=True, exist_ok=True)
    prm = pathlib.Path(os.environ.get("PRM") or ROOT / "target" / "release" / "prm")
    bench = ["cargo", "bench", "--quiet", "--bench", "speed", "--", "write", str(samples), processes]
    if "PRM" not in os.environ or not (samples / f"house-{processes}-Clean.json").exists():
        subprocess.run(bench, cwd=ROOT, check=True)
    source = samples / f"house-{processes}-Clean.prm"
    model = json.loads(source.with_suffix(".json").read_text())
    print(f"processor time for {processes} processes, {time.strftime('%d %B %Y')}")
    for peer in names:
        install, translate, theirs, ours, target = PEERS[peer]
        tool, folder, out = install(), WORK / peer / processes, WORK / peer / "out"
        translate(model, folder)
        out.mkdir(parents=True, exist_ok=True)
        peers_time = seconds(theirs(tool, folder, out))
        own_time = seconds([prm, *ours(source, out / "prm.json")])
        ratio = peers_time / own_time
        verdict = "met" if ratio >= target else "MISSED"
        print(f"  {peer:<14} {peers_time:8.2f} s   prm {own_time * 1e3:7.1f} ms   {ratio:7.0f}   at least {target}   {verdict}")


if __name__ == "__main__":
    main()
