"""Reading a page as a browser does, and finding what is wrong with its HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
# Elements that end a paragraph: inside one, the browser's tree is not the one written.
NOT_IN_PARAGRAPHS = {
    *("address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "form"),
    *("footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "main", "nav", "ol", "p", "pre"),
    *("section", "table", "ul"),
}
ONLY_INSIDE = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
    "summary": {"details"},
    "legend": {"fieldset"},
    "option": {"select"},
}
ONLY_CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"div", "dt", "dd"}, "tr": {"th", "td"}}
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Element:
    """An element with its attributes, and its elements and texts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def classes(self) -> list[str]:
        return self.get("class").split()

    def walk(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """Descendants with one of the tags and with the attributes; ``class_="gap"`` is one."""
        wanted_class = attributes.pop("class_", None)
        return [
            it
            for it in self.walk()
            if (not tags or it.tag in tags)
            and all(it.attributes.get(name) == value for name, value in attributes.items())
            and (wanted_class is None or wanted_class in it.classes)
        ]

    def one(self, *tags: str, **attributes: str) -> Element:
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} of {tags} {attributes}"
        return found[0]

    @property
    def raw_text(self) -> str:
        return "".join(it if isinstance(it, str) else it.raw_text for it in self.children)

    @property
    def text(self) -> str:
        """The words of all descendants, with single spaces."""
        return " ".join(self.raw_text.split())


class Page(Element):
    """A whole page; ``mistakes`` are those that a browser would silently repair."""

    def __init__(self, html: str) -> None:
        super().__init__("#document")
        parser = _Parser(self)
        parser.feed(html)
        parser.close()
        self.mistakes = parser.mistakes + [
            f"<{it.tag}> is never closed" for it in parser.path[1:] if it.tag not in VOID
        ]

    @property
    def ids(self) -> list[str]:
        return [it["id"] for it in self.walk() if "id" in it.attributes]

    @property
    def main(self) -> Element:
        return self.one("main")

    def by_id(self, identity: str) -> Element:
        return self.one(id=identity)

    @property
    def links(self) -> list[str]:
        return [it["href"] for it in self.all("a")]

    def problems(self) -> list[str]:
        """A sentence for each thing that is wrong; none on a good page."""
        return [
            *self.mistakes,
            *self._structure(),
            *self._references(),
            *self._headings(),
            *self._addresses(),
            *self._active_content(),
        ]

    def _structure(self) -> Iterator[str]:
        for tag in ("html", "head", "title", "body", "main", "h1"):
            if len(self.all(tag)) != 1:
                yield f"{len(self.all(tag))} <{tag}> elements"
        if not self.one("html").get("lang"):
            yield "the page names no language"
        for element in self.walk():
            if element.tag == "th" and not element.get("scope"):
                yield f"a header cell without scope: {element.text}"
            must_speak = element.tag in ("a", "button", "summary", "label", "title", *HEADINGS)
            if must_speak and not element.text and not element.get("aria-label"):
                yield f"an empty <{element.tag}> {element.attributes}"
            allowed = ONLY_CHILDREN.get(element.tag)
            for child in element.children if allowed else ():
                if isinstance(child, str) and child.strip():
                    yield f"bare words in <{element.tag}>: {child.strip()}"
                elif isinstance(child, Element) and child.tag not in (allowed or ()):
                    yield f"<{child.tag}> right inside <{element.tag}>"

    def _references(self) -> Iterator[str]:
        for identity, count in Counter(self.ids).items():
            if count > 1:
                yield f"the id “{identity}” stands {count} times"
        known = set(self.ids)
        for element in self.walk():
            for name in REFERENCES:
                for target in element.get(name).split():
                    if target not in known:
                        yield f"{name} names “{target}”, which is not there"
            href = element.get("href")
            if href.startswith("#") and href[1:] not in known:
                yield f"the link {href} leads nowhere"

    def _headings(self) -> Iterator[str]:
        level = 0
        for heading in self.all(*HEADINGS):
            if int(heading.tag[1]) > level + 1:
                yield f"<{heading.tag}> {heading.text} skips a level"
            level = int(heading.tag[1])

    def _addresses(self) -> Iterator[str]:
        for element in self.walk():
            for name in ("href", "src", "action"):
                address = element.get(name)
                if name not in element.attributes or address.startswith(("/", "#", "?")):
                    continue
                if urlsplit(address).scheme not in ("http", "https"):
                    yield f"<{element.tag} {name}={address!r}>"
                elif element.tag != "a":
                    yield f"<{element.tag}> fetches from elsewhere: {address}"
                elif "noopener" not in element.get("rel"):
                    yield f"a link to elsewhere without rel=noopener: {address}"

    def _active_content(self) -> Iterator[str]:
        for element in self.walk():
            if element.tag in ("script", "style", "iframe", "object", "embed", "base"):
                yield f"a <{element.tag}> element"
            for name in element.attributes:
                if name == "style" or name.startswith("on"):
                    yield f"a {name}= attribute on <{element.tag}>"


class _Parser(HTMLParser):
    def __init__(self, page: Element) -> None:
        super().__init__(convert_charrefs=True)
        self.path = [page]
        self.mistakes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.mistakes.append(f"<{tag}> has an attribute twice: {names}")
        open_tags = [it.tag for it in self.path]
        if tag in NOT_IN_PARAGRAPHS and "p" in open_tags:
            self.mistakes.append(f"<{tag}> inside <p>")
        if tag == "a" and "a" in open_tags:
            self.mistakes.append("<a> inside <a>")
        if tag in ONLY_INSIDE and open_tags[-1] not in ONLY_INSIDE[tag]:
            self.mistakes.append(f"<{tag}> inside <{open_tags[-1]}>")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.path[-1].children.append(element)
        if tag not in VOID:
            self.path.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.path.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.path[-1].tag == tag:
            self.path.pop()
        else:
            self.mistakes.append(f"</{tag}> where <{self.path[-1].tag}> is open")

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)


def read(client, path: str, status: int = 200) -> Page:
    """The page at an address, with that status and without a mistake in its HTML."""
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    page = Page(response.content.decode())
    assert page.problems() == [], path
    return page
