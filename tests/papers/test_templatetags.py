"""What the display helpers of templates print."""

import pytest

from papers.templatetags.papers import breakable


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("Bond", "Bond"),
        ("FTZ/Warehouse", "FTZ/<wbr>Warehouse"),
        ("a/b/", "a/<wbr>b/<wbr>"),
        ("<b>/R&D", "&lt;b&gt;/<wbr>R&amp;D"),
        ("", ""),
    ],
)
def test_after_a_slash_a_line_may_end_and_everything_else_is_escaped(words, printed):
    assert breakable(words) == printed
