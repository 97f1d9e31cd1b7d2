import '../../web/team.css';
import { z } from 'zod';
import { useAddress } from '../../../../platform/web/address.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useSlots } from '../../../../platform/web/slots.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { FormError, TextAreaField } from '../../../../ui/fields.tsx';
import { formatCount, formatDayTime, localDate } from '../../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../../ui/frame.tsx';
import { useKeys } from '../../../../ui/keys.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { acknowledgeHandoff, answerHandoff, askAboutHandoff, openHandoff } from '../api.ts';
import type { Handoff, HandoffItem } from '../schema.ts';

const touches = ['handoffs', 'duty-marks', 'tasks'];

/** What was settled since says so by itself: whatever can change what is owed refreshes it. */
const topics = ['handoffs', 'duty-marks', 'tasks', 'visits', 'patients', 'team'];

/** One hand-off: its words, what is still open of it, questions; acknowledged by whoever goes on. */
export function HandoffPage() {
  const { line } = useSlots();
  const { params, go } = useAddress();
  const id = params.handoffId ?? '';
  const { data, error, refetch } = useRead(openHandoff, { params: { id } }, { topics });
  const handoff = data?.handoff.handoffId === id ? data.handoff : undefined;
  const to = handoff && (handoff.toName || `any ${handoff.toRole}`);
  return (
    <>
      <PageHeader
        title="Hand-off"
        tabTitle="Hand-off"
        small={handoff ? `${handoff.fromName} to ${to}` : ''}
        line={line}
        actions={
          <>
            <Button icon="print" onClick={() => window.print()}>
              Print
            </Button>
            <Button onClick={() => go('/team')}>Team</Button>
          </>
        }
      />
      <PageBody>
        {error && !handoff && <Failure message={error.message} onRetry={() => void refetch()} />}
        {!handoff && !error && <Skeleton rows={8} label="Opening the hand-off" />}
        {handoff && <Whole key={handoff.handoffId} handoff={handoff} />}
      </PageBody>
    </>
  );
}

function Whole({ handoff }: { handoff: Handoff }) {
  const { timeZone } = useSession();
  const toast = useToast();
  const today = localDate(Date.now(), timeZone);
  const acknowledge = useWrite(acknowledgeHandoff, { touches });
  const take = async () => {
    try {
      await acknowledge.mutateAsync({
        params: { id: handoff.handoffId },
        body: { version: handoff.version },
      });
      toast.done(`You go on from ${handoff.fromName}. What was theirs by name is yours.`);
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
  };
  useKeys(
    { a: { label: 'acknowledge: I go on with it', run: () => void take() } },
    { enabled: handoff.mayAcknowledge && !acknowledge.isPending },
  );
  const open = handoff.items.filter((item) => item.open).length;
  return (
    <article className="team-handoff">
      <p className="team-handoff-head">
        <b>{handoff.fromName}</b> to <b>{handoff.toName || `any ${handoff.toRole}`}</b>, sent{' '}
        {formatDayTime(handoff.sentAt, timeZone, today)}{' '}
        {handoff.acknowledgedAt ? (
          <Tag tone="good">
            acknowledged by {handoff.acknowledgedByName},{' '}
            {formatDayTime(handoff.acknowledgedAt, timeZone, today)}
          </Tag>
        ) : (
          <Tag tone="wait">not acknowledged yet</Tag>
        )}
      </p>
      {handoff.text && <p className="team-handoff-text">{handoff.text}</p>}
      <h2>
        {handoff.items.length === 0
          ? 'Nothing was open'
          : `${formatCount(handoff.items.length, 'thing')}, ${open} still open`}
      </h2>
      <ul className="team-handoff-items">
        {handoff.items.map((item) => (
          <Item key={item.key} item={item} today={today} />
        ))}
      </ul>
      <Words handoff={handoff} />
      {handoff.mayAcknowledge && (
        <p className="team-handoff-take">
          <Button look="go" busy={acknowledge.isPending} title="Acknowledge (A)" onClick={() => void take()}>
            I go on with it
          </Button>
        </p>
      )}
      {(handoff.mayAcknowledge || handoff.mayAnswer) && (
        <Say key={handoff.version} handoff={handoff} answers={handoff.mayAnswer} />
      )}
    </article>
  );
}

function Item({ item, today }: { item: HandoffItem; today: string }) {
  const { timeZone } = useSession();
  if (item.title === '') return <li className="ui-dim">Something that your roles do not include.</li>;
  return (
    <li data-open={item.open || undefined}>
      <span aria-hidden="true">{item.open ? '○' : '✓'}</span>
      <span>
        <b>{item.title}</b> {!item.open && <Tag tone="good">settled since</Tag>}
        <small>
          by {formatDayTime(item.dueAt, timeZone, today)} · {item.detail}
        </small>
        {item.note && <em>{item.note}</em>}
      </span>
    </li>
  );
}

function Words({ handoff }: { handoff: Handoff }) {
  const { timeZone } = useSession();
  if (handoff.words.length === 0) return null;
  return (
    <ul className="team-words" aria-label="Questions and answers">
      {handoff.words.map((word) => (
        <li key={word.at}>
          <b>{word.byName}</b> {word.kind === 'question' ? 'asks' : 'answers'}: {word.text}{' '}
          <small>{formatDayTime(word.at, timeZone)}</small>
        </li>
      ))}
    </ul>
  );
}

const SayValues = z.object({
  text: z.string().trim().min(1, 'Type your words.').max(1000, 'Keep it under 1,000 letters.'),
});

function Say({ handoff, answers }: { handoff: Handoff; answers: boolean }) {
  const toast = useToast();
  const ask = useWrite(askAboutHandoff, { touches });
  const answer = useWrite(answerHandoff, { touches });
  const form = useForm({
    initial: { text: '' },
    schema: SayValues,
    onSubmit: async ({ text }) => {
      const input = { params: { id: handoff.handoffId }, body: { version: handoff.version, text } };
      await (answers ? answer : ask).mutateAsync(input);
      toast.done(answers ? 'Answered.' : `Asked. ${handoff.fromName} has it on Today.`);
    },
  });
  return (
    <form className="team-say" onSubmit={form.submit} noValidate>
      <FormError form={form} />
      <TextAreaField form={form} path="text" label={answers ? 'Your answer' : 'Ask first'} />
      <Button type="submit" busy={form.submitting}>
        {answers ? 'Answer' : 'Ask'}
      </Button>
    </form>
  );
}
