import { sql } from 'kysely';
import type { ExportAbout, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, noId } from '../../platform/db/pages.ts';

const entries: ExportSection = {
  name: 'waitlist',
  label: 'Who waited for what, also those who are through',
  table: 'waitlist_entries',
  page: (ask) => sql<ExportedRow>`
    select array[e.entry_id::text] as key, to_jsonb(e) as row from waitlist_entries e
    where e.entry_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`e.patient_id`)}
    order by e.entry_id limit ${ask.most}`,
};

const openings: ExportSection = {
  name: 'waitlist-openings',
  label: 'Openings that were offered to the waitlist, and what became of them',
  table: 'waitlist_openings',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[w.opening_id::text] as key, to_jsonb(w) as row from waitlist_openings w
    where w.opening_id > ${ask.after?.[0] ?? noId}::uuid order by w.opening_id limit ${ask.most}`,
};

const offers: ExportSection = {
  name: 'waitlist-offers',
  label: 'To whom openings were offered, and what they answered',
  table: 'waitlist_offers',
  page: (ask) => sql<ExportedRow>`
    select array[o.offer_id::text] as key, to_jsonb(o) as row from waitlist_offers o
    join waitlist_entries e on e.practice_id = o.practice_id and e.entry_id = o.entry_id
    where o.offer_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`e.patient_id`)}
    order by o.offer_id limit ${ask.most}`,
};

const waves: ExportSection = {
  name: 'waitlist-waves',
  label: 'When openings were offered, and by which settings',
  table: 'waitlist_waves',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[w.opening_id::text, w.wave::text] as key, to_jsonb(w) as row from waitlist_waves w
    where (w.opening_id, w.wave) > (${ask.after?.[0] ?? noId}::uuid, ${Number(ask.after?.[1] ?? 0)}::int)
    order by w.opening_id, w.wave limit ${ask.most}`,
};

const choices: ExportSection = {
  name: 'waitlist-choices',
  label: 'In which order people were chosen, and why others were passed over',
  table: 'waitlist_choices',
  page: (ask) => {
    const [opening = noId, wave = '0', entry = noId] = ask.after ?? [];
    return sql<ExportedRow>`
      select array[c.opening_id::text, c.wave::text, c.entry_id::text] as key, to_jsonb(c) as row
      from waitlist_choices c
      join waitlist_entries e on e.practice_id = c.practice_id and e.entry_id = c.entry_id
      where (c.opening_id, c.wave, c.entry_id) > (${opening}::uuid, ${Number(wave)}::int, ${entry}::uuid)
        ${andOfPeople(ask, sql`e.patient_id`)}
      order by c.opening_id, c.wave, c.entry_id limit ${ask.most}`;
  },
};

const settings: ExportSection = {
  name: 'waitlist-settings',
  label: 'How openings are offered, where the practice wrote its own settings',
  table: 'waitlist_settings',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[s.practice_id::text] as key, to_jsonb(s) as row from waitlist_settings s
    where s.practice_id > ${ask.after?.[0] ?? noId}::uuid order by s.practice_id limit ${ask.most}`,
};

async function tell(db: Db, { patientIds }: ExportAbout) {
  type Told = {
    type: string;
    addedAt: string;
    note: string;
    filledAt: string | null;
    withdrawnAt: string | null;
  };
  const { rows } = await sql<Told>`
    select t.name as type, e.added_at, e.note, e.filled_at, e.withdrawn_at from waitlist_entries e
    join visit_types t on t.practice_id = e.practice_id and t.visit_type_id = e.visit_type_id
    where e.patient_id = any (${[...patientIds]}::uuid[]) order by e.added_at, e.entry_id limit 10000`.execute(
    db,
  );
  const table = {
    headings: ['Waited for', 'Since', 'Note', 'Filled', 'Taken off'],
    rows: rows.map((one) => [one.type, one.addedAt, one.note, one.filledAt ?? '', one.withdrawnAt ?? '']),
  };
  return [{ title: 'Waitlist', table }];
}

export const waitlistExporter: Exporter = {
  sections: [entries, openings, offers, waves, choices, settings],
  tell,
};
