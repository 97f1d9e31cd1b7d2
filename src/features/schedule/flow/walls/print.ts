import { timeLabel } from '../../../../platform/calendar/zones.ts';
import type { Wall } from '../schema.ts';
import { type WallLane, type WallLine, wallLanes } from './rules.ts';

/** The page of a screen on the wall: whole from the server, large, and of use without a script. */

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const plain = (text: string) => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);

const style = `
  :root { color-scheme: light dark; --paper: #faf8f4; --ink: #1d2422; --ink-2: #59635f; --hair: #e5e1d8;
    --wrong: #ad2f25; --wrong-soft: #fae6e3; }
  @media (prefers-color-scheme: dark) { :root { --paper: #151918; --ink: #e8ebe9; --ink-2: #a9b2ae;
    --hair: #2b3230; --wrong: #f0938a; --wrong-soft: #3a1d1a; } }
  * { box-sizing: border-box; margin: 0; padding: 0; }
  body { padding: 24px 32px; background: var(--paper); color: var(--ink); font: 24px/1.35 system-ui, sans-serif;
    font-variant-numeric: tabular-nums; }
  header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 24px; margin-bottom: 16px; }
  h1, header b { font-size: 34px; font-weight: 600; }
  .lanes { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr)); gap: 28px;
    align-items: start; }
  h2 { margin-bottom: 8px; font-size: 26px; }
  h2 span, .lanes p, small { color: var(--ink-2); font-weight: 400; }
  ul { list-style: none; }
  li { display: flex; flex-wrap: wrap; gap: 0 10px; padding: 8px 10px; border-top: 1px solid var(--hair); }
  li b { min-width: 3em; }
  li.long { background: var(--wrong-soft); color: var(--wrong); }
  li i { margin-left: auto; font-style: normal; font-weight: 600; white-space: nowrap; }
  small { flex-basis: 100%; font-size: 17px; }
  #stale { margin-bottom: 16px; padding: 8px 10px; background: var(--wrong-soft); color: var(--wrong); }`;

const lineHtml = ({ who, time, wait, where, isLong }: WallLine) =>
  `<li${isLong ? ' class="long"' : ''}><b>${plain(who)}</b> <span>${plain(time)}</span> <i>${plain(wait)}</i> <small>${plain(where)}</small></li>`;

const laneHtml = ({ title, count, lines }: WallLane) =>
  `<section aria-label="${title}"><h2>${title} <span>${count}</span></h2>${
    lines.length > 0 ? `<ul>${lines.map(lineHtml).join('\n')}</ul>` : '<p>Nobody</p>'
  }</section>`;

/** @param name which screen it is */
export function drawWall(wall: Wall, name: string): string {
  const time = timeLabel(Date.parse(wall.now), wall.timeZone);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${plain(name)}</title>
<style>${style}
</style>
<noscript><meta http-equiv="refresh" content="20"></noscript>
<script src="${wallScriptPath}" defer></script>
</head>
<body>
<p id="stale" role="status" hidden></p>
<main>
<header><h1>${plain(name)}</h1><b>${plain(time)}</b></header>
<div class="lanes">
${wallLanes(wall).map(laneHtml).join('\n')}
</div>
</main>
</body>
</html>
`;
}

export const wallScriptPath = '/wall/screen.js';

/** Asks for the page again and puts the new one in its place; says since when it hears nothing. */
export const wallScript = `(() => {
  const stale = document.getElementById('stale');
  let heard = new Date();
  let tag = '';
  const say = (text) => { stale.textContent = text; stale.hidden = text === ''; };
  const ask = async () => {
    try {
      const headers = tag ? { 'if-none-match': tag } : {};
      const answer = await fetch(location.href, { headers, cache: 'no-store' });
      if (answer.status === 404) {
        document.querySelector('main').replaceChildren();
        say('This address was stopped. Make a new one in Settings, Flow and holds.');
        return;
      }
      if (answer.ok) {
        tag = answer.headers.get('etag') || '';
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        document.querySelector('main').replaceWith(page.querySelector('main'));
      } else if (answer.status !== 304) throw new Error('not now');
      heard = new Date();
      say('');
    } catch {
      const since = heard.toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });
      say('The office is not heard since ' + since + '. What stands here is of then.');
    }
    setTimeout(ask, 15000);
  };
  setTimeout(ask, 15000);
})();
`;
