"""HTML pages."""

import pytest

from papers.content import Link
from papers.importing.document import BlockKind
from papers.importing.errors import ImportProblem
from papers.importing.readers import read
from tests.importing.readers.telling import document, furniture, said, texts


def page(body):
    return f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>"


def test_what_a_browser_does_not_show_is_not_read():
    # S12
    body = (
        "<script>alert('a')</script><style>b {}</style><!-- c --><p hidden>d</p>"
        "<p style='display: none'>e</p><template>f</template><noscript>g</noscript>"
        "<p>Shown<script>h</script> and <!-- i -->kept.</p>"
    )

    assert texts(page(body), "a.html") == ["Shown and kept."]


def test_no_target_but_a_web_address_is_kept():
    # S13
    body = (
        "<p><a href='https://example.gov/a?b=1&amp;c=2'>one</a> <a href='javascript:x()'>two</a> "
        "<a href='/local'>three</a> <a href=' HTTP://example.gov '>four</a> <a>five</a></p>"
    )

    assert document(page(body), "a.html").blocks[0].links == (
        Link("one", "https://example.gov/a?b=1&c=2"),
        Link("two", ""),
        Link("three", ""),
        Link("four", "HTTP://example.gov"),
        Link("five", ""),
    )


def test_lists_give_levels_and_their_own_numbers():
    body = (
        "<ol start=3><li>a<ol type=a><li>b</li><li><p>c</p></li></ol></li><li>d</ol>"
        "<ul><li>e<ul><li>f</li></ul>more</li><ul><li>g</li></ul></ul>"
    )

    assert said(page(body), "a.html") == [
        (0, "3.", "a"), (1, "a.", "b"), (1, "b.", "c"), (0, "4.", "d"),
        (0, "•", "e"), (1, "o", "f"), (None, "", "more"), (1, "o", "g"),
    ]  # fmt: skip


def test_words_and_markup_are_kept_apart_as_they_are_shown():
    body = "<p>one<b>two</b>\n  three<br>\nfour &lt;b&gt; &amp;amp; <i> five</i></p><div>six</div>"

    assert texts(page(body), "a.html") == ["onetwo three four <b> &amp; five", "six"] or texts(
        page(body), "a.html"
    ) == ["onetwo three", "four <b> &amp; five", "six"]


def test_a_table_that_only_places_things_is_read_cell_by_cell():
    body = (
        "<table><tr><td><img alt='seal'></td><td>Sample Working Group<br>June 2024</td></tr>"
        "</table><table><tr><td><h2>Issue</h2><ul><li>a</li></ul></td><td>b</td></tr></table>"
    )

    assert said(page(body), "a.html") == [
        (None, "", "Sample Working Group"), (None, "", "June 2024"),
        (None, "", "Issue"), (0, "•", "a"), (None, "", "b"),
    ]  # fmt: skip


def test_a_table_of_facts_keeps_its_cells():
    body = (
        "<table><tr><th>Office</th><th>Words</th></tr>"
        "<tr><td><p>First</p></td><td>3</td></tr></table>"
    )

    found = document(page(body), "a.html")

    assert [(block.kind, block.cells) for block in found.blocks] == [
        (BlockKind.TABLE_ROW, ("Office", "Words")),
        (BlockKind.TABLE_ROW, ("First", "3")),
    ]


def test_the_navigation_of_a_page_is_furniture():
    body = "<nav><a href='/'>Home</a></nav><p>The group met.</p>"

    assert furniture(page(body), "a.html") == ["Home"]


SITE = (
    "<header><a href='#main'>Skip to main content</a><p>An official website</p>"
    "<nav><ul><li>Home<li>Trade</ul></nav></header>",
    "<footer><p>Last modified: June 10, 2025</p><ul><li>Privacy<br>Policy</ul>"
    "<table><tr><td>FOIA</td><td>Help</td></tr><tr><td>a</td><td>b</td></tr></table></footer>",
)
PAPER = (
    "<h1>Government Issue Paper</h1><h2>Sample Working Group</h2>"
    "<p><b>Action Required:</b> None</p><h3>Background</h3><p>It met.</p>"
)
PRINTED = ["Government Issue Paper", "Sample Working Group", "Action Required: None",
           "Background", "It met."]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        f"{SITE[0]}{PAPER}{SITE[1]}",
        f"{SITE[0]}<main>{PAPER}</main>{SITE[1]}",
        f"{SITE[0]}<div role='main'>{PAPER}</div>{SITE[1]}",
        f"{SITE[0]}<div>Share</div><article>{PAPER}</article><p>More papers</p>{SITE[1]}",
        f"<main><header>{PAPER}</header></main>",
        f"<header>{PAPER}</header>",
    ],
)
def test_what_a_site_prints_around_a_paper_is_furniture(body):
    assert texts(page(body), "a.html") == PRINTED
    if "official" in body:
        shown = ["Skip to main content", "An official website", "Home", "Trade"]
        assert [words for words in furniture(page(body), "a.html") if words in shown] == shown
        assert furniture(page(body), "a.html")[-4:] == ["Privacy", "Policy", "FOIA Help", "a b"]


def test_a_paper_of_which_a_part_stands_outside_the_main_part_is_read_whole():
    body = f"<h1>Government Issue Paper</h1><main>{PAPER}</main><p>Date: May 6, 2025</p>"

    assert texts(page(body), "a.html") == ["Government Issue Paper", *PRINTED, "Date: May 6, 2025"]


def test_a_page_of_several_articles_is_read_whole():
    body = "<article><p>It met.</p></article><article><p>It went on.</p></article>"

    assert texts(page(body), "a.html") == ["It met.", "It went on."]


def test_entities_of_a_page_of_its_own_are_refused():
    # S18
    data = (
        b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        b"<html><body><p>&x;</p></body></html>"
    )

    with pytest.raises(ImportProblem) as problem:
        read(data, "a.html")

    assert problem.value.code == "forbidden_content"


def test_elements_may_nest_deep():
    # S21
    body = "<div>" * 1500 + "Background:" + "</div>" * 1500 + "<p>The group met.</p>"

    assert texts(page(body), "a.html") == ["Background:", "The group met."]


def test_a_page_of_which_a_part_would_be_lost_is_refused():
    # S22
    body = "<p>The group met.</p>" + "<div>" * 5000 + "Background:" + "</div>" * 5000

    with pytest.raises(ImportProblem) as problem:
        read(page(body).encode(), "a.html")

    assert problem.value.code == "unreadable"
