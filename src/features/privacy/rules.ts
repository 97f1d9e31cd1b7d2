import type { PrivacySettings, RoleMode } from './schema.ts';

/** What a practice starts with, and what holds while nobody chose otherwise. */
export const startSettings: PrivacySettings = {
  asks: true,
  daysBefore: 7,
  daysAfter: 14,
  roleModes: {},
  glassMinutes: 60,
  emergencyMinutes: 60,
  lookerWords: 'name',
  version: 0,
};

/** In an emergency nobody stands between a physician and a chart: asked, never blocked. */
const startModes: Readonly<Record<string, RoleMode>> = { physician: 'notes', nurse: 'asks' };
const leastFirst: readonly RoleMode[] = ['off', 'notes', 'asks'];

export function modeOfRole(role: string, settings: Pick<PrivacySettings, 'roleModes'>): RoleMode {
  return settings.roleModes[role] ?? startModes[role] ?? 'asks';
}

/** Someone with several roles may do what any of them may, so they are asked as the least asked of them. */
export function modeOf(
  roles: readonly string[],
  settings: Pick<PrivacySettings, 'asks' | 'roleModes'>,
): RoleMode {
  if (!settings.asks) return 'off';
  const modes = new Set(roles.map((role) => modeOfRole(role, settings)));
  return leastFirst.find((mode) => modes.has(mode)) ?? 'asks';
}

/** A record that only some may open. */
export type Restricted = {
  patientId: string;
  roles: readonly string[];
  accountIds: readonly string[];
  careTeam: boolean;
  /** Staff who treat the person: physicians of their visits. */
  careStaffIds: readonly string[];
};

/** Everything that decides who sees whom, of one practice. Small: settings, restricted records, what is broken now. */
export type PrivacyState = {
  settings: PrivacySettings;
  restricted: ReadonlyMap<string, Restricted>;
  /** staff → their own record here */
  ownRecords: ReadonlyMap<string, string>;
  /** Broken now or lately; without a person, emergency access. */
  glass: readonly { accountId: string; patientId: string | null; until: string }[];
  /** What the program of an access key reads people for, by the key's session. */
  purposes: ReadonlyMap<string, string>;
};

export type Viewer = {
  accountId: string;
  staffId: string;
  roles: readonly string[];
  nowMs: number;
  /** A program acts for the account: nobody is there who could answer for a broken glass. */
  isProgram?: boolean;
};

/** Whether they broke the glass over this record (null: over all, in an emergency), and its time is not over. */
export function isBroken(state: PrivacyState, viewer: Viewer, patientId: string | null): boolean {
  const { accountId, nowMs, isProgram = false } = viewer;
  if (isProgram) return false;
  return state.glass.some(
    (one) => one.accountId === accountId && one.patientId === patientId && Date.parse(one.until) > nowMs,
  );
}

export function hasEmergency(state: PrivacyState, viewer: Viewer): boolean {
  return isBroken(state, viewer, null);
}

export function isListed(record: Restricted, viewer: Viewer): boolean {
  if (record.accountIds.includes(viewer.accountId)) return true;
  if (viewer.roles.some((role) => record.roles.includes(role))) return true;
  return record.careTeam && record.careStaffIds.includes(viewer.staffId);
}

export type Access = 'open' | 'restricted' | 'own';

/** Whether this person may open that record, before anyone asks why. */
export function accessOf(state: PrivacyState, viewer: Viewer, patientId: string): Access {
  if (state.ownRecords.get(viewer.staffId) === patientId) return 'own';
  const record = state.restricted.get(patientId);
  if (!record || isListed(record, viewer)) return 'open';
  if (isBroken(state, viewer, patientId) || hasEmergency(state, viewer)) return 'open';
  return 'restricted';
}

/** Whose records this person may not open now: hidden wherever they would be named. */
export function hiddenFrom(state: PrivacyState, viewer: Viewer): Set<string> {
  const ids = [...state.restricted.keys()];
  return new Set(ids.filter((id) => accessOf(state, viewer, id) === 'restricted'));
}
