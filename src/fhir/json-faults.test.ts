import { describe, expect, it } from 'vitest';
import { findJsonFault } from './json-faults.ts';

describe('the first fault of a JSON text', () => {
  const rows: [string, string][] = [
    ['{}', 'none'],
    ['[]', 'none'],
    [' [1, -2.5e3, true, null, "x", {"a": []}] \n', 'none'],
    ['{"a":"\\\\","b":"\\"}"}', 'none'],
    ['', ' is not JSON'],
    ['hello', ' is not JSON'],
    ['{"name":[{"family":Ada}]}', '.name[0].family is not JSON'],
    ['{"name":[{"family":"Ada",}]}', '.name[0] is not JSON'],
    ['{"name":[{"family":"A"},{"family":\'B\'}]}', '.name[1].family is not JSON'],
    ['{"a":[1,2,,3]}', '.a[2] is not JSON'],
    ['{"a":1 "b":2}', '.a is not JSON'],
    ['{"a":"line\nbreak"}', '.a is not JSON'],
    ['{"a":"\\x"}', '.a is not JSON'],
    ['{"a":01}', '.a is not JSON'],
    ['{"a":NaN}', '.a is not JSON'],
    ['{"a":[1}', '.a[0] is not JSON'],
    ['{"a":1}}', ' is not JSON'],
    ['{a:1}', ' is not JSON'],
    ['{"id":"1","id":"2"}', '.id stands there twice'],
    ['{"name":[{"use":"a"},{"use":"b","use":"c"}]}', '.name[1].use stands there twice'],
    ['{"a":1,"\\u0061":2}', '.a stands there twice'],
    ['{"_birthDate":{"x":nothing}}', '._birthDate.x is not JSON'],
    ['{"__proto__":{"x":nothing}}', '.….x is not JSON'],
    ['{"Jane Doe, 555-0100":oops}', '.… is not JSON'],
  ];
  it.each(rows)('of %j is %j', (text, expected) => {
    const fault = findJsonFault(text);
    expect(fault ? `${fault.path} ${fault.what}` : 'none').toBe(expected);
  });

  const cuts: [string, string][] = [
    ['{"name":[{"family":"Lovel', '.name[0].family is cut off: the file ends here'],
    ['{"name":[{"family":"A"},', '.name[1] is cut off: the file ends here'],
    ['{"name":[{"family":"A"},{"fam', '.name[1] is cut off: the file ends here'],
    ['{"active":tr', '.active is cut off: the file ends here'],
    ['{"active":', '.active is cut off: the file ends here'],
    ['{"rank":-', '.rank is cut off: the file ends here'],
    ['', ' is cut off: the file ends here'],
    ['{"name":oops, and it ends', '.name is not JSON'],
  ];
  it.each(cuts)('of a file that ends with %j is %j', (text, expected) => {
    const fault = findJsonFault(text, 'file');
    expect(`${fault?.path} ${fault?.what}`).toBe(expected);
  });

  it('agrees with the parser wherever a text is cut', () => {
    const text = JSON.stringify({ name: [{ given: ['A', 'Ü"\\'], rank: -1.5e-30 }, true, null], b: {} });
    for (let end = 0; end < text.length; end += 1) {
      expect(findJsonFault(text.slice(0, end), 'file')?.what).toBe('is cut off: the file ends here');
    }
    expect(findJsonFault(text)).toBeUndefined();
  });

  it('names a place deep inside by its beginning only, and is not overrun by depth', () => {
    const fault = findJsonFault('['.repeat(200_000));
    expect(fault?.what).toBe('is not JSON');
    expect(fault?.path).toBe('[0]'.repeat(20));
  });
});
