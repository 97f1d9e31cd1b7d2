import { sendMessage } from '../../../features/messages/api.ts';
import type { SaidMessage } from '../../../features/messages/line/rules.ts';
import { checkWords } from '../../../features/messages/templates/checks/rules.ts';
import { measure } from '../../../features/messages/templates/rules.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { formatDayTime } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { type LineView, type LineWho, nothingYet } from './line-view.ts';

type Input = {
  active: boolean;
  said: SaidMessage | null;
  who: LineWho | undefined;
  /** Others fit the words too, and nobody was chosen among them: what is sent cannot be called back. */
  isUnsure: boolean;
  close: () => void;
};

/** `smith jo text your form is ready`: it goes out as typed, or on into the dialog with what was typed. */
export function useTextMode({ active, said, who, isUnsure, close }: Input): LineView {
  const { timeZone } = useSession();
  const { writeTo } = useSlots();
  const toast = useToast();
  const person = usePerson();
  const write = useWrite(sendMessage, { touches: ['messages'] });
  if (!active || !said) return nothingYet;
  const { channel, body } = said;
  const isText = channel === 'text';
  const does = isText ? 'send the text' : 'send the e-mail';
  if (!who) return { ...nothingYet, does, head: 'To whom? Type a scrap of the name before it.' };
  const send = async () => {
    try {
      const { message } = await write.mutateAsync({ body: { patientId: who.patientId, channel, body } });
      const waits = message.notBefore && Date.parse(message.notBefore) > Date.now();
      const when = waits ? formatDayTime(message.notBefore ?? '', timeZone) : 'now';
      toast.done(`It goes out to ${who.name}: ${when}.`);
      person.show(who.patientId);
      close();
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
  };
  const more = () => {
    close();
    writeTo?.({ patientId: who.patientId, channel, body });
  };
  const { segments } = measure(body);
  const size = segments === 1 ? 'one part' : `${segments} parts`;
  const [finding] = body === '' ? [] : checkWords(body, { isText, isAutomatic: false });
  const now = {
    id: 'send',
    lead: isText ? 'Text' : 'E-mail',
    title: body,
    detail: isText ? `to ${who.name} · ${size}` : `to ${who.name}`,
    run: () => void (write.isPending || send()),
  };
  const later = {
    id: 'more',
    lead: 'More …',
    title: 'from a template, with a subject, looked over',
    run: more,
  };
  if (isUnsure)
    return {
      items: body === '' ? [later] : [later, now],
      fresh: true,
      does: 'look it over',
      head: 'More than one person fits: is it this one?',
    };
  return {
    items: body === '' ? [later] : [now, later],
    fresh: true,
    does: body === '' ? 'write' : does,
    ...(finding ? { head: finding.words } : {}),
  };
}
