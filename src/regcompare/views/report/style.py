"""The look of the report: calm, legible, light and dark, and on paper."""

from __future__ import annotations

from regcompare.views._colours import ACCENTS, colour_css

__all__ = ["style"]

_BASE = """
:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --ink: #1f1f24; --soft: #55545c; --rule: #dcdad2; --card: #ffffff; --link: #1d5c6e;
  --text: Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", Georgia, serif;
  --plain: system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #17181c; --ink: #eceae4; --soft: #b4b2ab; --rule: #3b3c43; --card: #202127; --link: #8ecbdc;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: auto; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; padding: 0 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 var(--text); overflow-wrap: break-word;
}
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card); z-index: 1; }
body > header, main, body > nav, body > footer { max-width: 68rem; margin-inline: auto; }
body > header { padding-top: 3.5rem; }
h1, h2, h3, h4, h5 { line-height: 1.25; margin: 2.2em 0 .5em; text-wrap: balance; font-weight: 600; }
h1 { font-size: 2.1rem; margin: 0 0 .6rem; max-width: 26em; }
h2 { font-size: 1.55rem; padding-top: 1.1rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1.25rem; }
h4 { font-size: 1.1rem; }
h5 { font: 600 .95rem/1.4 var(--plain); margin: 1.5em 0 .3em; }
p, ul, ol, dl { margin: .6em 0; max-width: 46em; }
ul { padding-left: 1.2em; }
li { margin: .25em 0; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.lede { font-size: 1.2rem; line-height: 1.5; max-width: 40em; }
.soft, .none, .marks, caption, figcaption { color: var(--soft); }
.none { font-style: italic; }
.marks { font-size: .9em; }
nav ol { columns: 2; column-gap: 3rem; padding-left: 1.3em; font: .95rem/1.5 var(--plain); }
nav li { break-inside: avoid; }
nav h2 { border: 0; font-size: 1.1rem; margin: 1.5em 0 .3em; padding: 0; }
.scroll { overflow-x: auto; margin: 1.2rem 0; }
table { border-collapse: collapse; width: 100%; font: .92rem/1.45 var(--plain); }
caption { text-align: left; padding: 0 0 .5rem; font-size: .95rem; }
th, td {
  text-align: left; vertical-align: top; padding: .5rem .8rem .5rem 0;
  border-bottom: 1px solid var(--rule);
}
th { font-weight: 600; }
tbody th { font-weight: 500; min-width: 11em; }
td { min-width: 8em; }
.ordinary {
  columns: 2; column-gap: 2.5rem; max-width: none; font: .92rem/1.45 var(--plain);
}
.ordinary li { break-inside: avoid; }
td ul { margin: 0; padding-left: 1.1em; }
.outcome {
  display: inline-block; padding: .05em .55em .1em; border-radius: .25em; white-space: nowrap;
  font: 600 .88em/1.5 var(--plain); border: 1px solid;
}
.case + .case { margin-top: 4rem; border-top: 1px solid var(--rule); }
.case h3 { font-size: 1.4rem; }
.meta {
  display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1.2rem;
  font: .95rem/1.5 var(--plain);
}
.meta dt { color: var(--soft); }
.meta dd { margin: 0; }
.rule { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--rule); max-width: 47em; }
.rule p { margin: .2em 0; }
.cite { font: 600 .95rem/1.5 var(--plain); }
.notice {
  padding: .7rem 1rem; border: 1px solid var(--rule); border-radius: .4rem;
  background: var(--card);
}
figure { margin: 1.6rem 0; }
figure svg { display: block; background: #fff; border: 1px solid var(--rule); border-radius: .4rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--rule); color: var(--soft); font-size: .95rem; }
@media (max-width: 40rem) {
  body { padding-inline: 1rem; font-size: 1rem; }
  h1 { font-size: 1.6rem; }
  nav ol, .ordinary { columns: 1; }
  .meta { grid-template-columns: 1fr; }
  .meta dd { margin-bottom: .5rem; }
}
@media print {
  @page {
    size: A4; margin: 18mm 16mm 20mm;
    @bottom-right { content: counter(page); font: 9pt sans-serif; }
  }
  :root { --paper: #fff; --card: #fff; color-scheme: light; font-size: 9.5pt; }
  body { padding: 0; line-height: 1.45; }
  body > header { padding-top: 0; }
  h1, h2, h3, h4, h5, caption { break-after: avoid; }
  p, li { orphans: 3; widows: 3; }
  .case, .page { break-before: page; }
  .case + .case { margin-top: 0; border: 0; }
  #case-1 { break-before: auto; }
  .rule, figure, tr, .notice { break-inside: avoid; }
  figure svg { max-height: 235mm; border: 0; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  th, td { padding: .25rem .5rem .25rem 0; }
  tbody th, td { min-width: 0; }
  nav, .skip { display: none; }
  a { color: inherit; text-decoration: none; }
  .sources a[href]::after { content: " <" attr(href) ">"; font-size: .85em; overflow-wrap: anywhere; }
  .outcome { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""


def style() -> str:
    """Returns the style sheet of the report."""
    rules = [
        f".outcome.{look.slug} {{ background: var(--outcome-{look.slug}-fill); "
        f"color: var(--outcome-{look.slug}-on-fill); border-color: var(--outcome-{look.slug}); }}"
        for look in ACCENTS
    ]
    return "\n".join([colour_css(), _BASE.strip(), *rules])
