"""Make the lists of the book from its data: a project goes in; the lines of a list come out."""

import re

from livedocs.project import Project
from reading.bibliography import Source, escaped, read_bibliography
from reading.citations import cited_in
from reading.concepts import read_concepts, shown_by_checks, taught_on
from reading.facts import read_facts
from reading.pages import Page, read_pages
from reading.terms import Term, read_terms

ANCHOR = re.compile(r"(#+) .*\{[^}]*#([\w-]+)[^}]*\} *$")


def link(page: Page, anchor: str = "", text: str = "", mark: str = "") -> str:
    """Return a link from docs/about/ to a page; a word may be marked there, as search does it."""
    place = (f"?h={mark.replace(' ', '+')}" if mark else "") + (f"#{anchor}" if anchor else "")
    return f"[{text or escaped(page.title)}](../{page.path}{place})"


def cited_pages(project: Project) -> dict[str, list[Page]]:
    """Return the pages that cite each key."""
    pages = read_pages(project.docs)
    return {
        key: [pages[path] for path in dict.fromkeys(path for path, _ in places)]
        for key, places in cited_in(project.docs).items()
    }


def listed_source(source: Source, cited: list[Page], data: list[str]) -> list[str]:
    """Return the lines of one source on the page 출처."""
    where = [link(page, f"fnref:{source.key}") for page in cited]
    where += [escaped(f"data/facts/{name}") for name in data]  # as text: a font less
    lines = [
        f'- <span id="{source.anchor}"></span>{source.markdown}',
        "",
        f"    {escaped(source.fields.get('supports', ''))}.",
    ]
    if checked := source.fields.get("checked"):
        lines += ["", f"    읽은 것: {escaped(checked)}."]
    if where:
        lines += ["", f"    쓰인 곳: {', '.join(where)}"]
    return [*lines, ""]


def sources(project: Project, *grades: str) -> list[str]:
    """Return the sources of some grades, by author and year."""
    cited, data = cited_pages(project), facts_by_key(project)
    found = read_bibliography(project.docs / "sources.bib").values()
    chosen = [source for source in found if source.grade in grades]
    chosen.sort(key=lambda source: (source.name.casefold(), source.year))
    lines = ['<div class="listing" markdown>', ""]
    lines += [f"모두 {len(chosen)}건입니다." if chosen else "지금은 없습니다.", ""]
    for source in chosen:
        lines += listed_source(source, cited.get(source.key, []), data.get(source.key, []))
    return [*lines, "</div>"]


def facts_by_key(project: Project) -> dict[str, list[str]]:
    """Return the data files whose rows name each key."""
    found: dict[str, list[str]] = {}
    for name, rows in read_facts(project.data / "facts").items():
        for key in dict.fromkeys(key for row in rows for key in row["source"].split()):
            found.setdefault(key, []).append(name)
    return found


def facts(project: Project) -> list[str]:
    """Return a table of the data files and how well their rows are confirmed."""
    lines = ["| 파일 | 줄 | 1차 확인 | 2차 자료 | 확인하지 못함 |", "|---|--:|--:|--:|--:|"]
    for name, rows in read_facts(project.data / "facts").items():
        counts = [
            sum(row["status"] == status for row in rows)
            for status in ("verified", "secondary", "recall")
        ]
        lines.append(f"| `{name}` | {len(rows)} | {' | '.join(map(str, counts))} |")
    return lines


def introduced(page: Page, term: Term) -> str:
    """Return a link to the section of a page that introduces a term, else to the page.

    In a block that may be folded the term is marked: then the block is unfolded for a reader.
    """
    anchor = ""
    for line in page.lines:
        if heading := ANCHOR.match(line):
            anchor = heading[2] if heading[1] != "#" else ""
        if f"**{term.term}**" in line:
            return link(page, anchor, mark=term.term if line.startswith(" ") else "")
    return link(page)


def glossary(project: Project) -> list[str]:
    """Return the terms in the order of the Korean alphabet, under the letter they begin with."""
    pages = read_pages(project.docs)
    terms = sorted(read_terms(project.data / "terms.csv"), key=lambda term: term.term)
    ids = {
        letter: f"letter-{n}"
        for n, letter in enumerate(dict.fromkeys(term.initial for term in terms))
    }
    lines = ['<div class="listing glossary" markdown>', ""]
    lines += [" · ".join(f"[{letter}](#{id})" for letter, id in ids.items()), ""]
    last = ""
    for term in terms:
        if (letter := term.initial) != last:
            lines += [f"## {letter} {{ #{ids[letter]} }}", ""]
            last = letter
        lines += [f'<span id="{term.anchor}">**{term.term}**</span> ({term.english})', ""]
        taught = pages.get(term.page)
        others = f" 다른 말: {', '.join(term.aliases)}." if term.aliases else ""
        where = f" {introduced(taught, term)}에서 배웁니다." if taught else ""
        lines[-1:] = [f":   {term.definition}{others}{where}", ""]
    return [*lines, "</div>"]


def concepts(project: Project) -> list[str]:
    """Return a table of every concept: where it is taught and by what check it is shown."""
    pages = read_pages(project.docs)
    known = read_concepts(project.data / "concepts.csv")
    shown, taught = shown_by_checks(pages), taught_on(pages)
    covered = [
        c for c in known.values() if c.id in shown or (c.shown_by == "source" and c.id in taught)
    ]
    left = len(known) - len(covered)
    told = f"강의의 개념 {len(known)}개를 모두 다룹니다."
    if left:
        told = (
            f"강의의 개념 {len(known)}개 가운데 {len(covered)}개를 다루었고, {left}개는 아직입니다."
        )
    lines = ['<div class="listing" markdown>', "", told, ""]
    headings = {id.rpartition("-")[0] for id in known}
    for section in sorted(headings):
        title = next((p.title for p in pages.values() if p.title.startswith(section)), section)
        lines += [f"## {title} {{ #concepts-{section.replace('.', '-')} }}", ""]
        lines += ["| 번호 | 강의의 제목 | 내용 | 어디서, 무엇으로 |", "|---|---|---|---|"]
        for concept in known.values():
            if not concept.id.startswith(f"{section}-"):
                continue
            places = [link(s.page, s.anchor, escaped(s.title)) for s in shown.get(concept.id, [])]
            if not places and concept.shown_by == "source":
                places = [f"{link(page)}(출처로)" for page in taught.get(concept.id, [])]
            cells = [concept.id, concept.heading, concept.says, "<br>".join(places) or "아직 없음"]
            lines.append(f"| {' | '.join(cell.replace('|', '·') for cell in cells)} |")
        lines.append("")
    return [*lines, "</div>"]
