// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the planted code is text
// The checks find what is planted: a small wrong house in a temporary folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkArrows } from './check-arrows.mjs';
import { checkSqlArrows } from './check-sql-arrows.mjs';
import { checkVocabulary } from './check-vocabulary.mjs';
import { closingLine, countReport } from './parts/counts.mjs';
import { whyNotThisNode } from './parts/fresh.mjs';
import { ROOT } from './parts/run.mjs';
import { tablesOf } from './parts/sql.mjs';
import { firstDifference, snapshotOf } from './sql-snapshot.mjs';

const made = [];

function house(files) {
  const root = mkdtempSync(join(tmpdir(), 'frontdesk-house-'));
  made.push(root);
  mkdirSync(join(root, 'src'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
});

const messages = (findings) => findings.map(({ file, message }) => `${file}: ${message}`).join('\n');

describe('import arrows', () => {
  const wrong = [
    [
      'src/features/patients/commands.ts',
      "import { a } from '../schedule/rules.ts';",
      'stands left of schedule',
    ],
    [
      'src/features/patients/jobs.ts',
      "const a = await import('../schedule/rules.ts');",
      'stands left of schedule',
    ],
    [
      'src/features/patients/jobs.ts',
      "export { a } from '../schedule/visits/rules.ts';",
      'stands left of schedule',
    ],
    ['src/features/tasks/commands.ts', "import { a } from '../../app/cli.ts';", 'does not know the app'],
    ['src/features/tasks/commands.ts', "import { a } from '../../ui/button.tsx';", 'only web/ may use ui'],
    ['src/features/tasks/commands.ts', "import { a } from '../patients/web/card.tsx';", 'is a screen'],
    ['src/features/billing/commands.ts', "import { a } from '../../simulator/day.ts';", 'only training'],
    ['src/features/tasks/rules.ts', "import type { a } from './queries.ts';", 'is pure'],
    ['src/features/tasks/schema.ts', "import { hash } from 'node:crypto';", 'is pure'],
    ['src/features/schedule/visits/rules.ts', "import { useState } from 'react';", 'is pure'],
    ['src/features/tasks/web/list.tsx', "import { listTasks } from '../queries.ts';", 'types only'],
    ['src/features/tasks/web/list.tsx', "import { type Task } from '../queries.ts';", 'types only'],
    [
      'src/ui/button.tsx',
      "import { a } from '../features/tasks/rules.ts';",
      'ui knows nothing of the office',
    ],
    ['src/platform/id.ts', "import { a } from '../features/tasks/rules.ts';", 'platform knows nothing'],
    ['src/fhir/bundle.ts', "import { a } from '../platform/db/database.ts';", 'a library knows no'],
    ['src/simulator/day.ts', "import { a } from '../features/tasks/routes.ts';", 'the simulator takes only'],
    ['src/app/cli.ts', "import { a } from '../../test/office.ts';", 'for tests only'],
    ['src/app/desk.tsx', "import pg from 'pg';", 'would reach the browser'],
  ];
  it.each(wrong)('%s may not contain %s', (path, text, message) => {
    expect(messages(checkArrows(house({ [path]: `// first\n${text}\n` })))).toContain(message);
  });

  it('names the file and the line', () => {
    const root = house({ 'src/ui/button.tsx': "\n\nimport { a } from '../app/cli.ts';\n" });
    expect(checkArrows(root)).toMatchObject([{ file: 'src/ui/button.tsx', line: 3 }]);
  });

  it('follows values through other files to what a browser cannot have', () => {
    const root = house({
      'src/features/tasks/web/list.tsx': "import { now } from '../../../platform/clock/now.ts';",
      'src/platform/clock/now.ts': "import { read } from './read.ts';",
      'src/platform/clock/read.ts': "import { hrtime } from 'node:process';",
    });
    expect(messages(checkArrows(root))).toContain(
      'src/platform/clock/read.ts: node:process would reach the browser',
    );
  });

  it('allows what the house allows', () => {
    const root = house({
      'src/features/schedule/commands.ts':
        "import { findPatient } from '../patients/queries.ts';\nimport { sql } from 'kysely';",
      'src/features/schedule/rules.ts':
        "import { z } from 'zod';\nimport { Refusal } from '../../platform/refusal.ts';",
      'src/features/schedule/web/day.tsx':
        "import type { Visit } from '../queries.ts';\nimport { Card } from '../../patients/web/card.tsx';\nimport { Button } from '../../../ui/button.tsx';",
      'src/features/training/commands.ts': "import { play } from '../../simulator/day.ts';",
      'src/features/patients/patients.test.ts': "import { openOffice } from '../../../test/office.ts';",
      'src/platform/refusal.ts': 'export class Refusal {}',
    });
    expect(messages(checkArrows(root))).toBe('');
  });
});

describe('SQL arrows', () => {
  const migrations = {
    'db/migrations/0001_a.sql':
      '-- owner: platform\ncreate table jobs (id int);\n-- owner: patients\ncreate table patients (id int);\n-- owner: schedule\ncreate table visits (id int);',
  };
  const find = (path, text) => messages(checkSqlArrows(house({ ...migrations, [path]: text })));

  const wrong = [
    [
      'src/features/patients/queries.ts',
      'const a = sql`select id from visits`;',
      'patients may not read visits',
    ],
    [
      'src/features/patients/queries.ts',
      'const a = sql`select 1 from patients p, visits v`;',
      'may not read visits',
    ],
    [
      'src/features/patients/queries.ts',
      'const a = sql`select (select 1 from visits) from patients`;',
      'may not read',
    ],
    [
      'src/features/patients/queries.ts',
      'const a = sql`${b ? sql`join visits v on true` : sql``}`;',
      'may not read',
    ],
    [
      'src/features/schedule/commands.ts',
      'const a = sql<Row>`update patients set id = ${1}`;',
      'may not write patients',
    ],
    [
      'src/features/schedule/commands.ts',
      'const a = sql`insert into jobs (id) values (1)`;',
      'may not write jobs',
    ],
    ['src/features/schedule/commands.ts', 'const a = sql`delete from patients`;', 'may not write patients'],
    ['src/platform/jobs/runner.ts', 'const a = sql`select 1 from visits`;', 'platform may not read visits'],
    ['src/features/schedule/queries.ts', 'const a = sql`select 1 from visitz`;', 'visitz is no table'],
    ['src/features/schedule/queries.ts', "const a = 'select id from visits';", 'write SQL as sql'],
    ['src/features/schedule/queries.ts', 'const a = sql.raw(text);', 'write SQL as sql'],
    ['db/migrations/0000_b.sql', 'create table rooms (id int);', 'rooms has no owner'],
    [
      'db/migrations/0000_b.sql',
      '-- owner: rooming\ncreate table rooms (id int);',
      'no feature is called "rooming"',
    ],
  ];
  it.each(wrong)('%s may not contain %s', (path, text, message) => {
    expect(find(path, text)).toContain(message);
  });

  it('lets a feature read to the left and write its own', () => {
    const text =
      'const a = sql`with p as (select id from patients for update) insert into visits select id from p, jobs`;';
    expect(find('src/features/schedule/commands.ts', text)).toBe('');
  });
});

describe('tables of a statement', () => {
  const cases = [
    ['select extract(day from starts_at) from visits -- from rooms', ['visits'], []],
    ["select 'from rooms' from visits where a is distinct from b for update of visits", ['visits'], []],
    ['insert into visits (id) values (1) on conflict (id) do update set id = 2', [], ['visits']],
    [
      'select 1 from generate_series(1, 2) g, unnest($1) as u(x), visits v left join lateral f(v.id) on true',
      ['visits'],
      [],
    ],
    ['select 1 from (select 1 from rooms) r, visits', ['rooms', 'visits'], []],
    ['delete from visits using rooms where true', ['rooms'], ['visits']],
    [
      'with a as (select 1 from visits), b(x) as materialized (select 1 from a) select 1 from b join a on true',
      ['visits'],
      [],
    ],
    ['update visits set x = 1 from rooms r where r.id = $1', ['rooms'], ['visits']],
  ];
  it.each(cases)('%s', (sql, reads, writes) => {
    const found = tablesOf(sql);
    expect([[...found.reads].sort(), [...found.writes].sort()]).toEqual([reads, writes]);
  });
});

describe('vocabulary', () => {
  const wrong = [
    ['src/features/patients/service.ts', '', 'says nothing'],
    ['src/features/patients/patient-search.ts', '', 'not in the vocabulary'],
    ['src/features/patients/a/b/c/rules.ts', '', 'one or two folders deep'],
    ['src/features/payments/rules.ts', '', 'no feature'],
    ['src/features/patients/web/PatientCard.tsx', '', 'not kebab-case'],
    ['src/ui/utils/colors.ts', '', '"utils" says nothing'],
    ['src/services/mail.ts', '', 'says nothing'],
    ['src/platform/long.ts', '\n'.repeat(301), '301 lines'],
    ['src/platform/a.test.ts', "it.skip('waits', () => {});", 'never left at .skip'],
    ['src/platform/a.test.ts', "describe.only('waits', () => {});", 'never left at .only'],
    ['src/platform/a.test.ts', "it.todo('waits');", 'never left at .todo'],
    ['src/platform/a.test.ts', "xit('waits', () => {});", 'never left at .xit'],
    ['src/platform/a.test.ts', "it.each([1])(' ', () => {});", 'without a name'],
    ['e2e/book.e2e.ts', "test.skip('waits', () => {});", 'never left at .skip'],
  ];
  it.each(wrong.map(([path, text, message]) => ({ path, text, message })))(
    '$path: $message',
    ({ path, text, message }) => {
      expect(messages(checkVocabulary(house({ [path]: text })))).toContain(message);
    },
  );

  it('knows the words of the house', () => {
    const root = house({
      'src/features/schedule/visits/rules.ts': '',
      'src/features/schedule/visits/visits.test.ts': "it('a taken slot is refused', () => {});",
      'src/features/schedule/web/day-view.tsx': '',
      'src/features/schedule/web/day-view.css': '',
      'src/features/schedule/duties.ts': '',
      'src/app/desk.html': '',
    });
    expect(messages(checkVocabulary(root))).toBe('');
  });
});

describe('SQL snapshot', () => {
  it('prints statements by file and function, without tests', () => {
    const root = house({
      'src/features/tasks/queries.ts':
        'export async function listTasks(db) {\n  const { rows } = await sql<Row>`select id\n    from tasks where owner = ${id} ${more ? sql`limit ${n}` : sql``}`.execute(db);\n}',
      'src/features/tasks/tasks.test.ts': 'const a = sql`select 1`;',
    });
    const text = snapshotOf(root);
    expect(text).toContain(
      '-- src/features/tasks/queries.ts › listTasks\nselect id from tasks where owner = $1 $2\n',
    );
    expect(text).toContain('› listTasks\nlimit $1\n');
    expect(text).not.toContain('tasks.test.ts');
    expect(firstDifference(text, text)).toBeUndefined();
    expect(firstDifference('', text)).toContain('line 1');
  });
});

describe('counting tests', () => {
  const file = (status, ...tests) => ({ name: 'a.test.ts', status, assertionResults: tests });
  it('counts a file that does not load as a failure', () => {
    const counts = countReport({
      testResults: [file('failed'), file('passed', { status: 'passed', title: 'a' })],
    });
    expect(closingLine(counts)).toBe('1 passed, 1 failed');
  });
  it('tells skipped and nameless tests', () => {
    const counts = countReport({ testResults: [file('passed', { status: 'skipped', title: ' ' })] });
    expect(closingLine(counts)).toBe('0 passed, 0 failed, 1 skipped');
    expect(counts.nameless).toEqual(['a.test.ts']);
  });
});

describe('starting', () => {
  it('says which Node is too old', () => {
    expect(whyNotThisNode('20.18.3')).toContain('20.19');
    expect(whyNotThisNode('20.19.0')).toBeUndefined();
    expect(whyNotThisNode('24.1.0')).toBeUndefined();
  });
  it('knows its own folder', () => {
    expect(ROOT.endsWith('scripts')).toBe(false);
  });
});
