import { sql } from 'kysely';
import type { ExportAbout, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, noId } from '../../platform/db/pages.ts';

const absences: ExportSection = {
  name: 'absences',
  label: 'When someone of the staff is or was away',
  table: 'absences',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[a.absence_id::text] as key, to_jsonb(a) as row from absences a
    where a.absence_id > ${ask.after?.[0] ?? noId}::uuid order by a.absence_id limit ${ask.most}`,
};

const covers: ExportSection = {
  name: 'absence-covers',
  label: 'Who covered for whom, and what they said',
  table: 'absence_covers',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[c.cover_id::text] as key, to_jsonb(c) as row from absence_covers c
    where c.cover_id > ${ask.after?.[0] ?? noId}::uuid order by c.cover_id limit ${ask.most}`,
};

const handoffs: ExportSection = {
  name: 'handoffs',
  label: 'Hand-offs from shift to shift',
  table: 'handoffs',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[h.handoff_id::text] as key, to_jsonb(h) as row from handoffs h
    where h.handoff_id > ${ask.after?.[0] ?? noId}::uuid order by h.handoff_id limit ${ask.most}`,
};

const handoffItems: ExportSection = {
  name: 'handoff-items',
  label: 'What was handed off',
  table: 'handoff_items',
  page: (ask) => sql<ExportedRow>`
    select array[i.handoff_id::text, i.position::text] as key, to_jsonb(i) as row from handoff_items i
    where (i.handoff_id, i.position) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? -1}::int)
      ${andOfPeople(ask, sql`i.patient_id`)}
    order by i.handoff_id, i.position limit ${ask.most}`,
};

const handoffWords: ExportSection = {
  name: 'handoff-words',
  label: 'Questions about hand-offs, and answers',
  table: 'handoff_words',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[w.word_id::text] as key, to_jsonb(w) as row from handoff_words w
    where w.word_id > ${ask.after?.[0] ?? noId}::uuid order by w.word_id limit ${ask.most}`,
};

const notes: ExportSection = {
  name: 'notes',
  label: 'Notes of colleagues; in_record: part of the medical record',
  table: 'notes',
  page: (ask) => sql<ExportedRow>`
    select array[n.note_id::text] as key, to_jsonb(n) as row from notes n
    where n.note_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`n.patient_id`)}
    order by n.note_id limit ${ask.most}`,
};

const noteVersions: ExportSection = {
  name: 'note-versions',
  label: 'What notes said before they were changed',
  table: 'note_versions',
  page: (ask) => sql<ExportedRow>`
    select array[v.note_id::text, v.version::text] as key, to_jsonb(v) as row
    from note_versions v join notes n on n.practice_id = v.practice_id and n.note_id = v.note_id
    where (v.note_id, v.version) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? -1}::int)
      ${andOfPeople(ask, sql`n.patient_id`)}
    order by v.note_id, v.version limit ${ask.most}`,
};

const mentions: ExportSection = {
  name: 'note-mentions',
  label: 'Whom notes name, and when it was read',
  table: 'note_mentions',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[m.mention_id::text] as key, to_jsonb(m) as row from note_mentions m
    where m.mention_id > ${ask.after?.[0] ?? noId}::uuid order by m.mention_id limit ${ask.most}`,
};

async function tell(db: Db, { patientIds }: ExportAbout) {
  const { rows } = await sql<{
    text: string;
    inRecord: boolean;
    madeAt: string;
    struckReason: string | null;
  }>`
    select text, in_record, made_at, struck_reason from notes
    where patient_id = any (${[...patientIds]}::uuid[]) order by made_at, note_id limit 10000`.execute(db);
  const headings = ['Note', 'Written', 'Struck out because'];
  const part = (title: string, inRecord: boolean) => ({
    title,
    table: {
      headings,
      rows: rows
        .filter((one) => one.inRecord === inRecord)
        .map((one) => [one.text, one.madeAt, one.struckReason ?? '']),
    },
  });
  return [part('Notes', true), part('Notes of the office, not part of the medical record', false)];
}

export const teamExporter: Exporter = {
  sections: [absences, covers, handoffs, handoffItems, handoffWords, notes, noteVersions, mentions],
  tell,
};
