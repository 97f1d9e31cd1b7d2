import { z } from 'zod';
import { useDraft } from '../../../../platform/web/drafts.ts';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { FormError, SelectField } from '../../../../ui/fields.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { recordConsents } from '../api.ts';
import { channelWords, stateOf, wayWords } from '../rules.ts';
import {
  type Answer,
  type Channel,
  type Consent,
  ConsentState,
  channels,
  type consentStates,
  type Purpose,
  purposes,
  Way,
  ways,
} from '../schema.ts';

const Values = z.object({ how: Way, cells: z.record(z.string(), ConsentState) });
type Values = { how: string; cells: Record<string, Answer['state']> };

const keyOf = (channel: Channel, purpose: Purpose) => `${channel} ${purpose}`;
const cells = channels.flatMap((channel) => purposes.map((purpose) => ({ channel, purpose })));
const wayChoices = ways.map((value) => ({ value, label: wayWords[value] }));
const stateWords = { given: '✓ given', refused: '⊘ refused', unknown: '– not asked' };

type Props = {
  patientId: string;
  consents: readonly Consent[];
  history: readonly Consent[];
  onClose: () => void;
};

function useConsentForm({ patientId, consents, history, onClose }: Props) {
  const toast = useToast();
  const write = useWrite(recordConsents, { touches: ['patients'] });
  const draft = useDraft<Values>(`consents of ${patientId}`);
  const kept = Object.fromEntries(
    cells.map(({ channel, purpose }) => [keyOf(channel, purpose), stateOf(consents, channel, purpose)]),
  );
  const form = useForm({
    initial: draft.initial ?? { how: 'in-person', cells: kept },
    schema: Values,
    onSubmit: async ({ how, cells: chosen }) => {
      const answers = cells
        .map((cell) => ({ ...cell, state: chosen[keyOf(cell.channel, cell.purpose)] ?? 'unknown' }))
        .filter((one) => one.state !== stateOf(consents, one.channel, one.purpose));
      if (answers.length > 0) {
        const body = { answers, how, lastId: history[0]?.consentId ?? null };
        await write.mutateAsync({ params: { id: patientId }, body });
        toast.done('Recorded.');
      }
      draft.drop();
      onClose();
    },
  });
  if (form.dirty) draft.keep(form.values);
  return form;
}

/** Ask once, note all: each cell goes from not asked to given to refused. */
export function ConsentsDialog(props: Props) {
  const form = useConsentForm(props);
  const turn = (key: string) => {
    const now = form.values.cells[key] ?? 'unknown';
    const order = [
      'unknown',
      'given',
      'refused',
    ] as const satisfies readonly (typeof consentStates)[number][];
    form.set('cells', { ...form.values.cells, [key]: order[(order.indexOf(now) + 1) % order.length] });
  };
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title="How may we contact you?"
      onSubmit={form.submit}
      busy={form.submitting}
      size="large"
      submitLabel="Record"
    >
      <FormError form={form} />
      <table className="pt-consents">
        <thead>
          <tr>
            <th scope="col">Way</th>
            {purposes.map((purpose) => (
              <th key={purpose} scope="col">
                {purpose}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel}>
              <th scope="row">{channelWords[channel]}</th>
              {purposes.map((purpose) => {
                const key = keyOf(channel, purpose);
                const state = form.values.cells[key] ?? 'unknown';
                return (
                  <td key={purpose} data-state={state}>
                    <Button
                      look="quiet"
                      aria-label={`${channelWords[channel]} for ${purpose}: ${stateWords[state].slice(2)}`}
                      onClick={() => turn(key)}
                    >
                      {stateWords[state]}
                    </Button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <SelectField form={form} path="how" label="How they said it" choices={wayChoices} />
    </Dialog>
  );
}
