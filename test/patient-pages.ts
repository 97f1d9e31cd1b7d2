import { randomBytes } from 'node:crypto';
import {
  changeOnlineSettings,
  changeOnlineSite,
  changeOnlineType,
} from '../src/features/self-service/api.ts';
import { makeLink } from '../src/features/self-service/links/commands.ts';
import type { LinkPurpose } from '../src/features/self-service/links/schema.ts';
import { usualType } from '../src/features/self-service/settings/rules.ts';
import type { TestOffice, TestPractice } from './office.ts';
import type { TestSchedule } from './practice.ts';

/** A patient's phone: pages of the public listener, their forms filled in and sent. No script runs there. */
export type Page = {
  status: number;
  headers: Headers;
  text: string;
  title: string;
  /** The hidden fields of the form that has this button, or of the first form. */
  fields(button?: string): Record<string, string>;
  /** What may be chosen under this name. */
  choices(name: string): string[];
};

function pageOf(response: Response, text: string): Page {
  const forms = text.match(/<form[\s\S]*?<\/form>/g) ?? [];
  return {
    status: response.status,
    headers: response.headers,
    text,
    title: /<h1>([^<]*)/.exec(text)?.[1] ?? '',
    fields: (button) => {
      const found = forms.find(
        (one) => !one.includes('class="switch"') && (!button || one.includes(`value="${button}"`)),
      );
      const inputs = [...(found ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
      return {
        ...Object.fromEntries(inputs.map(([, name, value]) => [name, value])),
        ...(button ? { do: button } : {}),
      };
    },
    choices: (name) =>
      [...text.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map(([, value]) => value ?? ''),
  };
}

export async function getPage(url: string, headers: Record<string, string> = {}): Promise<Page> {
  const response = await fetch(url, { headers });
  return pageOf(response, await response.text());
}

export async function postForm(url: string, fields: Record<string, string>): Promise<Page> {
  const response = await fetch(url.split('?')[0] ?? url, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  return pageOf(response, await response.text());
}

/** The three fields of `1961-03-14`. */
export function birthFields(bornOn: string): Record<string, string> {
  const [year = '', month = '', day = ''] = bornOn.split('-');
  return { year, month: String(Number(month)), day: String(Number(day)) };
}

type Linked = { purpose?: LinkPurpose; subjectId: string; patientId: string; days?: number };

/** An address as the office makes it for someone. */
export async function linkTo(
  practice: TestPractice,
  { purpose = 'visit', subjectId, patientId, days = 7 }: Linked,
): Promise<string> {
  const link = await practice.tx((tx) =>
    makeLink(tx, {
      ...{ purpose, subjectId, patientId },
      expiresAt: new Date(tx.now.getTime() + days * 86_400_000),
    }),
  );
  if (!link) throw new Error('The office has a public address.');
  return link;
}

/** Open a link and prove who it is. */
export async function openLink(link: string, bornOn: string): Promise<Page> {
  const asked = await getPage(link);
  return postForm(link, { ...asked.fields(), ...birthFields(bornOn) });
}

/** A token as none was made, in the shape of those that are. */
export const inventedToken = () => `v${randomBytes(25).toString('base64url').slice(0, 33)}`;

/** Follow-up visits are booked online by everyone, with words for patients in both languages. @returns the page's address */
export async function openBookingPage(
  { store }: Pick<TestOffice, 'store'>,
  { manager }: TestPractice,
  plan: TestSchedule,
): Promise<string> {
  const names = { nameEn: 'Follow-up visit', nameEs: 'Consulta de seguimiento' };
  const notes = { prepareEn: 'Bring your list of medicines.', prepareEs: 'Traiga su lista de medicinas.' };
  await manager.do(changeOnlineType, {
    params: { id: plan.followUp },
    body: { version: 0, type: { ...usualType, openTo: 'everyone', ...names, ...notes } },
  });
  const site = { arriveEn: 'Park behind the house.', arriveEs: 'Estacione detrás de la casa.' };
  await manager.do(changeOnlineSite, { params: { id: plan.main }, body: { version: 0, site } });
  const body = { version: 0, settings: { isOn: true, holdHours: 4 } };
  const { settings } = await manager.do(changeOnlineSettings, { body });
  return `${store.publicUrl}/book/${settings.code}`;
}
