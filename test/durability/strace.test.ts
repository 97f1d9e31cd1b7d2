import { expect, it } from 'vitest';
import { readStrace } from './strace.ts';

const open = (flags: string) => `12 openat(AT_FDCWD</x>, "/data/base/1", ${flags}`;

it('tells synced writes from plain ones', () => {
  const synced = [
    `${open('O_RDWR|O_DSYNC, 0600')}) = 30</data/base/1>`,
    '12 pwrite64(30</data/base/1>, ""..., 8, 0) = 8',
  ];
  expect(readStrace(synced.join('\n'), '/data')).toEqual({ synced: 1, plain: [] });
  const plain = [`${open('O_RDWR, 0600')}) = 30</data/base/1>`, '12 write(30</data/base/1>, ""..., 8) = 8'];
  expect(readStrace(plain.join('\n'), '/data')).toEqual({ synced: 0, plain: ['/base/1'] });
});

it('puts calls together that another thread came between', () => {
  const trace = [
    `${open('O_RDWR|O_DSYNC, 0600')} <unfinished ...>`,
    '7   write(23<anon_inode:[eventfd]>, ""..., 8 <unfinished ...>',
    '12 <... openat resumed>)             = 30</data/base/1>',
    '7   <... write resumed>)              = 8',
    '12 pwrite64(30</data/base/1>, ""..., 8192, 0 <unfinished ...>',
    '12 <... pwrite64 resumed>)            = 8192',
  ];
  expect(readStrace(trace.join('\n'), '/data')).toEqual({ synced: 1, plain: [] });
});
