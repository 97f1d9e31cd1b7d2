/**
 * What the provider signs: the whole public address, then every field of the form by name, name and value without
 * anything between (Twilio, "Validating signatures"). Of fields of one name all, in the order of their values.
 */
export function signedText(url: string, form: Iterable<readonly [string, string]>): string {
  const pairs = [...form].sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  return url + pairs.map(([name, value]) => name + value).join('');
}

/** What stands in a thread: letters that no screen shows are gone, and a picture is said. */
export function bodyOf(body: string, pictures: number): string {
  const plain = body.replace(/(?![\t\n])\p{Cc}/gu, ' ').trim();
  const said =
    pictures > 0 ? `[${pictures === 1 ? 'a picture' : `${pictures} pictures`}, not shown here]` : '';
  return [plain, said].filter(Boolean).join('\n') || '[an empty message]';
}
