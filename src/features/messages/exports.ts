import { sql } from 'kysely';
import type { ExportAbout, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, noId } from '../../platform/db/pages.ts';
import { sayWhy } from './sending/rules.ts';

const messages: ExportSection = {
  name: 'messages',
  label: 'Texts and e-mail with patients, and what became of them',
  table: 'messages',
  page: (ask) => sql<ExportedRow>`
    select array[m.message_id::text] as key, to_jsonb(m) as row from messages m
    where m.message_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`m.patient_id`)}
    order by m.message_id limit ${ask.most}`,
};

const steps: ExportSection = {
  name: 'message-steps',
  label: 'Every state that a message had',
  table: 'message_steps',
  page: (ask) => sql<ExportedRow>`
    select array[s.message_id::text, s.step_no::text] as key, to_jsonb(s) as row from message_steps s
    join messages m on m.practice_id = s.practice_id and m.message_id = s.message_id
    where (s.message_id, s.step_no) > (${ask.after?.[0] ?? noId}::uuid, ${Number(ask.after?.[1] ?? 0)}::int)
      ${andOfPeople(ask, sql`m.patient_id`)}
    order by s.message_id, s.step_no limit ${ask.most}`,
};

const opts: ExportSection = {
  name: 'message-opts',
  label: 'What numbers and addresses said about being written to',
  table: 'message_opts',
  page: (ask) => sql<ExportedRow>`
    select array[o.opt_id::text] as key, to_jsonb(o) as row from message_opts o
    left join messages m on m.practice_id = o.practice_id and m.message_id = o.message_id
    where o.opt_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`m.patient_id`)}
    order by o.opt_id limit ${ask.most}`,
};

const templates: ExportSection = {
  name: 'message-templates',
  label: 'The words of messages, where the practice wrote its own',
  table: 'message_templates',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[t.template, t.language] as key, to_jsonb(t) as row from message_templates t
    where (t.template, t.language) > (${ask.after?.[0] ?? ''}, ${ask.after?.[1] ?? ''})
    order by t.template, t.language limit ${ask.most}`,
};

const settings: ExportSection = {
  name: 'message-settings',
  label: 'Through whom messages go, and by which rules',
  table: 'message_settings',
  only: 'practice',
  without: {
    email_sealed: 'a password, of no use without this office’s key',
    text_sealed: 'a token, of no use without this office’s key',
    hook: 'part of an address that only the provider knows',
  },
  page: (ask) => sql<ExportedRow>`
    select array[s.practice_id::text] as key, to_jsonb(s) - 'email_sealed' - 'text_sealed' - 'hook' as row
    from message_settings s
    where s.practice_id > ${ask.after?.[0] ?? noId}::uuid order by s.practice_id limit ${ask.most}`,
};

async function tell(db: Db, { patientIds }: ExportAbout) {
  type Told = { at: string; direction: string; channel: string; body: string; state: string; why: string };
  const { rows } = await sql<Told>`
    select at, direction, channel, body, state, why from messages
    where patient_id = any (${[...patientIds]}::uuid[]) order by at, message_id limit 10000`.execute(db);
  const table = {
    headings: ['When', 'By', 'From', 'Message', 'What became of it'],
    rows: rows.map((one) => [
      ...[one.at, one.channel, one.direction === 'in' ? 'you' : 'the practice', one.body],
      one.direction === 'in' ? '' : [one.state, sayWhy(one.why)].filter(Boolean).join(': '),
    ]),
  };
  return [{ title: 'Messages', table }];
}

export const messageExporter: Exporter = { sections: [messages, steps, opts, templates, settings], tell };
