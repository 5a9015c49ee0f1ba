"""Outputs that want to harm a reader, as the code of a page that puts them out."""

# Each harm calls for attention: it opens a dialog, or asks a host that nobody listens to.
HARM = "alert(document.title)"
AWAY = "http://away.invalid"


def shown(kind: str, data: str) -> str:
    """Return code that displays data of a kind as they are."""
    return f"display({{{kind!r}: {data!r}}}, raw=True)"


def table(inside: str) -> str:
    """Return code that displays HTML."""
    return shown("text/html", f"<table><tr><td>해치는 표 {inside}</td></tr></table>")


def drawing(inside: str, attributes: str = "") -> str:
    """Return code that displays an SVG."""
    open_tag = f'<svg width="9pt" height="9" viewBox="0 0 9 9" {attributes}>'
    return shown("image/svg+xml", f"{open_tag}<text>해</text>{inside}</svg>")


def printed(text: str) -> str:
    """Return code that prints a text."""
    return f"print({text!r})"


TEXTS = {
    "script": printed(f"<script>{HARM}</script>"),
    "end of the block": printed(f"</samp></pre></div><img src=x onerror={HARM}>"),
    "last line": repr(f"'><script>{HARM}</script>"),
    "ANSI": printed(f"\x1b[31m빨강\x1b[0m \x1b]8;;javascript:{HARM}\x07눌러\x1b]8;;\x07 \x1b[2J"),
    "surrogates": printed("가\udc80\ud83d<b>나"),
    "NUL": printed(f"<scr\x00ipt>{HARM}</scr\x00ipt>\x00"),
    "Markdown": printed(f"[눌러](javascript:{HARM})\n\n![x]({AWAY}/a.png)\n\n<{AWAY}>\n\n# 제목"),
    "fences": printed("```\n\n```python\nprint(1)\n```\n!!! note\n    {{ x }} `{python} x`"),
    "placeholders": printed("\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x02amp\x03"),
    "annotation": printed(f"# (1)!\n1. <img src=x onerror={HARM}>"),
    "directions": printed("\u202e뒤집힌 글 \u2066 \ufeff"),
}
TABLES = {
    "script in HTML": table(f"<script>{HARM}</script><script src={AWAY}/a.js></script>"),
    "handlers": table(f"<b onclick={HARM} onmouseover={HARM}>1</b><img src=x onerror={HARM}>"),
    "details": table(f"<details open ontoggle={HARM}><summary>1</summary></details>"),
    "javascript: links": table(f"<a href='java\tscript:{HARM}' id=__config>눌러</a>"),
    "iframes": table(f"<iframe srcdoc='<script>{HARM}</script>'></iframe><iframe src={AWAY}>"),
    "objects": table(f"<object data={AWAY}></object><embed src={AWAY}><video src={AWAY}></video>"),
    "meta": table(f"<meta http-equiv=refresh content='0;url={AWAY}'><base href={AWAY}/>"),
    "forms": table(f"<form action={AWAY}><input autofocus onfocus={HARM}><button>눌러</button>"),
    "styles": table(f"<style>@import '{AWAY}';</style><link rel=stylesheet href={AWAY}/a.css>"),
    "style": table(f"<p style='position:fixed;inset:0;background:url({AWAY})'>덮개</p>"),
    "classes": table("<div class='mermaid md-overlay'>graph LR; A-->B</div>"),
    "mutation": table(
        "<math><mtext><table><mglyph><style><!--</style>"
        f"<img title='--><img src=x onerror={HARM}>'>"
    ),
    "end of the article": table(f"</div></article></main><script>{HARM}</script>"),
}
DRAWINGS = {
    "script in SVG": drawing(f"<script>{HARM}</script><script href='{AWAY}/a.js'/>"),
    "foreignObject": drawing(f"<foreignObject><iframe src='javascript:{HARM}'/></foreignObject>"),
    "end of the SVG": drawing(f"</svg><script>{HARM}</script><img src=x onerror={HARM}>"),
    "handlers in SVG": drawing(f"<path onclick='{HARM}' d='M0 0'/>", f"onload='{HARM}'"),
    "links in SVG": drawing(f"<a href='javascript:{HARM}'><text>눌러</text></a>"),
    "animation": drawing(
        f"<a><set attributeName='href' to='javascript:{HARM}'/><text>1</text></a>"
    ),
    "images in SVG": drawing(f"<image href='{AWAY}/a.png'/><use xlink:href='{AWAY}/a.svg#a'/>"),
    "style in SVG": drawing(
        f"<style>@import '{AWAY}'</style><rect style='fill: url({AWAY}/a.svg#a)'/>"
    ),
    "SVG in an image": drawing(
        f"<image href='data:image/svg+xml,&lt;svg onload=&quot;{HARM}&quot;/&gt;'/>"
    ),
    "cover": drawing("", "style='position:fixed;inset:0;width:100vw;height:100vh;z-index:99'"),
    "a picture that is none": shown("image/png", f'"><script>{HARM}</script><img/src="x'),
    "a figure's words": (
        "import matplotlib.pyplot as plt\n"
        f"title = plt.title('</text></svg><script>{HARM}</script>')\nplt.show()"
    ),
}
OTHERS = {
    "JavaScript": shown("application/javascript", HARM),
    "Markdown as such": shown("text/markdown", f"<script>{HARM}</script>"),
    "LaTeX": shown("text/latex", f"\\href{{javascript:{HARM}}}{{1}}"),
}
RAISED = f'raise ValueError("<script>{HARM}</script> <img src=x onerror={HARM}>")'
ALT = "해치려는 그림이지만 아무 일도 하지 않는다."
OUTPUTS = TEXTS | TABLES | DRAWINGS | OTHERS


def page() -> str:
    """Return a page whose every output wants to harm its reader."""
    fences = ["# 해치는 쪽 { #hostile }\n"]
    for name, code in OUTPUTS.items():
        opening = f'{{.python alt="{ALT}"}}' if name in DRAWINGS else "python"
        fences.append(f"```{opening}\n{code}\n```\n")
    fences.append(f'```{{.python raises="ValueError"}}\n{RAISED}\n```\n')
    return "\n".join(fences)


def program() -> str:
    """Return a long program with the same outputs, which mkdocs-jupyter shows."""
    parts = ["# %% [markdown]\n# # 해치는 예제\n"]
    for name, code in OUTPUTS.items():
        parts.append(f'# %% alt="{ALT}"\n{code}\n' if name in DRAWINGS else f"# %%\n{code}\n")
    return "\n".join([*parts, "# %%\nassert title\nassert plt\n"])
