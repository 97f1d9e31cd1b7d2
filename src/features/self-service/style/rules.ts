/**
 * The look of patients' pages: one column, large type, AA contrast in light and dark. It stands in each page, so that
 * none waits for a second answer.
 */
export const styleSheet = `
:root{color-scheme:light dark;--paper:#faf8f4;--ink:#1d2421;--dim:#55605b;--line:#d8d3c8;--accent:#0b5c59;--on:#fff;--wrong:#9c2b1f;--good:#1f6b3a;--card:#fff}
@media(prefers-color-scheme:dark){:root{--paper:#161a19;--ink:#eceae4;--dim:#a9b3ae;--line:#3a423f;--accent:#6cc4bd;--on:#0c1514;--wrong:#ff9d8f;--good:#86d6a2;--card:#1e2423}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header,main,footer{max-width:34rem;margin:0 auto;padding:1rem 1.25rem}
header{display:flex;justify-content:space-between;align-items:center;gap:1rem;border-bottom:1px solid var(--line)}
header p{margin:0;font-weight:600}
footer{color:var(--dim);border-top:1px solid var(--line);font-size:1rem}
h1{font-size:1.6rem;line-height:1.25;margin:.75rem 0 1rem}
h2{font-size:1.15rem;margin:1.5rem 0 .5rem}
p{margin:0 0 .9rem}
a{color:var(--accent)}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1rem 1.1rem;margin:0 0 1.25rem}
.card p:last-child{margin:0}
.when{font-size:1.25rem;font-weight:650}
h2::first-letter,.when::first-letter{text-transform:uppercase}
.dim{color:var(--dim)}
.good,.wrong{font-weight:600}
.good{color:var(--good)}
.wrong{color:var(--wrong)}
.text{white-space:pre-line}
form{margin:0 0 .75rem}
button{display:block;width:100%;min-height:3rem;padding:.6rem 1rem;border-radius:10px;border:1px solid var(--accent);font:inherit;font-weight:600;cursor:pointer;background:var(--accent);color:var(--on);margin:0 0 .6rem}
button.plain{background:transparent;color:var(--accent)}
button.stop{background:transparent;color:var(--wrong);border-color:var(--wrong)}
.switch{margin:0}
.switch button{width:auto;min-height:2.75rem;margin:0;padding:.3rem .8rem;font-weight:500;background:transparent;color:var(--accent);border-color:transparent;text-decoration:underline}
fieldset{border:0;padding:0;margin:0 0 1rem}
legend{font-weight:600;padding:0;margin:0 0 .4rem}
label{display:block;font-weight:500;margin:0 0 .25rem}
input,select,textarea{font:inherit;color:inherit;background:var(--card);border:1px solid var(--dim);border-radius:8px;padding:.55rem .7rem;min-height:3rem;width:100%;margin:0 0 .9rem}
textarea{min-height:5rem}
.date{display:grid;grid-template-columns:2fr 1fr 1.3fr;gap:.6rem}
.choice{display:flex;align-items:center;gap:.7rem;min-height:3rem;border:1px solid var(--line);border-radius:10px;padding:.4rem .9rem;margin:0 0 .5rem;background:var(--card);font-weight:500}
.choice input{width:1.35rem;height:1.35rem;min-height:0;margin:0;flex:none;accent-color:var(--accent)}
.times{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.5rem}
.times .choice{margin:0}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`.trim();
