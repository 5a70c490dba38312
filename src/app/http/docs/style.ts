import { createHash } from 'node:crypto'

/** The one style sheet of the page; the policy names it by its hash and lets nothing else in. */
export const style = `
:root{--ink:#1c2330;--soft:#5a6474;--line:#dfe3ea;--ground:#fff;--panel:#f6f7f9;--accent:#a3161f;--code:#f1f3f6;--get:#0b5c8a;--post:#1d6b35;--warn:#8a4b00;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#a3adbd;--line:#333b49;--ground:#12161d;--panel:#1a202a;--accent:#ff8a8f;--code:#222a36;--get:#7cc4f0;--post:#86d8a0;--warn:#f0b866}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--ground)}
a{color:var(--get);text-underline-offset:2px}
a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem 1rem;z-index:9}
header.top{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;padding:1rem 1.5rem;border-bottom:3px solid var(--accent)}
header.top h1{margin:0;font-size:1.35rem}
header.top p{margin:0;color:var(--soft)}
header.top nav{margin-left:auto;display:flex;gap:1rem}
.page{display:grid;grid-template-columns:19rem minmax(0,1fr);max-width:88rem;margin:0 auto}
.side{position:sticky;top:0;align-self:start;height:100vh;overflow:auto;padding:1.25rem 1rem 3rem 1.5rem;border-right:1px solid var(--line);font-size:.9rem}
.side h2{font-size:.8rem;margin:1.1rem 0 .3rem;padding:0;border:0;color:var(--soft);font-weight:600}
.side ul{list-style:none;margin:0;padding:0}
.side li a{display:flex;gap:.5rem;padding:.18rem .4rem;border-radius:.3rem;color:inherit;text-decoration:none;line-height:1.4}
.side li a:hover{background:var(--panel)}
main{padding:1.5rem 2.5rem 5rem;min-width:0}
main p,main li{max-width:75ch}
h2{font-size:1.5rem;margin:3rem 0 .75rem;padding-top:1rem;border-top:1px solid var(--line)}
main>section:first-child h2{margin-top:0;border:0;padding-top:0}
h3{font-size:1.15rem;margin:2.25rem 0 .4rem}
h4{font-size:.95rem;margin:1.4rem 0 .4rem}
.anchor{color:inherit;text-decoration:none}.anchor:hover{text-decoration:underline}
.method{flex:none;font:600 .72rem/1.5 ui-monospace,"Cascadia Mono","Noto Sans Mono",monospace;color:var(--get)}
.method.post{color:var(--post)}
.side .method{width:2.4rem;padding-top:.1rem}
.path{display:flex;gap:.75rem;align-items:baseline;background:var(--panel);border:1px solid var(--line);border-radius:.4rem;padding:.45rem .8rem;overflow-x:auto;margin:.4rem 0}
.path .method{font-size:.9rem}
code,pre{font:.875rem/1.55 ui-monospace,"Cascadia Mono","Noto Sans Mono",monospace}
code{background:var(--code);padding:.08rem .3rem;border-radius:.25rem;overflow-wrap:anywhere}
.path code,pre code{background:none;padding:0}
pre{background:var(--code);border:1px solid var(--line);border-radius:.4rem;padding:.8rem 1rem;overflow-x:auto;margin:.4rem 0}
pre code{overflow-wrap:normal}
.table{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.4rem 0;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--line)}
th{font-size:.8rem;color:var(--soft);font-weight:600}
td p{margin:0 0 .2rem}
td:first-child code{white-space:nowrap}
.soft{color:var(--soft);font-size:.88rem}
.must{color:var(--accent);font-size:.78rem;font-weight:600;white-space:nowrap}
.right{border:1px solid var(--line);border-radius:1rem;padding:.05rem .6rem;font-size:.82rem;white-space:nowrap}
.status{font-weight:600;white-space:nowrap}
dl.fields{margin:.4rem 0 .4rem;padding-left:0}
dl.fields dl.fields{padding-left:1.1rem;border-left:2px solid var(--line)}
dl.fields dt{margin-top:.6rem;display:flex;flex-wrap:wrap;gap:.15rem .7rem;align-items:baseline}
dl.fields dd{margin:.05rem 0 .5rem}
dl.fields dd p{margin:0}
.kind{color:var(--soft);font-size:.86rem}
details>summary{cursor:pointer;color:var(--get);font-size:.9rem;padding:.15rem 0}
details.schema{border:1px solid var(--line);border-radius:.4rem;padding:.4rem .9rem;margin:.5rem 0}
details.schema>div{scroll-margin-top:4rem}
details.schema>summary{color:inherit;font-weight:600;font-size:1rem}
details.schema[open]>summary{border-bottom:1px solid var(--line);margin-bottom:.5rem;padding-bottom:.4rem}
.codes{display:flex;flex-wrap:wrap;gap:.3rem .6rem;padding:0;margin:.2rem 0;list-style:none}
@media (max-width:60rem){.page{display:block}.side{position:static;height:auto;max-height:45vh;border-right:0;border-bottom:1px solid var(--line);padding:1rem 1.25rem;columns:2 15rem}main{padding:1rem 1.25rem 4rem}}
@media print{.side,header.top nav{display:none}.page{display:block}a{color:inherit}}
`

const hash = createHash('sha256').update(style, 'utf8').digest('base64')

/** The page loads nothing, runs nothing, and can be framed by nobody. */
export const docsPolicy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
