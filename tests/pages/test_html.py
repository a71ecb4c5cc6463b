"""The reader that the page tests rely on does see what is wrong."""

import pytest

from tests.pages.html import Page

GOOD = (
    '<!doctype html><html lang="en"><head><title>A page</title></head><body>'
    '<main><h1 id="top">A page</h1>{}</main></body></html>'
)


@pytest.mark.parametrize(
    "html",
    [
        '<h2>One</h2><h3>Two</h3><h2>Three</h2><p><a href="#top">Up</a></p>',
        '<ul><li>One</li></ul><p>A<br><a href="https://a.example" rel="noopener">x</a></p>',
        '<dl><div><dt>Word</dt><dd>It</dd></div></dl><section aria-labelledby="top"></section>',
        '<p>1 &lt; 2 &amp; <b>3</b></p><svg><use href="#top"/></svg>',
    ],
)
def test_good_html_has_no_problem(html):
    assert Page(GOOD.format(html)).problems() == []


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<p>One<p>Two</p>", "<p> inside <p>"),
        ("<p><ul><li>One</li></ul></p>", "<ul> inside <p>"),
        ("<b><i>One</b></i>", "</b> where <i> is open"),
        ("<div>", "</main> where <div> is open"),
        ("<ul><p>One</p></ul>", "<p> right inside <ul>"),
        ("<ul>One</ul>", "bare words in <ul>: One"),
        ("<div><li>One</li></div>", "<li> inside <div>"),
        ('<a href="/"><a href="/">One</a></a>', "<a> inside <a>"),
        ('<p id="a">One</p><p id="a">Two</p>', "the id “a” stands 2 times"),
        ('<a href="#b">One</a>', "the link #b leads nowhere"),
        ('<section aria-labelledby="b"></section>', "aria-labelledby names “b”"),
        ("<h3>One</h3>", "<h3> One skips a level"),
        ("<h1>One</h1>", "2 <h1> elements"),
        ('<a href="/"></a>', "an empty <a>"),
        ('<a href="javascript:alert(1)">One</a>', "javascript:"),
        ('<a href="data:text/html,1">One</a>', "data:"),
        ('<a href="https://a.example/">One</a>', "without rel=noopener"),
        ('<img src="https://a.example/">', "fetches from elsewhere"),
        ("<script>alert(1)</script>", "a <script> element"),
        ('<p style="color: red">One</p>', "a style= attribute"),
        ('<p onclick="alert(1)">One</p>', "a onclick= attribute"),
        ('<p class="a" class="b">One</p>', "has an attribute twice"),
        ("<table><tbody><tr><th>One</th></tr></tbody></table>", "a header cell without scope"),
    ],
)
def test_each_mistake_is_seen(html, problem):
    problems = Page(GOOD.format(html)).problems()

    assert any(problem in each for each in problems), problems


def test_the_text_is_what_a_person_reads():
    page = Page(GOOD.format("<p>Two &lt;b&gt;\n  words</p>"))

    assert page.one("p").text == "Two <b> words"
