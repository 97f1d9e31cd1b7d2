import '../../web/team.css';
import { useEffect } from 'react';
import { z } from 'zod';
import { roleKeys } from '../../../../platform/contributions.ts';
import { useAddress } from '../../../../platform/web/address.ts';
import { useDraft } from '../../../../platform/web/drafts.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useSlots } from '../../../../platform/web/slots.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { FormError, SelectField, TextAreaField, TextField } from '../../../../ui/fields.tsx';
import { formatCount, formatDayTime, localDate } from '../../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../../ui/frame.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { type Form, useForm } from '../../../../ui/use-form.ts';
import { useTeam } from '../../web/use-team.ts';
import { draftHandoff, sendHandoff, withdrawHandoff } from '../api.ts';
import type { OpenDuty } from '../schema.ts';

const Values = z.object({
  to: z.string().min(1, 'Choose who goes on: a person, or a role.'),
  text: z.string().max(4000, 'Keep it under 4,000 letters.'),
  /** by key: whether it goes along, and a word about it */
  items: z.record(
    z.string(),
    z.object({ along: z.boolean(), note: z.string().max(300, 'Keep it under 300 letters.') }),
  ),
});
type Values = z.output<typeof Values>;

/** A key has dots and bars; a form's path has dots. */
const fieldOf = (key: string) => key.replaceAll('.', '·');

type Drafted = { items: readonly OpenDuty[]; notes: readonly { text: string; patientName: string }[] };

/** "Noted today", a line each, to begin the words with. */
function notedWords(notes: Drafted['notes']): string {
  if (notes.length === 0) return '';
  const lines = notes.map((one) => `- ${one.patientName ? `${one.patientName}: ` : ''}${one.text}`);
  return `Noted today:\n${lines.join('\n')}\n`;
}

function useReceivers() {
  const session = useSession();
  const { data } = useTeam();
  const people = (data?.members ?? [])
    .filter((one) => one.signsIn && one.staffId !== session.staffId)
    .map((one) => ({ value: `staff:${one.staffId}`, label: one.displayName }));
  const roles = roleKeys
    .filter((role) => role !== 'auditor')
    .map((role) => ({ value: `role:${role}`, label: `Any ${role}` }));
  return [...people, ...roles];
}

/** Hand off: what is open is drafted, words are added, and somebody goes on with it. */
export function HandOffPage() {
  const { line } = useSlots();
  const { data, error, refetch } = useRead(draftHandoff, {}, { topics: [] });
  return (
    <>
      <PageHeader title="Hand off" tabTitle="Hand off" line={line} small="what is open goes to who goes on" />
      <PageBody>
        {error && !data && <Failure message={error.message} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={8} label="Gathering what is open" />}
        {data && <Compose items={data.items} notes={data.notes} />}
      </PageBody>
    </>
  );
}

function useHandOff({ items, notes }: Drafted) {
  const { search, go } = useAddress();
  const toast = useToast();
  const send = useWrite(sendHandoff, { touches: ['handoffs'] });
  const withdraw = useWrite(withdrawHandoff, { touches: ['handoffs'] });
  const draft = useDraft<Values>('handoff');
  const fresh: Values = {
    to: search.to ?? '',
    text: notedWords(notes),
    items: Object.fromEntries(items.map((one) => [fieldOf(one.key), { along: one.personal, note: '' }])),
  };
  const kept = draft.initial;
  const form = useForm<Values, Values>({
    initial: kept ? { ...kept, to: search.to ?? kept.to, items: { ...fresh.items, ...kept.items } } : fresh,
    schema: Values,
    onSubmit: async (values) => {
      const [kind, id = ''] = values.to.split(':');
      const chosen = items.filter((one) => values.items[fieldOf(one.key)]?.along);
      const { handoff } = await send.mutateAsync({
        body: {
          toStaffId: kind === 'staff' ? id : null,
          toRole: kind === 'role' ? (roleKeys.find((role) => role === id) ?? null) : null,
          text: values.text,
          items: chosen.map(({ key }) => ({ key, note: values.items[fieldOf(key)]?.note ?? '' })),
        },
      });
      const params = { id: handoff.handoffId };
      const undo = () => withdraw.mutateAsync({ params, body: { version: handoff.version } });
      draft.drop();
      toast.done(
        `Handed off to ${handoff.toName || `any ${handoff.toRole}`}. It stands there until they acknowledge it.`,
        {
          undo,
        },
      );
      go('/team');
    },
  });
  const { dirty, values } = form;
  useEffect(() => {
    if (dirty) draft.keep(values);
  }, [dirty, values, draft.keep]);
  return form;
}

function Compose({ items, notes }: Drafted) {
  const form = useHandOff({ items, notes });
  const receivers = useReceivers();
  const { go } = useAddress();
  const along = items.filter((one) => form.values.items[fieldOf(one.key)]?.along).length;
  return (
    <form className="team-compose" onSubmit={form.submit} noValidate>
      <FormError form={form} />
      <SelectField form={form} path="to" label="To" choices={receivers} searchable required autoFocus />
      <TextAreaField
        form={form}
        path="text"
        label="What the next one needs to know"
        hint="Who waits for what, what was promised, what to look out for."
      />
      <Items title="Yours" items={items.filter((one) => one.personal)} form={form} />
      <Items title="Your role’s" items={items.filter((one) => !one.personal)} form={form} />
      {items.length === 0 && <p className="ui-dim">Nothing of yours is open until tomorrow night.</p>}
      <div className="team-compose-foot">
        <Button type="submit" look="go" busy={form.submitting}>
          {along > 0 ? `Hand off ${formatCount(along, 'thing')}` : 'Hand off'}
        </Button>
        <Button onClick={() => go('/team')}>Leave it</Button>
        <span className="ui-dim">What is settled before you send is left out by itself.</span>
      </div>
    </form>
  );
}

function Items({ title, items, form }: { title: string; items: readonly OpenDuty[]; form: Form<Values> }) {
  const { timeZone } = useSession();
  const today = localDate(Date.now(), timeZone);
  if (items.length === 0) return null;
  return (
    <fieldset className="team-items">
      <legend>{title}</legend>
      {items.map((one) => {
        const path = `items.${fieldOf(one.key)}`;
        const chosen = form.values.items[fieldOf(one.key)]?.along === true;
        return (
          <div key={one.key} className="team-item">
            <label>
              <input
                type="checkbox"
                checked={chosen}
                onChange={(event) => form.set(`${path}.along`, event.currentTarget.checked)}
              />
              <span>
                <b>{one.title}</b>
                <small>
                  by {formatDayTime(one.dueAt, timeZone, today)} · {one.detail}
                </small>
              </span>
            </label>
            {chosen && (
              <TextField form={form} path={`${path}.note`} label="A word about it" maxLength={300} />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
