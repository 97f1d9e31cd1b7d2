/** Pages as text: what is filled in is escaped unless it is a part of a page itself. Pure. */

export type Html = { readonly html: string };
type Fill = Html | string | number | null | undefined | false | readonly Html[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);
}

function filled(fill: Fill): string {
  if (fill === null || fill === undefined || fill === false) return '';
  if (typeof fill === 'string') return escaped(fill);
  if (typeof fill === 'number') return String(fill);
  return 'html' in fill ? fill.html : fill.map((one) => one.html).join('');
}

export function html(strings: TemplateStringsArray, ...fills: Fill[]): Html {
  return { html: strings.reduce((text, part, index) => text + filled(fills[index - 1]) + part) };
}

export type Fields = Readonly<Record<string, string>>;

export function hiddenFields(fields: Fields): Html[] {
  return Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
}

type Button = { label: string; name?: string; value?: string; look?: 'go' | 'plain' | 'stop' };

export function button({ label, name, value, look = 'go' }: Button): Html {
  const named = name ? html` name="${name}" value="${value ?? ''}"` : null;
  return html`<button class="${look}"${named}>${label}</button>`;
}

/** A form of hidden fields and buttons. */
export function form(path: string, fields: Fields, ...content: readonly Html[]): Html {
  return html`<form method="post" action="${path}">${hiddenFields(fields)}${content}</form>`;
}
